"""Parts of the page of a unit: what is in place and was before, what other rooms say of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.module_loading import import_string

from wenming.base.models import AuditEntry, Provision, ProvisionKind, Unit, User
from wenming.base.relating import Related, RelatedFinder


@dataclass(frozen=True, slots=True)
class SaidInPlace:
    """One of the three that must be in place, with what was said of it before.

    Attributes:
        said: None as long as nobody has said anything.
        earlier: entries of the audit before the last one, the latest first.
    """

    kind: ProvisionKind
    said: Provision | None
    earlier: Sequence[AuditEntry] = field(default_factory=list)


def in_place(unit: Unit, changes: Iterable[AuditEntry]) -> Iterator[SaidInPlace]:
    """Body, people and funds of a unit (三落实), each with its history.

    Args:
        changes: what was done with the unit, the latest first.
    """
    known = {each.kind: each for each in unit.provisions.all()}
    said = [each for each in changes if each.action == "provision.set"]
    for kind in ProvisionKind:
        entries = [each for each in said if each.detail.get("kind") == kind]
        yield SaidInPlace(kind, known.get(kind), entries)


def related_of(user: User, unit: Unit) -> list[Related]:
    """What the rooms that stand above say of a unit; `wenming.config.desk` lists them."""
    finders: Sequence[RelatedFinder] = import_string(settings.DESK_RELATED_TO_UNIT)
    return [found for finder in finders for found in finder(user, unit)]
