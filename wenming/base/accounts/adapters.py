"""What we ask of django-allauth: nobody signs up, everything is written into the audit."""

import base64
import secrets
from functools import cached_property
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from wenming.base.accounts.addresses import client_address
from wenming.base.accounts.visits import begin_visit
from wenming.base.models import AdministratorSession, City, User
from wenming.base.services.audit import record
from wenming.base.services.sessions import end_session

WRONG = gettext_lazy("The user name or the password is wrong.")
WRONG_CODE = gettext_lazy(
    "The code is wrong or was used already. Wait for the next one, and see whether the phone "
    "shows the right time."
)
TOO_MANY = gettext_lazy("There were too many attempts. Wait a quarter of an hour and try again.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Logging in and out."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG,
        "incorrect_password": gettext_lazy("The password is wrong. Type it again."),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "incorrect_code": WRONG_CODE,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the system administrator alone."""
        del request
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that limits are kept for."""
        return client_address(request)

    def add_message(
        self, request: HttpRequest, level: int, *args: Any, message: str = "", **kwargs: Any
    ) -> None:
        """The library's notices from templates are left out: our pages say what happened."""
        if message:
            messages.add_message(request, level, message)

    def send_notification_mail(
        self, template_prefix: str, user: User, *args: Any, **kwargs: Any
    ) -> None:
        """The library tells of each change of a second factor here; the audit has it."""
        action = f"factor.{template_prefix.rpartition('/')[2]}"
        record(action, by=user, city=city_at_home(user), subject=user)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Wrong passwords are counted by axes alone, so that they are forgiven at once, too."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """A closed account answers like a wrong password."""
        user = super().authenticate(request, **credentials)
        if user is not None and not user.is_active:
            self.authentication_failed(request, **credentials)
            return None
        return user  # type: ignore[no-any-return]

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write down a wrong password, also for a name that nobody has: both take as long."""
        super().authentication_failed(request, **credentials)
        user = User.objects.filter(username=credentials.get("username") or "").first()
        city = city_at_home(user) if user else None
        record("account.login_failed", by=None, city=city, subject=user or "")

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """All stages are passed: the visit begins."""
        super().login(request, user)
        begin_visit(request)
        if isinstance(user, User):
            record("account.login", by=user, city=city_at_home(user), subject=user)

    def logout(self, request: HttpRequest) -> None:
        """The person leaves, and no administrator session stays open behind."""
        user = request.user
        super().logout(request)
        if isinstance(user, User):
            for each in AdministratorSession.objects.filter(user=user, ended_at=None):
                end_session(each, by=user)
            record("account.logout", by=user, city=city_at_home(user), subject=user)

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """A closed account that came by a passkey or another house."""
        del user
        messages.error(request, _("This account was closed. Ask the system administrator."))
        return redirect(settings.LOGIN_URL)


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors; what the database keeps of them is of no use without the secret key."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def get_totp_issuer(self) -> str:
        """What the app shows above the code."""
        return pgettext("in the list of an authenticator app", "Wenming")

    def get_totp_label(self, user: User) -> str:
        """Whose code it is."""
        return user.username

    def generate_authenticator_name(
        self,
        user: User,
        type: Authenticator.Type,  # noqa: A002 (the library names it so)
    ) -> str:
        """What a passkey is called until its person says otherwise."""
        held = Authenticator.objects.filter(user=user, type=type).count()
        return _("Passkey %(n)d") % {"n": held + 1}

    @cached_property
    def _box(self) -> MultiFernet:
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        return MultiFernet([_lock(str(key)) for key in keys])

    def encrypt(self, text: str) -> str:
        """What is stored of a secret."""
        return self._box.encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again; where it cannot be opened, one that no code fits."""
        try:
            return self._box.decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()


def city_at_home(user: User) -> City | None:
    """The city in whose chain the comings and goings of a person are written."""
    return user.home or next(iter(user.cities), None)


def _lock(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(sha256(f"own-factor:{key}".encode()).digest()))
