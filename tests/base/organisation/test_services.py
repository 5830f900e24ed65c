"""The organisation by its services: the deed, the record, each refusal, the second person."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from tests.cast import Cast, fresh, in_session, make_cast, make_unit
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry, Group, Post, ProvisionKind, Unit, UnitKind, UnitName
from wenming.base.services.groups import (
    GroupInUse,
    GroupKeyTaken,
    change_group,
    make_group,
    order_groups,
    put_into_group,
    remove_group,
)
from wenming.base.services.organisation import (
    UnitDetails,
    change_unit,
    dissolve_unit,
    merge_units,
    move_unit,
    reactivate_unit,
    rename_unit,
)
from wenming.base.services.organisation import (
    make_unit as set_up,
)
from wenming.base.services.people import AccountClosed, PostForOneself, deactivate_account
from wenming.base.services.posts import PostDetails, PostEnded, PostsExclude, end_post, grant_post
from wenming.base.services.unit_facts import (
    ALWAYS,
    EndsBeforeStart,
    LiaisonDetails,
    OwnName,
    Span,
    add_alias,
    add_liaison,
    change_liaison,
    remove_alias,
    remove_liaison,
    set_provision,
)
from wenming.base.services.unit_rules import (
    ElsewhereRow,
    NameTaken,
    RowGone,
    UnitBelowItself,
    UnitDissolved,
    UnitHasChildren,
    UnitHasPosts,
)
from wenming.core.errors import DomainError
from wenming.core.permissions import PostKind
from wenming.core.terms import Words

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("number").values_list("action", flat=True))


def test_a_unit_lives_from_its_founding_to_its_end(cast: Cast) -> None:
    lin = cast.lin
    unit = set_up(cast.city, UnitDetails("市民政局"), parent=cast.units.committee, by=lin)
    unit = rename_unit(unit, "市民政总局", by=lin, day=DAY)
    unit = change_unit(unit, UnitDetails("市民政总局", UnitKind.OFFICE), by=lin, day=DAY)
    unit = move_unit(unit, None, by=lin)
    unit = dissolve_unit(unit, by=lin, reason="机构改革")
    unit = reactivate_unit(unit, by=lin)
    assert (unit.kind, unit.parent, unit.is_active) == (UnitKind.OFFICE, None, True)
    assert unit.names.get().valid_until == DAY - timedelta(days=1)
    deeds = ("make", "rename", "change", "move", "dissolve", "reactivate")
    assert actions() == [f"unit.{deed}" for deed in deeds]
    assert {entry.actor for entry in AuditEntry.objects.all()} == {lin}


def test_what_stands_below_moves_along(cast: Cast) -> None:
    other = make_unit(cast.city, "东山县", kind=UnitKind.COUNTY)
    move_unit(cast.units.street, other, by=cast.lin)
    community = Unit.objects.get(pk=cast.units.community.pk)
    assert community.path == f"{other.path}{cast.units.street.pk.hex}/{community.pk.hex}/"


Refused = Callable[[Cast], object]
REFUSALS: list[tuple[type[DomainError], Refused]] = [
    (NameTaken, lambda c: set_up(c.city, UnitDetails("市公安局"), by=c.lin)),
    (NameTaken, lambda c: set_up(c.city, UnitDetails("市城市管理局"), by=c.lin)),
    (NameTaken, lambda c: rename_unit(c.units.police, "市档案馆", by=c.lin, day=DAY)),
    (NameTaken, lambda c: add_alias(c.units.police, "市档案馆", span=ALWAYS, by=c.lin)),
    (OwnName, lambda c: add_alias(c.units.police, "市公安局", span=ALWAYS, by=c.lin)),
    (EndsBeforeStart, lambda c: add_alias(
        c.units.police, "公安", span=Span(DAY, DAY - timedelta(days=1)), by=c.lin)),
    (UnitBelowItself, lambda c: move_unit(c.units.county, c.units.community, by=c.lin)),
    (UnitBelowItself, lambda c: merge_units(c.units.police, c.units.police, by=c.lin, day=DAY)),
    (UnitHasChildren, lambda c: dissolve_unit(c.units.county, by=c.lin, reason="x")),
    (UnitHasPosts, lambda c: dissolve_unit(c.units.archive, by=c.lin, reason="x")),
    (UnitHasPosts, lambda c: merge_units(c.units.archive, c.units.police, by=c.lin, day=DAY)),
    (GroupKeyTaken, lambda c: make_group(c.city, "城建", title=Words("另一组"), by=c.lin)),
    (GroupInUse, lambda c: remove_group(c.groups["城建"], by=c.lin)),
    (PermissionDenied, lambda c: set_up(c.city, UnitDetails("甲"), by=c.zhao)),
    (PermissionDenied, lambda c: dissolve_unit(c.units.police, by=c.wu, reason="x")),
    (PermissionDenied, lambda c: make_group(c.city, "新", title=Words("新组"), by=c.wu)),
    (PermissionDenied, lambda c: move_unit(c.units.police, c.units.abroad, by=c.lin)),
]  # fmt: skip


@pytest.mark.parametrize(("error", "deed"), REFUSALS)
def test_what_is_refused_leaves_no_trace(
    cast: Cast, error: type[DomainError], deed: Refused
) -> None:
    with pytest.raises(error):
        deed(cast)
    assert actions() == []


def test_a_person_of_two_cities_does_not_mix_them_up(cast: Cast) -> None:
    Post.objects.create(city=cast.other_city, user=cast.lin, kind=PostKind.OFFICE)
    with pytest.raises(ElsewhereRow):
        move_unit(cast.units.police, cast.units.abroad, by=fresh(cast.lin))


def test_the_second_person_comes_too_late_to_dissolve(cast: Cast) -> None:
    dissolve_unit(cast.units.police, by=cast.lin, reason="机构改革")
    with pytest.raises(UnitDissolved):
        dissolve_unit(cast.units.police, by=cast.lin, reason="又一次")
    with pytest.raises(UnitDissolved):
        merge_units(cast.units.police, cast.units.publicity, by=cast.lin, day=DAY)
    reactivate_unit(cast.units.police, by=cast.lin)
    reactivate_unit(cast.units.police, by=cast.lin)
    assert actions() == ["unit.dissolve", "unit.reactivate"]


def test_a_dissolved_unit_takes_nothing_new(cast: Cast) -> None:
    dissolve_unit(cast.units.police, by=cast.lin, reason="机构改革")
    with pytest.raises(UnitDissolved):
        set_up(cast.city, UnitDetails("甲"), parent=cast.units.police, by=cast.lin)
    with pytest.raises(UnitDissolved):
        move_unit(cast.units.archive, cast.units.police, by=cast.lin)


def test_the_second_person_comes_too_late_to_remove(cast: Cast) -> None:
    alias = UnitName.objects.get(name="市城市管理局")
    liaison = add_liaison(cast.units.police, LiaisonDetails("韩梅"), by=cast.lin)
    remove_alias(alias, by=cast.lin)
    remove_liaison(liaison, by=cast.lin)
    with pytest.raises(RowGone):
        remove_alias(alias, by=cast.lin)
    with pytest.raises(RowGone):
        remove_liaison(liaison, by=cast.lin)
    with pytest.raises(RowGone):
        change_liaison(liaison, LiaisonDetails("韩"), by=cast.lin)
    assert actions() == ["liaison.add", "unit_name.remove", "liaison.remove"]


def test_telephone_and_address_stay_out_of_the_record(cast: Cast) -> None:
    details = LiaisonDetails("韩梅", phone="13800001111", email="han@example.cn")
    liaison = add_liaison(cast.units.police, details, by=cast.lin)
    change_liaison(liaison, details, by=cast.lin)
    written = str([entry.detail for entry in AuditEntry.objects.all()])
    assert "13800001111" not in written
    assert "han@example.cn" not in written


def test_what_is_in_place_is_kept_with_its_history(cast: Cast) -> None:
    for said, day in ((False, DAY), (True, DAY + timedelta(days=30))):
        set_provision(
            cast.units.police, ProvisionKind.FUNDS, in_place=said, note="", day=day, by=cast.lin
        )
    assert cast.units.police.provisions.get().in_place is True
    history = AuditEntry.objects.filter(action="provision.set").order_by("number")
    assert [entry.detail["in_place"] for entry in history] == [False, True]


def test_groups_are_made_changed_ordered_and_removed(cast: Cast) -> None:
    made = make_group(cast.city, "志愿", title=Words("志愿服务组"), by=cast.lin)
    change_group(made, title=Words("志愿者组", "Volunteers"), aliases=["志愿"], by=cast.lin)
    order_groups(cast.city, [made.pk], by=cast.lin)
    first = Group.objects.for_city(cast.city).order_by("position").first()
    assert first is not None
    assert first.title == Words("志愿者组", "Volunteers")
    assert put_into_group([cast.units.police], made, city=cast.city, by=cast.lin) == 1
    assert put_into_group([cast.units.police], made, city=cast.city, by=cast.lin) == 0
    put_into_group([cast.units.police], None, city=cast.city, by=cast.lin)
    remove_group(made, by=cast.lin)
    with pytest.raises(RowGone):
        remove_group(made, by=cast.lin)
    assert actions() == ["group.make", "group.change", "group.order", "group.take_in",
                         "group.take_in", "group.remove"]  # fmt: skip


def test_an_account_is_closed_once_and_never_ones_own(cast: Cast) -> None:
    feng = in_session(cast.feng)
    deactivate_account(cast.zhao, city=cast.city, by=feng, reason="调离")
    with pytest.raises(AccountClosed):
        deactivate_account(cast.zhao, city=cast.city, by=feng, reason="调离")
    with pytest.raises(PostForOneself):
        deactivate_account(cast.feng, city=cast.city, by=feng, reason="调离")


def test_a_post_that_is_over_is_not_ended_again(cast: Cast) -> None:
    chu, today = in_session(cast.chu), localdate()
    post = grant_post(cast.sun, PostDetails(PostKind.REVIEWER), city=cast.city, by=chu)
    end_post(post, by=chu, day=today - timedelta(days=1))
    with pytest.raises(PostEnded):
        end_post(post, by=chu, day=today)


@pytest.mark.parametrize("wanted", [PostKind.OFFICE, PostKind.AUDIT_ADMINISTRATOR, PostKind.UNIT])
def test_an_administrator_is_nothing_else(cast: Cast, wanted: PostKind) -> None:
    details = PostDetails(wanted, unit=cast.units.police)
    with pytest.raises(PostsExclude):
        grant_post(cast.feng, details, city=cast.city, by=in_session(cast.chu))


def test_nothing_is_done_without_a_session(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        deactivate_account(cast.zhao, city=cast.city, by=cast.feng, reason="调离")
    with pytest.raises(PermissionDenied):
        grant_post(cast.sun, PostDetails(PostKind.REVIEWER), city=cast.city, by=cast.chu)
