"""Figures as reported: every finding, and the ones that must never be raised."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from wenming.core.reconcile import Figure, Finding, OwnFigures, reconcile
from wenming.core.terms import Words

GROUPS = {
    "事业": Words("社会事业组"),
    "城建": Words("城市建设管理组"),
    "秩序": Words("社会秩序组"),
    "宣教": Words("宣传教育组"),
    "油田": Words("油田工作组"),
}
ALIASES = {title.zh: key for key, title in GROUPS.items()} | {"宣传教育组（文明办）": "宣教"}
NOTHING = OwnFigures({})


def figure(key: str, value: str, **facts: object) -> Figure:
    return Figure(key, Words(key), str(facts.pop("document", "D1")), Decimal(value), **facts)  # type: ignore[arg-type]


def findings(*figures: Figure, own: OwnFigures = NOTHING) -> list[Finding]:
    return reconcile(figures, own, groups=GROUPS, aliases=ALIASES)


def codes(*figures: Figure, own: OwnFigures = NOTHING) -> list[str]:
    return [finding.code for finding in findings(*figures, own=own)]


def facts_of(code: str, *figures: Figure) -> Mapping[str, object]:
    return next(finding.facts for finding in findings(*figures) if finding.code == code)


NOT_MET = figure(
    "not_met",
    "42",
    unit="项",
    split=tuple(
        (group, Decimal(value))
        for group, value in (
            ("社会事业组", 14),
            ("城市建设管理组", 14),
            ("社会秩序组", 5),
            ("宣传教育组（文明办）", 7),
        )
    ),
    split_by="group",
)


def test_worked_example_of_the_first_dispatch_meeting() -> None:
    """docs/methods/reconciliation.md."""
    total, tested = (
        figure("total", "112", unit="项"),
        figure("tested", "102", unit="项", of="total", means="tested"),
    )
    assert codes(total, tested, NOT_MET) == [
        "untested_items",
        "split_differs",
        "group_without_figure",
    ]
    differs = facts_of("split_differs", NOT_MET)
    assert (differs["reported"], differs["sum"], differs["difference"]) == (42, 40, 2)
    assert facts_of("untested_items", total, tested)["count"] == 10
    assert facts_of("group_without_figure", NOT_MET)["group"] == "油田工作组"


def test_94_targets_are_not_94_units() -> None:
    targets, units = figure("specific_targets", "94", unit="项"), figure("units", "94", unit="个")
    assert codes(targets, units) == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (figure("share", "50.3", unit="%"), "percent_without_base"),
        (figure("problems", "440", lower_bound=True), "lower_bound_not_a_count"),
        (figure("cases", "3.5", unit="件"), "not_integer"),
        (figure("listed", "17", members=("甲", "乙")), "list_differs"),
        (figure("whole", "5", split=(("甲", Decimal(7)),)), "part_exceeds_whole"),
        (figure("sites", "320", data="sites"), "differs_from_data"),
    ],
)
def test_each_misfit_is_found(wrong: Figure, code: str) -> None:
    assert code in codes(wrong, own=OwnFigures({"sites": 319}))


def test_a_part_larger_than_its_whole() -> None:
    assert codes(figure("all", "10"), figure("some", "11", of="all")) == ["part_exceeds_whole"]


def test_a_percentage_with_its_base_and_a_right_split_are_no_findings() -> None:
    share = figure("share", "50.3", unit="%", base=1024)
    split = figure("n", "3", split=(("甲", Decimal(1)), ("乙", Decimal(2))))
    same = figure("sites", "319", data="sites")
    assert codes(share, split, same, own=OwnFigures({"sites": 319})) == []


def test_the_same_key_in_two_documents_must_agree() -> None:
    one, other = figure("n", "41"), figure("n", "40", document="D2")
    assert codes(one, other) == ["differs_between_documents"]
    assert codes(one, figure("n", "41", document="D2")) == []


def test_the_systems_own_gaps() -> None:
    own = OwnFigures({}, untested=["a"], without_lead=["b", "c"], with_two_leads=[])
    found = findings(own=own)
    assert [(each.code, each.facts["count"]) for each in found] == [
        ("untested_items", 1),
        ("items_without_lead", 2),
    ]


def test_nothing_is_said_of_items_that_an_excerpt_does_not_list() -> None:
    assert findings(own=OwnFigures({}, untested=None)) == []
