"""The result of an assessment as a workbook: numbers stay numbers, every text is said in words."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import wenming
from wenming.base import wording
from wenming.base.language import marked as _
from wenming.cli.assessment_text import finding_text, limit_of, name_of
from wenming.cli.terminal import say
from wenming.files.tables_out import Sheet, write_workbook

Plain = Mapping[str, Any]
Cells = Sequence[Any]
_POINTS, _SHARE = "0.00", "0.0%"
_STATES = ("met", "not_met", "untested", "not_applicable")


def write_assessment(result: Plain, path: Path, language: str) -> None:
    """Write the workbook of a result.

    Args:
        result: as docs/reference/assessment.md describes it.
        path: where to; an older file is replaced.
        language: `zh` or `en`.
    """
    sheets = [
        _overview(result, language),
        _dimensions(result, language),
        _items(result, language),
        *_gaps(result, language),
        _findings(result, language),
        _notes(result, language),
    ]
    write_workbook(path, sheets)


def _sheet(title: str, columns: Mapping[str, str], rows: Sequence[Cells], language: str) -> Sheet:
    """A sheet from its headings, each with the format of its numbers."""
    formats = {say(heading, language): kind for heading, kind in columns.items() if kind}
    return Sheet(say(title, language), [say(each, language) for each in columns], rows, formats)


def _overview(result: Plain, language: str) -> Sheet:
    counts = result["counts"]
    rows: list[Cells] = [
        (say(_("City"), language), name_of(result["city"], language)),
        (say(_("Round"), language), name_of(result["round"]["title"], language)),
        (say(_("Edition"), language), name_of(result["edition"]["title"], language)),
        (say(_("Score"), language), result["score"]),
        (say(_("Points"), language), result["points"]),
        (say(_("Low end, 5 %"), language), result["low"]),
        (say(_("High end, 95 %"), language), result["high"]),
        (say(_("Coverage, percent"), language), _percent(result["coverage"])),
        (say(_("Lost"), language), result["lost"]),
    ]
    rows += [(wording.label("state", state, language), counts[state]) for state in _STATES]
    rows.append((say(_("Uncertain"), language), counts["uncertain"]))
    for part in result["parts"]:
        name = wording.label("part", part["part"], language)
        rows.append((say(_("{part}: score"), language, part=name), part["score"]))
        rows.append((say(_("{part}: worst case"), language, part=name), part["worst"]))
    for gate in result["gates"]:
        holds = {True: "true", False: "false", None: "unknown"}[gate["holds"]]
        kind = wording.label("gate", gate["kind"], language)
        rows.append(
            (f"{kind} {name_of(gate['title'], language)}", wording.label("holds", holds, language))
        )
    return _sheet(_("Overview"), {_("Subject"): "", _("Value"): _POINTS}, rows, language)


def _dimensions(result: Plain, language: str) -> Sheet:
    columns = {
        _("Key"): "",
        _("Dimension"): "",
        _("Part"): "",
        _("Points"): _POINTS,
        _("Score"): _POINTS,
        _("Lost"): _POINTS,
        _("Worst case"): _POINTS,
        _("Coverage"): _SHARE,
        _("Met"): "0",
        _("Not met"): "0",
        _("Untested"): "0",
        _("Not applicable"): "0",
    }
    rows = [
        (
            each["key"],
            name_of(each["title"], language),
            wording.label("part", each["part"], language),
            *(each[name] for name in ("points", "score", "lost", "worst", "coverage")),
            *(each["counts"][state] for state in _STATES),
        )
        for each in result["dimensions"]
    ]
    return _sheet(_("Dimensions"), columns, rows, language)


def _items(result: Plain, language: str) -> Sheet:
    columns = {
        _("Key"): "",
        _("Item"): "",
        _("Methods"): "",
        _("State"): "",
        _("Grade"): "",
        _("Value"): "0.0##",
        _("Unit"): "",
        _("Low"): "0.0##",
        _("High"): "0.0##",
        "n": "0",
        _("Limit"): "",
        _("Gap"): "0.0##",
        _("p really met"): "0.000",
        _("p met in a test"): "0.000",
        _("Points"): _POINTS,
        _("Score"): _POINTS,
        _("Lost"): _POINTS,
        _("Working group"): "",
        _("Lead"): "",
        _("Due"): "",
        _("Sources of the limits"): "",
    }
    rows = [_item(each, language) for each in result["items"]]
    return _sheet(_("Items of the framework"), columns, rows, language)


def _item(each: Plain, language: str) -> Cells:
    between = "、" if language == "zh" else ", "
    methods = between.join(wording.label("method", name, language) for name in each["methods"])
    marks = between.join(wording.label("mark", name, language) for name in each["marks"])
    return (
        each["key"],
        name_of(each["title"], language),
        methods,
        wording.label("state", each["state"], language),
        each["grade"],
        each["value"],
        str(each["unit"]),
        *(each[name] for name in ("low", "high", "n")),
        limit_of(each),
        *(each[name] for name in ("gap", "p_true", "p_repeat", "points", "score", "lost")),
        each["group"],
        each["lead"] or "",
        each["due"] or "",
        marks,
    )


def _gaps(result: Plain, language: str) -> list[Sheet]:
    counted = {
        _("Item count"): "0",
        _("Met"): "0",
        _("Not met"): "0",
        _("Untested"): "0",
        _("Points"): _POINTS,
        _("Lost"): _POINTS,
    }
    names = ("items", "met", "not_met", "untested", "points", "lost")
    units = [
        (each["unit"], each["group"], *(each[name] for name in names), each["supporting"])
        for each in _by_loss(result["units"])
    ]
    groups = [
        (each["group"], name_of(each["title"], language), *(each[name] for name in names))
        for each in _by_loss(result["groups"])
    ]
    unit_columns = {_("Unit in charge"): "", _("Working group"): "", **counted}
    unit_columns[_("Supporting items")] = "0"
    group_columns = {_("Working group"): "", _("Name"): "", **counted}
    return [
        _sheet(_("Gaps by unit"), unit_columns, units, language),
        _sheet(_("Gaps by group"), group_columns, groups, language),
        _site_types(result, language),
    ]


def _site_types(result: Plain, language: str) -> Sheet:
    columns = {
        _("Site type"): "",
        _("Name"): "",
        _("On the register"): "0",
        _("Visited"): "0",
        _("Checked lines"): "0",
        _("Passing lines"): "0",
        _("Passing share"): _SHARE,
        _("Item count"): "0",
        _("Lost"): _POINTS,
    }
    names = ("register", "visited", "checks", "passing_checks", "rate")
    rows = [
        (
            each["site_type"],
            name_of(each["title"], language),
            *(each[name] for name in names),
            len(each["items"]),
            each["lost"],
        )
        for each in _by_loss(result["site_types"])
    ]
    return _sheet(_("Gaps by site type"), columns, rows, language)


def _findings(result: Plain, language: str) -> Sheet:
    rows = [
        (number, finding["code"], finding_text(finding, language))
        for number, finding in enumerate(result["findings"], start=1)
    ]
    columns = {_("No."): "0", _("Code"): "", _("Finding"): ""}
    return _sheet(_("Findings"), columns, rows, language)


def _notes(result: Plain, language: str) -> Sheet:
    edition = result["edition"]
    notes = [
        _("Points lost are points offered less points earned; untested items lose nothing."),
        _("p really met: probability that the city is there, given the sample."),
        _("p met in a test: probability that an independent official test would find it met."),
        _("Low and high end: the score given what was sampled, with 90 % probability."),
        _("An item may stand in several site types, so that their losses do not add up."),
    ]
    rows: list[Cells] = [(say(_("Note"), language), say(note, language)) for note in notes]
    if result["round"]["is_synthetic"]:
        warning = _("Made-up evidence: nothing here says anything about a real city.")
        rows.insert(0, (say(_("Warning"), language), say(warning, language)))
    rows += [
        (wording.label("mark", mark, language), count) for mark, count in edition["marks"].items()
    ]
    rows += [
        (say(_("Hash of the edition"), language), edition["hash"]),
        (say(_("Digest of the result"), language), result["digest"]),
        (say(_("Program"), language), f"wenming {wenming.__version__}"),
    ]
    return _sheet(_("Notes"), {_("Subject"): "", _("Text"): ""}, rows, language)


def _by_loss(rows: Sequence[Plain]) -> list[Plain]:
    return sorted(rows, key=lambda row: -(row["lost"] or 0))


def _percent(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 10)
