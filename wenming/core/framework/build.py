"""From plain rows to an edition; every mistake in the rows is told at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from wenming.core.errors import Place
from wenming.core.framework.criteria import CriterionRows, build_criteria
from wenming.core.framework.model import (
    Dimension,
    Edition,
    Gate,
    Indicator,
    Item,
    OfficialDesign,
    SiteRule,
    Source,
    Tier,
)
from wenming.core.rows import Reader, Row, Tables
from wenming.core.rules import Grade, Limit, Scale
from wenming.core.terms import GateKind, Mark, Op, Part, Severity, Words

_ZERO = Decimal(0)
_ONE = Decimal(1)


def build_edition(tables: Tables, *, file: str = "") -> Edition:
    """Build an edition from the plain rows of a YAML file or a workbook.

    Args:
        tables: rows by table: edition, grades, tiers, groups, sources, gates,
            dimensions, indicators, items, criteria, conditions, limits.
            docs/reference/edition-format.md lists the columns.
        file: the name to blame when a whole table is missing.

    Raises:
        BadInput: one problem for each mistake, with its place.

    Source:
        docs/reference/edition-format.md.
    """
    reader = Reader()
    head = _head(reader, tables, file)
    for table in ("dimensions", "indicators", "items", "gates", "grades", "tiers"):
        reader.unique(tables.get(table, ()), "key")
    scale = _scale(reader, tables, head)
    tiers = tuple(Tier(reader.text(r, "key"), _title(reader, r)) for r in tables.get("tiers", ()))
    dimensions = _Tree(reader, tables, scale, {tier.key for tier in tiers}).dimensions()
    edition = Edition(
        key=reader.text(head, "key"),
        title=_title(reader, head),
        scale=scale,
        dimensions=dimensions,
        totals=_totals(reader, head),
        site_rule=_site_rule(reader, head),
        official=_official(reader, head),
        gates=tuple(_gate(reader, row) for row in tables.get("gates", ())),
        tiers=tiers,
        groups={r.text("key"): _title(reader, r) for r in tables.get("groups", ())},
        sources=tuple(Source(r.text("key"), r.text("text")) for r in tables.get("sources", ())),
        note=Words(head.text("note_zh"), head.text("note_en")),
        is_partial=reader.flag(head, "partial"),
        statistic_years=reader.count(head, "statistic_years", least=1),
    )
    reader.finish()
    return edition


def _head(reader: Reader, tables: Tables, file: str) -> Row:
    rows = tables.get("edition", ())
    if len(rows) != 1:
        reader.refuse("one_row_expected", Place(file), table="edition", rows=len(rows))
        reader.finish()
    return rows[0]


def _title(reader: Reader, row: Row) -> Words:
    return Words(reader.text(row, "title_zh"), row.text("title_en"))


def _scale(reader: Reader, tables: Tables, head: Row) -> Scale:
    grades = tuple(
        Grade(
            reader.text(row, "key"),
            reader.decimal(row, "coefficient", least=_ZERO, most=_ONE),
            reader.choice(row, "mark", Mark, Mark.INVENTED) or Mark.INVENTED,
        )
        for row in tables.get("grades", ())
    )
    keys = [grade.key for grade in grades]
    if not keys:
        reader.refuse("table_empty", head.place, table="grades")
    for column in ("met", "fallback"):
        named = head.text(column)
        if named and named not in keys:
            reader.refuse(
                "not_one_of", head.at(column), column=column, value=named, allowed=", ".join(keys)
            )
    return Scale(grades, reader.text(head, "met"), head.text("fallback"))


def _totals(reader: Reader, head: Row) -> Mapping[Part, Decimal]:
    stated = {part: reader.decimal(head, part.value, least=_ZERO) for part in Part}
    return {part: points for part, points in stated.items() if points}


def _site_rule(reader: Reader, head: Row) -> SiteRule:
    weights = {
        severity.value: reader.count(head, f"weight_{severity.value}") or default
        for severity, default in ((Severity.CRITICAL, 2), (Severity.MAJOR, 2), (Severity.MINOR, 1))
    }
    return SiteRule(
        pass_share=reader.decimal(head, "site_share", least=_ZERO, most=_ONE) or _ONE,
        condition_share=reader.decimal(head, "condition_share", least=_ZERO, most=_ONE) or _ONE,
        weights=weights,
        mark=reader.choice(head, "site_mark", Mark, Mark.INVENTED) or Mark.INVENTED,
    )


def _official(reader: Reader, head: Row) -> OfficialDesign:
    return OfficialDesign(
        respondents=reader.count(head, "official_respondents", least=1) or 1000,
        deff=reader.decimal(head, "official_deff", least=Decimal("0.01")) or _ONE,
        mark=reader.choice(head, "official_mark", Mark, Mark.INVENTED) or Mark.INVENTED,
    )


def _gate(reader: Reader, row: Row) -> Gate:
    value = reader.decimal(row, "value")
    op = reader.choice(row, "op", Op) if row.text("op") or value is not None else None
    mark = reader.choice(row, "mark", Mark, Mark.INVENTED) or Mark.INVENTED
    return Gate(
        key=reader.text(row, "key"),
        kind=reader.choice(row, "kind", GateKind) or GateKind.PRECONDITION,
        title=_title(reader, row),
        limit=Limit(op, value, mark) if op is not None and value is not None else None,
        item=row.text("item"),
        mark=mark,
    )


class _Tree:
    """Hangs criteria on items, items on indicators, indicators on dimensions."""

    def __init__(self, reader: Reader, tables: Tables, scale: Scale, tiers: set[str]) -> None:
        self.reader = reader
        self.tables = tables
        self.tiers = tiers
        self.groups = {row.text("key") for row in tables.get("groups", ())}
        self.criteria = CriterionRows.of(tables)
        self.grade_keys = [grade.key for grade in scale.grades]

    def dimensions(self) -> tuple[Dimension, ...]:
        indicators = self._children("indicators", "dimension", "dimensions")
        items = self._children("items", "indicator", "indicators")
        self._children("criteria", "item", "items")
        built = tuple(
            self._dimension(row, indicators[row.text("key")], items)
            for row in self.tables.get("dimensions", ())
        )
        self._read_what_hangs_nowhere(items)
        if not built:
            first = self.tables["edition"][0]
            self.reader.refuse("table_empty", first.place, table="dimensions")
        return built

    def _children(self, table: str, column: str, parents: str) -> dict[str, list[Row]]:
        for row in self._orphans(table, column, parents):
            self.reader.refuse("unknown_key", row.at(column), column=column, value=row.text(column))
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.tables.get(table, ()):
            found[row.text(column)].append(row)
        return found

    def _orphans(self, table: str, column: str, parents: str) -> list[Row]:
        known = {row.text("key") for row in self.tables.get(parents, ())}
        return [row for row in self.tables.get(table, ()) if row.text(column) not in known]

    def _read_what_hangs_nowhere(self, items: Mapping[str, list[Row]]) -> None:
        """Their other mistakes are told at once too, not only after the first was mended."""
        for row in self._orphans("indicators", "dimension", "dimensions"):
            self._indicator(row, items)
        for row in self._orphans("items", "indicator", "indicators"):
            self._item(row)

    def _dimension(
        self, row: Row, indicators: Sequence[Row], items: Mapping[str, list[Row]]
    ) -> Dimension:
        key = self.reader.text(row, "key")
        if not indicators:
            self.reader.refuse("nothing_below", row.place, value=key)
        return Dimension(
            key=key,
            title=_title(self.reader, row),
            part=self.reader.choice(row, "part", Part, Part.BASIC) or Part.BASIC,
            indicators=tuple(self._indicator(each, items) for each in indicators),
            points=self.reader.decimal(row, "points", least=_ZERO),
        )

    def _indicator(self, row: Row, items: Mapping[str, list[Row]]) -> Indicator:
        key = self.reader.text(row, "key")
        rows = items.get(key, ())
        if not rows:
            self.reader.refuse("nothing_below", row.place, value=key)
        return Indicator(
            key=key,
            title=_title(self.reader, row),
            items=tuple(self._item(each) for each in rows),
            ordinal=row.text("ordinal"),
        )

    def _item(self, row: Row) -> Item:
        reader = self.reader
        key = reader.text(row, "key")
        points = reader.decimal(row, "points", least=_ZERO)
        if points == 0:
            reader.refuse("points_zero", row.at("points"), value=key)
        group = row.text("group")
        if group and group not in self.groups:
            reader.refuse("unknown_key", row.at("group"), column="group", value=group)
        shifted = reader.words(row, "shifted_tiers")
        for tier in set(shifted) - self.tiers:
            reader.refuse("unknown_key", row.at("shifted_tiers"), column="tier", value=tier)
        return Item(
            key=key,
            title=_title(reader, row),
            points=points,
            points_mark=reader.choice(row, "points_mark", Mark, Mark.INVENTED) or Mark.INVENTED,
            criteria=build_criteria(reader, row, self.criteria, self.grade_keys, points),
            group=group,
            note=Words(row.text("note_zh"), row.text("note_en")),
            sources=reader.words(row, "sources"),
            shifted_tiers=shifted,
        )
