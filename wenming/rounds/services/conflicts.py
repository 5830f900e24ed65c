"""Refuses that somebody looks at their own unit."""

from wenming.base.models import Unit, User
from wenming.core.errors import DomainError
from wenming.rounds.queries.conflicts import conflict_of


class ConflictOfInterest(DomainError):
    """The person belongs to the unit that is looked at."""

    code = "conflict_of_interest"


def refuse_conflict(person: User, unit: Unit | None) -> None:
    """Refuse that a person inspects, interviews for or reviews their own unit (回避).

    Raises:
        ConflictOfInterest: see `conflict_of`.
    """
    if unit is not None and conflict_of(person, unit):
        raise ConflictOfInterest(person=person.name, unit=unit.name)
