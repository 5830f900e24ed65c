"""Paper entry on the desk: the list of papers, keying one blind, settling what differs."""

import unicodedata
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wenming.base import wording
from wenming.base.access import city_of, person, requires
from wenming.base.models import CityQuerySet
from wenming.base.views.asking import sent
from wenming.core.errors import BadInput, DomainError
from wenming.core.permissions import Capability
from wenming.rounds.models import Collection
from wenming.survey.asking import AnswerForm
from wenming.survey.forms.papers import PaperHeadForm, SettleForm
from wenming.survey.models import Fieldwork, PaperSheet
from wenming.survey.queries.instruments import instrument_of
from wenming.survey.queries.papers import papers_of, two_keyings
from wenming.survey.services.papers import key_paper, refuse_keyed, settle_paper
from wenming.survey.services.sheets import may_key
from wenming.survey.views.sheets import METHODS, found_round, seen_work

LONGEST_NUMBER = 40


def seen_papers(request: HttpRequest) -> CityQuerySet[PaperSheet]:
    """The papers that the person who asks sees in the city at hand."""
    return PaperSheet.objects.visible_to(person(request)).for_city(city_of(request))


@requires(Capability.VIEW_SHEETS)
@require_safe
def papers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The papers of a round: what waits for a second keying, what differs, what was taken in."""
    round_ = found_round(request, pk)
    work = seen_work(request, round_)
    context = {
        "round": round_,
        "work": work,
        "papers": papers_of(work, seen_papers(request), person(request)) if work else [],
        "may_key": bool(work and round_.is_open and may_key(work, person(request))),
    }
    return render(request, "survey/papers/list.html", context)


@requires(Capability.VIEW_SHEETS)
@never_cache
@require_http_methods(METHODS)
def key(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Key a paper, for the first or the second time; the page is the same for both."""
    round_ = found_round(request, pk)
    work = seen_work(request, round_)
    given = request.POST if request.method == "POST" else request.GET
    typed = unicodedata.normalize("NFKC", given.get("number", "").replace("\x00", ""))
    number = " ".join(typed.split())[:LONGEST_NUMBER]
    if work is None or not number:
        messages.error(request, _("Type the number of the paper first."))
        return redirect("survey:papers", pk)
    if request.method != "POST":
        try:
            refuse_keyed(work, number, by=person(request))
        except DomainError as refused:
            messages.error(request, _said(refused))
            return redirect("survey:papers", pk)
    return _keyed(request, round_, work, number)


@requires(Capability.VIEW_SHEETS)
@never_cache
@require_http_methods(METHODS)
def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what stands on a paper where two keyings differ."""
    rows = seen_papers(request).select_related("fieldwork__collection", "fieldwork__instrument")
    paper = get_object_or_404(rows, pk=pk)
    round_ = paper.fieldwork.collection
    both = two_keyings(paper)
    if both is None:
        messages.info(request, _("There is nothing to settle on this paper."))
        return redirect("survey:papers", round_.pk)
    form = SettleForm(paper, both, sent(request))
    content = form.content() if request.method == "POST" else None
    if content is not None:
        try:
            settle_paper(paper, content, by=person(request))
        except BadInput as refused:
            form.refuse(refused.problems)
        except DomainError as refused:
            form.errors.append(_said(refused))
        else:
            messages.success(request, _("The paper was taken in as settled."))
            return redirect("survey:papers", round_.pk)
    context = {"round": round_, "paper": paper, "form": form}
    status = 422 if form.mistakes or form.errors else 200
    return render(request, "survey/papers/settle.html", context, status=status)


def _keyed(request: HttpRequest, round_: Collection, work: Fieldwork, number: str) -> HttpResponse:
    head = PaperHeadForm(sent(request), request=request)
    head.ask_for(work.columns)
    is_whole = head.is_valid()
    day = head.cleaned_data["day"] if is_whole else timezone.localdate()
    form = AnswerForm(
        instrument_of(work.instrument), sent(request), today=day, has_photographs=True
    )
    errors: list[str] = []
    if is_whole and form.is_complete:
        try:
            paper = key_paper(work, number, head.content(form.answers), by=person(request))
        except BadInput as refused:
            form.refuse(refused.problems)
        except DomainError as refused:
            errors.append(_said(refused))
        else:
            messages.success(request, _outcome(paper))
            return redirect("survey:papers", round_.pk)
    context = {
        "round": round_, "work": work, "number": number, "head": head, "form": form,
        "errors": errors,
    }  # fmt: skip
    status = 422 if head.errors or form.problems or errors else 200
    return render(request, "survey/papers/key.html", context, status=status)


def _outcome(paper: PaperSheet) -> str:
    if paper.sheet_id is not None:
        return _("Both keyings of paper %(number)s agree; it was taken in.") % {
            "number": paper.number
        }
    if paper.keyings.count() > 1:
        return _("The keyings of paper %(number)s differ; settle what stands on it.") % {
            "number": paper.number
        }
    return _("Paper %(number)s was keyed; now a second person keys it.") % {"number": paper.number}


def _said(refused: DomainError) -> str:
    return wording.refusal(refused, get_language() or "zh")
