"""The forms of django-allauth with our words, as our pages draw them."""

from collections.abc import Iterator
from typing import Any

from allauth.account.forms import LoginForm as LibraryLogin
from allauth.account.forms import ReauthenticateForm as LibraryConfirm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.validators import MaxLengthValidator
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenming.base.accounts.adapters import city_at_home
from wenming.base.services.audit import record

LONGEST_NAME = 60


class Drawn(forms.Form):
    """Lets `base/form.html` draw a form of the library."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix, self.auto_id = "", "id-%s"
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    @property
    def mistakes(self) -> Iterator[tuple[BoundField, str]]:
        """Each field with its mistakes, for the summary on top."""
        for bound in self.visible_fields():
            for mistake in bound.errors:
                yield bound, str(mistake)


class LoginForm(Drawn, LibraryLogin):  # type: ignore[misc]
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, password = self.fields["login"], self.fields["password"]
        name.label, password.label = _("User name"), _("Password")
        name.widget.attrs |= {"autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        password.help_text = ""

    def clean_login(self) -> str:
        """Names are kept in small letters; nothing else finds an account."""
        return str(self.cleaned_data["login"]).strip().lower()


class ConfirmForm(Drawn, LibraryConfirm):  # type: ignore[misc]
    """The password once more, before something that protects the account is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Your password")
        self.fields["password"].help_text = ""


def _ask_for_code(form: forms.Form, help_text: Any) -> None:
    field = form.fields["code"]
    field.label, field.help_text = pgettext_lazy("of a second factor", "Code"), help_text
    field.widget.attrs |= {"inputmode": "numeric", "autofocus": True}


class _Proving(Drawn):
    """A code that was asked for; a wrong one is written down."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self, _("The six digits of your app, or one of your recovery codes."))

    def clean_code(self) -> str:
        """Codes are typed with or without a space in the middle."""
        self.cleaned_data["code"] = str(self.cleaned_data["code"]).replace(" ", "")
        code: str = super().clean_code()  # type: ignore[misc]
        return code

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        user = authenticator.user
        record("factor.wrong_code", by=None, city=city_at_home(user), subject=user)


class CodeForm(_Proving, AuthenticateForm):  # type: ignore[misc]
    """The second factor at the log-in."""


class CodeAgainForm(_Proving, ReauthenticateForm):  # type: ignore[misc]
    """The second factor once more, before something that protects the account is changed."""


class AppForm(Drawn, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self, _("The six digits that the app shows now."))


def _ask_for_name(form: forms.Form) -> None:
    field = form.fields["name"]
    field.label = _("Name of the key")
    field.validators.append(MaxLengthValidator(LONGEST_NAME))
    field.widget.attrs["maxlength"] = LONGEST_NAME


class KeyForm(Drawn, AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey; it always replaces the password, too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_name(self)
        self.fields["name"].required = False
        self.fields["name"].help_text = _(
            "So that you know it again, such as “office computer” or “phone”."
        )


class KeyNameForm(Drawn, EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_name(self)
