"""How many of those who should be asked did answer (应答率): how contacts ended, and rates."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Dispositions:
    """How contacts of a survey ended (接触结果).

    Attributes:
        complete: I, interviews that were finished and may count.
        partial: P, interviews that broke off.
        refused: R, eligible, and they or somebody for them said no.
        not_reached: NC, eligible, but not met or not spoken to.
        other: O, eligible, but without a usable interview for another reason.
        unknown: UH + UO, nobody knows whether there is anybody to be asked.
        not_eligible: not of those whom the survey is about; in no rate, but tells of `unknown`.
    """

    complete: int = 0
    partial: int = 0
    refused: int = 0
    not_reached: int = 0
    other: int = 0
    unknown: int = 0
    not_eligible: int = 0

    @property
    def interviewed(self) -> int:
        """I + P: with whom an interview was begun at least."""
        return self.complete + self.partial

    @property
    def eligible(self) -> int:
        """(I+P) + (R+NC+O): who is known to be one of those to be asked."""
        return self.interviewed + self.refused + self.not_reached + self.other


@dataclass(frozen=True, slots=True)
class ResponseRates:
    """The rates of a survey (应答率); None where nothing can be said.

    Attributes:
        lowest: response rate 1, in which everybody of unknown eligibility counts as eligible.
        estimated: response rate 3, in which only a share `eligible_share` of them does.
        cooperation: cooperation rate 1, among those who were met.
        refusal: refusal rate 1.
        eligible_share: e, the share of the eligible among all whose eligibility is known.
    """

    lowest: Fraction | None
    estimated: Fraction | None
    cooperation: Fraction | None
    refusal: Fraction | None
    eligible_share: Fraction | None


def added_up(each: Iterable[Dispositions]) -> Dispositions:
    """The sum of several (接触结果合计), outcome by outcome."""
    parts = list(each)
    names = [field.name for field in fields(Dispositions)]
    return Dispositions(**{name: sum(getattr(part, name) for part in parts) for name in names})


def response_rates(of: Dispositions) -> ResponseRates:
    """Response, cooperation and refusal rates (应答率、合作率与拒访率), exactly.

        RR1 = I / ((I+P) + (R+NC+O) + (UH+UO))
        RR3 = I / ((I+P) + (R+NC+O) + e (UH+UO))
        e = eligible / (eligible + not eligible)
        COOP1 = I / ((I+P) + R + O)
        REF1 = R / ((I+P) + (R+NC+O) + (UH+UO))

    Where nobody is of unknown eligibility, RR3 is RR1, whether or not e can be told.

    Source:
        The American Association for Public Opinion Research, Standard Definitions: Final
        Dispositions of Case Codes and Outcome Rates for Surveys, 10th edition, 2023; e by
        proportional allocation. docs/methods/response.md.
    """
    everybody = of.eligible + of.unknown
    share = _share(of.eligible, of.eligible + of.not_eligible)
    estimated = None
    if share is not None or not of.unknown:
        estimated = _share(of.complete, of.eligible + (share or 0) * of.unknown)
    return ResponseRates(
        lowest=_share(of.complete, everybody),
        estimated=estimated,
        cooperation=_share(of.complete, of.interviewed + of.refused + of.other),
        refusal=_share(of.refused, everybody),
        eligible_share=share,
    )


def _share(part: int, whole: int | Fraction) -> Fraction | None:
    return Fraction(part) / whole if whole else None
