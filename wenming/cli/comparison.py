"""`wenming edition compare`: what changed between two editions, and what it does to a score."""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from wenming.base import wording
from wenming.base.language import marked as _
from wenming.base.wording import figures
from wenming.cli.editions import edition_facts
from wenming.cli.terminal import json_out, lines_out, say, wrapped
from wenming.core.compare import Comparison, ItemChange, PlacedItem, compare_editions
from wenming.core.framework import Edition
from wenming.core.rows import Tables
from wenming.core.terms import Part
from wenming.files.editions import read_edition
from wenming.files.rounds import RoundFiles, read_round

KINDS = ("moved", "renamed", "points", "harder", "easier", "changed")
BY_ITEM = ("statistics", "documents", "panel", "responsibility", "not_applicable", "questions")


@dataclass(frozen=True, slots=True)
class Trial:
    """The same evidence under one of two editions.

    Attributes:
        result: as docs/reference/assessment.md describes it.
        aside: rows about items that only the other edition has.
    """

    result: Mapping[str, Any]
    aside: int


def compare(options: Namespace) -> int:
    """Compare two editions, and score the same evidence under both where there is some."""
    before, after = read_edition(options.before), read_edition(options.after)
    found = compare_editions(before, after)
    trials = _trials(options.evidence, before, after) if options.evidence else ()
    if options.json:
        json_out(_plain(found, before, after) | _plain_trials(trials))
    else:
        lines_out([*_text(found, before, after, options.lang), *_trial_text(trials, options.lang)])
    return 0


def _trials(folder: Path, before: Edition, after: Edition) -> tuple[Trial, ...]:
    from wenming.cli.assessment import assess_files, blaming

    trials = []
    with blaming(folder):
        files = read_round(folder)
        for edition, other in ((before, after), (after, before)):
            kept, aside = _without_strangers(files, edition, other)
            trials.append(Trial(assess_files(kept, edition), aside))
    return tuple(trials)


def _without_strangers(
    files: RoundFiles, edition: Edition, other: Edition
) -> tuple[RoundFiles, int]:
    """The evidence without the rows about items that only the other edition has."""
    known = {item.key for _dimension, _indicator, item in edition.items()}
    strangers = {item.key for _dimension, _indicator, item in other.items()} - known
    gates = {gate.key for gate in other.gates} - {gate.key for gate in edition.gates}
    tables: dict[str, Any] = dict(files.tables)
    for table, column, unknown in [*((name, "item", strangers) for name in BY_ITEM),
                                   ("gates", "gate", gates)]:  # fmt: skip
        if table in tables:
            tables[table] = [row for row in tables[table] if row.text(column) not in unknown]
    aside = _rows(files.tables) - _rows(tables)
    return replace(files, tables=tables), aside


def _rows(tables: Tables) -> int:
    return sum(len(rows) for rows in tables.values())


def _plain(found: Comparison, before: Edition, after: Edition) -> dict[str, Any]:
    return {
        "before": edition_facts(before),
        "after": edition_facts(after),
        "added": [_plain_item(each) for each in found.added],
        "gone": [_plain_item(each) for each in found.gone],
        "changed": [_plain_change(each) for each in found.changed],
        "same": found.same,
        "counts": {
            "added_basic": len(found.added_in(Part.BASIC)),
            "added_distinctive": len(found.added_in(Part.DISTINCTIVE)),
            "gone": len(found.gone),
            **{kind: len(_of_kind(found, kind)) for kind in KINDS},
        },
    }


def _plain_item(each: PlacedItem) -> dict[str, Any]:
    points = each.item.points
    return {
        "key": each.item.key,
        "title": {"zh": each.item.title.zh, "en": each.item.title.en},
        "part": each.part.value,
        "dimension": each.dimension,
        "indicator": each.indicator,
        "points": None if points is None else str(points),
    }


def _plain_change(change: ItemChange) -> dict[str, Any]:
    details = [
        {"kind": kind, "before": before, "after": after} for kind, before, after in change.details
    ]
    return _plain_item(change.after) | {"kinds": list(change.kinds), "details": details}


def _plain_trials(trials: Sequence[Trial]) -> dict[str, Any]:
    names = ("score", "low", "high", "points", "coverage", "lost", "counts", "digest")
    rows = [
        {**{name: trial.result[name] for name in names}, "aside": trial.aside} for trial in trials
    ]
    return {"evidence": rows} if rows else {}


def _of_kind(found: Comparison, kind: str) -> list[ItemChange]:
    return [change for change in found.changed if kind in change.kinds]


def _text(found: Comparison, before: Edition, after: Edition, language: str) -> list[str]:
    titles = [edition.title.in_language(language) for edition in (before, after)]
    keys = {"before": f"{titles[0]} ({before.key})", "after": f"{titles[1]} ({after.key})"}
    lines = wrapped(say(_("From {before} to {after}"), language, **keys))
    for part in Part:
        added = found.added_in(part)
        if added:
            heading = say(_("New, {part}: {count}"), language,
                          part=wording.label("part", part, language), count=len(added))  # fmt: skip
            lines += ["", heading, *_named("+", added, language)]
    if found.gone:
        heading = say(_("Gone: {count}"), language, count=len(found.gone))
        lines += ["", heading, *_named("−", found.gone, language)]
    for kind in KINDS:
        changes = _of_kind(found, kind)
        if changes:
            word = wording.label("change", kind, language)
            lines += ["", say(_("{kind}: {count}"), language, kind=word, count=len(changes))]
            lines += [line for change in changes for line in _change(change, kind, language)]
    return [*lines, "", say(_("The same: {count}"), language, count=found.same)]


def _named(sign: str, items: Sequence[PlacedItem], language: str) -> list[str]:
    return [
        f"  {sign} {each.item.key} {each.item.title.in_language(language)} ({each.indicator})"
        for each in items
    ]


def _change(change: ItemChange, kind: str, language: str) -> list[str]:
    pairs = [(old or "–", new or "–") for name, old, new in change.details if name == kind]
    sides = "; ".join(f"{old} → {new}" for old, new in pairs)
    title = change.after.item.title.in_language(language)
    return wrapped(f"{change.after.item.key} {title}: {sides}", first="  ~ ", rest="    ")


def _trial_text(trials: Sequence[Trial], language: str) -> list[str]:
    if not trials:
        return []
    lines = ["", say(_("The same evidence under both editions"), language)]
    for trial in trials:
        message = _(
            "{title}: score {score} of {points}, coverage {coverage}, rows set aside {aside}"
        )
        edition = trial.result["edition"]
        title = (edition["title"]["en"] if language == "en" else "") or edition["title"]["zh"]
        said = say(
            message,
            language,
            title=f"{title} ({edition['key']})",
            score=figures.printed(trial.result["score"]),
            points=figures.printed(trial.result["points"]),
            coverage=figures.share(trial.result["coverage"]),
            aside=trial.aside,
        )
        lines += wrapped(said, first="  ", rest="    ")
    return lines
