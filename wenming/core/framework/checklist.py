"""Checklists of the field: what an inspector looks at on a site of each type (检查表)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from wenming.core.rows import Reader, Row, Tables
from wenming.core.rules import Limit
from wenming.core.terms import Mark, Op, Outcome, Severity, Words


class Judgement(StrEnum):
    """How one line of a checklist is judged."""

    YES_NO = "pass_fail"  # 合格 / 不合格
    COUNT = "count"  # 计数与限值
    SHARE = "share"  # 比例与限值


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of a checklist.

    Attributes:
        item: key of the item that it feeds.
        limit: the line conforms when the number seen is on the right side; None for
            pass or fail. Shares are 0 to 1.
        window: over what is counted, such as "5 min"; as printed.
    """

    key: str
    title: Words
    item: str
    severity: Severity
    judgement: Judgement
    limit: Limit | None = None
    window: str = ""

    def settle(self, outcome: Outcome | None, value: Decimal | None) -> Outcome:
        """What was seen means for this line: the inspector's word, else the number's side."""
        if outcome is not None:
            return outcome
        if value is None:
            return Outcome.NOT_OBSERVED
        if self.limit is None or self.limit.holds(Fraction(value)):
            return Outcome.CONFORM
        return Outcome.NOT_CONFORM


@dataclass(frozen=True, slots=True)
class Checklist:
    """The checklist of one site type (点位类型)."""

    site_type: str
    title: Words
    lines: tuple[CheckLine, ...]
    how: str = ""
    mark: Mark = Mark.TYPICAL


@dataclass(frozen=True, slots=True)
class Checklists:
    """All checklists, with their lines by key."""

    by_type: Mapping[str, Checklist]

    def lines(self) -> Iterator[tuple[Checklist, CheckLine]]:
        """Every line with its checklist, in order."""
        for checklist in self.by_type.values():
            for line in checklist.lines:
                yield checklist, line

    def by_key(self) -> dict[str, tuple[Checklist, CheckLine]]:
        """Lines with their checklists by the key of the line."""
        return {line.key: (checklist, line) for checklist, line in self.lines()}


NO_CHECKLISTS = Checklists({})


def build_checklists(tables: Tables) -> Checklists:
    """Build checklists from plain rows.

    Args:
        tables: `site_types` (key, title_zh, title_en, how, mark) and `lines` (key,
            site_type, title_zh, title_en, item, severity, judge, op, value, window, mark).

    Raises:
        BadInput: one problem for each mistake, with its place.
    """
    reader = Reader()
    types = tables.get("site_types", ())
    reader.unique(types, "key")
    reader.unique(tables.get("lines", ()), "key")
    lines: dict[str, list[CheckLine]] = defaultdict(list)
    known = {row.text("key") for row in types}
    for row in tables.get("lines", ()):
        site_type = row.text("site_type")
        if site_type not in known:
            reader.refuse("unknown_key", row.at("site_type"), column="site_type", value=site_type)
        lines[site_type].append(_line(reader, row))
    built = {
        row.text("key"): Checklist(
            site_type=reader.text(row, "key"),
            title=Words(reader.text(row, "title_zh"), row.text("title_en")),
            lines=tuple(lines[row.text("key")]),
            how=row.text("how"),
            mark=reader.choice(row, "mark", Mark, Mark.TYPICAL) or Mark.TYPICAL,
        )
        for row in types
    }
    reader.finish()
    return Checklists(built)


def _line(reader: Reader, row: Row) -> CheckLine:
    judgement = reader.choice(row, "judge", Judgement, Judgement.YES_NO)
    limit = None
    if judgement is not Judgement.YES_NO:
        op, value = reader.choice(row, "op", Op), reader.decimal(row, "value")
        if value is None and not row.text("value"):
            reader.refuse("cell_blank", row.at("value"), column="value")
        if op is not None and value is not None:
            mark = reader.choice(row, "mark", Mark, Mark.INVENTED) or Mark.INVENTED
            limit = Limit(op, value, mark)
    return CheckLine(
        key=reader.text(row, "key"),
        title=Words(reader.text(row, "title_zh"), row.text("title_en")),
        item=reader.text(row, "item"),
        severity=reader.choice(row, "severity", Severity, Severity.MINOR) or Severity.MINOR,
        judgement=judgement or Judgement.YES_NO,
        limit=limit,
        window=row.text("window"),
    )
