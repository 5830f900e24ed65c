"""What would be planned from what a sealed draw released, and what would not, and why."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from wenming.base.models import Unit, User
from wenming.core.errors import DomainError
from wenming.framework.queries import checklists_of
from wenming.inspection.models import SiteVisit
from wenming.inspection.queries.routes import walked
from wenming.inspection.services.planning import VisitNoChecklist, last_places, refuse_pairs
from wenming.rounds.models import Collection, DrawPick, DrawRelease
from wenming.rounds.queries.conflicts import in_conflict
from wenming.rounds.services.conflicts import ConflictOfInterest


class DrawnNoSite(DomainError):
    """What was drawn is no site of the register."""

    code = "visit_drawn_no_site"


class DrawnRetired(DomainError):
    """The site was taken out of the register."""

    code = "visit_drawn_retired"


class DrawnPlanned(DomainError):
    """A visit of the site is there already."""

    code = "visit_drawn_planned"


class DrawnDropped(DomainError):
    """The site dropped out of the draw while its visit was planned."""

    code = "visit_drawn_dropped"


@dataclass(frozen=True, slots=True)
class RefusedPick:
    """A drawn unit that is not planned, and why (未列入安排)."""

    pick: DrawPick
    reason: DomainError


@dataclass(frozen=True, slots=True)
class DrawnRoute:
    """What was released for a route of a day, and who goes there (下发路线安排).

    Attributes:
        pair: who goes; empty while nobody was chosen, and then nothing of it is planned.
        first: place of the first stop on the route.
        stops: in the order in which they are walked.
    """

    release: DrawRelease
    pair: Sequence[User]
    first: int
    stops: Sequence[DrawPick]
    refused: Sequence[RefusedPick]


@dataclass(frozen=True, slots=True)
class DrawnPlan:
    """Everything that a person can plan from a draw (按抽样安排考察), by day and route."""

    routes: Sequence[DrawnRoute]

    @property
    def count(self) -> int:
        """How many visits it makes."""
        return sum(len(route.stops) for route in self.routes if route.pair)

    @property
    def digest(self) -> str:
        """What a person confirms: who goes where when, in which order; nothing else."""
        said = [
            (
                str(route.release.pk),
                route.release.day.isoformat(),
                route.release.route,
                sorted(str(person.pk) for person in route.pair),
                route.first,
                [str(pick.pk) for pick in route.stops],
            )
            for route in self.routes
            if route.pair
        ]
        return hashlib.sha256(repr(said).encode()).hexdigest()


Pairs = Mapping[UUID, Sequence[User]]
"""Who goes, by the identity of a release; a release without people is not planned."""


@dataclass(frozen=True, slots=True)
class ReleasedSites:
    """What of a draw was released to a person, and the round for which it is (下发点位).

    Attributes:
        reasons: why one cannot be planned, whoever would go; None for one that can. One that
            dropped out before anybody was to go there has none.
    """

    collection: Collection
    picks: Sequence[DrawPick]
    reasons: Mapping[UUID, DomainError | None]
    by: User

    @property
    def open_releases(self) -> list[DrawRelease]:
        """The releases that have something to plan, by day and route."""
        picks = [p for p in _by_release(self.picks) if self.reasons.get(p.pk, p) is None]
        return list({_release(pick).pk: _release(pick) for pick in picks}.values())


def drawn_plan(released: ReleasedSites, pairs: Pairs) -> DrawnPlan:
    """What would be planned (考察安排预览), and what would not, and why; nothing is planned.

    Raises:
        PairNeeded, InspectorNotAssigned: see `refuse_pairs`.
    """
    if not released.picks:
        return DrawnPlan([])
    going = {release: tuple(pair) for release, pair in pairs.items() if pair}
    refuse_pairs(released.collection, going.values())
    units = {p.site.unit_id: p.site.unit for p in released.picks if p.site and p.site.unit}
    people = {person.pk: person for pair in going.values() for person in pair}
    conflicts = in_conflict(people.values(), units.values()) if people else set()
    places = last_places(released.collection, by=released.by)
    routes = []
    for release, group in groupby(_by_release(released.picks), key=_release):
        pair, key = going.get(release.pk, ()), (release.day, release.route)
        stops, refused = _parted(list(group), pair, released.reasons, conflicts)
        routes.append(DrawnRoute(release, pair, places[key] + 1, stops, refused))
        places[key] += len(stops) if pair else 0
    return DrawnPlan(routes)


def _release(pick: DrawPick) -> DrawRelease:
    assert pick.release is not None  # noqa: S101  # nosec B101 only released ones are looked at
    return pick.release


def _by_release(picks: Iterable[DrawPick]) -> list[DrawPick]:
    """By day, route and release, each in the order of the list."""

    def place(pick: DrawPick) -> tuple[date, str, object, UUID, int]:
        release = _release(pick)
        return release.day, release.route, release.released_at, release.pk, pick.position

    return sorted(picks, key=place)


def reasons_of(collection: Collection, picks: Sequence[DrawPick]) -> dict[UUID, DomainError | None]:
    """Why each cannot be planned, whoever would go (未列入原因); see `ReleasedSites`."""
    of_round = SiteVisit.objects.filter(collection=collection)
    drawn = dict(of_round.filter(pick__in=picks).values_list("pick", "planned_on"))
    sites = [pick.site_id for pick in picks if pick.site_id]
    by_hand = of_round.filter(pick=None, site__in=sites).order_by("-planned_on")
    planned = dict(by_hand.values_list("site", "planned_on"))
    lists = checklists_of(collection.checklist_set).by_type
    usable = {key for key, each in lists.items() if each.lines}
    found: dict[UUID, DomainError | None] = {}
    for pick in picks:
        day = drawn.get(pick.pk) or (planned.get(pick.site_id) if pick.site_id else None)
        if pick.is_dropped:
            if pick.pk in drawn:
                found[pick.pk] = DrawnDropped(site=pick.name)
        elif day is not None:
            found[pick.pk] = DrawnPlanned(site=pick.name, day=day)
        else:
            found[pick.pk] = _unfit(pick, usable)
    return found


def _unfit(pick: DrawPick, usable: set[str]) -> DomainError | None:
    site = pick.site
    if site is None:
        return DrawnNoSite(unit=pick.name)
    if site.retired_on is not None:
        return DrawnRetired(site=site.name)
    if site.site_type not in usable:
        return VisitNoChecklist(site=site.name, site_type=site.site_type)
    return None


def _parted(
    picks: Sequence[DrawPick],
    pair: Sequence[User],
    reasons: Mapping[UUID, DomainError | None],
    conflicts: Set[tuple[UUID, UUID]],
) -> tuple[list[DrawPick], list[RefusedPick]]:
    """The stops of a route as they are walked, and what is not planned."""
    fitting, refused = [], []
    for pick in picks:
        if pick.pk not in reasons:
            continue
        reason = reasons[pick.pk] or _conflict(pick, pair, conflicts)
        if reason is None:
            fitting.append(pick)
        else:
            refused.append(RefusedPick(pick, reason))
    by_site = {pick.site_id: pick for pick in fitting}
    way = walked([pick.site for pick in fitting if pick.site])
    return [by_site[site.pk] for site in way], refused


def _conflict(
    pick: DrawPick, pair: Sequence[User], conflicts: Set[tuple[UUID, UUID]]
) -> DomainError | None:
    unit: Unit | None = pick.site.unit if pick.site else None
    for person in pair:
        if unit is not None and (person.pk, unit.pk) in conflicts:
            return ConflictOfInterest(person=person.name, unit=unit.name)
    return None
