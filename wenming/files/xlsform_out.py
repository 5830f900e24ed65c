"""Writes an instrument as an XLSForm, and as the XForm that ODK Collect fills in."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from pyxform.xls2xform import convert

from wenming.core.framework import Checklist
from wenming.core.questionnaire import (
    FormQuestion,
    Instrument,
    Labels,
    QuestionKind,
    checklist_instrument,
    question_row,
)
from wenming.files import xlsform_words as words
from wenming.files.tables_out import Sheet, write_workbook

_TYPES = {
    QuestionKind.GROUP: words.BEGIN,
    **{kind: kind.value for kind in words.TYPES.values()},
}
_PHOTO = f"{words.PIXELS}2000"
_CHOSEN = {kind: name for name, kind in words.SELECTS.items()}


def write_xlsform(instrument: Instrument) -> bytes:
    """The instrument as an XLSForm that `read_xlsform` reads as the same instrument.

    A text that a language lacks stays blank there.

    Source:
        docs/reference/questionnaire.md, "XLSForm".
    """
    written = BytesIO()
    write_workbook(written, [_survey(instrument), _choices(instrument), _settings(instrument)])
    return written.getvalue()


def xform_of(instrument: Instrument) -> bytes:
    """The instrument as an ODK XForm (XML), made by pyxform from its XLSForm."""
    written = BytesIO(write_xlsform(instrument))
    made = convert(written, file_type=".xlsx", form_name=instrument.key)
    return str(made.xform).encode()


def xform_of_checklist(checklist: Checklist, *, version: str) -> bytes:
    """A checklist of the field as an ODK XForm; see `checklist_instrument`."""
    return xform_of(checklist_instrument(checklist, version=version))


def xlsform_of_checklist(checklist: Checklist, *, version: str) -> bytes:
    """A checklist of the field as an XLSForm; see `checklist_instrument`."""
    return write_xlsform(checklist_instrument(checklist, version=version))


def _survey(instrument: Instrument) -> Sheet:
    used = [
        column
        for column, attribute in _TEXT_ATTRIBUTES.items()
        if column == "label" or any(getattr(each, attribute) for each in instrument.questions)
    ]
    header = [
        "type",
        "name",
        *(words.heading(column, code) for column in used for code in instrument.languages),
        *(column for column in words.PLAIN if column != "name"),
        "parameters",
    ]
    return Sheet(words.SURVEY, header, list(_rows(instrument, used)))


_TEXT_ATTRIBUTES = {"label": "label", "hint": "hint", "constraint_message": "constraint_message"}


def _rows(instrument: Instrument, used: Sequence[str]) -> Iterator[list[str]]:
    width = len(used) * len(instrument.languages) + len(words.PLAIN)
    open_groups: list[str] = []
    for question in instrument.questions:
        while open_groups and open_groups[-1] != question.within:
            yield [words.END, open_groups.pop(), *[""] * width]
        plain = question_row(question)
        yield [
            _type(question),
            question.key,
            *(
                text
                for column in used
                for text in _in_all(instrument, getattr(question, _TEXT_ATTRIBUTES[column]))
            ),
            *(plain[ours] for column, ours in words.PLAIN.items() if column != "name"),
            _PHOTO if question.kind is QuestionKind.IMAGE else "",
        ]
        if question.kind is QuestionKind.GROUP:
            open_groups.append(question.key)
    while open_groups:
        yield [words.END, open_groups.pop(), *[""] * width]


def _type(question: FormQuestion) -> str:
    if question.kind.is_select:
        return f"{_CHOSEN[question.kind]} {question.choices}"
    return _TYPES[question.kind]


def _choices(instrument: Instrument) -> Sheet:
    labels = (words.heading("label", code) for code in instrument.languages)
    rows = [
        [name, choice.key, *_in_all(instrument, choice.label)]
        for name, choices in instrument.choices.items()
        for choice in choices
    ]
    return Sheet(words.CHOICES, ["list_name", "name", *labels], rows)


def _settings(instrument: Instrument) -> Sheet:
    first, *others = instrument.languages
    header = ["form_title", "form_id", "version", "default_language", "missing"]
    header += [f"title_{code}" for code in others]
    row = [
        instrument.title[first],
        instrument.key,
        instrument.version,
        words.language_name(first),
        " ".join(sorted(instrument.missing)),
        *(instrument.title.get(code, "") for code in others),
    ]
    return Sheet(words.SETTINGS, header, [row])


def _in_all(instrument: Instrument, labels: Labels) -> list[str]:
    return [labels.get(code, "") for code in instrument.languages]
