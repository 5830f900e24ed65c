"""Rounds in preparation, open and closed: who leads them, who works in them, who sees them."""

from datetime import date

import pytest

from tests.cast import fresh
from tests.rounds.building import OCTOBER, Field, plan_of, small_field
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry
from wenming.core.lifecycle import CollectionState, FactsMissing, TransitionNotAllowed
from wenming.core.permissions import Capability
from wenming.core.terms import AssignmentRole, Method, RoundKind
from wenming.framework.models import Edition
from wenming.rounds.models import Assignment, Collection
from wenming.rounds.queries.collections import assigned, checklists_in_force, is_assigned
from wenming.rounds.queries.conflicts import conflict_of, in_conflict
from wenming.rounds.services.calendars import set_calendar, set_site_numbers
from wenming.rounds.services.collections import (
    CollectionClosed,
    CollectionKeyTaken,
    CollectionNotOpen,
    CollectionStarted,
    RoleNeedsPost,
    Span,
    Standard,
    assign_person,
    change_collection,
    close_collection,
    open_collection,
    plan_collection,
    reopen_collection,
    require_open,
)
from wenming.rounds.services.conflicts import ConflictOfInterest, refuse_conflict

pytestmark = pytest.mark.django_db
ROLES = AssignmentRole


@pytest.fixture
def field() -> Field:
    return small_field(is_open=False)


def test_the_office_plans_a_round_and_it_is_written_down(field: Field) -> None:
    assert field.collection.state == CollectionState.PLANNED
    assert field.collection.kind == RoundKind.SELF_TEST
    entry = AuditEntry.objects.get(action="collection.plan")
    assert entry.detail["title"] == "第三轮自测"


def test_a_key_names_one_round_of_a_city(field: Field) -> None:
    with pytest.raises(CollectionKeyTaken):
        plan_collection(field.cast.city, plan_of(), standard=field.standard, by=field.cast.lin)


def test_whoever_leads_no_rounds_plans_none(field: Field) -> None:
    for person in (field.cast.zhao, field.cast.sun, field.cast.zheng, field.cast.wu):
        with pytest.raises(PermissionDenied):
            plan_collection(field.cast.city, plan_of("2026-4"), standard=field.standard, by=person)


def test_a_round_goes_from_preparation_to_its_end_and_back(field: Field) -> None:
    by = field.cast.lin
    with pytest.raises(CollectionNotOpen):
        require_open(field.collection)
    opened = open_collection(field.collection, by=by)
    assert require_open(opened).opened_at is not None
    with pytest.raises(TransitionNotAllowed):
        open_collection(opened, by=by)
    closed = close_collection(opened, by=by)
    with pytest.raises(CollectionNotOpen):
        require_open(closed)
    with pytest.raises(FactsMissing):
        reopen_collection(closed, because=" ".strip(), by=by)
    again = reopen_collection(closed, because="补测两个点位", by=by)
    assert (again.state, again.closed_at) == (CollectionState.OPEN, None)


def test_the_edition_of_an_open_round_stays_its_dates_do_not(field: Field) -> None:
    by, opened = field.cast.lin, open_collection(field.collection, by=field.cast.lin)
    later = plan_of(period=Span(date(2026, 10, 1), date(2026, 11, 15)))
    changed = change_collection(opened, later, standard=field.standard, by=by)
    assert changed.period_to == date(2026, 11, 15)
    other = Edition.objects.create(
        city=field.cast.city, key="f", title_zh="新体系", content={}, hash="1" * 64
    )
    with pytest.raises(CollectionStarted):
        change_collection(opened, later, standard=Standard(other), by=by)
    with pytest.raises(CollectionStarted):
        change_collection(opened, plan_of("other"), standard=field.standard, by=by)


def test_a_closed_round_is_not_changed(field: Field) -> None:
    by = field.cast.lin
    closed = close_collection(open_collection(field.collection, by=by), by=by)
    with pytest.raises(CollectionClosed):
        change_collection(closed, plan_of(), standard=field.standard, by=by)
    with pytest.raises(CollectionClosed):
        set_calendar(closed, {Method.SURVEY: OCTOBER}, by=by)
    with pytest.raises(CollectionClosed):
        set_site_numbers(closed, {"market": 3}, by=by)


