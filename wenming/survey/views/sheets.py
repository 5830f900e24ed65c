"""Field work on the desk: the questionnaire of a round, its sheets, one sheet, what counts."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_in_notice
from wenming.base.models import CityQuerySet
from wenming.base.tables import chosen_rows, list_page
from wenming.base.views.asking import Question, asked, sent
from wenming.core.lifecycle import CollectionState, InstrumentState, SheetState
from wenming.rounds.models import Collection
from wenming.survey.forms.fieldwork import AsideForm, FieldworkForm
from wenming.survey.models import Fieldwork, Sheet
from wenming.survey.queries.members import MEMBER_COLUMNS, household_draw, weight_of
from wenming.survey.queries.quotas import quotas_of
from wenming.survey.queries.sheets import answers_of, marks_of
from wenming.survey.services.instruments import set_fieldwork
from wenming.survey.services.sheets import accept_sheet, set_sheet_aside
from wenming.survey.sheet_tables import sheets_table
from wenming.survey.views.instruments import EDIT, VIEW, may_edit, seen_instruments

METHODS = ["GET", "HEAD", "POST"]


def seen_sheets(request: HttpRequest) -> CityQuerySet[Sheet]:
    """The answer sheets that the person who asks sees in the city at hand."""
    return Sheet.objects.visible_to(person(request)).for_city(city_of(request))


def found_sheet(request: HttpRequest, pk: UUID) -> Sheet:
    """A sheet that the person who asks sees, or 404."""
    rows = seen_sheets(request)
    related = ("city", "fieldwork__collection", "fieldwork__instrument", "interviewer")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def found_round(request: HttpRequest, pk: UUID) -> Collection:
    """A round that the person who asks sees, or 404."""
    rows = Collection.objects.visible_to(person(request)).for_city(city_of(request))
    return get_object_or_404(rows, pk=pk)


def seen_work(request: HttpRequest, round_: Collection) -> Fieldwork | None:
    """The questionnaire of a round and its design, as far as the person who asks sees it."""
    rows = Fieldwork.objects.visible_to(person(request)).filter(collection=round_)
    return rows.select_related("instrument").first()


@requires(VIEW)
@require_safe
def sheets(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The sheets of a round, with the questionnaire that it uses."""
    round_ = found_round(request, pk)
    work = seen_work(request, round_)
    rows = seen_sheets(request).filter(fieldwork__collection=round_)
    return list_page(
        request,
        sheets_table(round_, marks_of(work) if work else {}),
        rows.select_related("interviewer", "fieldwork"),
        template="survey/sheets.html",
        round=round_,
        work=work,
        quotas=quotas_of(work) if work else None,
        may_judge=may_edit(request),
        may_edit=may_edit(request) and round_.state != CollectionState.CLOSED,
    )


@requires(EDIT)
@require_http_methods(METHODS)
def set_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say which questionnaire a round uses and how its sheets are drawn."""
    round_ = found_round(request, pk)
    work = seen_work(request, round_)
    known = {} if work is None else {
        "instrument": work.instrument_id, "strata": " ".join(work.strata),
        "clusters": " ".join(work.clusters), "fpc": " ".join(work.fpc),
        "weights": work.weights, "lonely": work.lonely,
    }  # fmt: skip
    form = FieldworkForm(
        sent(request), request=request, draft=f"fieldwork-{round_.pk}", initial=known
    )
    form.offer(seen_instruments(request).filter(state=InstrumentState.IN_USE))
    question = Question(
        title=_("Questionnaire of the round"),
        back=reverse("survey:sheets", args=[round_.pk]),
        within=_("Answer sheets"),
        done=_("The questionnaire of the round was set."),
        submit=_("Save"),
    )

    def act(given: Mapping[str, Any]) -> None:
        set_fieldwork(round_, given["instrument"], design=form.design, by=person(request))

    return asked(request, form, question, act)


@requires(VIEW)
@require_safe
def answers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One sheet: when, by whom, how drawn, what was answered, and what is odd about it."""
    found = found_sheet(request, pk)
    is_open = found.fieldwork.collection.state == CollectionState.OPEN
    context = {
        "sheet": found,
        "round": found.fieldwork.collection,
        "answers": answers_of(found),
        "member": household_draw(found),
        "weight": weight_of(found.fieldwork, found.drawn),
        "household_weight": found.drawn.get(found.fieldwork.weights, ""),
        "drawn": [each for each in found.drawn.items() if each[0] not in MEMBER_COLUMNS],
        "photos": _photos(found),
        "marks": marks_of(found.fieldwork).get(found.pk, ()),
        "took": found.ended_at - found.started_at,
        "may_decide": may_edit(request) and is_open,
        "may_set_aside": found.state != SheetState.SET_ASIDE,
        "may_accept": found.state != SheetState.ACCEPTED,
    }
    return render(request, "survey/answers.html", context)


def _photos(found: Sheet) -> list[tuple[str, str]]:
    photos: Callable[[Sheet], list[tuple[str, str]]]
    photos = import_string(settings.DESK_SHEET_PHOTOS)
    return photos(found)


@requires(EDIT)
@require_POST
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a sheet count."""
    found = found_sheet(request, pk)
    with explain_in_notice(request):
        accept_sheet(found, by=person(request))
        messages.success(request, _("The sheet counts."))
    return redirect("survey:answers", found.pk)


@requires(EDIT)
@require_POST
def accept_many(request: HttpRequest) -> HttpResponse:
    """Let the ticked sheets count, all of them or none."""
    chosen = list(
        chosen_rows(request, seen_sheets(request)).select_related("fieldwork__collection")
    )
    with explain_in_notice(request), transaction.atomic():
        for each in sorted(chosen, key=lambda each: each.pk):
            accept_sheet(each, by=person(request))
        said = ngettext("%(n)d sheet counts now.", "%(n)d sheets count now.", len(chosen))
        messages.success(request, said % {"n": len(chosen)})
    if not chosen:
        return redirect("rounds:collections")
    return redirect("survey:sheets", chosen[0].fieldwork.collection_id)


@requires(EDIT)
@require_http_methods(METHODS)
def aside(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a sheet count for nothing, with the reason."""
    found = found_sheet(request, pk)
    question = Question(
        title=_("Set the sheet aside"),
        back=reverse("survey:answers", args=[found.pk]),
        within=_("Answer sheet"),
        done=_("The sheet was set aside; it is kept."),
        submit=_("Set it aside"),
    )
    form = AsideForm(sent(request), request=request, draft=f"aside-{found.pk}")

    def act(given: Mapping[str, Any]) -> None:
        set_sheet_aside(found, because=given["because"], by=person(request))

    return asked(request, form, question, act)
