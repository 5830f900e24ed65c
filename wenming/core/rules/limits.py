"""Limits and grades: the comparison operator is data, and every comparison is exact."""

import operator
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from wenming.core.terms import Mark, Op

_COMPARE: Mapping[Op, Callable[[Fraction, Fraction], bool]] = {
    Op.ABOVE: operator.gt,
    Op.AT_LEAST: operator.ge,
    Op.BELOW: operator.lt,
    Op.AT_MOST: operator.le,
}


def holds(op: Op, value: Fraction, limit: Fraction) -> bool:
    """Whether `value` op `limit`, exactly: 80 of 100 meets ≥ 80 %."""
    return _COMPARE[op](value, limit)


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit (标准值) with its operator and where it comes from.

    Attributes:
        op: how a value is compared with the limit.
        value: in the unit of the criterion; percentages as 80, not 0.8.
        mark: public, typical or invented; invented limits are shown as such.
    """

    op: Op
    value: Decimal
    mark: Mark = Mark.INVENTED

    def holds(self, value: Fraction) -> bool:
        """Whether `value` is on the right side of this limit."""
        return holds(self.op, value, Fraction(self.value))

    def gap(self, value: Fraction) -> Fraction:
        """Value minus limit, in the unit of the limit; the sign says which side."""
        return value - Fraction(self.value)


@dataclass(frozen=True, slots=True)
class GradeLimit:
    """The limit that earns a grade."""

    grade: str
    limit: Limit


@dataclass(frozen=True, slots=True)
class ConditionTest:
    """What the conditions must show for a grade: at least so many, or a named subset.

    Attributes:
        grade: the grade that is earned.
        at_least: how many conditions must be met; 0 when `all_of` decides.
        all_of: numbers of the conditions that must be met, counted from 1.
    """

    grade: str
    at_least: int = 0
    all_of: frozenset[int] = frozenset()
    mark: Mark = Mark.INVENTED

    def holds(self, met: Collection[int]) -> bool:
        """Whether the conditions numbered `met` earn the grade."""
        return len(met) >= self.at_least and self.all_of <= set(met)


@dataclass(frozen=True, slots=True)
class Grade:
    """One step of an edition's scale.

    Attributes:
        key: its letter.
        coefficient: share of the points that it earns, 0 to 1; None where the
            source gives no value, so that no points can be counted.
        mark: where the coefficient comes from.
    """

    key: str
    coefficient: Decimal | None
    mark: Mark = Mark.INVENTED


@dataclass(frozen=True, slots=True)
class Scale:
    """The grades of an edition, best first, and the one that counts as meeting the standard.

    Attributes:
        grades: best first.
        met: the lowest grade that counts as 达标.
        fallback: the grade of everything that reaches no limit; "" where the
            source names none, and then such an item has no grade.
    """

    grades: tuple[Grade, ...]
    met: str
    fallback: str

    def position(self, grade: str) -> int:
        """0 for the best grade; one past the last for no grade at all."""
        for index, each in enumerate(self.grades):
            if each.key == grade:
                return index
        return len(self.grades)

    def rate(self, grade: str) -> Fraction | None:
        """The share of the points that `grade` earns, or None where it is not known."""
        for each in self.grades:
            if each.key == grade:
                return None if each.coefficient is None else Fraction(each.coefficient)
        return None

    def is_met(self, grade: str) -> bool:
        """Whether `grade` counts as meeting the standard."""
        return self.position(grade) <= self.position(self.met)


def shift_limits(limits: Sequence[GradeLimit]) -> tuple[GradeLimit, ...]:
    """Limits of a starred item in a tier for which they are shifted.

    Each grade takes the limit of the next lower grade; the lowest grade that has a limit
    keeps it, and so can no longer be the outcome.

    Source:
        docs/methods/scoring.md, section 1, "Starred items".
    """
    lower = [each.limit for each in limits[1:]] + [each.limit for each in limits[-1:]]
    return tuple(GradeLimit(each.grade, limit) for each, limit in zip(limits, lower, strict=True))
