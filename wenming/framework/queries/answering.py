"""Who answers for the items of an edition, as far as a person may see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from wenming.base.models import User
from wenming.core.terms import Role
from wenming.framework.models import Edition, Responsibility
from wenming.framework.queries.plans import plan_in_force

ORDER = (Role.LEAD, Role.RESPONSIBLE, Role.SUPPORTING)


@dataclass(slots=True)
class Answering:
    """Who answers for one item (责任情况).

    Attributes:
        units: names of units by role, for the item as a whole.
        conditions: number of the condition, name of the unit and role, for single conditions.
        due: the earliest; None for none.
        target: the grade aimed at; "" for none.
    """

    units: dict[str, list[str]] = field(default_factory=dict)
    conditions: list[tuple[int, str, str]] = field(default_factory=list)
    due: date | None = None
    target: str = ""

    @property
    def leads(self) -> Sequence[str]:
        """The units in the lead."""
        return self.units.get(Role.LEAD, [])

    @property
    def by_role(self) -> list[tuple[str, Sequence[str]]]:
        """Roles with their units, the lead first."""
        return [(role.value, self.units[role]) for role in ORDER if role in self.units]


def answering_for(edition: Edition, *, by: User, item: str = "") -> Mapping[str, Answering]:
    """Who answers for the items of an edition (责任情况) by the plan in force, by key.

    Args:
        by: who asks; only what they may see is told.
        item: key of the one item that is wanted; "" for all.
    """
    plan = plan_in_force(edition)
    if plan is None:
        return {}
    seen = Responsibility.objects.visible_to(by).for_city(edition.city).filter(plan=plan)
    rows = seen.filter(item=item) if item else seen
    found: dict[str, Answering] = {}
    for row in rows.select_related("unit").order_by("unit__pinyin"):
        told = found.setdefault(row.item, Answering())
        if row.condition:
            told.conditions.append((row.condition, row.unit.name, row.role))
            continue
        told.units.setdefault(row.role, []).append(row.unit.name)
        told.target = told.target or row.target
        if row.due is not None:
            told.due = min(row.due, told.due or row.due)
    return found
