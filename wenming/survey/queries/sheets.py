"""Answer sheets of a round as people look at them: marks, answers in words, how far it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wenming.base.models import User
from wenming.core.lifecycle import SheetState
from wenming.core.permissions import Capability
from wenming.core.questionnaire import SheetMark, is_straight_line, speeders
from wenming.core.terms import Method
from wenming.rounds.models import Collection
from wenming.rounds.progress import MethodProgress
from wenming.survey.models import Fieldwork, Sheet
from wenming.survey.queries.instruments import instrument_of


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One question with the answer in words (答案)."""

    question: str
    answer: str


def marks_of(fieldwork: Fieldwork) -> Mapping[UUID, Sequence[SheetMark]]:
    """The marks (答卷疑点) of the sheets of a round, by identity; only of those that have one.

    Whether a sheet was quick is seen among all sheets of the round, whoever looks.

    Source:
        docs/reference/questionnaire.md, "Marks on sheets".
    """
    instrument = instrument_of(fieldwork.instrument)
    rows = list(
        fieldwork.sheets.order_by("pk")
        .annotate(took=F("ended_at") - F("started_at"))
        .values_list("pk", "took", "answers")
    )
    quick = speeders([took for _pk, took, _answers in rows])
    found: dict[UUID, list[SheetMark]] = {}
    for (pk, _took, answers), is_quick in zip(rows, quick, strict=True):
        marks = [SheetMark.SPEEDER] if is_quick else []
        marks += [SheetMark.STRAIGHT_LINE] if is_straight_line(instrument, answers) else []
        if marks:
            found[pk] = marks
    return found


def answers_of(sheet: Sheet) -> Sequence[ShownAnswer]:
    """What was answered (答卷内容), in the order of the questionnaire, in the reader's language."""
    instrument = instrument_of(sheet.fieldwork.instrument)
    language = "en" if get_language() == "en" else "zh"
    shown = []
    for question in instrument.questions:
        if not question.kind.is_asked:
            continue
        given = str(sheet.answers.get(question.key, ""))
        words = {c.key: instrument.text(c.label, language) for c in instrument.choices_of(question)}
        named = [words.get(each, each) for each in given.split()] if words else [given]
        label = instrument.text(question.label, language)
        shown.append(ShownAnswer(label or question.key, "、".join(named)))
    return shown


def sheets_of_round(user: User, collection: Collection) -> MethodProgress | None:
    """How many sheets came in, and how many wait (问卷调查进度); None for whoever sees none."""
    if not user.may(Capability.VIEW_SHEETS, city=collection.city):
        return None
    rows = Sheet.objects.visible_to(user).filter(fieldwork__collection=collection).order_by()
    counted = dict(rows.values_list("state").annotate(n=Count("pk")))
    return MethodProgress(
        Method.SURVEY,
        counted.get(SheetState.ACCEPTED, 0),
        _("answer sheets"),
        waiting=counted.get(SheetState.RECEIVED, 0),
        address=reverse("survey:sheets", args=[collection.pk]),
    )
