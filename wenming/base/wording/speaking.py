"""From a code and its facts to one sentence in Chinese or English."""

from collections.abc import Callable, Mapping

from wenming.base.language import ENGLISH, short, translate
from wenming.base.language import marked as _
from wenming.base.wording.figures import PERCENT, amount, estimate, limit, printed
from wenming.base.wording.labels import LABELS, SIGNS
from wenming.base.wording.phrases import (
    Facts,
    clauses,
    limits,
    listing,
    printable,
    readable,
    span,
    verdict,
)
from wenming.base.wording.reasons import REASONS
from wenming.base.wording.sentences import SENTENCES
from wenming.core.errors import DomainError, Place, Problem

"""The source string of every code; a code may have forms of its own for some facts."""

_DECIDING = (
    "problem", "source", "nearest", "first_line", "text", "not_in_round", "veto", "reason",
    "part", "unknown", "question_kind",
)  # fmt: skip
_COUNTED = ("value", "reported", "sum", "difference", "own", "whole", "listed")
_IN_PERCENT = frozenset({"measured_share", "measured_sites", "measured_documents"})
_COUNTED_ALREADY = frozenset({"measured_share", "measured_sites", "measured_rating"})


class _Known(dict[str, str]):
    """Facts of a sentence; one that was not given reads as a dash."""

    def __missing__(self, key: str) -> str:
        return "–"


def sentence(code: str, facts: Facts, language: str) -> str:
    """One sentence for a coded fact: what happened and what to do next.

    Args:
        code: of a `DomainError`, a `Problem`, a `Finding`, a `Reason` or a `Difference`.
        facts: as they came with the code; text, numbers, days, or lists of them.
        language: `zh` or `en`.

    Raises:
        KeyError: the code has no sentence; a test sees to it that each has one.
    """
    words = _Known(readable(facts, language))
    prepare = _PREPARE.get(code)
    if prepare is None and code in REASONS:
        prepare = _reason
    words.update((prepare or _plain)(facts, language))
    said = translate(SENTENCES[form_of(code, facts)], language).format_map(words)
    if code.startswith("measured_"):
        unit = PERCENT if code in _IN_PERCENT else str(facts.get("unit") or "")
        said = clauses([s for s in (said, limits(facts.get("limits"), unit, language),
                                    verdict(facts, language)) if s], language)  # fmt: skip
    return said


def form_of(code: str, facts: Facts) -> str:
    """The key of the sentence: a form of the code for these facts, or the code itself."""
    if facts.get("value") is None and f"{code}.without_value" in SENTENCES:
        return f"{code}.without_value"
    for name in _DECIDING:
        value = facts.get(name)
        for form in (f"{code}.{value}", f"{code}.{name}") if value else ():
            if form in SENTENCES:
                return form
    return code


def refusal(error: DomainError, language: str) -> str:
    """A refusal as one sentence."""
    return sentence(error.code, error.facts, language)


def problem_line(problem: Problem, language: str) -> str:
    """A mistake in an input with its place: `file:line:column: sentence`."""
    return f"{place_name(problem.place, language)}: " + sentence(
        problem.code, problem.facts, language
    )


def place_name(place: Place, language: str) -> str:
    """Where something stands: `file:line:column`, or `file [sheet!C7]` in a workbook."""
    file = printable(place.file)
    if place.sheet:
        shown = place.address or translate(_("sheet {sheet}"), language).format(sheet=place.sheet)
        if "!" not in shown and place.address:
            shown = f"{place.sheet}!{place.address}"
        return f"{file} [{printable(shown)}]"
    if not place.line:
        where = place.address or place.column
        return f"{file} [{printable(where)}]" if where else file
    parts = [file, str(place.line), printable(place.column)]
    return ":".join(part for part in parts if part)


def label(kind: str, value: object, language: str) -> str:
    """The word for a code of some kind: state, method, shape, mark, part, role, review, gate …

    A value without a word is given back as text.
    """
    code = str(value)
    message = LABELS.get(kind, {}).get(code)
    return code if message is None else translate(message, language)


def sign(state: str) -> str:
    """The sign of a state: ✓ ✗ – ○, and ~ for uncertain."""
    return SIGNS.get(state, "")


