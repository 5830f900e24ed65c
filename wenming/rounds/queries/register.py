"""Rounds and registers as the engine knows them."""

from collections.abc import Iterator

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from wenming.base.models import Unit, User
from wenming.base.relating import Related
from wenming.core import evidence as records
from wenming.core.errors import Place
from wenming.core.terms import Method, Words
from wenming.rounds.models import Round, Site


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


def sites_of_unit(user: User, unit: Unit) -> Iterator[Related]:
    """How many sites (点位) a unit answers for, and how many lie in its area, where it sees them.

    A site of several rounds counts once.
    """
    seen = Site.objects.visible_to(user).for_city(unit.city)
    different = Count("key", distinct=True)
    answers = seen.filter(unit=unit).aggregate(n=different)["n"]
    within = seen.filter(area__path__startswith=unit.path).aggregate(n=different)["n"]
    if answers:
        yield Related(_("Sites it answers for"), answers)
    if within:
        yield Related(_("Sites in its area"), within)
