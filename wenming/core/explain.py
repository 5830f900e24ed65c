"""Why a score is what it is: a tree of reasons whose parts add up.

The points of the reasons on one level add up to the points of the reason above them, and
those of the first level to the score. A reason without points says something that moves
no points. Reasons are codes and facts; `wenming.base.wording` says them in a language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from wenming.core.scoring import ItemScore, RoundScore
from wenming.core.terms import Part, State

Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason (理由).

    Attributes:
        points: what it adds (or, below 0, takes away); None when it moves no points.
        parts: reasons below it; those that have points add up to `points`.
    """

    code: str
    points: Fraction | None = None
    facts: Facts = field(default_factory=dict)
    parts: tuple["Reason", ...] = ()

    @property
    def adds_up(self) -> bool:
        """Whether the parts, on every level, add up to what stands above them."""
        pointed = [part.points for part in self.parts if part.points is not None]
        right = self.points is None or not pointed or sum(pointed, Fraction(0)) == self.points
        return right and all(part.adds_up for part in self.parts)


def explain_item(
    score: ItemScore, round_score: RoundScore, criteria: tuple[Reason, ...]
) -> tuple[Reason, ...]:
    """The reasons of one item; those with points add up to its score.

    Args:
        criteria: one for each criterion, saying what was measured and how it was judged.

    Source:
        docs/methods/scoring.md, section 5.
    """
    if score.state is State.NOT_APPLICABLE:
        return (Reason("not_applicable", facts={"reason": score.judged.reason}),)
    if score.state is State.UNTESTED:
        return (Reason("untested", parts=criteria),)
    if score.points is None or score.score is None:
        return (Reason("judged_without_points", facts=_verdict_facts(score), parts=criteria),)
    return (
        Reason(
            "points_offered",
            score.points,
            parts=_offered(score, round_score.factors.get(score.dimension.part, Fraction(1))),
        ),
        Reason(
            "points_lost" if score.lost else "nothing_lost",
            score.score - score.points,
            _verdict_facts(score),
            criteria,
        ),
    )


def explain_score(round_score: RoundScore, part: Part) -> Reason:
    """The earned points of a part as a tree of dimensions, indicators and items."""
    items = [each for each in round_score.items if each.dimension.part is part]
    tree: dict[str, dict[str, list[Reason]]] = {}
    for each in items:
        below = tree.setdefault(each.dimension.key, {}).setdefault(each.indicator.key, [])
        below.append(Reason("item", each.score, {"key": each.item.key}))
    dimensions = tuple(
        _sum(
            "dimension",
            key,
            tuple(_sum("indicator", name, tuple(below)) for name, below in indicators.items()),
        )
        for key, indicators in tree.items()
    )
    return _sum("part", part.value, dimensions)


def _sum(code: str, key: str, parts: tuple[Reason, ...]) -> Reason:
    total = sum((part.points for part in parts if part.points is not None), Fraction(0))
    return Reason(code, total, {"key": key}, parts)


def _offered(score: ItemScore, factor: Fraction) -> tuple[Reason, ...]:
    stated = score.stated or Fraction(0)
    points = score.points or Fraction(0)
    rescaled, shared = stated * (factor - 1), points - stated * factor
    reasons = [Reason("points_stated", stated, {"mark": score.item.points_mark.value})]
    if rescaled:
        reasons.append(Reason("points_rescaled", rescaled, {"factor": factor}))
    if shared:
        reasons.append(Reason("points_shared", shared))
    return tuple(reasons)


def _verdict_facts(score: ItemScore) -> dict[str, object]:
    verdict = score.judged.verdict
    facts: dict[str, object] = {"state": score.state.value}
    if verdict.grade:
        facts["grade"] = verdict.grade
    if verdict.rate is not None:
        facts["rate"] = verdict.rate
    if verdict.is_veto:
        facts["veto"] = True
    return facts
