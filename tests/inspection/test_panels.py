"""Panels of assessors: alone first, then in the open; corrected only with a reason."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from tests.cast import Cast, fresh, log_in, make_cast
from tests.scoring.small_round import write_small_round
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry, InboxEntry, Post, User
from wenming.core.errors import DomainError
from wenming.core.framework import build_edition
from wenming.core.lifecycle import TransitionNotAllowed
from wenming.core.lifecycle.machine import FactsMissing
from wenming.core.permissions import PostKind
from wenming.core.terms import AssignmentRole, Method, Role, RoundKind, Words
from wenming.files.rounds import read_round
from wenming.framework.models import Responsibility, ResponsibilityPlan
from wenming.framework.services import store_edition
from wenming.inspection.models import PanelRating, PanelSeat, PanelSession
from wenming.inspection.queries.panels import items_for, panel_rows, spread_of
from wenming.inspection.services.panels import (
    AssessorNotAssigned,
    GivenMark,
    MarkMissing,
    MarkOutOfRange,
    NobodyRated,
    OwnItem,
    PanelClosed,
    PanelHasMarks,
    PanelItemUnfit,
    PanelNeedsItems,
    PanelNeedsPeople,
    PanelPlan,
    close_panel,
    drop_panel,
    hand_in_marks,
    make_panel,
    reopen_panel,
)
from wenming.rounds.models import Collection
from wenming.rounds.services.collections import (
    CollectionNotOpen,
    CollectionPlan,
    Span,
    Standard,
    assign_person,
    close_collection,
    open_collection,
    plan_collection,
)

pytestmark = pytest.mark.django_db
ITEM = "B2.1.3"


@dataclass(frozen=True)
class Hall:
    """A round with three assessors, and a session in which they rate one item of 100."""

    cast: Cast
    collection: Collection
    session: PanelSession

    def seat(self, person: User) -> PanelSeat:
        return self.session.seats.get(person=person)

    def rates(self, person: User, mark: str, because: str = "") -> PanelSeat:
        given = {ITEM: GivenMark(Decimal(mark), f"{person.name}的意见")}
        return hand_in_marks(self.seat(person), given, because=because, by=fresh(person))

    def now(self) -> PanelSession:
        return PanelSession.objects.get(pk=self.session.pk)


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    return make_hall(tmp_path)


def make_hall(tmp_path: Path) -> Hall:
    cast = make_cast()
    write_small_round(tmp_path)
    files = read_round(tmp_path)
    edition = store_edition(cast.city, build_edition(files.edition), files.edition)
    span = Span(date(2026, 10, 1), date(2026, 10, 31))
    wish = CollectionPlan("2026-5", RoundKind.SELF_TEST, Words("第五轮"), span)
    planned = plan_collection(cast.city, wish, standard=Standard(edition), by=cast.lin)
    collection = open_collection(planned, by=cast.lin)
    people = [cast.sun, cast.li, cast.wang]
    for person in people:
        assign_person(collection, person, [AssignmentRole.ASSESSOR], by=cast.lin)
    session = make_panel(collection, plan(people), by=cast.lin)
    return Hall(cast, collection, session)


def plan(people: list[User], items: tuple[str, ...] = (ITEM,)) -> PanelPlan:
    return PanelPlan(Method.OVERALL, "老城片区", date(2026, 10, 8), items, people)


def answers_for(hall: Hall, unit_name: str) -> None:
    """The unit of this name answers for the item."""
    unit = getattr(hall.cast.units, unit_name)
    made = ResponsibilityPlan.objects.create(
        city=hall.cast.city, edition=hall.collection.edition, title="分工", hash="a" * 64
    )
    Responsibility.objects.create(
        city=hall.cast.city, plan=made, item=ITEM, unit=unit, role=Role.SUPPORTING, position=0
    )
    Collection.objects.filter(pk=hall.collection.pk).update(responsibility_plan=made)


def test_marks_are_shown_and_count_once_the_session_is_closed(hall: Hall) -> None:
    cast = hall.cast
    assert InboxEntry.objects.open().filter(code="panel_rate").count() == 3
    hall.rates(cast.sun, "80")
    hall.rates(cast.li, "90.5")
    assert (spread_of(hall.now()), panel_rows(hall.collection)) == ([], [])
    close_panel(hall.session, by=cast.lin)
    (spread,) = spread_of(hall.now())
    assert [(each.rating.seat.person.name, each.rating.mark) for each in spread.marks] == [
        ("李娜", Decimal("90.5")),
        ("孙强", Decimal(80)),
    ]
    assert (spread.mean, spread.spread) == (Decimal("85.25"), Decimal("10.5"))
    assert (spread.deviation, spread.is_wide) == (Decimal("7.424621202458749006208865802"), False)
    assert panel_rows(hall.collection) == [
        {"item": ITEM, "assessor": "孙强", "mark": "80"},
        {"item": ITEM, "assessor": "李娜", "mark": "90.5"},
    ]
    assert not InboxEntry.objects.open().filter(code="panel_rate").exists()
    with pytest.raises(PanelClosed):
        hall.rates(cast.wang, "60")
    with pytest.raises(TransitionNotAllowed):
        close_panel(hall.session, by=cast.lin)


def test_a_trimmed_mean_leaves_one_mark_out_at_each_end(hall: Hall) -> None:
    hall.session.items.update(trimmed=True)
    for person, mark in ((hall.cast.sun, "10"), (hall.cast.li, "70"), (hall.cast.wang, "90")):
        hall.rates(person, mark)
    (spread,) = spread_of(close_panel(hall.session, by=hall.cast.lin))
    assert (spread.mean, spread.is_wide) == (70, True)


def test_marks_are_corrected_only_with_a_reason_that_stays(hall: Hall) -> None:
    hall.rates(hall.cast.sun, "80")
    with pytest.raises(FactsMissing):
        hall.rates(hall.cast.sun, "85", because=" ")
    assert hall.rates(hall.cast.sun, "85", because="看漏了").version == 2
    kept = PanelRating.objects.order_by("version").values_list("mark", "because", "knew")
    assert list(kept) == [(80, "", False), (85, "看漏了", False)]
    close_panel(hall.session, by=hall.cast.lin)
    reopened = reopen_panel(hall.session, because="复议", by=hall.cast.lin)
    assert (spread_of(reopened), panel_rows(hall.collection)) == ([], [])
    hall.rates(hall.cast.sun, "86", because="复议后")
    hall.rates(hall.cast.wang, "70")
    assert [each.knew for each in PanelRating.objects.order_by("given_at")] == [
        False, False, True, True,
    ]  # fmt: skip
    (spread,) = spread_of(close_panel(hall.session, by=hall.cast.lin))
    assert [each.earlier for each in spread.marks] == [[80, 85], []]
    of_seats = AuditEntry.objects.filter(action__startswith="panelseat.")
    said = of_seats.values_list("detail", flat=True)
    assert len(said) == 4
    facts = {"from", "to", "title", "version", "submitted_at", "corrected_because"}
    assert all(set(detail) == facts for detail in said)  # and no mark among them


@pytest.mark.parametrize(
    ("marks", "error"),
    [
        ({}, MarkMissing),
        ({ITEM: GivenMark(Decimal("100.5"))}, MarkOutOfRange),
        ({ITEM: GivenMark(Decimal(-1))}, MarkOutOfRange),
        ({ITEM: GivenMark(Decimal("NaN"))}, MarkOutOfRange),
    ],
)
def test_marks_that_do_not_fit_are_refused(
    hall: Hall, marks: dict[str, GivenMark], error: type[DomainError]
) -> None:
    with pytest.raises(error):
        hand_in_marks(hall.seat(hall.cast.sun), marks, by=hall.cast.sun)
    assert not PanelRating.objects.exists()


def test_nobody_rates_for_another(hall: Hall) -> None:
    for other in (hall.cast.li, hall.cast.lin, hall.cast.wu):
        with pytest.raises(PermissionDenied):
            hand_in_marks(hall.seat(hall.cast.sun), {ITEM: GivenMark(Decimal(50))}, by=fresh(other))


def test_a_panel_that_does_not_fit_is_not_called(hall: Hall) -> None:
    cast = hall.cast
    one = [cast.sun]
    wrong: list[tuple[PanelPlan, type[DomainError]]] = [
        (plan(one, ()), PanelNeedsItems),
        (plan(one), PanelItemUnfit),  # the session of the fixture rates it
        (plan(one, ("B2.1.1",)), PanelItemUnfit),
    ]
    for wish, error in wrong:
        with pytest.raises(error):
            make_panel(hall.collection, wish, by=cast.lin)
    drop_panel(hall.session, by=cast.lin)
    for wish, error in [(plan([]), PanelNeedsPeople), (plan([cast.zhou]), AssessorNotAssigned)]:
        with pytest.raises(error):
            make_panel(hall.collection, wish, by=cast.lin)
    with pytest.raises(PermissionDenied):
        make_panel(hall.collection, plan(one), by=cast.zheng)
    assert not InboxEntry.objects.open().filter(code="panel_rate").exists()
    close_collection(hall.collection, by=cast.lin)
    with pytest.raises(CollectionNotOpen):
        make_panel(hall.collection, plan(one), by=cast.lin)


def test_a_session_with_marks_stays_and_one_without_is_not_closed(hall: Hall) -> None:
    with pytest.raises(NobodyRated):
        close_panel(hall.session, by=hall.cast.lin)
    with pytest.raises(PermissionDenied):
        drop_panel(hall.session, by=hall.cast.sun)
    hall.rates(hall.cast.sun, "70")
    with pytest.raises(PanelHasMarks):
        drop_panel(hall.session, by=hall.cast.lin)


def test_an_assessor_does_not_rate_what_the_own_unit_answers_for(hall: Hall) -> None:
    Post.objects.create(
        city=hall.cast.city, user=hall.cast.sun, kind=PostKind.UNIT, unit=hall.cast.units.brigade
    )
    answers_for(hall, "streets")  # the brigade stands below it
    seat = hall.seat(hall.cast.sun)
    mine, own = items_for(seat)
    assert (list(mine), [each.item for each in own]) == ([], [ITEM])
    with pytest.raises(OwnItem):
        hall.rates(hall.cast.sun, "99")
    drop_panel(hall.session, by=hall.cast.lin)
    round_ = Collection.objects.get(pk=hall.collection.pk)
    with pytest.raises(OwnItem):
        make_panel(round_, plan([hall.cast.sun, hall.cast.li]), by=hall.cast.lin)
    assert make_panel(round_, plan([hall.cast.li]), by=hall.cast.lin).seats.count() == 1


def test_the_pages_show_no_mark_before_the_session_is_closed(hall: Hall, client: Client) -> None:
    page, rate = f"/panels/{hall.session.pk}/", f"/panels/{hall.session.pk}/rate/"
    given = {"m0": "83.25", "m0_remark": "绿化好"}
    assert log_in(client, hall.cast.li).post(rate, {"m0": "101"}).status_code == 422
    assert client.post(rate, given).status_code == 302
    own = client.get(rate).content.decode()
    assert "83.25" in own
    assert 'name="because"' in own
    for other in (hall.cast.sun, hall.cast.lin, hall.cast.wang):
        log_in(client, other)
        assert "83.25" not in client.get(page).content.decode()
    assert client.get(rate).status_code == 200
    assert "83.25" not in client.get(rate).content.decode()
    assert log_in(client, hall.cast.lin).get(rate).status_code == 404
    assert client.post(f"{page}close/").status_code == 302
    assert "83.25" in log_in(client, hall.cast.sun).get(page).content.decode()
    assert log_in(client, hall.cast.zhou).get(page).status_code == 404
    assert log_in(client, hall.cast.zhao).get(page).status_code == 403


def test_the_office_calls_a_panel_together_on_a_page(hall: Hall, client: Client) -> None:
    drop_panel(hall.session, by=hall.cast.lin)
    address = f"/collections/{hall.collection.pk}/panels/"
    log_in(client, hall.cast.lin)
    assert ITEM in client.get(f"{address}new/").content.decode()
    wish = {"title": "北线", "held_on": "2026-10-09", "items": [ITEM], "people": [hall.cast.li.pk]}
    made = client.post(f"{address}new/", wish)
    assert made.status_code == 302
    assert made.headers["Location"] == f"/panels/{PanelSession.objects.get().pk}/"
    assert "北线" in client.get(address).content.decode()
    assert client.get(f"{address}?method=overall&state=open&text=北").status_code == 200
