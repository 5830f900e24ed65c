"""`wenming estimate`: means, shares, totals and ratios of a survey table by its design."""

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from wenming.base.language import marked as _
from wenming.base.wording.figures import DASH
from wenming.cli.terminal import json_out, lines_out, say, table
from wenming.core.errors import BadInput, Place, Problem
from wenming.core.rows import Row
from wenming.files.csv_rows import csv_table
from wenming.stats.survey.errors import SurveyError
from wenming.stats.survey.result import Options
from wenming.stats.survey.table import CellError, EstimateRequest, estimate_table
from wenming.stats.survey.table import Row as EstimateRow

EN_DASH = "–"


def estimate(options: Namespace) -> int:
    """Estimate what is asked for and print one line for each figure and domain."""
    request = _request(options)
    rows = csv_table(options.file, required=(), free=True)
    found = _estimated(rows, request, options.file)
    if options.json:
        json_out({"estimates": [_plain(row) for row in found]})
    else:
        lines_out(_text(found, options.lang, level=options.level))
    return 0


def _request(options: Namespace) -> EstimateRequest:
    means, totals, ratios = _named(options.mean), _named(options.total), _named(options.ratio)
    if not (means or totals or ratios):
        raise BadInput([Problem("nothing_asked", Place("wenming estimate"))])
    wrong = [text for text in ratios if text.count("/") != 1 or "" in text.split("/")]
    if wrong:
        place = Place("wenming estimate", column="--ratio")
        raise BadInput([Problem("ratio_wrong", place, {"value": text}) for text in wrong])
    return EstimateRequest(
        means=means,
        totals=totals,
        ratios=tuple((top, bottom) for top, _slash, bottom in (r.partition("/") for r in ratios)),
        by=_named(options.by),
        weights=options.weights,
        strata=_named(options.strata),
        clusters=_named(options.cluster),
        fpc=_named(options.fpc),
        lonely=options.lonely,
        options=Options(level=options.level, interval=options.ci),
    )


def _named(given: Sequence[str]) -> tuple[str, ...]:
    """Columns from options that may be repeated and may hold several, parted by commas."""
    return tuple(name.strip() for text in given for name in text.split(",") if name.strip())


def _estimated(rows: Sequence[Row], request: EstimateRequest, file: Path) -> list[EstimateRow]:
    headings = list(rows[0].values) if rows else []
    columns = {heading: [row.text(heading) for row in rows] for heading in headings}
    try:
        return estimate_table(columns, request)
    except CellError as refused:
        line = 1 if refused.row is None else rows[refused.row].place.line
        place = Place(str(file), line=line, column=refused.column)
        facts: dict[str, object] = {"column": refused.column, "value": refused.value}
        raise BadInput([Problem(refused.problem, place, facts)]) from refused
    except SurveyError as refused:
        row = refused.facts.get("row")
        line = rows[row].place.line if isinstance(row, int) else 0
        place = Place(str(file), line=line)
        raise BadInput([Problem(refused.code, place, dict(refused.facts))]) from refused


def _plain(row: EstimateRow) -> dict[str, object]:
    return asdict(row) | {"by": dict(row.by)}


def _text(rows: Sequence[EstimateRow], language: str, *, level: float) -> list[str]:
    domains = any(row.by for row in rows)
    header = [say(_("Variable"), language), say(_("Answer"), language)]
    if domains:
        header.append(say(_("Domain"), language))
    header += [say(_("Estimate"), language), say(_("Standard error"), language)]
    header += [
        say(_("{level} % interval"), language, level=_digits(level * 100)),
        "deff",
        "df",
        "n",
    ]
    lines = []
    for row in rows:
        cells = [_variable(row, language), row.level]
        if domains:
            cells.append(", ".join(f"{column}={label}" for column, label in row.by))
        cells += [_digits(row.estimate), _digits(row.se), _interval(row), _digits(row.deff)]
        lines.append([*cells, str(row.df), str(row.n)])
    return [
        *table(header, lines, left=range(3 if domains else 2), indent=0),
        *_notes(rows, language),
    ]


def _variable(row: EstimateRow, language: str) -> str:
    words = {"mean": _("mean of {name}"), "total": _("total of {name}"), "ratio": _("ratio {name}")}
    return say(words[row.statistic], language, name=row.variable)


def _interval(row: EstimateRow) -> str:
    if row.low is None or row.high is None:
        return DASH
    return f"{_digits(row.low)} {EN_DASH} {_digits(row.high)}"


def _notes(rows: Sequence[EstimateRow], language: str) -> list[str]:
    kinds = ", ".join(dict.fromkeys(row.interval_kind for row in rows))
    notes = [say(_("Kind of interval: {kinds}"), language, kinds=kinds)]
    policies = ", ".join(dict.fromkeys(row.lonely for row in rows if row.lonely))
    if policies:
        message = _("Strata of a single unit were treated by: {policy}")
        notes.append(say(message, language, policy=policies))
    return ["", *notes]


def _digits(value: float | None) -> str:
    return DASH if value is None else f"{value:.6g}"
