"""Every rule shape: what it gives, where it stops, and that comparison is exact."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.building import SCALE
from wenming.core.rounding import declared
from wenming.core.rules import (
    AllOrNothingRule,
    ConditionsMet,
    ConditionsRule,
    ConditionTest,
    DeductionRule,
    Documents,
    DocumentsRule,
    Grade,
    GradeLimit,
    Limit,
    Number,
    NumberRule,
    Rating,
    RatingRule,
    RatioRule,
    Scale,
    Sites,
    SitesRule,
    Verdict,
    VetoRule,
    judge,
    worst_of,
)
from wenming.core.terms import Op

LADDER = (
    GradeLimit("A", Limit(Op.AT_LEAST, Decimal(100))),
    GradeLimit("B", Limit(Op.AT_LEAST, Decimal(80))),
)
NAMED_SUBSET = ConditionsRule(
    4, (ConditionTest("A", 4), ConditionTest("B", all_of=frozenset({2, 3, 4})))
)


def limits(op: str, a: str, b: str | None = None) -> tuple[GradeLimit, ...]:
    pairs: Sequence[tuple[str, str | None]] = (("A", a), ("B", b))
    return tuple(GradeLimit(grade, Limit(Op(op), Decimal(v))) for grade, v in pairs if v)


def grade(rule: NumberRule | SitesRule | ConditionsRule | DocumentsRule, measured: object) -> str:
    return judge(rule, measured, SCALE).grade  # type: ignore[arg-type]


def test_80_of_100_meets_at_least_80_percent() -> None:
    rule = NumberRule(limits(">=", "80"))
    assert grade(rule, Number(Fraction(100 * 80, 100))) == "A"
    assert grade(rule, Number(Fraction(100 * 79, 100))) == "C"


@given(st.integers(1, 3000))
def test_exactly_four_fifths_meets_80_percent_whatever_the_floats_say(fifths: int) -> None:
    """An estimate that floating sums put at 0.7999999999999999 still meets ≥ 80 %."""
    noisy = sum([1 / (5 * fifths)] * (4 * fifths))
    assert grade(NumberRule(limits(">=", "80")), Number(declared(repr(noisy)) * 100)) == "A"


@pytest.mark.parametrize(
    ("op", "value", "expected"),
    [
        (">", "90", "C"),
        (">", "90.01", "A"),
        (">=", "90", "A"),
        ("<", "90", "C"),
        ("<", "89.99", "A"),
        ("<=", "90", "A"),
    ],
)
def test_the_operator_is_data(op: str, value: str, expected: str) -> None:
    assert grade(NumberRule(limits(op, "90")), Number(Fraction(value))) == expected


def test_traffic_deaths_of_13_18_do_not_meet_below_10() -> None:
    rule = NumberRule(limits("<", "10", "12"))
    assert grade(rule, Number(Fraction("13.18"))) == "C"
    assert limits("<", "10")[0].limit.gap(Fraction("13.18")) == Fraction("3.18")


@pytest.mark.parametrize(
    ("passing", "visited", "expected"), [(5, 5, "A"), (4, 5, "B"), (3, 5, "C"), (2, 2, "A")]
)
def test_site_ladder(passing: int, visited: int, expected: str) -> None:
    assert grade(SitesRule(LADDER), Sites(passing, visited)) == expected


def test_no_visit_is_untested_not_the_lowest_grade() -> None:
    assert judge(SitesRule(LADDER), Sites(0, 0), SCALE).is_met is None


def test_a_pair_with_one_place_not_visited_is_untested_unless_it_has_failed() -> None:
    pair = SitesRule(LADDER[:1], each_of=("street_office", "community"))
    assert judge(pair, Sites(1, 1, ("community",)), SCALE).is_met is None
    assert judge(pair, Sites(0, 1, ("community",)), SCALE).grade == "C"
    assert judge(pair, Sites(2, 2), SCALE).grade == "A"


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ((True, True, True, True), "A"),
        ((False, True, True, True), "B"),
        ((True, True, True, False), "C"),
        ((True, False, True, True), "C"),
    ],
)
def test_named_subset_of_conditions(states: tuple[bool, ...], expected: str) -> None:
    assert grade(NAMED_SUBSET, ConditionsMet(states)) == expected


def test_all_or_nothing() -> None:
    rule = AllOrNothingRule(2)
    assert judge(rule, ConditionsMet((True, True)), SCALE).rate == 1
    assert judge(rule, ConditionsMet((True, False)), SCALE).rate == 0
    assert judge(rule, ConditionsMet((None, False)), SCALE).rate == 0
    assert judge(rule, ConditionsMet((True, None)), SCALE).is_met is None


def test_ratio_stops_at_full() -> None:
    rule = RatioRule(Decimal(4))
    assert judge(rule, Number(Fraction(3)), SCALE).rate == Fraction(3, 4)
    assert judge(rule, Number(Fraction(9)), SCALE) == Verdict(is_met=True, rate=Fraction(1))


def test_deduction_stops_at_zero() -> None:
    rule = DeductionRule(each=Decimal("0.4"), points=Decimal(2))
    assert judge(rule, Number(Fraction(1)), SCALE).rate == Fraction(4, 5)
    assert judge(rule, Number(Fraction(0)), SCALE).is_met is True
    assert judge(rule, Number(Fraction(9)), SCALE).rate == 0


def test_a_veto_strikes_at_the_first_occurrence() -> None:
    struck = judge(VetoRule(), Number(Fraction(1)), SCALE)
    assert (struck.is_veto, struck.rate, struck.is_met) == (True, 0, False)
    assert judge(VetoRule(), Number(Fraction(0)), SCALE).rate == 1


def test_rating_in_proportion_by_limits_and_trimmed() -> None:
    marks = Rating(tuple(Decimal(mark) for mark in (10, 80, 90, 100)))
    assert judge(RatingRule(Decimal(100)), marks, SCALE).rate == Fraction(70, 100)
    trimmed = RatingRule(Decimal(100), limits(">=", "85"), trimmed=True)
    assert judge(trimmed, marks, SCALE).grade == "A"
    assert judge(trimmed, Rating(()), SCALE).is_met is None


def test_documents_under_review_leave_the_grade_open_only_where_they_matter() -> None:
    rule = DocumentsRule(limits(">=", "100", "75"))
    assert judge(rule, Documents(4, 0, 4), SCALE).grade == "A"
    assert judge(rule, Documents(3, 0, 4), SCALE).is_met is None
    assert judge(rule, Documents(3, 1, 4), SCALE).grade == "B"
    assert judge(rule, Documents(0, 2, 4), SCALE).grade == "C"


def test_the_worst_criterion_decides() -> None:
    a, b = Verdict(is_met=True, grade="A", rate=Fraction(1)), Verdict(False, "B", Fraction(3, 5))
    c, unknown = Verdict(False, "C", Fraction(0)), Verdict(is_met=None)
    assert worst_of([a, b]) == b
    assert worst_of([a, unknown]).is_met is None
    assert worst_of([unknown, c]) == c
    assert worst_of([unknown]).is_met is None


def test_an_edition_without_a_lower_grade_gives_none() -> None:
    only_a = Scale((Grade("A", None),), "A", "")
    verdict = judge(NumberRule(limits(">=", "80")), Number(Fraction("50.3")), only_a)
    assert (verdict.is_met, verdict.grade, verdict.rate) == (False, "", None)
    assert judge(NumberRule(limits(">=", "80")), Number(Fraction(95)), only_a).is_met is True


def test_a_measurement_of_the_wrong_kind_is_a_fault_of_ours() -> None:
    with pytest.raises(TypeError):
        judge(VetoRule(), Sites(1, 1), SCALE)


@given(st.lists(st.sampled_from([True, False, None]), min_size=4, max_size=4), st.data())
def test_learning_more_never_changes_a_grade_once_given(
    states: list[bool | None], data: st.DataObject
) -> None:
    before = judge(NAMED_SUBSET, ConditionsMet(tuple(states)), SCALE)
    learnt = [data.draw(st.booleans()) if state is None else state for state in states]
    after = judge(NAMED_SUBSET, ConditionsMet(tuple(learnt)), SCALE)
    assert after.is_tested
    assert not before.is_tested or before == after


@given(st.fractions(0, 100), st.fractions(0, 100), st.sampled_from([">=", ">", "<", "<="]))
def test_a_better_number_never_has_a_worse_grade(one: Fraction, other: Fraction, op: str) -> None:
    rising = op.startswith(">")
    rule = NumberRule(limits(op, "80" if rising else "60", "60" if rising else "80"))
    worse, better = sorted((one, other), reverse=not rising)
    places = [SCALE.position(grade(rule, Number(each))) for each in (worse, better)]
    assert places[0] >= places[1]
