"""What was measured, before any rule is applied to it (测量)."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class ConditionsMet:
    """Which conditions are met, counted from 1.

    Attributes:
        states: True for met, False for not met, None for not looked at yet.
    """

    states: tuple[bool | None, ...]

    @property
    def met(self) -> frozenset[int]:
        """Numbers of the conditions known to be met."""
        return frozenset(n for n, state in enumerate(self.states, start=1) if state is True)

    @property
    def unknown(self) -> frozenset[int]:
        """Numbers of the conditions that nobody has looked at."""
        return frozenset(n for n, state in enumerate(self.states, start=1) if state is None)


@dataclass(frozen=True, slots=True)
class Number:
    """A figure in the unit of its criterion; a share of counts stays an exact fraction.

    Attributes:
        value: exact; a weighted estimate arrives rounded to 1e-9.
        base: how many answers or observations it rests on; None for a figure without base.
    """

    value: Fraction
    base: int | None = None


@dataclass(frozen=True, slots=True)
class Sites:
    """Sites that pass among the sites that were visited.

    Attributes:
        passing: sites that pass.
        visited: sites with at least one line of the checklist observed.
        missing_types: site types that had to be visited and were not.
    """

    passing: int
    visited: int
    missing_types: tuple[str, ...] = ()

    @property
    def percent(self) -> Fraction | None:
        """Passing of visited in percent, exact; None when no site was visited."""
        return Fraction(100 * self.passing, self.visited) if self.visited else None


@dataclass(frozen=True, slots=True)
class Rating:
    """Assessors' marks, each given independently."""

    marks: tuple[Decimal, ...]

    def mean(self, *, trimmed: bool = False) -> Fraction | None:
        """The mean mark, or None without marks.

        Args:
            trimmed: drop one highest and one lowest where there are at least three.
        """
        marks = sorted(self.marks)
        if trimmed and len(marks) >= 3:
            marks = marks[1:-1]
        return Fraction(sum(marks)) / len(marks) if marks else None


@dataclass(frozen=True, slots=True)
class Documents:
    """Documents accepted of those required.

    Attributes:
        accepted: requirements with an accepted document.
        rejected: requirements whose documents were all rejected.
        required: how many requirements there are, at least 1.
    """

    accepted: int
    rejected: int
    required: int


Measurement = ConditionsMet | Number | Sites | Rating | Documents
