"""A person's own matters: what the program knows of them, password, session, tokens."""

from uuid import UUID

from allauth.decorators import rate_limit
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenming.base.access import city_of, logged_in, person, public, requires
from wenming.base.accounts.adapters import city_at_home
from wenming.base.accounts.collect import collect_setup
from wenming.base.accounts.forms import (
    ForgottenForm,
    NewPasswordForm,
    OwnPasswordForm,
    SessionForm,
    TokenForm,
)
from wenming.base.forms import explain_on
from wenming.base.middleware import SESSION_KEY
from wenming.base.models import AdministratorSession, ApiToken
from wenming.base.queries.comings import latest_comings
from wenming.base.queries.visits import open_visits
from wenming.base.services.accounts import set_password
from wenming.base.services.invitations import ask_for_reset, invitation_of, take_up
from wenming.base.services.sessions import begin_session as begin
from wenming.base.services.sessions import end_session as end
from wenming.base.services.tokens import make_token, revoke_token
from wenming.core.permissions import NEED_SESSION, Capability

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@logged_in
@never_cache
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Name, posts, how the person logs in, administrator session, tokens."""
    user = person(request)
    held = user.capabilities(getattr(request, "city", None))
    factors = Authenticator.objects.filter(user=user).exclude(type="recovery_codes")
    context = {
        "posts": user.posts_held,
        "factors": factors.order_by("created_at"),
        "needs_factor": user.needs_second_factor and settings.SECOND_FACTOR_NEEDED,
        "comings": latest_comings(user),
        "visits": open_visits(user),
        "here": request.session.session_key,
        "may_begin": NEED_SESSION & held,
        "may_use_api": Capability.USE_API in held,
        "tokens": user.tokens.filter(revoked_at=None).order_by("-created_at"),
    }
    return render(request, "base/me.html", context)


@logged_in
@never_cache
@sensitive_post_parameters()
@get_or_post
@rate_limit(action="own_password")  # type: ignore[untyped-decorator]
def new_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; all other visits end."""
    user = person(request)
    form = OwnPasswordForm(request.POST or None, request=request)
    if form.is_valid():
        with explain_on(form, field="password"):
            fresh = set_password(
                user, form.cleaned_data["password"], by=user, city=city_at_home(user)
            )
            update_session_auth_hash(request, fresh)
            messages.success(request, _("The password was changed. All your other visits ended."))
            return redirect(_back(request))
    must = user.must_change_password
    return render(
        request, "base/password.html", {"form": form, "must_change": must}, status=form.status
    )


@public
@never_cache
@sensitive_post_parameters()
@get_or_post
@rate_limit(action="welcome")  # type: ignore[untyped-decorator]
def welcome(request: HttpRequest, secret: str) -> HttpResponse:
    """Set the password by a one-time link."""
    found = invitation_of(secret)
    if found is None:
        return render(request, "base/link_gone.html", status=410)
    form = NewPasswordForm(request.POST or None, request=request)
    if form.is_valid():
        with explain_on(form, field="password"):
            take_up(secret, form.cleaned_data["password"])
            messages.success(request, _("The password is set. Log in with it now."))
            return redirect("account_login")
    return render(
        request, "base/welcome.html", {"form": form, "who": found.user}, status=form.status
    )


@public
@get_or_post
@rate_limit(action="forgotten")  # type: ignore[untyped-decorator]
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link to set a new password; the answer is always the same."""
    form = ForgottenForm(request.POST or None, request=request)
    if form.is_valid():
        address = request.build_absolute_uri(reverse("base:welcome", args=["x"]))
        ask_for_reset(
            form.cleaned_data["username"],
            address=address.removesuffix("x/"),
            language=get_language() or "zh-hans",
        )
        return render(request, "base/forgotten_sent.html")
    return render(request, "base/forgotten.html", {"form": form}, status=form.status)


@requires(Capability.USE_DESK)
@never_cache
@sensitive_post_parameters()
@get_or_post
@rate_limit(action="own_password")  # type: ignore[untyped-decorator]
def begin_session(request: HttpRequest) -> HttpResponse:
    """Begin an administrator session, with the reason."""
    form = SessionForm(request.POST or None, request=request)
    if form.is_valid():
        with explain_on(form):
            begun = begin(
                person(request),
                city=city_of(request),
                reason=form.cleaned_data["reason"],
                password=form.cleaned_data["password"],
            )
            request.session[SESSION_KEY] = str(begun.pk)
            return redirect(_back(request))
    return render(request, "base/session.html", {"form": form}, status=form.status)


@requires(Capability.USE_DESK)
@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """End the administrator session of this visit."""
    own = AdministratorSession.objects.filter(user=person(request), ended_at=None)
    for each in own:
        end(each, by=person(request))
    request.session.pop(SESSION_KEY, None)
    messages.success(request, _("The administrator session has ended."))
    return redirect("base:start")


@requires(Capability.USE_API)
@never_cache
@sensitive_variables("secret", "setup", "context")
@get_or_post
def new_token(request: HttpRequest) -> HttpResponse:
    """Make a token; what the program has to show is told once."""
    form = TokenForm(request.POST or None, request=request)
    if form.is_valid():
        with explain_on(form):
            token, secret = make_token(
                person(request),
                form.cleaned_data["name"],
                city=city_of(request),
                capabilities=[Capability(each) for each in form.cleaned_data["capabilities"]],
                until=form.cleaned_data["until"],
            )
            setup = collect_setup(request, token, secret)
            context = {"token": token, "secret": secret, "collect": setup}
            return render(request, "base/token_made.html", context)
    return render(request, "base/token.html", {"form": form}, status=form.status)


@requires(Capability.USE_API)
@require_POST
def drop_token(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Revoke one's own token."""
    token = get_object_or_404(ApiToken, pk=pk, user=person(request))
    revoke_token(token, by=person(request))
    messages.success(request, _("The token no longer works."))
    return redirect("base:me")


def _back(request: HttpRequest) -> str:
    """Where the person came from, when that is a page of ours; else the start."""
    wished = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wished, {request.get_host()}, require_https=request.is_secure()
    )
    return wished if is_ours else reverse("base:start")
