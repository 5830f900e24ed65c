"""What the example files hold: counts, marks, English, and what the engine finds in them."""

from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from wenming.core.evidence import build_evidence
from wenming.core.framework import Checklists, Edition, Item, build_checklists, build_edition
from wenming.core.framework.checklist import NO_CHECKLISTS
from wenming.core.rules import Shape
from wenming.core.terms import Mark, Method, Part, State
from wenming.engine import Assessment, assess
from wenming.files.editions import read_checklists, read_edition
from wenming.files.rounds import read_round

EXAMPLES = Path(__file__).parents[2] / "examples"

ADDED_BASIC = {"B1.2.4", "B4.1.5", "B4.8.5", "B5.5.3", "B7.4.2"}
DISTINCTIVE = {"S.1.1", "S.2.1", "S.3.1", "S.4.1"}


@pytest.fixture(scope="module")
def edition_a() -> Edition:
    return read_edition(EXAMPLES / "editions" / "edition_2005_a.yaml")


@pytest.fixture(scope="module")
def edition_b() -> Edition:
    return read_edition(EXAMPLES / "editions" / "edition_2005_b.yaml")


@pytest.fixture(scope="module")
def checklists() -> Checklists:
    return read_checklists(EXAMPLES / "editions" / "checklists.yaml")


def items_of(edition: Edition) -> dict[str, Item]:
    return {item.key: item for _, _, item in edition.items()}


@cache
def assessed(name: str) -> Assessment:
    files = read_round(EXAMPLES / name)
    edition = build_edition(files.edition)
    checklists = build_checklists(files.checklists) if files.checklists else NO_CHECKLISTS
    return assess(edition, build_evidence(files.tables, edition, checklists), checklists)


def test_edition_a_has_112_items(edition_a: Edition) -> None:
    assert len(items_of(edition_a)) == 112


def test_edition_b_has_117_basic_and_4_distinctive_items(edition_b: Edition) -> None:
    parts = Counter(dimension.part for dimension, _, _ in edition_b.items())
    assert parts == {Part.BASIC: 117, Part.DISTINCTIVE: 4}


def test_edition_b_adds_five_basic_items_and_drops_none(
    edition_a: Edition, edition_b: Edition
) -> None:
    old, new = items_of(edition_a), items_of(edition_b)
    assert new.keys() - old.keys() == ADDED_BASIC | DISTINCTIVE
    assert not old.keys() - new.keys()


def test_an_item_of_both_editions_is_the_same_in_both(
    edition_a: Edition, edition_b: Edition
) -> None:
    old, new = items_of(edition_a), items_of(edition_b)
    assert [key for key in old if old[key] != new[key]] == []


def test_points_of_edition_b_sum_to_its_totals_and_those_of_a_do_not(
    edition_a: Edition, edition_b: Edition
) -> None:
    stated = Counter[Part]()
    for dimension, _, item in edition_b.items():
        stated[dimension.part] += item.points or 0
    assert stated == {Part.BASIC: Decimal(100), Part.DISTINCTIVE: Decimal(20)}
    assert sum(item.points or 0 for item in items_of(edition_a).values()) != 100


def test_points_of_dimensions_are_the_points_of_their_items(edition_b: Edition) -> None:
    for dimension in edition_b.dimensions:
        assert sum(item.points or 0 for item in dimension.items) == dimension.points


@pytest.mark.parametrize("name", ["edition_a", "edition_b"])
def test_both_editions_say_that_they_are_not_official(
    name: str, request: pytest.FixtureRequest
) -> None:
    edition: Edition = request.getfixturevalue(name)
    assert "不是官方" in edition.note.zh
    assert "not the official" in edition.note.en
    assert "负面清单" in edition.note.zh


def test_points_and_coefficients_of_lower_grades_are_marked_as_invented(
    edition_b: Edition,
) -> None:
    assert {item.points_mark for item in items_of(edition_b).values()} == {Mark.INVENTED}
    assert [grade.mark for grade in edition_b.scale.grades] == [
        Mark.TYPICAL,
        Mark.INVENTED,
        Mark.INVENTED,
    ]


def test_the_limit_of_the_source_text_is_marked_as_public(edition_b: Edition) -> None:
    (criterion,) = items_of(edition_b)["B2.3.1"].criteria
    best = criterion.rule.limits[0]
    assert (best.grade, best.limit.op, best.limit.value) == ("A", "<", 10)
    assert best.limit.mark is Mark.PUBLIC


