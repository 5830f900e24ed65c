"""What the office knows of a round beside its evidence: gates, and items that do not apply."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from wenming.base.models import User
from wenming.base.services.audit import record
from wenming.core.errors import DomainError
from wenming.framework.queries import edition_of
from wenming.rounds.models import Collection
from wenming.rounds.services.collections import changeable


class FactUnknown(DomainError):
    """The edition of the round has no gate or item of this key."""

    code = "collection_fact_unknown"


class FactWithoutReason(DomainError):
    """Nothing says where a fact comes from."""

    code = "collection_fact_bare"


@dataclass(frozen=True, slots=True)
class GateSaid:
    """What is known of a gate (门槛情况).

    Attributes:
        holds: None where it is not known.
        reason: the paper or the office that says so; needed unless it is not known.
    """

    gate: str
    holds: bool | None
    reason: str = ""


@transaction.atomic
def set_facts(
    collection: Collection, gates: Sequence[GateSaid], aside: Mapping[str, str], *, by: User
) -> Collection:
    """Say what is known of the gates, and which items do not apply (门槛情况与不适用项目).

    What was known before is replaced; the audit keeps what was said, and who said it.

    Args:
        aside: reasons by the key of an item that does not apply to the city.

    Raises:
        FactUnknown: the edition has no such gate or item.
        FactWithoutReason: a gate holds or does not, or an item does not apply, without a reason.
        CollectionClosed: the round was closed.
        PermissionDenied: `by` may not lead rounds of the city.
    """
    fresh = changeable(collection, by)
    edition = edition_of(fresh.edition)
    known = {each.key for each in edition.gates}
    items = {item.key for _dimension, _indicator, item in edition.items()}
    said = [each for each in gates if each.holds is not None or each.reason.strip()]
    for key, in_edition in [(each.gate, known) for each in said] + [(key, items) for key in aside]:
        if key not in in_edition:
            raise FactUnknown(key=key)
    decided = [(each.gate, each.reason) for each in said if each.holds is not None]
    for key, reason in [*decided, *aside.items()]:
        if not reason.strip():
            raise FactWithoutReason(key=key)
    fresh.gates = [
        {"gate": each.gate, "holds": each.holds, "reason": each.reason.strip()} for each in said
    ]
    fresh.not_applicable = [
        {"item": key, "reason": reason.strip()} for key, reason in sorted(aside.items())
    ]
    fresh.save(update_fields=["gates", "not_applicable"])
    detail = {"gates": fresh.gates, "not_applicable": fresh.not_applicable}
    record("collection.facts", by=by, city=fresh.city, subject=fresh, detail=detail)
    return fresh
