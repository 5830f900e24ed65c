"""The words of XLSForm: sheets, columns, question types and languages, and which ones we take."""

import re
from collections.abc import Mapping

from wenming.core.questionnaire import QuestionKind as Kind
from wenming.files.csv_rows import Columns

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
SHEETS: Mapping[str, Columns] = {
    SURVEY: Columns(("type", "name"), is_free=True),
    CHOICES: Columns(("name",), is_free=True),
    SETTINGS: Columns(("form_title", "form_id"), is_free=True),
}

LANGUAGES: Mapping[str, str] = {
    "zh": "中文",
    "en": "English",
    "ug": "ئۇيغۇرچە",
    "bo": "བོད་སྐད།",
    "mn": "Монгол",
    "ko": "한국어",
    "kk": "Қазақша",
    "ja": "日本語",
    "ru": "Русский",
}
_NAMED = {"chinese": "zh", "汉语": "zh"} | {name.lower(): code for code, name in LANGUAGES.items()}
_CODED = re.compile(r"(?:.*\(\s*)?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*\)?")

TEXTS: Mapping[str, str] = {"label": "label", "hint": "hint", "constraint_message": "message"}
"""Columns that have one for each language, with ours."""

PLAIN: Mapping[str, str] = {
    "name": "key",
    "required": "required",
    "relevant": "relevant",
    "constraint": "constraint",
    "calculation": "calculation",
    "appearance": "appearance",
    "item": "item",
    "condition": "condition",
    "counts_yes": "yes",
    "counts_no": "no",
    "bank": "bank",
}
"""Columns of the survey sheet by ours; the last five are our own, and other programs skip them."""

TYPES: Mapping[str, Kind] = {
    "integer": Kind.INTEGER,
    "int": Kind.INTEGER,
    "decimal": Kind.DECIMAL,
    "text": Kind.TEXT,
    "string": Kind.TEXT,
    "date": Kind.DATE,
    "geopoint": Kind.GEOPOINT,
    "image": Kind.IMAGE,
    "photo": Kind.IMAGE,
    "acknowledge": Kind.ACKNOWLEDGE,
    "trigger": Kind.ACKNOWLEDGE,
    "note": Kind.NOTE,
    "calculate": Kind.CALCULATE,
    "start": Kind.START,
    "end": Kind.END,
}
SELECTS: Mapping[str, Kind] = {
    "select_one": Kind.SELECT_ONE,
    "select_multiple": Kind.SELECT_MULTIPLE,
}
PIXELS = "max-pixels="
"""How large a photo is kept; written for every photo, and the only parameter that is read."""

BEGIN, END = "begin_group", "end_group"
ALLOWED = ", ".join([*SELECTS, *dict.fromkeys(each.value for each in TYPES.values()), BEGIN, END])
"""The types that are read, as they are named to whoever used another one."""


def heading(column: str, language: str) -> str:
    """The heading of a column in a language, such as `label::中文 (zh)`."""
    return f"{column}::{language_name(language)}"


def language_name(code: str) -> str:
    """A language as XLSForm names it, such as `中文 (zh)`."""
    return f"{LANGUAGES.get(code, code)} ({code})"


def language_code(name: str) -> str:
    """The code of a language by the name that a heading gives it; "" when there is none."""
    known = _NAMED.get(name.strip().lower())
    coded = _CODED.fullmatch(name.strip())
    if known or coded is None:
        return known or ""
    return coded[1].lower() if "(" in name or len(name.strip()) <= len("eng") else ""
