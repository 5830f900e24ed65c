"""Figures of a round: the list, one figure with what is odd about it, entering and confirming."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_on
from wenming.base.tables import list_page
from wenming.base.views.asking import Question, asked, sent
from wenming.core.lifecycle import EntryState
from wenming.core.permissions import Capability
from wenming.core.plausibility import oddities
from wenming.core.rounding import publish
from wenming.rounds.models import Collection
from wenming.statistic.forms import ConfirmForm, FigureForm
from wenming.statistic.models import Entry
from wenming.statistic.queries.seen import rounds_with_figures
from wenming.statistic.queries.wanted import earlier_figures, mean_of, wanted_figures
from wenming.statistic.services.entries import (
    change_figure,
    confirm_figure,
    enter_figure,
    return_figure,
)
from wenming.statistic.tables import ENTRIES

VIEW = Capability.VIEW_STATISTICS
ENTER = Capability.ENTER_STATISTIC
CONFIRM = Capability.CONFIRM_STATISTIC
READ_OR_SEND = ["GET", "HEAD", "POST"]


def rounds_seen(request: HttpRequest) -> QuerySet[Collection]:
    """The rounds whose figures the person who asks may see in the city at hand."""
    return rounds_with_figures(person(request), city_of(request))


def found_entry(request: HttpRequest, pk: UUID) -> Entry:
    """A figure that the person sees, or 404."""
    seen = Entry.objects.visible_to(person(request)).for_city(city_of(request))
    related = seen.select_related(
        "collection__city", "unit", "entered_by", "confirmed_by", "attachment", "city"
    )
    return get_object_or_404(related, pk=pk)


@requires(VIEW)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The round that is open now, or the latest one."""
    seen = list(rounds_seen(request)[:50])
    found = next((each for each in seen if each.is_open), seen[0] if seen else None)
    if found is None:
        return render(request, "statistic/no_round.html")
    return redirect("statistic:entries", pk=found.pk)


@requires(VIEW)
@require_safe
def entries(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The figures of a round."""
    collection = get_object_or_404(rounds_seen(request), pk=pk)
    user, city = person(request), city_of(request)
    rows = Entry.objects.visible_to(user).for_city(city).filter(collection=collection)
    related = rows.select_related("unit", "entered_by", "confirmed_by")
    return list_page(
        request,
        ENTRIES,
        related,
        template="statistic/entries.html",
        collection=collection,
        others=rounds_seen(request).exclude(pk=pk)[:12],
        may_enter=may_enter_in(request, collection),
    )


def may_enter_in(request: HttpRequest, collection: Collection) -> bool:
    """Whether the person enters figures in a round now (可填报)."""
    return collection.is_open and person(request).may(ENTER, city=city_of(request))


@requires(ENTER)
@require_http_methods(READ_OR_SEND)
def enter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter a figure of an item that the person's unit leads, or any as the office."""
    collection = get_object_or_404(rounds_seen(request).select_related("edition", "city"), pk=pk)
    initial = {name: request.GET.get(name, "") for name in ("wanted", "period")}
    form = FigureForm(
        sent(request), request.FILES or None, request=request, initial=initial,
        draft=f"figure-new-{pk}",
    )  # fmt: skip
    form.ask_for(wanted_figures(collection, by=person(request)))
    question = Question(
        title=_("Enter a statistic"),
        back=reverse("statistic:entries", args=[pk]),
        within=_("Statistics"),
        done=_("The figure was entered and waits for confirmation by a second person."),
    )

    def act(_given: object) -> str:
        made = enter_figure(collection, form.figures, by=person(request))
        return reverse("statistic:entry", args=[made.pk])

    return asked(request, form, question, act)


@requires(ENTER)
@require_http_methods(READ_OR_SEND)
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a figure that is not confirmed."""
    found = found_entry(request, pk)
    names = ("value", "measure", "scope", "source", "note")
    form = FigureForm(
        sent(request), request.FILES or None, request=request, draft=f"figure-{pk}",
        initial={name: getattr(found, name) for name in names},
    )  # fmt: skip
    form.ask_for([], entry=found)
    question = Question(
        title=_("Change the figure"),
        back=reverse("statistic:entry", args=[pk]),
        within=f"{found.item} {found.period}",
        done=_("The figure was changed and waits for confirmation again."),
    )

    def act(_given: object) -> None:
        change_figure(found, form.figures, by=person(request))

    return asked(request, form, question, act)


@requires(VIEW)
@require_safe
def entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One figure: what it is, what is odd about it, the mean it enters, its confirmation."""
    return _shown(request, found_entry(request, pk), ConfirmForm(request=request))


@requires(VIEW)
@require_POST
def step(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm a figure, or return it with a reason."""
    found, user = found_entry(request, pk), person(request)
    form = ConfirmForm(request.POST, request=request)
    action = request.POST.get("action")
    if action not in ("confirm", "send_back"):
        messages.error(request, _("Nothing was done: choose one of the buttons."))
        return redirect("statistic:entry", pk=pk)
    if form.is_valid():
        with explain_on(form):
            if action == "confirm":
                confirm_figure(found, by=user)
                messages.success(request, _("The figure was confirmed."))
            else:
                return_figure(found, reason=form.cleaned_data["reason"], by=user)
                messages.success(request, _("The figure was returned."))
            return redirect("statistic:entries", pk=found.collection_id)
    return _shown(request, found_entry(request, pk), form)


def _shown(request: HttpRequest, found: Entry, form: ConfirmForm) -> HttpResponse:
    user, is_open = person(request), found.collection.is_open
    same = Entry.objects.filter(
        collection=found.collection_id, item=found.item, condition=found.condition
    )
    confirmed = list(same.filter(state=EntryState.CONFIRMED))
    mean = mean_of(confirmed) if len(confirmed) > 1 else None
    may_confirm = Entry.objects.visible_to(user, CONFIRM).filter(pk=found.pk).exists()
    may_enter = Entry.objects.visible_to(user, ENTER).filter(pk=found.pk).exists()
    context = {
        "entry": found,
        "collection": found.collection,
        "oddities": oddities(
            found.value,
            measure=found.measure,
            period=found.period,
            before=earlier_figures(found),
        ),
        "mean": mean,
        "mean_value": publish(mean.value, 6).normalize() if mean else None,
        "is_own": found.entered_by_id == user.pk,
        "may_confirm": is_open and may_confirm and found.state != EntryState.RETURNED,
        "may_change": is_open and may_enter and found.state != EntryState.CONFIRMED,
        "form": form,
    }
    return render(request, "statistic/entry.html", context, status=form.status)