def test_calendar_and_numbers_replace_what_was_there(field: Field) -> None:
    by, week = field.cast.lin, Span(date(2026, 10, 5), date(2026, 10, 9))
    set_calendar(field.collection, {Method.SURVEY: OCTOBER, Method.INSPECTION: week}, by=by)
    set_calendar(field.collection, {Method.INSPECTION: OCTOBER}, by=by)
    parts = field.collection.parts.values_list("method", "starts_on", "ends_on")
    assert list(parts) == [("inspection", OCTOBER.first, OCTOBER.last)]
    numbers = set_site_numbers(field.collection, {"market": 3, "main_road": 0}, by=by)
    assert numbers.site_numbers == {"market": 3}


def test_a_person_is_assigned_once_with_all_roles(field: Field) -> None:
    cast = field.cast
    assign_person(field.collection, cast.sun, [ROLES.INSPECTOR], by=cast.lin)
    assign_person(field.collection, cast.sun, [ROLES.INSPECTOR, ROLES.ASSESSOR], by=cast.lin)
    assert Assignment.objects.get().roles == ["assessor", "inspector"]
    assert list(assigned(field.collection, ROLES.ASSESSOR)) == [cast.sun]
    assign_person(field.collection, cast.sun, [], by=cast.lin)
    assert not is_assigned(field.collection, cast.sun, ROLES.INSPECTOR)


def test_a_role_needs_its_post(field: Field) -> None:
    cast = field.cast
    with pytest.raises(RoleNeedsPost):
        assign_person(field.collection, cast.zhou, [ROLES.INSPECTOR], by=cast.lin)
    with pytest.raises(RoleNeedsPost):
        assign_person(field.collection, cast.wu, [ROLES.ASSESSOR], by=cast.lin)
    with pytest.raises(PermissionDenied):
        assign_person(field.collection, cast.sun, [ROLES.INSPECTOR], by=cast.zhao)


def test_who_works_in_a_round_sees_it_and_sees_it_once(field: Field) -> None:
    cast = field.cast
    seen = Collection.objects.visible_to
    assert not seen(cast.sun).exists()
    for person, role in ((cast.sun, ROLES.INSPECTOR), (cast.li, ROLES.REVIEWER)):
        assign_person(field.collection, person, [role, ROLES.ASSESSOR], by=cast.lin)
    assert list(seen(fresh(cast.sun))) == [field.collection]
    assert list(seen(cast.lin)) == [field.collection]  # once, though two work in it
    for stranger in (cast.zhou, cast.zhao, cast.chen, cast.wu, cast.feng):
        assert not seen(stranger).exists()
    assert not seen(cast.sun, Capability.MANAGE_ROUNDS).exists()


def test_nobody_looks_at_their_own_unit(field: Field) -> None:
    cast, units = field.cast, field.cast.units
    assert conflict_of(cast.zhao, units.streets)
    assert conflict_of(cast.zhao, units.brigade)  # below it
    assert not conflict_of(cast.zhao, units.archive)
    assert not conflict_of(cast.sun, units.streets)
    assert not conflict_of(cast.zhao, None)
    refuse_conflict(cast.sun, units.streets)
    with pytest.raises(ConflictOfInterest):
        refuse_conflict(cast.zhao, units.streets)
    both = in_conflict([cast.zhao, cast.qian], [units.streets, units.brigade, units.archive])
    assert both == {
        (cast.zhao.pk, units.streets.pk),
        (cast.zhao.pk, units.brigade.pk),
        (cast.qian.pk, units.archive.pk),
    }


def test_who_left_a_unit_last_month_still_does_not_inspect_it(field: Field) -> None:
    cast = field.cast
    cast.zhao.posts.update(valid_until=date(2020, 1, 1))
    assert conflict_of(fresh(cast.zhao), cast.units.streets)


def test_the_register_names_its_types_by_the_edition_in_use(field: Field) -> None:
    assert checklists_in_force(field.cast.city) == field.standard.checklists
    Edition.objects.update(state="superseded")
    assert checklists_in_force(field.cast.city) is None
