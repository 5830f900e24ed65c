"""What the engine finds for a condition, a criterion, an item and a round."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from wenming.core.evidence import Evidence, GateFact
from wenming.core.explain import Reason
from wenming.core.framework import Checklists, Condition, Criterion, Edition, Gate
from wenming.core.reconcile import Finding
from wenming.core.rules import GradeLimit, Measurement, Verdict
from wenming.core.scoring import ItemScore, RoundScore
from wenming.engine.raking import RakingReport


@dataclass(frozen=True, slots=True)
class Reading:
    """A measured value as it is printed, with its uncertainty.

    Attributes:
        value: in the unit of the criterion, exact or declared at 1e-9; percentages as 50.3.
        n: answers, sites, marks or conditions it rests on; None for a figure without base.
        low, high: interval at 90 %, same unit; None where nothing was sampled.
        kind: how the interval was made; "" without one.
        detail: further facts by name, ready to print.
    """

    value: Fraction | None = None
    n: int | None = None
    low: float | None = None
    high: float | None = None
    kind: str = ""
    se: float | None = None
    deff: float | None = None
    df: int | None = None
    detail: Mapping[str, object] = field(default_factory=dict)


NO_READING = Reading()
"""The reading of what was not measured."""


@dataclass(frozen=True, slots=True)
class Chance:
    """One possible outcome of a criterion or an item, and how probable it is.

    Attributes:
        grade: "" for rules that give a rate.
        rate: share of the points; None where the edition gives no coefficient.
    """

    grade: str
    rate: Fraction | None
    is_met: bool
    probability: float


@dataclass(frozen=True, slots=True)
class Chances:
    """Outcomes under the two questions of docs/methods/uncertainty.md.

    Attributes:
        true: is the city really there?
        repeat: what would an independent official test give?
    """

    true: tuple[Chance, ...]
    repeat: tuple[Chance, ...]


@dataclass(frozen=True, slots=True)
class ConditionReading:
    """One condition: met, not met or not looked at (None), with what says so.

    Attributes:
        p_true, p_repeat: probability that it is met; None where nothing was sampled.
    """

    condition: Condition
    state: bool | None
    reading: Reading
    p_true: float | None = None
    p_repeat: float | None = None


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One criterion measured and judged.

    Attributes:
        limits: the limits in force for the city's tier, best grade first.
        chances: None where nothing was sampled or nothing can be said.
        questions: columns of the answer table that feed it.
    """

    criterion: Criterion
    measurement: Measurement | None
    verdict: Verdict
    reading: Reading
    limits: tuple[GradeLimit, ...] = ()
    conditions: tuple[ConditionReading, ...] = ()
    chances: Chances | None = None
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One item scored, explained and given its probabilities."""

    score: ItemScore
    criteria: tuple[CriterionResult, ...]
    reasons: tuple[Reason, ...]
    chances: Chances | None

    @property
    def deciding(self) -> CriterionResult:
        """The criterion that decides the item: the worst that was tested, else the first."""
        tested = [each for each in self.criteria if each.verdict.is_tested]
        if not tested:
            return self.criteria[0]
        return min(tested, key=lambda each: each.verdict.merit)


@dataclass(frozen=True, slots=True)
class TotalInterval:
    """5 %–95 % of the score of the basic part, made in two ways (docs/methods/uncertainty.md).

    Attributes:
        chosen: "convolution" or "bootstrap", the wider of the two.
        repeat: what an independent official test would give, by convolution.
    """

    chosen: str
    convolution: tuple[float, float]
    bootstrap: tuple[float, float]
    repeat: tuple[float, float]
    replicates: int

    @property
    def low(self) -> float:
        """Lower end of the chosen interval, in points."""
        return (self.bootstrap if self.chosen == "bootstrap" else self.convolution)[0]

    @property
    def high(self) -> float:
        """Upper end of the chosen interval, in points."""
        return (self.bootstrap if self.chosen == "bootstrap" else self.convolution)[1]


@dataclass(frozen=True, slots=True)
class Assessment:
    """The assessment of one round (测评结果)."""

    edition: Edition
    evidence: Evidence
    checklists: Checklists
    score: RoundScore
    items: tuple[ItemResult, ...]
    gates: tuple[tuple[Gate, GateFact | None], ...]
    findings: tuple[Finding, ...]
    interval: TotalInterval | None
    raking: RakingReport | None = None
