"""Frames of draws: sites of the register, or a list that somebody brings, and their strata."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from wenming.base.models import City
from wenming.core.errors import BadInput, Place, Problem
from wenming.core.rows import Row
from wenming.files.csv_rows import Columns, csv_table
from wenming.files.workbook import NOTES_SHEETS, sheet_cells, workbook_tables
from wenming.rounds.models import RegisteredSite
from wenming.stats.sampling import DrawError
from wenming.stats.sampling.fields import DECIMAL
from wenming.stats.sampling.frame import frame_from, normal_text
from wenming.stats.sampling.plan import WHOLE, DrawMethod, Plan, SecondStage
from wenming.stats.sampling.units import units_of

CERTAIN = "必选"
"""The stratum of what is taken for certain (必选单元)."""
REGISTER_COLUMNS = ("key", "title", "site_type", "county", "street", "size")
MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class RegisterWish:
    """Which sites of the register are drawn from (点位范围); empty for all.

    Attributes:
        areas: names of counties and streets; a site of any of them belongs to it.
    """

    site_types: Sequence[str] = ()
    areas: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class FrameColumns:
    """What the columns of a frame mean (抽样框字段).

    Attributes:
        key, name: of a row; its key is unique, its name what people call it ("" for none).
        strata: column of the stratum; "" for one stratum.
        size: column by which PPS goes; "" for none.
        cluster: column of the first-stage unit; "" where the rows themselves are drawn.
        order: columns by which systematic draws sort.
        certain: keys of first-stage units that are taken for certain.
    """

    key: str
    name: str = ""
    strata: str = ""
    size: str = ""
    cluster: str = ""
    order: Sequence[str] = ()
    certain: Sequence[str] = ()

    @property
    def unit(self) -> str:
        """The column that names a first-stage unit."""
        return self.cluster or self.key


@dataclass(frozen=True, slots=True)
class DrawFrame:
    """A list to draw from (抽样框), with the place of every cell.

    Attributes:
        of_register: its rows are sites of the register.
    """

    rows: Sequence[Row]
    of_register: bool = False

    @property
    def columns(self) -> Sequence[str]:
        """The columns, in the order of the file."""
        return tuple(self.rows[0].values) if self.rows else ()

    def plain(self) -> list[Mapping[str, str]]:
        """The rows as text by column."""
        return [row.values for row in self.rows]


def register_frame(city: City, wish: RegisterWish) -> DrawFrame:
    """The sites (点位) of the register that a draw is made from, by key.

    Sites that were taken out of the register do not belong to it.

    Raises:
        DrawError: `frame_empty`.
    """
    sites = RegisteredSite.objects.for_city(city).in_use()
    if wish.site_types:
        sites = sites.filter(site_type__in=wish.site_types)
    if wish.areas:
        sites = sites.filter(county__in=wish.areas) | sites.filter(street__in=wish.areas)
    rows = [_row_of(site) for site in sites.order_by("key")]
    if not rows:
        raise DrawError("frame_empty")
    return DrawFrame(rows, of_register=True)


def _row_of(site: RegisteredSite) -> Row:
    size = "" if site.size is None else format(site.size.normalize(), "f")
    cells = (site.key, site.title, site.site_type, site.county, site.street, size)
    values = dict(zip(REGISTER_COLUMNS, (normal_text(cell).strip() for cell in cells), strict=True))
    return Row(values, Place(site.key))


def frame_of_file(path: Path, *, name: str, is_workbook: bool) -> DrawFrame:
    """The list of a CSV file or of the one sheet of a workbook (导入抽样框).

    Raises:
        BadInput: one problem for each mistake, with its cell.
    """
    if is_workbook:
        rows = _workbook_rows(path, name)
    else:
        rows = csv_table(path, required=(), free=True, name=name)
    if not rows:
        raise BadInput([Problem("frame_empty", Place(name))])
    if len(rows) > MOST_ROWS:
        facts: dict[str, object] = {"count": len(rows), "most": MOST_ROWS}
        raise BadInput([Problem("draw_frame_too_long", Place(name), facts)])
    clean = [replace(row, values={c: row.text(c) for c in row.values}) for row in rows]
    return DrawFrame(clean)


def _workbook_rows(path: Path, name: str) -> Sequence[Row]:
    named = [sheet for sheet in sheet_cells(path, name=name) if sheet not in NOTES_SHEETS]
    if not named:
        return []
    first = named[0]
    return workbook_tables(path, {first: Columns((), is_free=True)}, name=name)[first]


def with_strata(frame: DrawFrame, columns: FrameColumns) -> tuple[DrawFrame, FrameColumns]:
    """The frame with what is taken for certain as a stratum of its own (必选层)."""
    if not columns.certain:
        return frame, columns
    named = "stratum"
    while named in frame.columns:
        named += "_"
    certain = {normal_text(key) for key in columns.certain}

    def stratum_of(row: Row) -> str:
        if row.text(columns.unit) in certain:
            return CERTAIN
        return row.text(columns.strata) if columns.strata else WHOLE

    rows = [replace(row, values={**row.values, named: stratum_of(row)}) for row in frame.rows]
    return replace(frame, rows=rows), replace(columns, strata=named)


def strata_in(frame: DrawFrame, columns: FrameColumns) -> dict[str, int]:
    """How many first-stage units each stratum (层) has, by name.

    Raises:
        BadInput: every cell that a draw could not use, see `frame_problems`.
    """
    if problems := list(frame_problems(frame, columns)):
        raise BadInput(problems)
    plan = Plan(
        label="", key=columns.key, method=DrawMethod.SIMPLE, strata=columns.strata or None,
        size=None, order=(), n=1, allocation=None, replacements=0,
        second_stage=SecondStage(columns.cluster, 1, 0) if columns.cluster else None,
    )  # fmt: skip
    strata = units_of(frame_from(frame.plain(), key=columns.key), plan)
    return {stratum: len(units) for stratum, units in strata.items()}


def frame_problems(frame: DrawFrame, columns: FrameColumns) -> Iterator[Problem]:
    """Every cell of a frame that a draw could not use (抽样框核查)."""
    wanted = [columns.key, columns.strata, columns.size, columns.cluster, *columns.order]
    missing = sorted({column for column in wanted if column} - set(frame.columns))
    if missing:
        facts: dict[str, object] = {"missing": missing, "columns": list(frame.columns)}
        place = Place(frame.rows[0].place.file) if frame.rows else Place("")
        yield Problem("columns_missing", place, facts)
        return
    yield from _empty_cells(frame, columns)
    yield from _repeated_keys(frame, columns.key)
    yield from _wrong_sizes(frame, columns.size)
    yield from _unlike_clusters(frame, columns)
    yield from _unknown_certain(frame, columns)


def _empty_cells(frame: DrawFrame, columns: FrameColumns) -> Iterator[Problem]:
    needed = [c for c in (columns.key, columns.strata, columns.cluster, columns.size) if c]
    for row in frame.rows:
        for column in dict.fromkeys(needed):
            if row.text(column):
                continue
            if frame.of_register:
                named: dict[str, object] = {"title": row.text("title"), "part": column}
                yield Problem("draw_site_lacks", row.place, named)
            else:
                yield Problem("cell_empty", row.at(column), {"column": column})


def _repeated_keys(frame: DrawFrame, key: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for row in frame.rows:
        named = normal_text(row.text(key))
        if named and named in seen:
            yield Problem("key_repeated", row.at(key), {"key": named})
        seen.add(named)


def _wrong_sizes(frame: DrawFrame, size: str) -> Iterator[Problem]:
    for row in frame.rows if size else ():
        value = row.text(size)
        facts: dict[str, object] = {"column": size, "value": value}
        if value and not DECIMAL.fullmatch(value):
            yield Problem("cell_not_number", row.at(size), facts)
        elif value and float(value) == 0:
            yield Problem("cell_not_positive", row.at(size), facts)


def _unlike_clusters(frame: DrawFrame, columns: FrameColumns) -> Iterator[Problem]:
    """Rows of one cluster whose stratum, size or order is not that of its first row."""
    alike = [c for c in (columns.strata, columns.size, *columns.order) if c]
    first: dict[str, Row] = {}
    for row in frame.rows if columns.cluster else ():
        name = row.text(columns.cluster)
        before = first.setdefault(name, row)
        for column in dict.fromkeys(alike):
            values = [before.text(column), row.text(column)]
            if name and values[0] != values[1]:
                facts: dict[str, object] = {
                    "cluster": name, "column": column, "values": sorted(values),
                }  # fmt: skip
                yield Problem("cluster_differs", row.at(column), facts)


def _unknown_certain(frame: DrawFrame, columns: FrameColumns) -> Iterator[Problem]:
    known = Counter(row.text(columns.unit) for row in frame.rows)
    for key in columns.certain:
        if normal_text(key) not in known:
            yield Problem("draw_certain_unknown", Place(key), {"key": key})
