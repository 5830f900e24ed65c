"""The laws of scoring, and Hypothesis looking for exceptions."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.building import edition_of, judged
from wenming.core.errors import NothingToScore
from wenming.core.explain import explain_item, explain_score
from wenming.core.framework import Edition
from wenming.core.rounding import publish, share_out
from wenming.core.scoring import Judged, RoundScore, Tally, score_round, share_points, tally
from wenming.core.terms import Part

KEYS = "abcdefgh"
RATES = st.sampled_from(["0", "0.25", "0.6", "1", None])
POINTS = st.sampled_from(["0.49", "0.65", "1", "1.25", "3"])


@st.composite
def rounds(draw: st.DrawFn) -> tuple[Edition, dict[str, Judged]]:
    """A small edition in two indicators, with some items untested and some not applicable."""
    keys = KEYS[: draw(st.integers(2, len(KEYS)))]
    cut = draw(st.integers(1, len(keys) - 1))
    points = {key: draw(POINTS) for key in keys}
    edition = edition_of(
        points, total=100, indicators={"1.1": list(keys[:cut]), "1.2": list(keys[cut:])}
    )
    return edition, {key: judged(draw(RATES), applies=draw(st.integers(0, 3)) > 0) for key in keys}


def basic(score: RoundScore) -> Tally:
    return score.parts[Part.BASIC]


@given(rounds())
def test_score_stays_between_zero_and_full(case: tuple[Edition, dict[str, Judged]]) -> None:
    part = basic(score_round(*case))
    assert part.score is None or 0 <= part.score <= 100
    if part.points is not None:
        assert part.points == 100
        assert part.worst is not None
        assert part.best is not None
        assert 0 <= part.worst <= part.best <= 100
        assert part.coverage is not None
        assert 0 <= part.coverage <= 1


@given(rounds())
def test_points_of_applicable_items_sum_to_the_total(
    case: tuple[Edition, dict[str, Judged]],
) -> None:
    score = score_round(*case)
    applicable = [each.points for each in score.items if each.judged.applies]
    if applicable:
        assert sum(points for points in applicable if points is not None) == 100


@given(rounds(), st.randoms())
def test_order_of_items_does_not_matter(
    case: tuple[Edition, dict[str, Judged]], random: Random
) -> None:
    score = score_round(*case)
    shuffled = list(score.items)
    random.shuffle(shuffled)
    assert tally(shuffled) == tally(score.items)


@given(rounds())
def test_reasons_add_up_to_the_score_on_every_level(
    case: tuple[Edition, dict[str, Judged]],
) -> None:
    score = score_round(*case)
    for each in score.items:
        reasons = explain_item(each, score, ())
        assert all(reason.adds_up for reason in reasons)
        pointed = [reason.points for reason in reasons if reason.points is not None]
        assert (sum(pointed) if pointed else None) == each.score
    tree = explain_score(score, Part.BASIC)
    assert tree.adds_up
    assert tree.points == basic(score).earned


@given(rounds(), st.sampled_from(KEYS))
def test_doing_better_never_scores_less(case: tuple[Edition, dict[str, Judged]], key: str) -> None:
    edition, verdicts = case
    if key not in verdicts or verdicts[key].verdict.rate is None:
        return
    applies = verdicts[key].applies
    worse, better = (
        basic(score_round(edition, verdicts | {key: judged(rate, applies=applies)})).score
        for rate in ("0", "1")
    )
    assert worse is None or better is None or worse <= better


@given(rounds(), RATES)
def test_what_does_not_apply_changes_nothing(
    case: tuple[Edition, dict[str, Judged]], rate: str | None
) -> None:
    edition, verdicts = case
    aside = verdicts | {"a": judged(rate, applies=False)}
    other = verdicts | {"a": judged("1", applies=False)}
    assert basic(score_round(edition, aside)) == basic(score_round(edition, other))


def test_an_indicator_where_nothing_applies_leaves_its_points_to_its_siblings() -> None:
    edition = edition_of(
        {"x": 2, "y": 3, "z": 5}, total=10, indicators={"1.1": ["x"], "1.2": ["y", "z"]}
    )
    score = score_round(
        edition, {"x": judged("1", applies=False), "y": judged("1"), "z": judged("0")}
    )
    assert [each.points for each in score.items] == [None, 4 - Fraction(1, 4), 6 + Fraction(1, 4)]


def test_items_without_points_are_judged_and_not_scored() -> None:
    edition = edition_of({"x": None, "y": None})
    score = score_round(edition, {"x": judged("1"), "y": judged("0")})
    assert [each.score for each in score.items] == [None, None]
    assert basic(score).score is None
    assert [each.state.value for each in score.items] == ["met", "not_met"]


def test_an_edition_without_items_is_refused() -> None:
    with pytest.raises(NothingToScore):
        score_round(edition_of({}, indicators={"1.1": []}), {})


@given(st.lists(st.fractions(0, 50), min_size=1, max_size=12), st.integers(0, 4))
def test_rounded_parts_add_up_to_the_rounded_total(parts: list[Fraction], places: int) -> None:
    shown = share_out(parts, places=places)
    assert sum(shown) == publish(sum(parts, Fraction(0)), places)
    unit = Fraction(1, 10**places)
    assert all(abs(Fraction(one) - part) < unit for one, part in zip(shown, parts, strict=True))


@given(st.lists(st.none() | st.fractions(Fraction(1, 10), 9), max_size=8))
def test_shared_points_sum_to_what_was_shared(weights: list[Fraction | None]) -> None:
    shares = share_points(Fraction(10), weights)
    known = [share for share in shares if share is not None]
    assert not known or sum(known) == 10
    assert [share is None for share in shares] == [weight is None for weight in weights]
