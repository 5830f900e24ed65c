"""Sites: which of them pass for an item, and which numbers were seen there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from wenming.core.framework import Criterion, SiteRule
from wenming.core.framework.checklist import CheckLine, Judgement
from wenming.core.rules import Sites
from wenming.core.terms import Outcome, Severity
from wenming.engine.index import Index, Seen

_JUDGED = (Outcome.CONFORM, Outcome.NOT_CONFORM)


@dataclass(frozen=True, slots=True)
class SiteVisits:
    """The sites of a criterion.

    Attributes:
        passes: by key of the site, for each site where at least one line was judged.
        types: type of each of these sites.
        register: how many sites of these types the city has.
        missing_types: types that the criterion asks for and nobody visited.
        checks, conforming: lines judged, and those that conform.
    """

    passes: Mapping[str, bool]
    types: Mapping[str, str]
    register: int
    missing_types: tuple[str, ...]
    checks: int
    conforming: int

    @property
    def measurement(self) -> Sites:
        """Passing of visited."""
        return Sites(sum(self.passes.values()), len(self.passes), self.missing_types)


def visits_of(index: Index, item: str, criterion: Criterion) -> SiteVisits:
    """Judge every visited site of the criterion's types for an item.

    Args:
        item: key of the item; only lines that feed it count.
    """
    seen = _of_types(index, item, criterion)
    by_site: dict[str, list[Seen]] = defaultdict(list)
    for each in seen:
        if each.outcome in _JUDGED:
            by_site[each.site.key].append(each)
    rule = index.edition.site_rule
    types = {key: found[0].site.site_type for key, found in by_site.items()}
    useful = set(criterion.site_types) & index.types.get(item, frozenset())
    wanted = getattr(criterion.rule, "each_of", ())
    judged = [each for found in by_site.values() for each in found]
    return SiteVisits(
        passes={
            key: site_passes(((each.line, each.outcome) for each in found), rule)
            for key, found in by_site.items()
        },
        types=types,
        register=sum(len(index.register.get(site_type, ())) for site_type in sorted(useful)),
        missing_types=tuple(each for each in wanted if each not in types.values()),
        checks=len(judged),
        conforming=sum(each.outcome is Outcome.CONFORM for each in judged),
    )


def site_passes(judged: Iterable[tuple[CheckLine, Outcome]], rule: SiteRule) -> bool:
    """Whether one site passes: no critical line failed, and enough of the rest conforms.

    Args:
        judged: the lines that conform or not; others count neither way.

    Source:
        docs/methods/scoring.md, section 1, "Sites".
    """
    conforming = total = 0
    for line, outcome in judged:
        weight = rule.weights[line.severity.value]
        total += weight
        if outcome is Outcome.CONFORM:
            conforming += weight
        elif line.severity is Severity.CRITICAL:
            return False
    return Fraction(conforming, total) >= Fraction(rule.pass_share)


def numbers_seen(index: Index, item: str, criterion: Criterion) -> dict[str, Fraction]:
    """The mean count at each site, by key of the site; sites without one are left out.

    Only lines that are counted take part: a share of lamps and a number of stalls have no mean.
    """
    by_site: dict[str, list[Fraction]] = defaultdict(list)
    for each in _of_types(index, item, criterion):
        if each.line.judgement is not Judgement.COUNT or each.outcome not in _JUDGED:
            continue
        if each.observation.value is not None:
            by_site[each.site.key].append(Fraction(each.observation.value))
    return {key: sum(values, Fraction(0)) / len(values) for key, values in by_site.items()}


def aggregate(values: Sequence[Fraction], how: str) -> Fraction | None:
    """Numbers of several sites as one: mean, max or sum; None without any."""
    if not values:
        return None
    if how == "max":
        return max(values)
    total = sum(values, Fraction(0))
    return total if how == "sum" else total / len(values)


def _of_types(index: Index, item: str, criterion: Criterion) -> list[Seen]:
    return [
        each for each in index.seen.get(item, ()) if each.site.site_type in criterion.site_types
    ]
