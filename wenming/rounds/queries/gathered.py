"""What a round itself gives to its evidence: the plan, the register, who answers for what."""

from collections.abc import Mapping, Sequence

from django.db.models import Q

from wenming.base.models import Group
from wenming.framework.queries import responsibilities_of
from wenming.rounds.models import Collection, RegisteredSite

Gathered = Mapping[str, Sequence[Mapping[str, str]]]
"""Plain rows by table, with the columns of docs/reference/round-format.md."""


def round_rows(collection: Collection) -> Gathered:
    """The rows that a round gives by itself (轮次自身数据), each table in a fixed order.

    The register is taken as it stands for the round: every site in use on its first day.
    """
    rows: dict[str, Sequence[Mapping[str, str]]] = {
        "round": [_plan(collection)],
        "groups": [_group(each) for each in Group.objects.for_city(collection.city)],
        "not_applicable": list(collection.not_applicable),
        "gates": [_gate(each) for each in collection.gates],
        "sites": [site_row(each, each.site_type) for each in register_of(collection)],
    }
    answering = responsibilities_of(collection.responsibility_plan)
    if answering is not None:
        rows["responsibility"] = [
            {
                "item": each.item,
                "unit": each.unit,
                "role": each.role.value,
                "group": each.group,
                "due": each.due.isoformat() if each.due else "",
                "target": each.target,
            }
            for each in answering
        ]
    return rows


def register_of(collection: Collection) -> Sequence[RegisteredSite]:
    """The sites that a round may look at (轮次点位范围), by number."""
    in_use = Q(retired_on__isnull=True) | Q(retired_on__gt=collection.period_from)
    found = RegisteredSite.objects.for_city(collection.city).filter(in_use)
    return list(found.order_by("key"))


def _plan(collection: Collection) -> Mapping[str, str]:
    days = ("period_from", "period_to", "assessed_on")
    return {
        "key": collection.key,
        "title_zh": collection.title_zh,
        "title_en": collection.title_en,
        "city_zh": collection.city.name_zh,
        "city_en": collection.city.name_en,
        **{name: str(getattr(collection, name) or "") for name in days},
        "tier": collection.tier,
        "methods": ";".join(collection.methods),
        "synthetic": "true" if collection.is_synthetic else "false",
        "seed": collection.seed,
        "note_zh": collection.note_zh,
        "note_en": collection.note_en,
    }


def _group(group: Group) -> Mapping[str, str]:
    return {
        "key": group.key,
        "title_zh": group.title_zh,
        "title_en": group.title_en,
        "aliases": ";".join(group.aliases),
    }


def _gate(said: Mapping[str, object]) -> Mapping[str, str]:
    holds = {True: "true", False: "false"}.get(said["holds"], "unknown")  # type: ignore[call-overload]
    return {"gate": str(said["gate"]), "holds": holds, "reason": str(said["reason"])}


def site_row(site: RegisteredSite, site_type: str) -> Mapping[str, str]:
    """A site of the register as a row of the table `sites` (点位行), under the type it goes by."""
    return {
        "site": site.key,
        "site_type": site_type,
        "title": site.title,
        "county": site.county,
        "street": site.street,
        "unit": site.unit_name,
    }
