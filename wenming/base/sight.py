"""How a row is found by those who may see it: the way from the row to its unit, group or person."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Manager, Q

from wenming.core.permissions import Capability, Scope

NOTHING = Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Grant:
    """A capability that a person holds in one city, and how far it reaches.

    Attributes:
        units: the unit of the post and all below it, when it reaches over a unit or its area.
        group: key of the working group, when it reaches over a group.
        person: identity of the person, for what is the person's own.
    """

    city: UUID
    scope: Scope
    person: UUID
    units: tuple[UUID, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """Who may see the rows of a model.

    A way that is blank leads nowhere: a grant of that scope then shows no row at all.

    Attributes:
        by: the capability that viewing needs.
        unit: way to the unit of a row, such as `site__unit`.
        units: name of an array column with the units that a row concerns.
        area: way to the county, street or community in which a row lies, whoever answers for it.
        group: way to the key of the working group of a row.
        person: way to the person whose row it is.
        team: way, through rows of another table, to the persons whose row it is.
    """

    by: Capability
    unit: str = ""
    units: str = ""
    area: str = ""
    group: str = ""
    person: str = ""
    team: str = ""

    def condition(self, grants: Iterable[Grant], rows: Manager[Any]) -> Q:
        """The rows that these grants reach; without a grant, none.

        Args:
            rows: all rows of the model.
        """
        reached = [self._reach(grant, rows) for grant in grants]
        found = NOTHING
        for condition in reached:
            found |= condition
        return found

    def _reach(self, grant: Grant, rows: Manager[Any]) -> Q:
        ways = {
            Scope.CITY: Q(),
            Scope.UNIT: self._of_units(grant),
            Scope.AREA: self._of_units(grant) | self._in_area(grant),
            Scope.GROUP: Q(**{self.group: grant.group}) if self.group else NOTHING,
            Scope.OWN: self._of_person(grant, rows),
        }
        return Q(city=grant.city) & ways[grant.scope]

    def _of_person(self, grant: Grant, rows: Manager[Any]) -> Q:
        found = NOTHING
        if self.person:
            found |= Q(**{self.person: grant.person})
        if self.team:  # asked apart, or a row with two persons would be found twice
            found |= Q(pk__in=rows.filter(**{self.team: grant.person}).values("pk"))
        return found

    def _in_area(self, grant: Grant) -> Q:
        return Q(**{f"{self.area}__in": grant.units}) if self.area else NOTHING

    def _of_units(self, grant: Grant) -> Q:
        found = NOTHING
        if self.unit:
            found |= Q(**{f"{self.unit}__in": grant.units})
        if self.units:
            found |= Q(**{f"{self.units}__overlap": list(grant.units)})
        return found
