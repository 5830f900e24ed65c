"""Who sees which rows: by city, group, unit with its subtree, and what is one's own."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from tests.cast import Cast, fresh, in_session, make_cast, make_person
from wenming.base.access import PermissionDenied, check, check_city
from wenming.base.models import Group, Job, Post, Unit, User
from wenming.core.permissions import Capability, PostKind
from wenming.framework.models import Edition, Responsibility, ResponsibilityPlan

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def duties(cast: Cast) -> dict[str, Responsibility]:
    """A responsibility of each of four units, and one of the other city, by the unit's name."""
    rows = {}
    units = cast.units
    for unit in (units.streets, units.brigade, units.police, units.archive, units.abroad):
        plan = plan_of(cast, unit)
        rows[unit.name if unit.city == cast.city else "abroad"] = Responsibility.objects.create(
            city=unit.city, plan=plan, item="B2.1.1", unit=unit, role="lead",
            group_key=unit.group.key if unit.group else "", position=plan.responsibilities.count(),
        )  # fmt: skip
    return rows


def plan_of(cast: Cast, unit: Unit) -> ResponsibilityPlan:
    edition, _ = Edition.objects.get_or_create(
        city=unit.city, hash="e", defaults={"key": "e", "title_zh": "小体系", "content": {}}
    )
    found, _ = ResponsibilityPlan.objects.get_or_create(
        city=unit.city, edition=edition, defaults={"hash": "p"}
    )
    return found


def seen(user: User, rows: dict[str, Responsibility]) -> set[str]:
    visible = set(Responsibility.objects.visible_to(fresh(user)).values_list("pk", flat=True))
    return {name for name, row in rows.items() if row.pk in visible}


HOME = {"市城管局", "城管执法大队", "市公安局", "市档案馆"}


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("lin", HOME),
        ("zheng", HOME),
        ("chen", {"市城管局", "城管执法大队"}),
        ("zhao", {"市城管局", "城管执法大队"}),
        ("qian", {"市档案馆"}),
        ("sun", set()),
        ("feng", set()),
        ("wei", set()),
        ("wu", {"abroad"}),
    ],
)
def test_each_post_sees_as_far_as_it_reaches(cast: Cast, who: str, expected: set[str]) -> None:
    assert seen(getattr(cast, who), duties(cast)) == expected


def test_a_subtree_follows_the_path_and_not_the_name(cast: Cast) -> None:
    rows = duties(cast)
    chief = make_person(
        "chief", name="韩队", city=cast.city, kind=PostKind.UNIT, unit=cast.units.brigade
    )
    assert seen(chief, rows) == {"城管执法大队"}, "the unit above is not seen from below"


@pytest.mark.parametrize(
    ("days", "is_held"), [((-9, -1), False), ((1, 9), False), ((0, 0), True), ((-9, None), True)]
)
def test_a_post_counts_only_while_it_is_held(
    cast: Cast, days: tuple[int, int | None], is_held: bool
) -> None:
    first, last = (None if n is None else localdate() + timedelta(days=n) for n in days)
    Post.objects.filter(user=cast.zhao).update(valid_from=first, valid_until=last)
    assert bool(seen(cast.zhao, duties(cast))) is is_held
    assert bool(fresh(cast.zhao).cities) is is_held


def test_whoever_was_deactivated_sees_nothing(cast: Cast) -> None:
    User.objects.filter(pk=cast.lin.pk).update(is_active=False)
    assert seen(cast.lin, duties(cast)) == set()
    assert not fresh(cast.lin).may(Capability.USE_DESK)


def test_what_is_ones_own_is_seen_by_nobody_else(cast: Cast) -> None:
    job = Job.objects.create(city=cast.city, kind="scoring", by=cast.lin)
    who_see = [who for who in cast.people if job in Job.objects.visible_to(fresh(who))]
    assert who_see == [cast.lin]


def test_two_posts_add_up_city_by_city(cast: Cast) -> None:
    rows = duties(cast)
    Post.objects.create(city=cast.other_city, user=cast.zhao, kind=PostKind.OFFICE)
    assert seen(cast.zhao, rows) == {"市城管局", "城管执法大队", "abroad"}
    at_home = Responsibility.objects.visible_to(fresh(cast.zhao)).for_city(cast.city)
    assert at_home.count() == 2
    assert not fresh(cast.zhao).may(Capability.EDIT_ORGANISATION, city=cast.city)


def test_a_right_in_one_city_is_none_in_another(cast: Cast) -> None:
    wu = fresh(cast.wu)
    check(wu, Capability.EDIT_ORGANISATION, cast.units.abroad)
    with pytest.raises(PermissionDenied):
        check(wu, Capability.EDIT_ORGANISATION, cast.units.streets)
    with pytest.raises(PermissionDenied):
        check_city(wu, Capability.EDIT_ORGANISATION, cast.city)


def test_a_unit_edits_no_organisation_not_even_its_own(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        check(fresh(cast.zhao), Capability.EDIT_ORGANISATION, cast.units.streets)


def test_an_administrator_acts_only_within_a_session(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        check_city(fresh(cast.feng), Capability.EDIT_PEOPLE, cast.city)
    check_city(in_session(cast.feng), Capability.EDIT_PEOPLE, cast.city)
    with pytest.raises(PermissionDenied):
        check_city(in_session(cast.lin), Capability.EDIT_PEOPLE, cast.city)


def test_the_three_administrators_share_no_capability_that_matters(cast: Cast) -> None:
    matters = {
        Capability.EDIT_PEOPLE, Capability.GRANT_POSTS, Capability.UNLOCK_ACCOUNTS,
        Capability.VIEW_AUDIT, Capability.OPERATE,
    }  # fmt: skip
    holders = [fresh(who).capabilities(cast.city) & matters for who in people(cast)]
    assert all(each for each in holders)
    assert sum(len(each) for each in holders) == len(frozenset().union(*holders)) == len(matters)


def people(cast: Cast) -> Iterable[User]:
    return (cast.feng, cast.chu, cast.wei)


def test_a_model_that_does_not_say_who_may_see_it_shows_nothing(cast: Cast) -> None:
    before = Group.sight
    try:
        Group.sight = None
        assert not Group.objects.visible_to(fresh(cast.lin)).exists()
    finally:
        Group.sight = before
    assert Group.objects.visible_to(fresh(cast.lin)).count() == 3
