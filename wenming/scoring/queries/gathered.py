"""The evidence of a round from what people brought in, as the plain rows of its folder."""

from collections.abc import Callable, Mapping, Sequence

from wenming.core.errors import Place
from wenming.core.rows import LISTED, Row, Tables
from wenming.inspection.queries import gathered as inspection
from wenming.rounds.models import Collection, Round
from wenming.rounds.queries.gathered import Gathered, round_rows
from wenming.statistic.queries import gathered as statistic
from wenming.submission.queries import gathered as submission
from wenming.survey.queries import gathered as survey

GATHERED: Sequence[Callable[[Collection], Gathered]] = (
    round_rows,
    inspection.rows_of,
    survey.rows_of,
    submission.rows_of,
    statistic.rows_of,
)
"""What each room brings in; a table comes from one room only."""


def tables_of(collection: Collection) -> Tables:
    """Everything that a round brought in so far (汇集证据), and the figures that papers reported.

    Returns:
        Tables as `wenming.files.rounds.read_round` gives them; places name table and row.
    """
    plain: dict[str, Sequence[Mapping[str, str]]] = {}
    for rows_of in GATHERED:
        plain |= rows_of(collection)
    visited = inspection.visited_sites(collection)
    plain["sites"] = list(({row["site"]: row for row in plain["sites"]} | visited).values())
    plain |= _reported(latest_of(collection))
    return {
        table: [Row(row, Place(table, line=line)) for line, row in enumerate(rows, start=1)]
        for table, rows in plain.items()
    }


def latest_of(collection: Collection) -> Round | None:
    """The evidence of a round as it was gathered last (最近一次汇集)."""
    return collection.rounds.order_by("-revision").first()


def _reported(round_: Round | None) -> Gathered:
    """Figures belong to papers, not to a method: they go on from one gathering to the next."""
    if round_ is None:
        return {}
    papers = list(round_.reported_documents.order_by("position"))
    figures = list(round_.figures.order_by("position"))
    if not papers and not figures:
        return {}
    return {
        "reported_documents": [
            {"key": p.key, "title_zh": p.title_zh, "title_en": p.title_en, "as_of": p.as_of}
            for p in papers
        ],
        "figures": [
            {
                "key": f.key,
                "title_zh": f.title_zh,
                "title_en": f.title_en,
                "document": f.document,
                "value": f"{f.value:f}",
                "unit": f.unit,
                "of": f.of,
                "means": f.means,
                "lower_bound": "true" if f.lower_bound else "",
                "base": "" if f.base is None else str(f.base),
                "data": f.compared_with,
                "split_by": f.split_by,
                "members": LISTED.join(f.members),
            }
            for f in figures
        ],
        "splits": [
            {"figure": f.key, "part": part, "value": value}
            for f in figures
            for part, value in f.split
        ],
    }
