"""What the team of a draw sees: keepers the list, the others what was released to them."""

from datetime import date

import pytest

from tests.rounds.building import Field
from tests.rounds.drawing import big_field, drawn_from_register
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry, Post, User
from wenming.core.permissions import PostKind
from wenming.core.terms import DropReason
from wenming.rounds.models import DrawPick, SealedDraw
from wenming.rounds.queries.draws import looks_of, released_picks
from wenming.rounds.services.conflicts import ConflictOfInterest
from wenming.rounds.services.draw_lists import Look, look_at_list, look_at_released
from wenming.rounds.services.draw_releases import (
    DropNeedsNote,
    PickNotInUse,
    ReleaseEmpty,
    ReleaseOutsideTeam,
    ReleaseWish,
    release_picks,
    replace_pick,
)
from wenming.rounds.services.draws import join_draw, leave_draw, reveal_draw

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 12)


@pytest.fixture
def field() -> Field:
    return big_field()


@pytest.fixture
def draw(field: Field) -> SealedDraw:
    made = drawn_from_register(field)
    join_draw(made, field.cast.sun, by=field.cast.lin)
    return made


def selected(draw: SealedDraw) -> list[DrawPick]:
    return list(draw.picks.filter(is_replacement=False).order_by("position"))


def seen_by(draw: SealedDraw, person: User) -> list[DrawPick]:
    return list(DrawPick.objects.visible_to(person).filter(draw=draw).order_by("position"))


def released(field: Field, person: User) -> list[str]:
    return [pick.key for pick in released_picks(field.collection, person)]


def test_a_member_sees_exactly_what_was_released_to_them(field: Field, draw: SealedDraw) -> None:
    cast, picks = field.cast, selected(draw)
    join_draw(draw, cast.wang, by=cast.lin)
    assert seen_by(draw, cast.sun) == []
    release_picks(
        draw, [picks[0].pk, picks[1].pk], ReleaseWish("东线", DAY, [cast.sun]), by=cast.lin
    )
    release_picks(draw, [picks[2].pk], ReleaseWish("西线", DAY, [cast.wang]), by=cast.lin)
    assert seen_by(draw, cast.sun) == picks[:2]
    assert seen_by(draw, cast.wang) == picks[2:3]
    assert len(seen_by(draw, cast.lin)) == 8
    assert released(field, cast.sun) == [each.key for each in picks[:2]]
    assert released(field, cast.lin) == [each.key for each in picks[:3]]
    for outsider in (cast.zheng, cast.zhao, cast.wei, cast.wu):
        assert seen_by(draw, outsider) == []
        assert released(field, outsider) == []


def test_what_is_for_all_is_for_whoever_joins_later_and_nobody_who_left(
    field: Field, draw: SealedDraw
) -> None:
    cast, picks = field.cast, selected(draw)
    release_picks(draw, [picks[0].pk], ReleaseWish("全线", DAY), by=cast.lin)
    assert seen_by(draw, cast.wang) == []
    join_draw(draw, cast.wang, by=cast.lin)
    assert seen_by(draw, cast.wang) == picks[:1]
    leave_draw(draw.members.get(person=cast.sun), by=cast.lin)
    assert seen_by(draw, cast.sun) == []


def test_a_release_is_written_down_by_its_number_not_by_its_sites(
    field: Field, draw: SealedDraw
) -> None:
    picks = selected(draw)
    release_picks(draw, [picks[0].pk], ReleaseWish(picks[0].label, DAY), by=field.cast.lin)
    entry = AuditEntry.objects.get(action="draw.release")
    assert entry.detail == {"picks": 1, "day": "2026-10-12"}


def test_a_later_release_moves_the_site_to_another_route(field: Field, draw: SealedDraw) -> None:
    cast, pick = field.cast, selected(draw)[0]
    release_picks(draw, [pick.pk], ReleaseWish("东线", DAY), by=cast.lin)
    release_picks(draw, [pick.pk], ReleaseWish("雨天顺延", date(2026, 10, 13)), by=cast.lin)
    assert released_picks(field.collection, cast.sun).get().release.route == "雨天顺延"


def test_what_cannot_be_released_is_refused(field: Field, draw: SealedDraw) -> None:
    cast, pick = field.cast, selected(draw)[0]
    waiting = draw.picks.filter(is_replacement=True).earliest("position")
    refused = [
        ([], ReleaseWish("东线", DAY), ReleaseEmpty),
        ([pick.pk], ReleaseWish("东线", DAY, []), ReleaseEmpty),
        ([pick.pk, waiting.pk], ReleaseWish("东线", DAY), PickNotInUse),
        ([pick.pk], ReleaseWish("东线", DAY, [cast.wang]), ReleaseOutsideTeam),
    ]
    for picks, wish, error in refused:
        with pytest.raises(error):
            release_picks(draw, picks, wish, by=cast.lin)
    for person in (cast.sun, cast.wang, cast.zheng):
        with pytest.raises(PermissionDenied):
            release_picks(draw, [pick.pk], ReleaseWish("东线", DAY), by=person)
    assert not draw.releases.exists()