def test_five_items_are_shifted_for_western_cities(edition_b: Edition) -> None:
    shifted = [key for key, item in items_of(edition_b).items() if item.shifted_tiers]
    assert shifted == ["B4.3.1", "B4.3.2", "B4.4.3", "B4.4.4", "B5.1.2"]


def test_the_minors_test_is_a_gate_at_85(edition_b: Edition) -> None:
    gate = next(gate for gate in edition_b.gates if gate.key == "PC7")
    assert gate.limit is not None
    assert (gate.kind, gate.limit.op, gate.limit.value, gate.item) == (
        "minors",
        ">=",
        85,
        "B4.1.5",
    )


def test_no_entry_of_the_negative_list_is_made_up(edition_a: Edition, edition_b: Edition) -> None:
    for edition in (edition_a, edition_b):
        assert all(gate.kind != "negative" for gate in edition.gates)


def test_everything_has_an_english_title(edition_b: Edition, checklists: Checklists) -> None:
    for dimension, indicator, item in edition_b.items():
        assert dimension.title.en
        assert indicator.title.en
        assert item.title.en
        for criterion in item.criteria:
            assert all(condition.text.en for condition in criterion.conditions)
    assert all(line.title.en for _, line in checklists.lines())


def test_edition_b_uses_seven_shapes(edition_b: Edition) -> None:
    shapes = {each.shape for item in items_of(edition_b).values() for each in item.criteria}
    assert shapes == set(Shape) - {Shape.DEDUCTION, Shape.ALL_OR_NOTHING}


def test_36_checklists_hold_406_lines_of_known_items(
    checklists: Checklists, edition_b: Edition
) -> None:
    lines = [line for _, line in checklists.lines()]
    assert (len(checklists.by_type), len(lines)) == (36, 406)
    assert {line.item for line in lines} <= items_of(edition_b).keys()


def test_wherever_an_item_is_inspected_a_line_feeds_it(
    checklists: Checklists, edition_b: Edition
) -> None:
    fed = {(line.item, checklist.site_type) for checklist, line in checklists.lines()}
    for key, item in items_of(edition_b).items():
        for criterion in item.criteria:
            if Method.INSPECTION in criterion.methods:
                assert criterion.site_types
                assert {(key, each) for each in criterion.site_types} <= fed


def test_a_counted_line_whose_draft_says_none_allows_zero(checklists: Checklists) -> None:
    _, line = checklists.by_key()["main_road-01"]
    assert line.limit is not None
    assert (line.limit.op, line.limit.value) == ("<=", 0)


def test_dongying_finds_the_two_unexplained_items_and_nothing_else() -> None:
    findings = {finding.code: finding.facts for finding in assessed("dongying").findings}
    assert findings.keys() == {
        "split_differs",
        "untested_items",
        "group_without_figure",
        "lower_bound_not_a_count",
    }
    split = findings["split_differs"]
    assert (split["reported"], split["sum"], split["difference"]) == (42, 40, 2)
    assert findings["untested_items"]["count"] == 10
    assert findings["group_without_figure"]["group"] == "油田工作组"
    assert findings["lower_bound_not_a_count"]["value"] == 440


def test_dongying_has_seventeen_items_and_one_value() -> None:
    items = assessed("dongying").score.items
    states = Counter(each.state for each in items)
    assert states == {State.NOT_MET: 1, State.UNTESTED: 16}
    assert all(each.score is None for each in items)


def test_shaoxing_meets_one_of_four_and_lacks_every_base() -> None:
    assessment = assessed("shaoxing")
    states = [each.score.state for each in assessment.items]
    assert states == [State.MET, State.NOT_MET, State.NOT_MET, State.NOT_MET]
    assert Counter(finding.code for finding in assessment.findings) == {"percent_without_base": 4}


def test_the_demo_round_is_believable() -> None:
    assessment = assessed("demo")
    basic = assessment.score.parts[Part.BASIC]
    assert basic.score is not None
    assert 75 <= basic.score <= 85
    states = Counter(each.state for each in assessment.score.items)
    assert 35 <= states[State.NOT_MET] <= 45
    assert 8 <= states[State.UNTESTED] <= 10
    assert 1 <= states[State.NOT_APPLICABLE] <= 2
    assert assessment.evidence.plan.is_synthetic


def test_the_demo_bulletin_does_not_fit_the_data() -> None:
    codes = Counter(finding.code for finding in assessed("demo").findings)
    assert codes == {
        "split_differs": 1,
        "group_without_figure": 1,
        "differs_from_data": 1,
        "lower_bound_not_a_count": 1,
        "percent_without_base": 1,
        "untested_items": 1,
        "items_without_lead": 1,
        "items_with_two_leads": 1,
    }
