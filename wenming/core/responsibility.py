"""What is wrong with a plan of responsibilities (责任分解): no lead, two leads, too much of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from wenming.core.terms import Role

FENCE = Fraction(3, 2)
FEWEST_LEADS = 5
FEWEST_UNITS = 4


class PlanFault(StrEnum):
    """What can be wrong with a plan of responsibilities (责任分解问题)."""

    NO_LEAD = "plan_no_lead"  # 无牵头单位
    TWO_LEADS = "plan_two_leads"  # 多个牵头单位
    NOBODY = "plan_nobody"  # 无任何单位
    PAST_DUE = "plan_past_due"  # 限期已过
    OVERLOADED = "plan_overloaded"  # 任务过重
    IDLE_UNIT = "plan_idle_unit"  # 无任务单位
    UNKNOWN_ITEM = "plan_unknown_item"  # 版本中没有的测评内容
    GONE_UNIT = "plan_gone_unit"  # 已撤销的单位
    IDLE_GROUP = "plan_idle_group"  # 无任务工作组


@dataclass(frozen=True, slots=True)
class Duty:
    """One responsibility, by names (责任).

    Attributes:
        condition: 0 for the whole item.
        due: the last day; None for none.
        group: the working group of the unit; "" for none.
        is_gone: the unit was dissolved; its name matches no unit of today.
    """

    item: str
    unit: str
    role: Role
    condition: int = 0
    due: date | None = None
    group: str = ""
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class PlanFinding:
    """One thing that is wrong with a plan (责任分解发现).

    Attributes:
        item, unit, group: what it is about; "" where it is about none.
        facts: what the sentence needs, by name.
    """

    fault: PlanFault
    item: str = ""
    unit: str = ""
    group: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


def plan_findings(
    items: Sequence[str],
    duties: Sequence[Duty],
    *,
    units: Iterable[str],
    groups: Iterable[str] = (),
    today: date,
) -> list[PlanFinding]:
    """Everything that is wrong with a plan of responsibilities (责任分解核查).

    Args:
        items: keys of the items of the edition, in its order.
        units: every unit of the city that could be given something.
        groups: every working group of the city.
        today: dates before it are past.

    Returns:
        Findings of items in the order of the edition, then of units by name, then of groups.

    Source:
        docs/methods/responsibility.md.
    """
    whole: dict[str, list[Duty]] = defaultdict(list)
    for duty in duties:
        if not duty.condition:
            whole[duty.item].append(duty)
    found = [each for key in items for each in _of_item(key, whole[key], today)]
    strange = sorted({duty.item for duty in duties} - set(items))
    found += [PlanFinding(PlanFault.UNKNOWN_ITEM, item=key) for key in strange]
    found += _of_units(duties, units)
    at_work = {duty.group for duty in duties}
    idle = [name for name in groups if name not in at_work]
    return found + [PlanFinding(PlanFault.IDLE_GROUP, group=name) for name in idle]


def _of_item(key: str, duties: Sequence[Duty], today: date) -> Iterable[PlanFinding]:
    leads = sorted(duty.unit for duty in duties if duty.role == Role.LEAD)
    if not duties:
        yield PlanFinding(PlanFault.NOBODY, item=key)
    elif not leads:
        yield PlanFinding(PlanFault.NO_LEAD, item=key)
    elif len(leads) > 1:
        yield PlanFinding(PlanFault.TWO_LEADS, item=key, facts={"units": leads})
    late = sorted({duty.due for duty in duties if duty.due is not None and duty.due < today})
    if late:
        yield PlanFinding(PlanFault.PAST_DUE, item=key, facts={"due": late[0].isoformat()})


def _of_units(duties: Sequence[Duty], units: Iterable[str]) -> Iterable[PlanFinding]:
    leads = Counter(duty.unit for duty in duties if duty.role == Role.LEAD and not duty.condition)
    yield from _overloaded(leads)
    busy = {duty.unit for duty in duties}
    for name in sorted(set(units) - busy):
        yield PlanFinding(PlanFault.IDLE_UNIT, unit=name)
    gone = Counter(duty.unit for duty in duties if duty.is_gone)
    for name, count in sorted(gone.items()):
        yield PlanFinding(PlanFault.GONE_UNIT, unit=name, facts={"count": count})


def _overloaded(leads: Mapping[str, int]) -> list[PlanFinding]:
    """Units that lead far more items than their peers: beyond the upper fence of Tukey's box."""
    counts = sorted(leads.values())
    if len(counts) < FEWEST_UNITS:
        return []
    lower, upper = _quartile(counts, Fraction(1, 4)), _quartile(counts, Fraction(3, 4))
    fence = max(upper + FENCE * (upper - lower), Fraction(FEWEST_LEADS))
    typical = _quartile(counts, Fraction(1, 2))
    return [
        PlanFinding(
            PlanFault.OVERLOADED,
            unit=name,
            facts={"leads": count, "typical": str(round(typical, 1))},
        )
        for name, count in sorted(leads.items())
        if count > fence
    ]


def _quartile(ordered: Sequence[int], share: Fraction) -> Fraction:
    """The quantile of ordered numbers, linear between them (type 7 of Hyndman and Fan)."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    rest = place - below
    return ordered[below] * (1 - rest) + ordered[above] * rest
