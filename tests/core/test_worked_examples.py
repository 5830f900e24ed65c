"""The worked examples of docs/methods/scoring.md, to the digit."""

from decimal import Decimal
from fractions import Fraction

from tests.core.building import edition_of, judged
from wenming.core.explain import explain_item
from wenming.core.rounding import publish, share_out
from wenming.core.rules import (
    ConditionsMet,
    ConditionsRule,
    ConditionTest,
    Grade,
    GradeLimit,
    Limit,
    Scale,
    judge,
    shift_limits,
)
from wenming.core.scoring import score_round
from wenming.core.terms import Op, Part

SCALE = Scale(
    (Grade("A", Decimal(1)), Grade("B", Decimal("0.6")), Grade("C", Decimal(0))), "A", "C"
)
THREE_OR_TWO = ConditionsRule(3, (ConditionTest("A", 3), ConditionTest("B", 2)))


def test_a_grade_that_missing_evidence_could_change_is_not_given() -> None:
    """Section 1: met, met, unknown is A or B."""
    assert judge(THREE_OR_TWO, ConditionsMet((True, True, None)), SCALE).is_met is None


def test_a_grade_that_missing_evidence_cannot_change_is_given() -> None:
    """Section 1: not met, not met, unknown is C either way."""
    assert judge(THREE_OR_TWO, ConditionsMet((False, False, None)), SCALE).grade == "C"


def test_starred_item_takes_the_next_lower_limit() -> None:
    """Section 1: A > 420, B ≥ 350 becomes A ≥ 350."""
    limits = (
        GradeLimit("A", Limit(Op.ABOVE, Decimal(420))),
        GradeLimit("B", Limit(Op.AT_LEAST, Decimal(350))),
    )
    first = shift_limits(limits)[0]
    assert (first.grade, first.limit.op, first.limit.value) == ("A", Op.AT_LEAST, Decimal(350))


def test_one_of_three_items_does_not_apply() -> None:
    """Section 3: 5 × 0.5 + 5 × 1 = 7.5."""
    edition = edition_of({"x": 4, "y": 4, "z": 2}, total=10)
    score = score_round(
        edition, {"x": judged("0.5"), "y": judged("1"), "z": judged("1", applies=False)}
    )
    assert [each.points for each in score.items] == [5, 5, None]
    assert score.parts[Part.BASIC].score == Fraction("7.5")


def test_points_that_do_not_sum_to_the_total_are_rescaled_once() -> None:
    """Section 3: factor 1.25, effective points 60 and 40, score 84."""
    edition = edition_of({"x": 48, "y": 32}, total=100)
    score = score_round(edition, {"x": judged("1"), "y": judged("0.6")})
    assert score.factors[Part.BASIC] == Fraction("1.25")
    assert [each.points for each in score.items] == [60, 40]
    assert score.parts[Part.BASIC].score == 84


def test_a_score_over_untested_items_is_given_twice() -> None:
    """Section 4: coverage 0.9, score 66.67, worst 60, best 70, lost 30."""
    edition = edition_of({"x": 60, "y": 30, "z": 10}, total=100)
    part = score_round(edition, {"x": judged("1"), "y": judged("0"), "z": judged(None)}).parts[
        Part.BASIC
    ]
    assert part.coverage == Fraction("0.9")
    assert part.score is not None
    assert publish(part.score, 2) == Decimal("66.67")
    assert (part.worst, part.best, part.lost) == (60, 70, 30)


def test_reasons_add_up_to_the_score() -> None:
    """Section 5: offered 1.05 = 0.84 + 0.21, lost 0.42, score 0.63."""
    edition = edition_of({"x": "0.84"}, total="1.05")
    score = score_round(edition, {"x": judged("0.6")})
    offered, lost = explain_item(score.items[0], score, ())
    assert [part.points for part in offered.parts] == [Fraction("0.84"), Fraction("0.21")]
    assert (offered.points, lost.points) == (Fraction("1.05"), Fraction("-0.42"))
    assert score.items[0].score == Fraction("0.63")


def test_thirds_are_shown_so_that_they_add_up() -> None:
    """Section 5: 33.34, 33.33, 33.33."""
    shown = share_out([Fraction(100, 3)] * 3, places=2)
    assert shown == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]
