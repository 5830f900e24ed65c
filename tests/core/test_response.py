"""Response rates by the Standard Definitions, computed by hand beside the program."""

from fractions import Fraction

from wenming.core.response import Dispositions, added_up, response_rates

STREET = Dispositions(
    complete=120, refused=60, not_reached=15, other=5, unknown=40, not_eligible=50
)
"""The worked example of docs/methods/response.md."""


def test_the_rates_are_those_of_the_worked_example() -> None:
    rates = response_rates(STREET)
    assert rates.eligible_share == Fraction(200, 250)
    assert rates.lowest == Fraction(120, 240)
    assert rates.estimated == Fraction(120, 200 + 32)
    assert rates.cooperation == Fraction(120, 185)
    assert rates.refusal == Fraction(60, 240)


def test_a_partial_interview_is_in_every_whole_and_in_no_part() -> None:
    rates = response_rates(Dispositions(complete=6, partial=2, refused=2))
    assert (rates.lowest, rates.estimated) == (Fraction(6, 10), Fraction(6, 10))
    assert (rates.cooperation, rates.refusal) == (Fraction(6, 10), Fraction(2, 10))


def test_without_contacts_nothing_can_be_said() -> None:
    rates = response_rates(Dispositions())
    assert {rates.lowest, rates.estimated, rates.cooperation, rates.refusal} == {None}
    assert rates.eligible_share is None


def test_a_share_that_nobody_knows_estimates_nothing() -> None:
    rates = response_rates(Dispositions(unknown=8))
    assert (rates.lowest, rates.estimated, rates.eligible_share) == (0, None, None)


def test_where_only_strangers_were_met_nobody_is_guessed_to_be_eligible() -> None:
    rates = response_rates(Dispositions(unknown=8, not_eligible=3))
    assert (rates.eligible_share, rates.estimated) == (0, None)


def test_the_estimate_lies_never_below_the_lowest() -> None:
    for unknown in range(0, 60, 7):
        for strangers in range(0, 60, 11):
            of = Dispositions(complete=9, refused=4, unknown=unknown, not_eligible=strangers)
            rates = response_rates(of)
            assert rates.lowest is not None
            assert rates.estimated is not None
            assert rates.lowest <= rates.estimated <= Fraction(9, 13)


def test_outcomes_are_added_one_by_one() -> None:
    assert added_up([STREET, Dispositions(partial=2, refused=1)]) == Dispositions(
        120, 2, 61, 15, 5, 40, 50
    )
    assert added_up([]) == Dispositions()
