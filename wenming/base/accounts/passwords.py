"""What a password must be (密码规则), on top of Django's own rules."""

import string
from collections.abc import Callable

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wenming.base.models import UsedPassword, User


class LongEnough:
    """At least ten characters; Django's own rule has no Chinese sentence any more."""

    least = 10

    def validate(self, password: str, user: User | None = None) -> None:
        """Count the characters.

        Raises:
            ValidationError: fewer than ten.
        """
        del user
        if len(password) < self.least:
            raise ValidationError(self.get_help_text(), code="password_too_short")

    def get_help_text(self) -> str:
        """The rule in a sentence."""
        return _("Use at least %(least)d characters.") % {"least": self.least}


class ThreeKinds:
    """Three of four kinds of signs: small letters, capitals, digits, other signs.

    Source: GB/T 22239-2019 (等级保护), 8.1.4.1: identity is checked with some complexity.
    """

    wanted = 3

    def validate(self, password: str, user: User | None = None) -> None:
        """Look at the signs of a password.

        Raises:
            ValidationError: fewer than three kinds.
        """
        del user
        kinds: list[Callable[[str], bool]] = [
            lambda sign: sign in string.ascii_lowercase,
            lambda sign: sign in string.ascii_uppercase,
            lambda sign: sign in string.digits,
            lambda sign: sign not in string.ascii_letters + string.digits,
        ]
        if sum(any(map(kind, password)) for kind in kinds) < self.wanted:
            raise ValidationError(self.get_help_text(), code="password_too_plain")

    def get_help_text(self) -> str:
        """The rule in a sentence."""
        return _(
            "Use characters of at least three kinds: small letters, capital letters, digits, "
            "punctuation."
        )


class NotRecent:
    """None of the last few passwords of the same person."""

    def __init__(self, count: int = 3) -> None:
        self.count = count

    def validate(self, password: str, user: User | None = None) -> None:
        """Compare with the passwords used before.

        Raises:
            ValidationError: it was one of them.
        """
        if user is None or user.password == "":
            return
        used = UsedPassword.objects.filter(user=user).order_by("-at").values_list("password")
        known = [user.password, *(written for (written,) in used[: self.count])]
        if any(check_password(password, written) for written in known[: self.count]):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def get_help_text(self) -> str:
        """The rule in a sentence."""
        return ngettext(
            "Do not use your last password again.",
            "Do not use one of your last %(count)d passwords again.",
            self.count,
        ) % {"count": self.count}
