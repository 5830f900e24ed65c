"""Rounds in work: the list, one round, its plan, its calendar, its numbers, its people."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_in_notice, explain_on
from wenming.base.models import CityQuerySet
from wenming.base.tables import list_page
from wenming.base.templatetags.figures import words
from wenming.base.views.asking import Question, asked, sent
from wenming.core.permissions import Capability
from wenming.core.terms import Method
from wenming.rounds.forms.collections import (
    CollectionForm,
    ConfirmForm,
    ReopenForm,
    RolesForm,
    as_typed,
    calendar_form,
    numbers_form,
)
from wenming.rounds.models import Collection, RegisteredSite, SealedDraw
from wenming.rounds.progress import progress_of
from wenming.rounds.queries.collections import facts_shown, titles_in
from wenming.rounds.queries.draws import seen_draws
from wenming.rounds.queries.team import members_of
from wenming.rounds.services import collections as services
from wenming.rounds.services.calendars import set_calendar, set_site_numbers
from wenming.rounds.tables.collections import COLLECTIONS

VIEW, MANAGE = Capability.VIEW_COLLECTION, Capability.MANAGE_ROUNDS
METHODS = ["GET", "HEAD", "POST"]
Said = Mapping[str, Any]


def seen_collections(request: HttpRequest) -> CityQuerySet[Collection]:
    """The rounds that the person who asks sees in the city at hand."""
    return Collection.objects.visible_to(person(request)).for_city(city_of(request))


def found_collection(request: HttpRequest, pk: UUID) -> Collection:
    """A round that the person who asks sees, or 404."""
    whole = seen_collections(request).select_related(
        "edition", "checklist_set", "responsibility_plan", "city"
    )
    return get_object_or_404(whole, pk=pk)


@requires(VIEW)
@require_safe
def collections(request: HttpRequest) -> HttpResponseBase:
    """All rounds, the latest first."""
    may_manage = person(request).may(MANAGE, city=city_of(request))
    return list_page(
        request,
        COLLECTIONS,
        seen_collections(request),
        template="rounds/collections/list.html",
        may_manage=may_manage,
    )


@requires(VIEW)
@require_safe
def collection(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One round: where it stands, how far each method is, its calendar, its people."""
    user, found = person(request), found_collection(request, pk)
    parts = {part.method: part for part in found.parts.all()}
    types = titles_in(found.checklist_set)
    wanted = [(types.get(key), key, n) for key, n in found.site_numbers.items()]
    context = {
        "round": found,
        "parts": [parts[each] for each in _ordered(parts)],
        "today": localdate(),
        "progress": progress_of(user, found),
        "numbers": wanted,
        "n_sites": sum(found.site_numbers.values()),
        "members": [each for each in members_of(found) if each.roles],
        "may_manage": user.may(MANAGE, city=found.city),
        "draws": _draws(request, found),
        **facts_shown(found),
        "pages": _pages(request, found),
    }
    return render(request, "rounds/collections/page.html", context)


def _draws(request: HttpRequest, of: Collection) -> Sequence[SealedDraw]:
    """The draws of a round to whose teams the person who asks belongs."""
    user, city = person(request), city_of(request)
    if not user.may(Capability.VIEW_DRAW, city=city):
        return []
    return list(seen_draws(user, city).filter(collection=of).order_by("made_at"))


@requires(MANAGE)
@require_http_methods(METHODS)
def plan_new(request: HttpRequest) -> HttpResponse:
    """Plan a round."""
    form = CollectionForm(sent(request), request=request, draft="collection-new")
    if request.method == "POST" and form.is_valid():
        with explain_on(form):
            city = city_of(request)
            plan = form.plan
            made = services.plan_collection(city, plan, standard=form.standard, by=person(request))
            form.accept()
            messages.success(request, _("The round was planned; it takes in nothing yet."))
            return redirect("rounds:collection", pk=made.pk)
    context = {
        "form": form,
        "title": _("Plan a round"),
        "question": {"back": reverse("rounds:collections"), "within": _("Rounds in work")},
    }
    return render(request, "base/asked.html", context, status=form.status)


