"""What is wrong with a plan: each fault is found, and a sound plan has none."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from wenming.core.responsibility import Duty, PlanFault, plan_findings
from wenming.core.terms import Role

TODAY = date(2026, 11, 24)


def faults(items: list[str], duties: list[Duty], units: list[str] | None = None) -> list[PlanFault]:
    named = units if units is not None else sorted({duty.unit for duty in duties})
    return [each.fault for each in plan_findings(items, duties, units=named, today=TODAY)]


def lead(item: str, unit: str, **rest: object) -> Duty:
    return Duty(item, unit, Role.LEAD, **rest)


def test_a_sound_plan_has_no_fault() -> None:
    assert faults(["A1", "A2"], [lead("A1", "甲"), lead("A2", "乙")]) == []


def test_each_fault_is_found() -> None:
    assert faults(["A1"], []) == [PlanFault.NOBODY]
    assert faults(["A1"], [Duty("A1", "甲", Role.SUPPORTING)]) == [PlanFault.NO_LEAD]
    assert faults(["A1"], [lead("A1", "甲"), lead("A1", "乙")]) == [PlanFault.TWO_LEADS]
    assert faults(["A1"], [lead("A1", "甲", due=date(2026, 11, 23))]) == [PlanFault.PAST_DUE]
    assert faults(["A1"], [lead("A1", "甲"), lead("Z", "甲")]) == [PlanFault.UNKNOWN_ITEM]
    assert faults(["A1"], [lead("A1", "甲")], ["甲", "乙"]) == [PlanFault.IDLE_UNIT]


def test_a_deadline_of_today_is_not_past() -> None:
    assert faults(["A1"], [lead("A1", "甲", due=TODAY)]) == []


def test_a_lead_for_one_condition_does_not_lead_the_item() -> None:
    duties = [Duty("A1", "甲", Role.RESPONSIBLE), lead("A1", "乙", condition=2)]
    assert faults(["A1"], duties) == [PlanFault.NO_LEAD]


def test_worked_example_of_an_overloaded_unit() -> None:
    """docs/methods/responsibility.md: leads 1, 2, 2, 3 and 12; quartiles 2 and 3, fence 4.5 → 5."""
    counts = {"甲": 1, "乙": 2, "丙": 2, "丁": 3, "戊": 12}
    items, duties = [], []
    for unit, count in counts.items():
        for number in range(count):
            items.append(f"{unit}{number}")
            duties.append(lead(f"{unit}{number}", unit))
    (found,) = plan_findings(items, duties, units=list(counts), today=TODAY)
    assert (found.fault, found.unit) == (PlanFault.OVERLOADED, "戊")
    assert found.facts == {"leads": 12, "typical": "2"}


@given(st.dictionaries(st.sampled_from("甲乙丙丁戊己庚"), st.integers(1, 5), min_size=1))
def test_nobody_is_overloaded_with_five_or_fewer(counts: dict[str, int]) -> None:
    items = [f"{unit}{n}" for unit, count in counts.items() for n in range(count)]
    duties = [lead(item, item[0]) for item in items]
    assert PlanFault.OVERLOADED not in faults(items, duties)


@given(st.permutations([lead("A1", "甲"), lead("A1", "乙"), Duty("A2", "丙", Role.SUPPORTING)]))
def test_the_order_of_rows_does_not_matter(duties: list[Duty]) -> None:
    assert faults(["A1", "A2"], duties) == [PlanFault.TWO_LEADS, PlanFault.NO_LEAD]
