"""The register and the rounds of the invented city."""

from datetime import date, timedelta

from django.utils import timezone

from wenming.base.models import User
from wenming.core.lifecycle import CollectionState
from wenming.core.permissions import PostKind
from wenming.core.terms import AssignmentRole, Method, RoundKind
from wenming.rounds.models import (
    Assignment,
    Collection,
    CollectionPart,
    RegisteredSite,
    Round,
    Site,
)

ROLES = {
    PostKind.INSPECTOR: [AssignmentRole.INSPECTOR, AssignmentRole.ASSESSOR],
    PostKind.INTERVIEWER: [AssignmentRole.INTERVIEWER],
    PostKind.REVIEWER: [AssignmentRole.REVIEWER, AssignmentRole.ASSESSOR],
}
NUMBERS = 0.1
"""The share of the sites of each type that the demonstration plans to visit; at least two."""


def stage_rounds(round_: Round, *, day: date) -> Collection:
    """Give the invented city its register, the round that is over and one that is open (演示轮次).

    A second time does nothing.

    Args:
        round_: the evidence that was loaded; the round that is over stands for it.
        day: today; the open round began two weeks ago and has four to go.
    """
    found = Collection.objects.for_city(round_.city).filter(state=CollectionState.OPEN).first()
    if found is not None:
        return found
    sites = list(round_.sites.order_by("position"))
    RegisteredSite.objects.bulk_create([_registered(site) for site in sites], batch_size=500)
    over = _over(round_)
    over.save(force_insert=True)
    round_.collection = over
    round_.save(update_fields=["collection"])
    coming = _open(round_, sites, day)
    coming.save(force_insert=True)
    _fill(coming)
    return coming


def _fill(coming: Collection) -> None:
    CollectionPart.objects.bulk_create(
        CollectionPart(
            city_id=coming.city_id,
            collection=coming,
            method=method,
            starts_on=coming.period_from + timedelta(days=number * 3),
            ends_on=coming.period_to - timedelta(days=7),
        )
        for number, method in enumerate(Method)
    )
    people = User.objects.filter(posts__city=coming.city_id, posts__kind__in=list(ROLES)).distinct()
    Assignment.objects.bulk_create(
        Assignment(
            city_id=coming.city_id,
            collection=coming,
            person=person,
            roles=sorted(
                {r for post in person.posts_held for r in ROLES.get(PostKind(post.kind), ())}
            ),
        )
        for person in people
    )


def _registered(site: Site) -> RegisteredSite:
    same = (
        "city_id", "key", "site_type", "title", "county", "street", "unit_id", "unit_name",
        "area_id", "pinyin", "datum", "given_longitude", "given_latitude", "longitude", "latitude",
    )  # fmt: skip
    return RegisteredSite(**{name: getattr(site, name) for name in same})


def _like(round_: Round, state: CollectionState) -> Collection:
    return Collection(
        city_id=round_.city_id,
        edition_id=round_.edition_id,
        checklist_set_id=round_.checklist_set_id,
        responsibility_plan_id=round_.responsibility_plan_id,
        kind=RoundKind.SELF_TEST,
        state=state,
        is_synthetic=True,
        methods=list(round_.methods),
        assessed_on=round_.assessed_on,
        not_applicable=list(round_.not_applicable),
        gates=list(round_.gates),
        tier=round_.tier,
    )


def _over(round_: Round) -> Collection:
    made = _like(round_, CollectionState.CLOSED)
    made.key, made.seed = round_.key, round_.seed
    made.title_zh, made.title_en = round_.title_zh, round_.title_en
    made.period_from = round_.period_from or timezone.localdate()
    made.period_to = round_.period_to or made.period_from
    made.note_zh, made.note_en = round_.note_zh, round_.note_en
    return made


def _open(round_: Round, sites: list[Site], day: date) -> Collection:
    made = _like(round_, CollectionState.OPEN)
    made.key, made.seed = "2026-4", "demo-2026-4"
    made.title_zh, made.title_en = "2026 年第 4 轮自测", "Self-test 4 of 2026"
    made.period_from, made.period_to = day - timedelta(days=14), day + timedelta(days=28)
    made.note_zh = "演示市是虚构的，全部数据由程序生成，不代表任何城市。"
    made.note_en = "Demo City is invented. All data come from a generator."
    made.opened_at = timezone.now()
    by_type: dict[str, int] = {}
    for site in sites:
        by_type[site.site_type] = by_type.get(site.site_type, 0) + 1
    made.site_numbers = {
        key: min(n, max(2, round(n * NUMBERS))) for key, n in sorted(by_type.items())
    }
    return made
