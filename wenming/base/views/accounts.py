"""What administrators do with accounts and posts, each within an administrator session."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_in_notice, explain_on
from wenming.base.forms.people import (
    CloseForm,
    EndPostForm,
    FactorsForm,
    NewPersonForm,
    PersonForm,
    PostForm,
)
from wenming.base.forms.unit_facts import RemoveForm
from wenming.base.models import Post, User
from wenming.base.services.accounts import remove_factors, unlock_account
from wenming.base.services.invitations import invite
from wenming.base.services.people import (
    change_account,
    deactivate_account,
    make_account,
    reactivate_account,
)
from wenming.base.services.posts import end_post, grant_post
from wenming.base.views.asking import Question, asked, sent
from wenming.base.views.people import found_person
from wenming.core.permissions import Capability

C = Capability
METHODS = ["GET", "HEAD", "POST"]
Said = Mapping[str, Any]


@requires(C.EDIT_PEOPLE)
@never_cache
@require_http_methods(METHODS)
def new_person(request: HttpRequest) -> HttpResponse:
    """Open an account; the link that sets its password is shown once, right afterwards."""
    form = NewPersonForm(sent(request), request=request, draft="base.person.new")
    question = Question(
        title=_("New account"),
        back=reverse("base:people"),
        within=_("People"),
        done="",
        submit=_("Open the account"),
        advice=_("The account can do nothing until the security administrator gives it a post."),
    )
    if request.method == "POST" and form.is_valid():
        with explain_on(form):
            made = make_account(
                city_of(request), form.cleaned_data["username"], form.details, by=person(request)
            )
            form.accept()
            return _linked(request, made)
    context = {"form": form, "question": question, "title": question.title}
    return render(request, "base/asked.html", context, status=form.status)


@requires(C.EDIT_PEOPLE)
@never_cache
@require_POST
def invite_person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make a link that sets a password, shown once; earlier ones no longer work."""
    found = found_person(request, pk)
    with explain_in_notice(request):
        return _linked(request, found)
    return redirect("base:person", pk=pk)


@requires(C.EDIT_PEOPLE)
@require_http_methods(METHODS)
def edit_person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what is said of a person."""
    found = found_person(request, pk)
    initial = {name: getattr(found, name) for name in ("name", "email", "phone")}
    form = PersonForm(sent(request), request=request, initial=initial)
    question = _about(found, _("Change %(name)s"), done=_("The change was stored."))

    def act(_said: Said) -> None:
        change_account(found, form.details, city=city_of(request), by=person(request))

    return asked(request, form, question, act)


@requires(C.EDIT_PEOPLE)
@require_http_methods(METHODS)
def close_account(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close an account, with a reason."""
    found = found_person(request, pk)
    form = CloseForm(sent(request), request=request, user=found)
    question = _about(
        found,
        _("Close the account of %(name)s"),
        done=_("The account was closed; the person is logged out everywhere."),
        submit=_("Close the account"),
        advice=_("The person can no longer log in. What they did stays under their name."),
        is_grave=True,
    )

    def act(said: Said) -> None:
        deactivate_account(found, city=city_of(request), by=person(request), reason=said["reason"])

    return asked(request, form, question, act)


@requires(C.EDIT_PEOPLE)
@require_http_methods(METHODS)
def open_account(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open a closed account again."""
    found = found_person(request, pk)
    form = RemoveForm(sent(request), request=request)
    question = _about(
        found,
        _("Open the account of %(name)s again"),
        done=_("The account is open again."),
        submit=_("Open it again"),
        advice=_("The posts that the person still holds work again, too."),
    )

    def act(_said: Said) -> None:
        reactivate_account(found, city=city_of(request), by=person(request))

    return asked(request, form, question, act)


@requires(C.UNLOCK_ACCOUNTS)
@require_http_methods(METHODS)
def unlock(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let somebody try again who typed too many wrong passwords."""
    found = found_person(request, pk)
    form = RemoveForm(sent(request), request=request)
    question = _about(
        found,
        _("Unlock the account of %(name)s"),
        done=_("The account is unlocked."),
        submit=_("Unlock"),
        advice=_("Make sure that it was the person who typed the wrong passwords: ask them."),
    )

    def act(_said: Said) -> None:
        unlock_account(found, city=city_of(request), by=person(request))

    return asked(request, form, question, act)


@requires(C.UNLOCK_ACCOUNTS)
@require_http_methods(METHODS)
def drop_factors(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take away the second factors of somebody who lost them."""
    found = found_person(request, pk)
    form = FactorsForm(sent(request), request=request, user=found)
    question = _about(
        found,
        _("Remove the second factors of %(name)s"),
        done=_("The second factors were removed; the person is logged out everywhere."),
        submit=_("Remove second factors"),
        advice=_(
            "Passkeys, authenticator app and recovery codes all go. See the person first, or call "
            "a number that you know: whoever knows the password alone could ask for this, too."
        ),
        is_grave=True,
    )

    def act(said: Said) -> None:
        remove_factors(found, city=city_of(request), by=person(request), reason=said["reason"])

    return asked(request, form, question, act)


@requires(C.GRANT_POSTS)
@require_http_methods(METHODS)
def new_post(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give somebody a post."""
    found = found_person(request, pk)
    form = PostForm(sent(request), request=request)
    question = _about(
        found,
        _("Give %(name)s a post"),
        done=_("The post was given; it counts from its first day on."),
        submit=_("Give the post"),
        advice=_(
            "The three administrators exclude each other and every other post: who is one of "
            "them is nothing else."
        ),
    )

    def act(_said: Said) -> None:
        grant_post(found, form.details, city=city_of(request), by=person(request))

    return asked(request, form, question, act)


@requires(C.GRANT_POSTS)
@require_http_methods(METHODS)
def stop_post(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a post back, with its last day."""
    seen = Post.objects.visible_to(person(request)).for_city(city_of(request))
    post = get_object_or_404(seen.select_related("user", "city"), pk=pk)
    form = EndPostForm(sent(request), request=request, post=post)
    question = _about(
        post.user,
        _("End a post of %(name)s"),
        done=_("The post ends on that day."),
        submit=_("End the post"),
        is_grave=True,
    )

    def act(_said: Said) -> None:
        end_post(post, by=person(request), day=form.day_given)

    return asked(request, form, question, act)


def _linked(request: HttpRequest, user: User) -> HttpResponse:
    secret = invite(user, city=city_of(request), by=person(request))
    address = request.build_absolute_uri(reverse("base:welcome", args=[secret]))
    return render(request, "base/people/link.html", {"found": user, "link": address})


def _about(user: User, title: str, *, done: str, **more: Any) -> Question:
    return Question(
        title=title % {"name": user.name},
        back=reverse("base:person", args=[user.pk]),
        within=user.name,
        done=done,
        **more,
    )
