"""The whole folder of the invented city, written in one go."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from wenming.demo import answers, duties, figures, papers, register, texts, visits
from wenming.demo.source import Source

SEED = 20261012
"""The seed of the city in `examples/demo`."""


def write_demo(folder: Path, seed: int = SEED) -> list[Path]:
    """Write the round of the invented city; the same seed gives the same bytes everywhere.

    Args:
        folder: made when it is absent; files of the same name are replaced. The edition and
            the checklists are read from the folder `editions` beside it.
        seed: any whole number; another seed gives another city of the same kind.

    Returns:
        The files written, in order.

    Raises:
        FileNotFoundError: there is no folder `editions` beside `folder`.
    """
    source = Source.read(folder.parent / "editions")
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in _files(source, seed):
        path = folder / name
        path.write_bytes(text.encode())
        written.append(path)
    return written


def _files(source: Source, seed: int) -> Iterator[tuple[str, str]]:
    yield "README.md", texts.part("README.md")
    yield "round.yaml", texts.part("round.yaml")
    yield "design.yaml", texts.design_text()
    yield "reported.yaml", texts.part("reported.yaml")
    yield "responsibility.csv", _table(duties.COLUMNS, duties.responsibility(source, seed))
    yield "statistics.csv", _table(figures.STATISTIC_COLUMNS, figures.statistics())
    yield "panel.csv", _table(figures.PANEL_COLUMNS, figures.panel(seed))
    sites = register.register(seed)
    rows = ((s.key, s.site_type, s.title, s.county, s.street, s.unit) for s in sites)
    yield "sites.csv", _table(register.COLUMNS, rows)
    seen = visits.observations(visits.visited(sites, seed), source.lines(), seed)
    yield "observations.csv", _table(visits.COLUMNS, seen)
    reviewed = papers.documents(source, duties.leads(source), seed)
    yield "documents.csv", _table(papers.COLUMNS, reviewed)
    yield "answers.csv", _table(answers.header(), answers.sheets(seed))


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()