def _plain(facts: Facts, language: str) -> dict[str, str]:
    """Forms that no single fact has: ranges, nested sentences, titles, numbers with units."""
    words: dict[str, str] = {}
    if "least" in facts or ("most" in facts and "value" in facts):
        words["range"] = span(str(facts.get("least", "")), str(facts.get("most", "")), language)
    if "title" in facts:
        words |= _figure(facts, language)
    return words


def _figure(facts: Facts, language: str) -> dict[str, str]:
    english = short(language) == ENGLISH
    title = facts.get("title_en") if english and facts.get("title_en") else facts["title"]
    given = str(facts.get("unit") or "")
    unit = given if given == PERCENT or not english else ""
    words = {"title": printable(str(title)), "unit": "" if english else printable(given)}
    words["number"] = printed(facts.get("value"))
    words |= {name: amount(facts[name], unit) for name in _COUNTED if name in facts}
    if english and facts.get("group_en"):
        words["group"] = printable(str(facts["group_en"]))
    parts, documents = facts.get("parts"), facts.get("documents")
    if isinstance(parts, list | tuple):
        words["sum_of"] = "+".join(printed(each["value"]) for each in parts)
    if isinstance(documents, list | tuple):
        rows = [f"{each['document']} {amount(each['value'], unit)}" for each in documents]
        words["documents"] = listing(rows, language)
    return words


def _nested(facts: Facts, language: str) -> dict[str, str]:
    inner = facts.get("facts")
    below = inner if isinstance(inner, Mapping) else {}
    return {"sentence": sentence(str(facts.get("code")), below, language)}


def _reason(facts: Facts, language: str) -> dict[str, str]:
    words = {"verdict": verdict(facts, language)}
    if "factor" in facts:
        words["factor"] = printed(facts["factor"], 6)
    return words


def _part(facts: Facts, language: str) -> dict[str, str]:
    return {"part_name": label("part", facts.get("key", ""), language)}


def _job(facts: Facts, language: str) -> dict[str, str]:
    return {"job_name": label("job", facts.get("job", ""), language)}


def _measured(facts: Facts, language: str, *, unit: str, with_n: bool) -> dict[str, str]:
    ends = (facts.get("low"), facts.get("high"))
    n = facts.get("base") if with_n else None
    return {"estimate": estimate(facts.get("value"), unit, ends=ends, n=n, language=language)}


def _measurement(code: str) -> Callable[[Facts, str], dict[str, str]]:
    def prepare(facts: Facts, language: str) -> dict[str, str]:
        unit = PERCENT if code in _IN_PERCENT else str(facts.get("unit") or "")
        return _measured(facts, language, unit=unit, with_n=code not in _COUNTED_ALREADY)

    return prepare


def _condition(facts: Facts, language: str) -> dict[str, str]:
    english = short(language) == ENGLISH
    text = facts.get("text_en") if english and facts.get("text_en") else facts.get("text", "")
    seen = _seen(facts, language)
    if seen:
        seen = translate(_(": {seen}"), language).format(seen=seen)
    return {"text_in": printable(str(text)), "seen": seen}


def _seen(facts: Facts, language: str) -> str:
    words = readable(facts, language)
    if "visited" in facts:
        return translate(_("{passing} of {visited} sites pass"), language).format(**words)
    if any(facts.get(outcome) for outcome in ("accepted", "rejected", "pending")):
        message = _("{accepted} accepted, {rejected} rejected, {pending} pending")
        return translate(message, language).format(**words)
    if facts.get("value") is None:
        return ""
    unit = PERCENT if facts.get("kind") else ""
    seen = _measured(facts, language, unit=unit, with_n=True)["estimate"]
    asked = facts.get("limit")
    if not isinstance(asked, Mapping):
        return seen
    shown = limit(str(asked["op"]), asked["value"], unit)
    return translate(_("{seen}, limit {limit}"), language).format(seen=seen, limit=shown)


_PREPARE: Mapping[str, Callable[[Facts, str], dict[str, str]]] = {
    **{code: _measurement(code) for code in REASONS if code.startswith("measured_")},
    **dict.fromkeys(("condition_met", "condition_not_met", "condition_unknown"), _condition),
    "cannot_redraw": _nested,
    "part": _part,
    "job_succeeded": _job,
    "job_failed": _job,
}
