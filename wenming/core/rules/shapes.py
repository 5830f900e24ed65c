"""The shapes that rules of the framework have in practice (product row A2)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from wenming.core.rules.limits import ConditionTest, GradeLimit


class Shape(StrEnum):
    """The name of a rule shape in an edition file."""

    CONDITIONS = "conditions"  # k of n conditions, or a named subset
    NUMBER = "number"  # a number against limits
    SITES = "sites"  # site ladder, trial calls, pairs of sites
    RATIO = "ratio"  # ratio × points
    DEDUCTION = "deduction"  # deduction per shortfall
    ALL_OR_NOTHING = "all_or_nothing"
    VETO = "veto"  # 一票否决
    RATING = "rating"  # assessor rating
    DOCUMENTS = "documents"  # documents accepted of required


@dataclass(frozen=True, slots=True)
class ConditionsRule:
    """Grades by the number of conditions met, or by a named subset of them.

    Attributes:
        size: how many conditions there are.
        tests: best grade first.
    """

    size: int
    tests: tuple[ConditionTest, ...]


@dataclass(frozen=True, slots=True)
class NumberRule:
    """Grades by a number against limits, best grade first."""

    limits: tuple[GradeLimit, ...]


@dataclass(frozen=True, slots=True)
class SitesRule:
    """Grades by the share of visited sites that pass (5 of 5 → A, 4 of 5 → B).

    Trial calls and pairs of sites are the same rule: each call or site is visited once.

    Attributes:
        limits: on the passing share in percent, best grade first.
        each_of: site types of which at least one site must be visited.
    """

    limits: tuple[GradeLimit, ...]
    each_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RatioRule:
    """Points in proportion to a number, full at `full` (items broadcast ÷ 4)."""

    full: Decimal


@dataclass(frozen=True, slots=True)
class DeductionRule:
    """Points less a fixed deduction for each shortfall, never below 0.

    Attributes:
        each: deduction for one shortfall, in points of the item as the edition states them.
        points: what the edition gives the item, in points.
    """

    each: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True)
class AllOrNothingRule:
    """Full points when every condition is met, none otherwise."""

    size: int


@dataclass(frozen=True, slots=True)
class VetoRule:
    """Nothing when the number of occurrences is above 0, full points otherwise."""


@dataclass(frozen=True, slots=True)
class RatingRule:
    """The mean of assessors' marks: by grade limits where there are any, else in proportion.

    Attributes:
        top: the highest mark possible, above 0.
        limits: on the mean mark, best grade first; empty for points in proportion.
        trimmed: drop one highest and one lowest mark.
    """

    top: Decimal
    limits: tuple[GradeLimit, ...] = ()
    trimmed: bool = False


@dataclass(frozen=True, slots=True)
class DocumentsRule:
    """Grades by the share of required documents accepted, in percent, best grade first."""

    limits: tuple[GradeLimit, ...]


Rule = (
    ConditionsRule
    | NumberRule
    | SitesRule
    | RatioRule
    | DeductionRule
    | AllOrNothingRule
    | VetoRule
    | RatingRule
    | DocumentsRule
)
