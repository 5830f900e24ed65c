"""The pages of django-allauth that we serve, and no other of its pages.

Each says here who may open it; what it asks beyond that it checks by itself.
"""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import URLPattern, path
from django.views.generic import RedirectView

from wenming.base.access import logged_in, public
from wenming.base.accounts import issuer
from wenming.base.accounts.issuer import PROVIDER


def _page(view: Any, name: str, address: str) -> URLPattern:
    page: URLPattern = path(address, logged_in(view), name=name)
    return page


def _door(view: Any, name: str, address: str) -> URLPattern:
    door: URLPattern = path(address, public(view), name=name)
    return door


_CITY = {"provider_id": PROVIDER}
urlpatterns = [
    _door(account.login, "account_login", "login/"),
    path("issuer/", issuer.go, {"provider_id": PROVIDER}, name="openid_connect_login"),
    path(
        "issuer/back/", issuer.come_back, {"provider_id": PROVIDER}, name="openid_connect_callback"
    ),
    _door(account.logout, "account_logout", "logout/"),
    _page(account.reauthenticate, "account_reauthenticate", "confirm/"),
    _page(factors.index, "mfa_index", "factors/"),
    _door(factors.authenticate, "mfa_authenticate", "factors/prove/"),
    _page(factors.reauthenticate, "mfa_reauthenticate", "factors/confirm/"),
    _page(totp.activate_totp, "mfa_activate_totp", "factors/app/"),
    _page(totp.deactivate_totp, "mfa_deactivate_totp", "factors/app/remove/"),
    _page(recovery.view_recovery_codes, "mfa_view_recovery_codes", "factors/codes/"),
    _page(recovery.generate_recovery_codes, "mfa_generate_recovery_codes", "factors/codes/new/"),
    _page(RedirectView.as_view(pattern_name="mfa_index"), "mfa_list_webauthn", "factors/keys/"),
    _page(passkeys.add_webauthn, "mfa_add_webauthn", "factors/keys/add/"),
    _page(passkeys.reauthenticate_webauthn, "mfa_reauthenticate_webauthn", "factors/keys/confirm/"),
    _door(passkeys.login_webauthn, "mfa_login_webauthn", "factors/keys/login/"),
    _page(passkeys.remove_webauthn, "mfa_remove_webauthn", "factors/keys/<int:pk>/remove/"),
    _page(passkeys.edit_webauthn, "mfa_edit_webauthn", "factors/keys/<int:pk>/"),
]
