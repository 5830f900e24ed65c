"""From an instrument back to plain rows, as they are stored and edited."""

from collections.abc import Mapping

from wenming.core.questionnaire.expressions import Expression, as_text
from wenming.core.questionnaire.model import FormQuestion, Instrument, Labels

PlainRows = dict[str, list[dict[str, str]]]
"""Rows of text by the name of their table."""


def instrument_rows(instrument: Instrument) -> PlainRows:
    """The plain rows from which `build_instrument` builds the same instrument again.

    Blank cells are left out.
    """
    head = {
        "key": instrument.key,
        "version": instrument.version,
        "languages": ";".join(instrument.languages),
        "missing": " ".join(sorted(instrument.missing)),
        **_labels("title", instrument.title),
    }
    choices = [
        {"list": name, "key": choice.key, **_labels("label", choice.label)}
        for name, each in instrument.choices.items()
        for choice in each
    ]
    return {
        "instrument": [_filled(head)],
        "choices": [_filled(row) for row in choices],
        "questions": [_filled(question_row(each)) for each in instrument.questions],
    }


def question_row(question: FormQuestion) -> dict[str, str]:
    """One question as a plain row; blank cells among them."""
    return {
        "key": question.key,
        "kind": question.kind.value,
        "within": question.within,
        "choices": question.choices,
        "required": "true" if question.is_required else "",
        "relevant": _expression(question.relevant),
        "constraint": _expression(question.constraint),
        "calculation": _expression(question.calculation),
        "appearance": question.appearance,
        "item": question.item,
        "condition": str(question.condition) if question.condition else "",
        "yes": " ".join(sorted(question.yes)),
        "no": " ".join(sorted(question.no)),
        "bank": question.bank,
        **_labels("label", question.label),
        **_labels("hint", question.hint),
        **_labels("message", question.constraint_message),
    }


def _labels(column: str, labels: Labels) -> dict[str, str]:
    return {f"{column}:{language}": text for language, text in labels.items()}


def _expression(expression: Expression | None) -> str:
    return "" if expression is None else as_text(expression)


def _filled(row: Mapping[str, str]) -> dict[str, str]:
    return {column: text for column, text in row.items() if text}
