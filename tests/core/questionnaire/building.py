"""Instruments and their rows, for tests."""

from wenming.core.errors import BadInput, Place
from wenming.core.questionnaire import Instrument, build_instrument
from wenming.core.rows import Row

HEAD = {"key": "residents", "version": "1", "languages": "zh;en", "title:zh": "居民问卷"}
YES_NO = [
    {"list": "yn", "key": "yes", "label:zh": "是", "label:en": "Yes"},
    {"list": "yn", "key": "no", "label:zh": "否", "label:en": "No"},
]


def rows(table: str, values: list[dict[str, str]]) -> list[Row]:
    return [Row(each, Place(table, line=n)) for n, each in enumerate(values, start=2)]


def question(key: str, kind: str = "text", **cells: str) -> dict[str, str]:
    return {"key": key, "kind": kind, "label:zh": f"题目{key}", **cells}


def instrument(
    *questions: dict[str, str], choices: list[dict[str, str]] = YES_NO, **head: str
) -> Instrument:
    tables = {
        "instrument": rows("instrument", [HEAD | head]),
        "choices": rows("choices", choices),
        "questions": rows("questions", list(questions)),
    }
    return build_instrument(tables)


def mistakes(
    *questions: dict[str, str], choices: list[dict[str, str]] = YES_NO, **head: str
) -> list[tuple[str, int, str]]:
    """Code, line and column of every mistake that building tells."""
    try:
        instrument(*questions, choices=choices, **head)
    except BadInput as refused:
        return [(each.code, each.place.line, each.place.column) for each in refused.problems]
    return []