@requires(MANAGE)
@require_http_methods(METHODS)
def plan_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change the plan of a round."""
    found = found_collection(request, pk)
    form = CollectionForm(sent(request), request=request, initial=as_typed(found), of=found)
    question = _question(found, _("Plan of the round"), done=_("The plan was changed."))

    def act(_said: Said) -> None:
        services.change_collection(found, form.plan, standard=form.standard, by=person(request))

    return asked(request, form, question, act)


@requires(MANAGE)
@require_http_methods(METHODS)
def calendar(request: HttpRequest, pk: UUID) -> HttpResponse:
    """When each method is worked at."""
    found = found_collection(request, pk)
    initial = {}
    for part in found.parts.all():
        initial[f"{part.method}_from"], initial[f"{part.method}_to"] = part.starts_on, part.ends_on
    kind = calendar_form(found)
    form = kind(sent(request), request=request, initial=initial, collection=found)
    if request.method == "POST" and form.is_valid():
        with explain_on(form):
            set_calendar(found, form.spans, by=person(request))
            messages.success(request, _("The calendar was kept."))
            return redirect("rounds:collection", pk=found.pk)
    context = {"form": form, "round": found}
    return render(request, "rounds/collections/calendar.html", context, status=form.status)


@requires(MANAGE)
@require_http_methods(METHODS)
def numbers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How many sites of each type are to be visited."""
    found = found_collection(request, pk)
    register = RegisteredSite.objects.visible_to(person(request)).for_city(found.city).in_use()
    kept = Counter(register.values_list("site_type", flat=True))
    kind = numbers_form(found.checklist_set, kept)
    initial = {f"n_{key}": n for key, n in found.site_numbers.items()}
    form = kind(sent(request), request=request, initial=initial)
    if request.method == "POST" and form.is_valid():
        with explain_on(form):
            set_site_numbers(found, form.numbers, by=person(request))
            messages.success(request, _("The numbers were kept."))
            return redirect("rounds:collection", pk=found.pk)
    context = {"form": form, "round": found}
    return render(request, "rounds/collections/numbers.html", context, status=form.status)


@requires(MANAGE)
@require_safe
def team(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everybody who could work in the round, and who does."""
    found = found_collection(request, pk)
    context = {"round": found, "members": members_of(found)}
    return render(request, "rounds/collections/team.html", context)


@requires(MANAGE)
@require_http_methods(METHODS)
def member(request: HttpRequest, pk: UUID, person_pk: UUID) -> HttpResponse:
    """What one person does in the round."""
    found = found_collection(request, pk)
    members = {each.person.pk: each for each in members_of(found)}
    one = members.get(person_pk)
    if one is None:
        return redirect("rounds:collection_team", pk=found.pk)
    initial = {"roles": [role.value for role in one.roles]}
    form = RolesForm(sent(request), request=request, initial=initial)
    question = Question(
        title=_("What %(person)s does in the round") % {"person": one.person.name},
        back=reverse("rounds:collection_team", args=[found.pk]),
        within=_("People of the round"),
        done=_("It was kept."),
    )

    def act(_said: Said) -> None:
        services.assign_person(found, one.person, form.chosen, by=person(request))

    return asked(request, form, question, act)


@requires(MANAGE)
@require_POST
def open_round(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin to take in evidence."""
    found = found_collection(request, pk)
    with explain_in_notice(request):
        services.open_collection(found, by=person(request))
        messages.success(request, _("The round is open: evidence is taken in."))
    return redirect("rounds:collection", pk=found.pk)


@requires(MANAGE)
@require_http_methods(METHODS)
def close_round(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The second confirmation before nothing more is taken in."""
    found = found_collection(request, pk)
    question = _question(
        found,
        _("Close the round “%(round)s”") % {"round": words(found.title)},
        done=_("The round was closed."),
        advice=_("Nothing more is taken in. It can be opened again with a reason."),
        submit=_("Close the round"),
    )
    form = ConfirmForm(sent(request), request=request)
    return asked(request, form, question, _deed(services.close_collection, found, request))


@requires(MANAGE)
@require_http_methods(METHODS)
def reopen_round(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take in evidence again, for a reason."""
    found = found_collection(request, pk)
    question = _question(
        found,
        _("Open the round “%(round)s” again") % {"round": words(found.title)},
        done=_("The round is open again."),
        advice=_("Results that were frozen stay; later evidence makes a later revision."),
        submit=_("Open it again"),
    )
    form = ReopenForm(sent(request), request=request)

    def act(said: Said) -> None:
        services.reopen_collection(found, because=said["because"], by=person(request))

    return asked(request, form, question, act)


def _pages(request: HttpRequest, found: Collection) -> list[tuple[str, str]]:
    pages: Callable[[HttpRequest, Collection], list[tuple[str, str]]]
    pages = import_string(settings.DESK_ROUND_PAGES)
    return pages(request, found)


def _deed(
    service: Callable[..., object], found: Collection, request: HttpRequest
) -> Callable[[Said], None]:
    def act(_said: Said) -> None:
        service(found, by=person(request))

    return act


def _question(found: Collection, title: str, **more: Any) -> Question:
    back = reverse("rounds:collection", args=[found.pk])
    return Question(title=title, back=back, within=words(found.title), **more)


def _ordered(parts: Mapping[str, object]) -> list[str]:
    return [each.value for each in Method if each.value in parts]
