"""Stores rounds and their registers of sites."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wenming.base.models import City, Unit, pinyin_key
from wenming.core import evidence as records
from wenming.framework.models import ChecklistSet, Edition, ResponsibilityPlan
from wenming.rounds.models import Round, Site


@dataclass(frozen=True, slots=True)
class Version:
    """Which form of a round is stored (轮次修订).

    Attributes:
        content_hash: names the evidence with its edition and checklists.
        because: why the form before it was revised; "" where no reason was given.
    """

    content_hash: str
    revision: int = 1
    because: str = ""


def store_round(
    city: City,
    evidence: records.Evidence,
    *,
    edition: Edition,
    checklist_set: ChecklistSet | None,
    responsibility_plan: ResponsibilityPlan | None,
    version: Version,
) -> Round:
    """Store a round (轮次) itself; its rows follow by the services of their apps."""
    plan = evidence.plan
    return Round.objects.create(
        city=city,
        edition=edition,
        checklist_set=checklist_set,
        responsibility_plan=responsibility_plan,
        key=plan.key,
        title_zh=plan.title.zh,
        title_en=plan.title.en,
        city_en=plan.city.en,
        period_from=plan.period_from,
        period_to=plan.period_to,
        assessed_on=plan.assessed_on,
        tier=plan.tier,
        methods=[method.value for method in plan.methods],
        is_synthetic=plan.is_synthetic,
        seed=plan.seed,
        note_zh=plan.note.zh,
        note_en=plan.note.en,
        content_hash=version.content_hash,
        revision=version.revision,
        revised_because=version.because,
        **_plain_parts(evidence),
    )


def _plain_parts(evidence: records.Evidence) -> dict[str, Any]:
    return {
        "groups": [[key, title.zh, title.en] for key, title in evidence.groups.items()],
        "aliases": dict(evidence.aliases),
        "not_applicable": [
            {"item": each.item, "reason": each.reason} for each in evidence.not_applicable
        ],
        "gates": [
            {"gate": each.gate, "holds": each.holds, "reason": each.reason}
            for each in evidence.gates
        ],
    }


def store_sites(
    round_: Round,
    sites: Sequence[records.Site],
    *,
    units: Mapping[str, Unit],
    areas: Mapping[tuple[str, str], Unit],
) -> dict[str, Site]:
    """Store the register of sites (点位) of a round.

    Args:
        sites: in canonical order.
        units: by name.
        areas: the smallest area that the tree knows, by county and street.

    Returns:
        The stored sites by key.
    """
    stored = Site.objects.bulk_create(
        Site(
            city_id=round_.city_id,
            round=round_,
            key=site.key,
            site_type=site.site_type,
            title=site.title,
            county=site.county,
            street=site.street,
            unit=units.get(site.unit),
            area=areas.get((site.county, site.street)),
            unit_name=site.unit,
            pinyin=pinyin_key(site.title),
            position=position,
        )
        for position, site in enumerate(sites)
    )
    return {site.key: site for site in stored}
