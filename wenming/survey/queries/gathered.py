"""The sheets of a round as the plain tables of its folder."""

from collections.abc import Mapping, Sequence

from wenming.core import questionnaire
from wenming.core.lifecycle import SheetState
from wenming.core.questionnaire import QuestionKind
from wenming.core.rows import LISTED
from wenming.rounds.models import Collection
from wenming.survey.margin_rows import margin_rows
from wenming.survey.models import Fieldwork, Sheet
from wenming.survey.queries.instruments import instrument_of
from wenming.survey.queries.members import weight_of

PlainRows = Mapping[str, Sequence[Mapping[str, str]]]

_COUNTABLE = frozenset(
    {
        QuestionKind.SELECT_ONE,
        QuestionKind.SELECT_MULTIPLE,
        QuestionKind.INTEGER,
        QuestionKind.DECIMAL,
        QuestionKind.ACKNOWLEDGE,
    }
)


def rows_of(collection: Collection) -> PlainRows:
    """What the questionnaire of a round brought in (问卷证据), as tables of a round folder.

    Only accepted sheets give a row. Texts, places and photographs stay with the sheet: they
    count for nothing, and may tell who answered.

    Returns:
        `design` (one row), `margins`, `questions`, and `answers` in the order of their numbers;
        empty when the round has no questionnaire or no sheet was accepted.

    Source:
        docs/reference/round-format.md, "answers.csv" and "design.yaml".
    """
    fieldwork = Fieldwork.objects.filter(collection=collection).select_related("instrument").first()
    if fieldwork is None:
        return {}
    instrument = instrument_of(fieldwork.instrument)
    accepted = fieldwork.sheets.filter(state=SheetState.ACCEPTED).order_by("instance")
    answers = [_answers(fieldwork, instrument, sheet) for sheet in accepted]
    if not answers:
        return {}
    margins = margin_rows(
        fieldwork.margins.order_by("position").values_list("column", "source", "groups")
    )
    bounds = _bounds(fieldwork) if margins else {}
    return {
        "design": [_design(fieldwork, instrument) | bounds],
        "margins": margins,
        "questions": [_question(each) for each in instrument.questions if each.item],
        "answers": answers,
    }


def _answers(
    fieldwork: Fieldwork, instrument: questionnaire.Instrument, sheet: Sheet
) -> dict[str, str]:
    drawn = {column: str(sheet.drawn.get(column, "")) for column in fieldwork.columns}
    if fieldwork.weights:
        drawn[fieldwork.weights] = weight_of(fieldwork, sheet.drawn)
    given = {
        question.key: str(sheet.answers.get(question.key, ""))
        for question in instrument.questions
        if question.kind in _COUNTABLE
    }
    return {"sheet": str(sheet.instance), "source": sheet.source, **drawn, **given}


def _design(fieldwork: Fieldwork, instrument: questionnaire.Instrument) -> dict[str, str]:
    return {
        "strata": ";".join(fieldwork.strata),
        "clusters": ";".join(fieldwork.clusters),
        "fpc": ";".join(fieldwork.fpc),
        "weights": fieldwork.weights,
        "lonely": fieldwork.lonely,
        "interval": fieldwork.interval,
        "missing": LISTED.join(sorted(instrument.missing)),
    }


def _bounds(fieldwork: Fieldwork) -> dict[str, str]:
    """Bounds of the weights; without margins nothing is trimmed."""
    ends = {"trim_lower": fieldwork.trim_lower, "trim_upper": fieldwork.trim_upper}
    return {name: "" if end is None else f"{end:f}" for name, end in ends.items()}


def _question(question: questionnaire.FormQuestion) -> dict[str, str]:
    label = question.label
    return {
        "column": question.key,
        "item": question.item,
        "condition": str(question.condition) if question.condition else "",
        "text_zh": label.get("zh", "") or next(iter(label.values()), ""),
        "text_en": label.get("en", ""),
        "yes": LISTED.join(sorted(question.yes)),
        "no": LISTED.join(sorted(question.no)),
    }
