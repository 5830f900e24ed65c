"""Rounds and registers as the engine knows them."""

from wenming.core import evidence as records
from wenming.core.errors import Place
from wenming.core.terms import Method, Words
from wenming.rounds.models import Round


def plan_of(round_: Round) -> records.RoundPlan:
    """What the round (轮次) is about."""
    return records.RoundPlan(
        key=round_.key,
        title=round_.title,
        city=Words(round_.city.name_zh, round_.city_en),
        period_from=round_.period_from,
        period_to=round_.period_to,
        assessed_on=round_.assessed_on,
        tier=round_.tier,
        methods=tuple(Method(method) for method in round_.methods),
        is_synthetic=round_.is_synthetic,
        seed=round_.seed,
        note=Words(round_.note_zh, round_.note_en),
    )


def sites_of(round_: Round) -> tuple[records.Site, ...]:
    """The register of sites (点位), in canonical order."""
    place = Place("sites.csv")
    rows = round_.sites.order_by("position").values_list(
        "key", "site_type", "title", "county", "street", "unit_name"
    )
    return tuple(
        records.Site(key, site_type, title, county, street, unit or "", place)
        for key, site_type, title, county, street, unit in rows
    )


def not_applicable_of(round_: Round) -> tuple[records.NotApplicable, ...]:
    """The items that do not apply to the city (不适用)."""
    place = Place("round.yaml")
    return tuple(
        records.NotApplicable(each["item"], each["reason"], place) for each in round_.not_applicable
    )


def gates_of(round_: Round) -> tuple[records.GateFact, ...]:
    """What is known of the gates (门槛)."""
    place = Place("round.yaml")
    return tuple(
        records.GateFact(each["gate"], each["holds"], each["reason"], place)
        for each in round_.gates
    )


def groups_of(round_: Round) -> dict[str, Words]:
    """Names of the working groups (工作组) by key, in order."""
    return {key: Words(zh, en) for key, zh, en in round_.groups}
