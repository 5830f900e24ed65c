"""Logging in by an issuer of the city (统一身份认证, OpenID Connect), to accounts of ours."""

import logging
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wenming.base.access import public
from wenming.base.accounts.adapters import city_at_home
from wenming.base.models import User
from wenming.base.services.audit import record

PROVIDER = "city"
KEPT_S = 300  # how long the issuer's own description of itself is believed

log = logging.getLogger(__name__)


class Issuer(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """The issuer; what it says is believed only with its signature."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """Where its doors are, asked for once in a while."""
        key = f"issuer:{self.get_provider().server_url}"
        known: dict[str, Any] | None = cache.get(key)
        if known is None:
            known = super().openid_config
            cache.set(key, known, KEPT_S)
        return known

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any
    ) -> Any:
        """Read the signed token and what is said beside it; both must be about the same person.

        Raises:
            OAuth2Error: there is no signed token, or it is not to be believed.
        """
        signed = kwargs["response"].get("id_token")
        if not signed:
            raise OAuth2Error("no id_token")
        claims = self._decode_id_token(app, signed)
        said = {} if _claim() in claims else self._fetch_user_info(token.token)
        if said and said.get("sub") != claims["sub"]:
            raise OAuth2Error("userinfo is about somebody else")
        return self.get_provider().sociallogin_from_response(
            request, {"id_token": {**said, **claims}}
        )

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = jwtkit.verify_and_decode(
                credential=id_token,
                keys_url=self.openid_config["jwks_uri"],
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
                verify_signature=True,
            )
        except KeyError as missing:
            raise OAuth2Error("incomplete id_token") from missing
        return claims


class IssuerAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Which account somebody gets whom the issuer knows: one that exists, or none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Accounts are made by the system administrator alone."""
        del request, sociallogin
        return False

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail behind the person's back; the audit has the change."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account by the identifier that was agreed with the issuer, and link it once.

        Raises:
            ImmediateHttpResponse: there is no such account, or it is linked to somebody else.
        """
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(_refused(request))
        if sociallogin.is_existing:
            return
        claims = sociallogin.account.extra_data.get("id_token", {})
        name = str(claims.get(_claim()) or "").strip().lower()
        user = User.objects.filter(username=name, is_active=True).first() if name else None
        linked = SocialAccount.objects.filter(user=user, provider=sociallogin.account.provider)
        if user is None or linked.exists():
            record("account.issuer_refused", by=None, city=None, subject=user or "")
            raise ImmediateHttpResponse(_refused(request))
        sociallogin.account.extra_data = {}  # nothing more of the person is kept here
        sociallogin.connect(request, user)
        # The library keeps the object in the session until the second factor is proven; what we
        # remember on ours has no place there.
        who = User.objects.get(pk=user.pk)
        record("account.issuer_linked", by=who, city=city_at_home(who), subject=who)

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """The issuer refused, or could not be believed.

        Raises:
            ImmediateHttpResponse: always; back to the log-in.
        """
        log.warning("log-in by the issuer failed: %s", type(kwargs.get("exception")).__name__)
        messages.error(request, _("The other log-in did not work. Try again, or use a password."))
        raise ImmediateHttpResponse(redirect(settings.LOGIN_URL))


def _claim() -> str:
    return settings.OIDC.claim if settings.OIDC else ""


def _refused(request: HttpRequest) -> HttpResponse:
    messages.error(
        request,
        _(
            "You are known there, but no account here goes with it. Ask the system administrator "
            "of your city."
        ),
    )
    return redirect(settings.LOGIN_URL)


@public
def go(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the visitor to the issuer."""
    return _by(OAuth2LoginView, request, provider_id)


@public
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The visitor comes back with a code."""
    return _by(OAuth2CallbackView, request, provider_id)


def _by(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    if settings.OIDC is None:
        raise Http404
    answer: HttpResponse = view.adapter_view(Issuer(request, provider_id))(request)
    return answer
