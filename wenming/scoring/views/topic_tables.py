"""The tables of the topic report: gaps, untested items, changes, units, streets, findings."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from wenming.base import wording
from wenming.base.templatetags.figures import probability, share, signed, words
from wenming.base.templatetags.labels import label
from wenming.base.wording import figures as written
from wenming.core.lifecycle import SettlementState
from wenming.core.permissions import Capability
from wenming.core.rounding import publish
from wenming.core.terms import Mark, Role, State
from wenming.files.tables_out import Cell
from wenming.files.word_out import TextTable
from wenming.scoring.models import ItemResult
from wenming.scoring.queries.checking import findings_with_settlements
from wenming.scoring.queries.topic import Topic, TopicOf
from wenming.scoring.templatetags.measures import criterion_unit, deciding, measure

GAP_WIDTHS = (1.8, 3.9, 2.3, 2.2, 2.9, 1.7, 1.5, 1.9, 1.6, 3.3, 2.6)
PLACES = 2


def tables_of(topic: Topic) -> list[TextTable]:
    """The tables that have something to tell, in the order of the report."""
    made = (_not_met, _untested, _supported, _changed, _by_unit, _by_street, _findings)
    tables = [make(topic) for make in made]
    return [table for table in tables if table.rows]


def _not_met(topic: Topic) -> TextTable:
    header = [
        _("Key"), _("Item"), _("Found"), _("Interval"), _("Required"), _("Points"), _("Lost"),
        _("Change of lost"), _("Met next time"), _("Lead unit"), _("Due"),
    ]  # fmt: skip
    rows = [_gap_row(row) for row in topic.in_state(State.NOT_MET)]
    heading = _("Items that are not met (%(n)d)") % {"n": len(rows)}
    return TextTable(heading, header, GAP_WIDTHS, rows)


def _gap_row(row: ItemResult) -> list[Cell]:
    shown = measure(row.detail)
    criterion = deciding(row.detail)
    unit = criterion_unit(criterion)
    limit = row.detail.get("limit") or {}
    required = shown.get("limit") or ""
    if required and limit.get("mark") and limit["mark"] != Mark.PUBLIC:
        required = f"{required} ({label(limit['mark'], 'mark')})"
    found = shown.get("value") or shown.get("counted")
    if row.certain is False:
        found = _("%(found)s (uncertain)") % {"found": found or written.DASH}
    spread = row.low is not None and row.high is not None and row.low != row.high
    return [
        row.key,
        words(row.title),
        found,
        written.interval(row.low, row.high, unit) if spread else None,
        required,
        _number(row.points),
        _number(row.lost),
        signed(row.lost_change),  # type: ignore[attr-defined]  # annotated
        probability(row.p_repeat),
        row.lead_name,
        row.due,
    ]


def _untested(topic: Topic) -> TextTable:
    rows: list[list[Cell]] = [
        [row.key, words(row.title), _number(row.points), _methods(row), row.lead_name, row.due]
        for row in topic.in_state(State.UNTESTED)
    ]
    header = [_("Key"), _("Item"), _("Points"), _("Method"), _("Lead unit"), _("Due")]
    heading = _("Untested items (%(n)d)") % {"n": len(rows)}
    return TextTable(heading, header, (2, 8.5, 2, 5.2, 5.3, 2.7), rows)


def _methods(row: ItemResult) -> str:
    between = ", " if get_language() == "en" else "、"
    return between.join(label(each, "method") for each in row.methods)


def _supported(topic: Topic) -> TextTable:
    lost = [row for row in topic.supported if row.state in (State.NOT_MET, State.UNTESTED)]
    rows: list[list[Cell]] = [
        [row.key, words(row.title), label(row.state, "state"), _number(row.lost), row.lead_name]
        for row in lost
    ]
    header = [_("Key"), _("Item"), _("State"), _("Lost"), _("Lead unit")]
    heading = _("Items led by others in which the unit has a part, not charged (%(n)d)")
    return TextTable(heading % {"n": len(rows)}, header, (2, 9.5, 3, 2.2, 9), rows)


def _changed(topic: Topic) -> TextTable:
    changed = [
        row
        for row in topic.rows
        if row.lost_change  # type: ignore[attr-defined]  # annotated
    ]
    changed.sort(key=lambda row: (-row.lost_change, row.position))  # type: ignore[attr-defined]
    rows: list[list[Cell]] = [
        [
            row.key,
            words(row.title),
            _number((row.lost or Decimal(0)) - row.lost_change),  # type: ignore[attr-defined]
            _number(row.lost),
            signed(row.lost_change),  # type: ignore[attr-defined]
            row.lead_name,
        ]
        for row in changed
    ]
    change = pgettext("what became different", "Change")
    header = [_("Key"), _("Item"), _("Lost before"), _("Lost now"), change, _("Lead unit")]
    heading = _("Items that lose more or less than in the run before (%(n)d)") % {"n": len(rows)}
    return TextTable(heading, header, (2, 9, 2.6, 2.6, 2.6, 6.9), rows)


def _by_unit(topic: Topic) -> TextTable:
    led: dict[str, list[ItemResult]] = defaultdict(list)
    for row in topic.rows if topic.scope.of is not TopicOf.UNIT else ():
        for part in row.detail["units"]:
            if part["role"] == Role.LEAD:
                led[part["unit"]].append(row)
    rows = [_unit_row(name, items) for name, items in led.items()]
    rows = [row for row in rows if row[2] or row[3]]
    rows.sort(key=lambda row: (-Decimal(str(row[4] or 0)), str(row[0])))
    header = [_("Lead unit"), _("Items"), _("Not met"), _("Untested"), _("Lost")]
    return TextTable(_("By lead unit"), header, (12.5, 3.3, 3.3, 3.3, 3.3), rows)


def _unit_row(name: str, items: Sequence[ItemResult]) -> list[Cell]:
    lost = [row.lost for row in items if row.lost is not None]
    return [
        name,
        len(items),
        sum(row.state == State.NOT_MET for row in items),
        sum(row.state == State.UNTESTED for row in items),
        _number(sum(lost, Decimal(0))) if lost else None,
    ]


def _by_street(topic: Topic) -> TextTable:
    kept = {row.key: row for row in topic.rows}
    rows: list[list[Cell]] = []
    for area in topic.areas if topic.scope.of is not TopicOf.STREET else ():
        failing = [kept[key] for key in sorted(area.failing & set(kept))]
        lost = sum((row.lost or Decimal(0) for row in failing), Decimal(0))
        place = [area.street or _("No street recorded"), area.county]
        rate = share(area.passing_checks / area.checks) if area.checks else None
        seen = [area.register, area.visited, area.checks, rate]
        rows.append([*place, *seen, len(failing), _number(lost)])
    rows.sort(key=lambda row: (-Decimal(str(row[-1] or 0)), str(row[0])))
    header = [
        _("Street"), _("County"), _("Register"), _("Visited"), _("Lines checked"), _("Conforming"),
        _("Items with a failing site"), _("Lost by these items"),
    ]  # fmt: skip
    widths = (5.2, 3.7, 2.2, 2.2, 3, 2.8, 3.5, 3.1)
    return TextTable(_("Streets where a site does not pass"), header, widths, rows)


def _findings(topic: Topic) -> TextTable:
    """Figures that do not fit and are not settled; for the city, and whoever may know of them."""
    run = topic.seen.run
    may = topic.seen.user.may(Capability.VIEW_FIGURES, city=run.city)
    rows: list[list[Cell]] = []
    if topic.scope.of is TopicOf.CITY and may:
        language = get_language() or "zh"
        rows = [
            [number, wording.sentence(each.code, each.facts, language)]
            for number, (each, settled) in enumerate(findings_with_settlements(run), start=1)
            if settled is None or settled.state == SettlementState.OPEN
        ]
    heading = _("Findings that are open (%(n)d)") % {"n": len(rows)}
    return TextTable(
        heading, [pgettext("of lines in a table", "No."), _("Finding")], (2, 23.7), rows
    )


def _number(value: Decimal | None) -> Decimal | None:
    return None if value is None else publish(Fraction(value), PLACES)
