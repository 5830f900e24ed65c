"""From an entry of the audit to a sentence: what was done, in Chinese or English."""

from collections.abc import Mapping, Sequence

from wenming.base.language import translate
from wenming.base.wording.audit import ACTIONS, FACT_LABELS
from wenming.base.wording.figures import DASH
from wenming.base.wording.phrases import listing, told
from wenming.base.wording.speaking import label

Detail = Mapping[str, object]


class _Known(dict[str, str]):
    """Facts of a sentence; one that an older entry does not have reads as a dash."""

    def __missing__(self, key: str) -> str:
        return DASH


def deed(action: str, detail: Detail, language: str) -> str:
    """What was done (审计措辞), as one sentence without its subject.

    Args:
        action: as `record` wrote it down; an unknown one is shown as it is, for the audit
            outlives the program that wrote it.
        detail: its facts.
    """
    message = ACTIONS.get(action)
    if message is None:
        return action
    kinds = FACT_LABELS.get(action, {})
    words = _Known({name: _fact(name, value, kinds, language) for name, value in detail.items()})
    if action == "unit.change":
        words["changes"] = _changes(detail, language)
    return translate(message, language).format_map(words).strip()


def deed_name(action: str, language: str) -> str:
    """An action by itself, for a filter: its sentence with the facts left out."""
    message = ACTIONS.get(action)
    if message is None:
        return action
    empty = _Blank()
    said = translate(message, language).format_map(empty)
    for pair in ("“”", "（）", "()", "：", ":", "，", ","):
        said = said.replace(pair, " ") if len(pair) > 1 else said.rstrip(" " + pair)
    return " ".join(said.split()) or action


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def _fact(name: str, value: object, kinds: Mapping[str, str], language: str) -> str:
    kind = kinds.get(name)
    if kind is None:
        return "" if value == "" else told(name, value, language)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return listing([label(kind, each, language) for each in value], language)
    return label(kind, value, language)


def _changes(detail: Detail, language: str) -> str:
    before, after = detail.get("from"), detail.get("to")
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        return DASH
    said = []
    for name, old in before.items():
        new = after.get(name)
        if old != new:
            shown = [
                label("unit_kind", each, language) if name == "kind" else str(each or DASH)
                for each in (old, new)
            ]
            said.append(f"{label('unit_fact', name, language)} {shown[0]} → {shown[1]}")
    return listing(said, language)