def test_nobody_gets_a_site_of_their_own_unit(field: Field) -> None:
    cast = field.cast
    draw = drawn_from_register(field, keys=["P00", "P02"], strata=None, n=2, replacements=0)
    join_draw(draw, cast.sun, by=cast.lin)
    Post.objects.create(city=cast.city, user=cast.sun, kind=PostKind.UNIT, unit=cast.units.streets)
    own, other = draw.picks.get(key="P00"), draw.picks.get(key="P02")
    for people in ([cast.sun], None):
        with pytest.raises(ConflictOfInterest):
            release_picks(draw, [own.pk, other.pk], ReleaseWish("东线", DAY, people), by=cast.lin)
    release_picks(draw, [other.pk], ReleaseWish("东线", DAY), by=cast.lin)
    assert released(field, cast.sun) == ["P02"]


def test_replacements_take_their_turn_in_their_stratum(field: Field, draw: SealedDraw) -> None:
    cast, pick = field.cast, selected(draw)[0]
    release_picks(draw, [pick.pk], ReleaseWish("东线", DAY), by=cast.lin)
    reserve = list(
        draw.picks.filter(is_replacement=True, stratum=pick.stratum).order_by("position")
    )
    first = replace_pick(pick, because=DropReason.REFUSED, by=cast.lin)
    assert first == reserve[0]
    assert released(field, cast.sun) == [reserve[0].key]
    second = replace_pick(reserve[0], because=DropReason.OTHER, note="道路施工", by=cast.lin)
    assert second == reserve[1]
    assert second.stands_for == reserve[0]
    assert replace_pick(reserve[1], because=DropReason.GONE, by=cast.lin) is None
    assert released(field, cast.sun) == []
    entry = AuditEntry.objects.filter(action="draw.replace").latest("number")
    assert entry.detail == {"because": "gone"}


def test_a_cluster_has_a_reserve_of_its_own(field: Field) -> None:
    draw = drawn_from_register(
        field, strata=None, n=2, replacements=1,
        second_stage={"cluster": "street", "n": 1, "replacements": 1},
    )  # fmt: skip
    for pick in selected(draw):
        turn = replace_pick(pick, because=DropReason.NOBODY_THERE, by=field.cast.lin)
        assert turn is not None
        assert turn.psu == pick.psu
        assert replace_pick(turn, because=DropReason.CLOSED, by=field.cast.lin) is None


def test_a_place_is_taken_once_and_for_a_reason(field: Field, draw: SealedDraw) -> None:
    cast, pick = field.cast, selected(draw)[0]
    with pytest.raises(DropNeedsNote):
        replace_pick(pick, because=DropReason.OTHER, note=" ", by=cast.lin)
    with pytest.raises(PermissionDenied):
        replace_pick(pick, because=DropReason.REFUSED, by=cast.sun)
    replace_pick(pick, because=DropReason.REFUSED, by=cast.lin)
    with pytest.raises(PickNotInUse):
        replace_pick(pick, because=DropReason.REFUSED, by=cast.lin)
    waiting = draw.picks.filter(is_replacement=True, stands_for=None).earliest("position")
    with pytest.raises(PickNotInUse):
        replace_pick(waiting, because=DropReason.REFUSED, by=cast.lin)


def test_each_look_is_written_down_with_who_and_what(field: Field, draw: SealedDraw) -> None:
    cast, pick = field.cast, selected(draw)[0]
    release_picks(draw, [pick.pk], ReleaseWish("东线", DAY), by=cast.lin)
    assert len(look_at_list(draw, by=cast.lin)) == 8
    look_at_list(draw, by=cast.lin, what=Look.FILE)
    assert look_at_released(draw, by=cast.sun) == [pick]
    looks = [(look.actor, look.detail) for look in looks_of(draw)]
    assert looks == [
        (cast.sun, {"what": "released"}),
        (cast.lin, {"what": "file"}),
        (cast.lin, {"what": "list"}),
    ]


def test_whoever_may_not_look_sees_nothing_and_no_look_is_written(
    field: Field, draw: SealedDraw
) -> None:
    cast = field.cast
    for person in (cast.sun, cast.wang, cast.zheng, cast.wu):
        with pytest.raises(PermissionDenied):
            look_at_list(draw, by=person)
    for person in (cast.wang, cast.zheng, cast.wu):
        with pytest.raises(PermissionDenied):
            look_at_released(draw, by=person)
    assert not looks_of(draw).exists()


def test_what_is_public_is_looked_at_without_a_record(field: Field, draw: SealedDraw) -> None:
    revealed = reveal_draw(draw, named=draw.title, by=field.cast.lin)
    look_at_list(revealed, by=field.cast.lin)
    assert not looks_of(draw).exists()
