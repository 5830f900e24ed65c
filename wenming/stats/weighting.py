"""What unequal weights cost (权数概况): their spread, and how many equal answers they are worth."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt


@dataclass(frozen=True, slots=True)
class WeightReport:
    """The weights of a sample (权数概况).

    Attributes:
        cv: standard deviation (of the n weights themselves) ÷ mean.
        effective: (Σw)² ÷ Σw², that is n ÷ (1 + cv²): what is left of n where weights have
            nothing to do with the answers.
    """

    n: int
    total: float
    smallest: float
    largest: float
    cv: float
    effective: float

    @property
    def spread(self) -> float:
        """By how much unequal weights widen the variance: 1 + cv²."""
        return 1 + self.cv**2


def weight_report(weights: Sequence[float]) -> WeightReport | None:
    """Describe the weights of a sample (权数概况).

    Args:
        weights: at least 0.

    Returns:
        None without a weight above 0.

    Source:
        Kish (1965), section 11.7; docs/methods/interviewers.md, section 4.
    """
    total, squares = fsum(weights), fsum(weight**2 for weight in weights)
    if not total:
        return None
    n = len(weights)
    mean = total / n
    effective = total**2 / squares
    return WeightReport(
        n=n,
        total=total,
        smallest=min(weights),
        largest=max(weights),
        cv=sqrt(fsum((weight - mean) ** 2 for weight in weights) / n) / mean,
        effective=effective,
    )
