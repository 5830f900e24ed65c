"""The editor of a draft: begin, copy as a new version, add, change, move and drop questions."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_in_notice
from wenming.base.templatetags.figures import words
from wenming.base.views.asking import Question, asked, sent
from wenming.core.lifecycle import InstrumentState
from wenming.core.permissions import Capability
from wenming.survey.forms.editing import BeginForm, QuestionForm, VersionForm, question_initial
from wenming.survey.models import Instrument
from wenming.survey.queries.bank import bank_of
from wenming.survey.queries.instruments import instrument_of
from wenming.survey.queries.reading import lines_of
from wenming.survey.services import editing as services
from wenming.survey.views.instruments import found_instrument

EDIT = Capability.EDIT_QUESTIONNAIRE
READ_OR_SEND = ["GET", "HEAD", "POST"]


@requires(EDIT)
@require_http_methods(READ_OR_SEND)
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a questionnaire of one's own."""
    form = BeginForm(sent(request), request=request, draft="questionnaire-new")
    question = Question(
        title=_("New questionnaire"),
        back=reverse("survey:instruments"),
        within=_("Questionnaires"),
        done=_("The questionnaire was begun; add its questions."),
    )

    def act(given: Mapping[str, Any]) -> str:
        head = {
            "key": given["key"], "version": given["version"], "languages": "zh;en",
            "title:zh": given["title_zh"], "title:en": given["title_en"],
        }  # fmt: skip
        opening = {
            "key": "opening", "kind": "note",
            "label:zh": given["opening_zh"], "label:en": given["opening_en"],
        }  # fmt: skip
        made = services.begin_instrument(head, opening, city=city_of(request), by=person(request))
        return _editor(made)

    return asked(request, form, question, act)


@requires(EDIT)
@require_http_methods(READ_OR_SEND)
def copy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make a new version as a draft."""
    found = found_instrument(request, pk)
    form = VersionForm(sent(request), request=request)
    question = Question(
        title=_("New version"),
        back=reverse("survey:instrument", args=[pk]),
        within=words(found.title),
        done=_("The new version is a draft."),
    )

    def act(given: Mapping[str, Any]) -> str:
        made = services.copy_instrument(found, version=given["version"], by=person(request))
        return _editor(made)

    return asked(request, form, question, act)


@requires(EDIT)
@require_safe
def editor(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The questions of a draft, each with what can be done with it."""
    found = found_instrument(request, pk)
    if found.state != InstrumentState.DRAFT:
        return redirect("survey:instrument", pk)
    context = {"instrument": found, "lines": lines_of(instrument_of(found)), "editing": True}
    return render(request, "survey/editor.html", context)


@requires(EDIT)
@require_safe
def bank(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Questions of other questionnaires and of the edition, to be copied."""
    found = found_instrument(request, pk)
    context = {"instrument": found, "questions": bank_of(found)}
    return render(request, "survey/bank.html", context)


@requires(EDIT)
@require_http_methods(READ_OR_SEND)
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a question, of one's own or from the bank."""
    found = found_instrument(request, pk)
    picked = request.GET.get("from", "")
    initial: dict[str, Any] = {"kind": "select_one"}
    if picked:
        taken = next((each for each in bank_of(found) if each.key == picked), None)
        if taken is None:
            raise Http404
        initial = question_initial(taken.row, taken.choices)
    return _question(request, found, "", initial, bank=picked)


@requires(EDIT)
@require_http_methods(READ_OR_SEND)
def change(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Change a question."""
    found = found_instrument(request, pk)
    row = next((row for row in found.content["questions"] if row["key"] == key), None)
    if row is None:
        raise Http404
    return _question(request, found, key, question_initial(row, found.content["choices"]))


@requires(EDIT)
@require_POST
def act(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Move a question by a place, or drop it."""
    found = found_instrument(request, pk)
    said, user = request.POST.get("action"), person(request)
    seen = request.POST.get("seen", "")
    with explain_in_notice(request):
        if said == "drop":
            services.drop_question(found, key, seen=seen, by=user)
            messages.success(request, _("The question was left out."))
        elif said in ("up", "down"):
            services.move_question(found, key, up=said == "up", seen=seen, by=user)
        else:
            messages.error(request, _("Nothing was done: choose one of the buttons."))
    return redirect(f"{_editor(found)}#q-{key}")


def _question(
    request: HttpRequest, found: Instrument, key: str, initial: Mapping[str, Any], bank: str = ""
) -> HttpResponse:
    built = instrument_of(found)
    form = QuestionForm(
        sent(request), request=request, initial={**initial, "seen": found.content_hash},
        draft=f"question-{found.pk}-{key or 'new'}",
    )  # fmt: skip
    form.offer(built, key)
    question = Question(
        title=_("Change the question") if key else _("Add a question"),
        back=_editor(found),
        within=words(found.title),
        done=_("The question was stored."),
    )

    def act(given: Mapping[str, Any]) -> str:
        written = form.written_from(bank)
        services.write_question(found, written, key=key, seen=given["seen"], by=person(request))
        return f"{_editor(found)}#q-{given['key']}"

    return asked(request, form, question, act)


def _editor(instrument: Instrument) -> str:
    return reverse("survey:editor", args=[instrument.pk])
