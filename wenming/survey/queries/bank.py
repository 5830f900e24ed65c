"""The bank of questions: what other questionnaires of the city ask, and what an edition asks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import get_language

from wenming.base.models import City
from wenming.core.framework import Item
from wenming.core.lifecycle import EditionState
from wenming.core.questionnaire import question_row
from wenming.core.terms import Method, Words
from wenming.framework.models import Edition
from wenming.framework.queries.editions import edition_of
from wenming.survey.models import Instrument
from wenming.survey.queries.instruments import instrument_of

_YES_NO = (
    {"key": "yes", "label:zh": "是", "label:en": "Yes"},
    {"key": "no", "label:zh": "否", "label:en": "No"},
)


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """A question to be copied (题库题目).

    Attributes:
        key: names it in the bank.
        source: the questionnaire or edition that it stands in.
        row, choices: its plain cells and those of its choices.
    """

    key: str
    source: str
    text: str
    row: dict[str, str]
    choices: Sequence[dict[str, str]]


def bank_of(instrument: Instrument) -> list[BankQuestion]:
    """The questions that a questionnaire does not have yet (题库), the newest sources first."""
    taken = {row["key"] for row in instrument.content["questions"]}
    taken |= {row.get("bank", "") for row in instrument.content["questions"]}
    found: dict[str, BankQuestion] = {}
    for each in [*_of_editions(instrument.city), *_of_instruments(instrument)]:
        if each.key not in taken and each.row["key"] not in taken:
            found.setdefault(each.key, each)
    return list(found.values())


def _of_instruments(instrument: Instrument) -> list[BankQuestion]:
    others = Instrument.objects.for_city(instrument.city).exclude(key=instrument.key)
    found = []
    for stored in others.order_by("-created_at")[:40]:
        built = instrument_of(stored)
        for each in built.questions:
            if not each.kind.is_asked:
                continue
            row = question_row(each) | {"within": "", "relevant": ""}
            row["bank"] = row["bank"] or f"{stored.key}.{each.key}"
            if each.constraint and each.constraint.names():
                row["constraint"] = ""
            row = {column: text for column, text in row.items() if text}
            choices = [
                {"key": c.key, **{f"label:{code}": text for code, text in c.label.items()}}
                for c in built.choices_of(each)
            ]
            text = built.text(each.label, get_language() or "zh")
            source = stored.title.in_language("en" if get_language() == "en" else "zh")
            found.append(
                BankQuestion(row["bank"], f"{source} {stored.version}", text, row, choices)
            )
    return found


def _in_force(city: City) -> Edition | None:
    used = Edition.objects.for_city(city).filter(state=EditionState.IN_USE)
    return used.order_by(F("put_in_use_at").desc(nulls_last=True), "pk").first()


def _of_editions(city: City) -> list[BankQuestion]:
    edition = _in_force(city)
    if edition is None:
        return []
    language = "en" if get_language() == "en" else "zh"
    source = edition.title.in_language(language)
    found = []
    for _dimension, _indicator, item in edition_of(edition).items():
        for n, text in _asked(item):
            name = "q_" + item.key.replace(".", "_") + (f"_{n}" if n else "")
            row = {
                "key": name, "kind": "select_one", "choices": "yes_no", "item": item.key,
                "condition": str(n) if n else "", "yes": "yes", "no": "no",
                "label:zh": text.zh, "label:en": text.en, "required": "true",
                "bank": f"{edition.key}.{item.key}.{n}",
            }  # fmt: skip
            shown = f"{item.key} {text.in_language(language)}"
            found.append(BankQuestion(row["bank"], source, shown, row, _YES_NO))
    return found


def _asked(item: Item) -> Iterator[tuple[int, Words]]:
    """What is found out by asking: the number of the condition, 0 for the item, with its text."""
    for criterion in item.criteria:
        for condition in criterion.conditions:
            if condition.method is Method.SURVEY:
                yield condition.n, condition.text
        if not criterion.conditions and criterion.method is Method.SURVEY:
            yield 0, item.title
            return
