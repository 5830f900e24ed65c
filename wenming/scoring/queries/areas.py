"""What was seen in each county and street of a round, and which items have a failing site there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from wenming.core.framework import CheckLine
from wenming.core.terms import Outcome
from wenming.engine.sites import site_passes
from wenming.framework.queries import checklists_of, edition_of
from wenming.inspection.models import Observation
from wenming.rounds.models import Site
from wenming.scoring.models import Run

JUDGED = (Outcome.CONFORM, Outcome.NOT_CONFORM)
Judged = tuple[CheckLine, Outcome]


@dataclass(slots=True)
class AreaSeen:
    """What was seen in one county or street (区域所见).

    Attributes:
        county, street: as the register of the round names them; "" where it names none.
        register: sites that lie there.
        visited: those of them where at least one line was judged.
        checks, passing_checks: lines judged, and those that conform.
        failing: keys of the items for which at least one site there does not pass.
    """

    county: str
    street: str
    register: int = 0
    visited: int = 0
    checks: int = 0
    passing_checks: int = 0
    failing: set[str] = field(default_factory=set)


def seen_by_area(run: Run, *, by_street: bool) -> Sequence[AreaSeen]:
    """What a round saw in each street or county (按镇街、按县区), in the order of its register.

    A site passes for an item or not as the run counted it; sites without a street are one row.
    """
    columns = ("pk", "site_type", "county", "street")
    rows = Site.objects.filter(round=run.round_id).order_by("position").values_list(*columns)
    judged = _judged(run)
    types = {key: set(wanted) for key, wanted in run.items.values_list("key", "site_types")}
    rule = edition_of(run.round.edition).site_rule
    found: dict[tuple[str, str], AreaSeen] = {}
    for pk, site_type, county, street in rows:
        place = _place(county, street) if by_street else (county, "")
        area = found.setdefault(place, AreaSeen(*place))
        area.register += 1
        seen = judged.get(pk, ())
        if not seen:
            continue
        area.visited += 1
        area.checks += len(seen)
        area.passing_checks += sum(outcome is Outcome.CONFORM for _line, outcome in seen)
        for item, of_item in _by_item(seen).items():
            if site_type in types.get(item, ()) and not site_passes(of_item, rule):
                area.failing.add(item)
    return list(found.values())


def _place(county: str, street: str) -> tuple[str, str]:
    return (county, street) if street else ("", "")


def _judged(run: Run) -> Mapping[UUID, Sequence[Judged]]:
    """The lines that conform or not, by the identity of their site."""
    lines = {
        key: line for key, (_, line) in checklists_of(run.round.checklist_set).by_key().items()
    }
    rows = Observation.objects.filter(round=run.round_id, outcome__in=JUDGED)
    judged: dict[UUID, list[Judged]] = defaultdict(list)
    for site, line, outcome in rows.order_by("position").values_list("site_id", "line", "outcome"):
        judged[site].append((lines[line], Outcome(outcome)))
    return judged


def _by_item(seen: Sequence[Judged]) -> Mapping[str, Sequence[Judged]]:
    by_item: dict[str, list[Judged]] = defaultdict(list)
    for line, outcome in seen:
        by_item[line.item].append((line, outcome))
    return by_item
