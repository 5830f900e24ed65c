"""Sealed draws: made from the register or a list, announced, and altered by nobody."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from tests.rounds.building import Field, small_field
from tests.rounds.drawing import big_field, drawn_from_register, plan_for
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry
from wenming.core.lifecycle import DrawState, TransitionNotAllowed
from wenming.rounds.models import DrawPick, RegisteredSite, SealedDraw
from wenming.rounds.queries.draw_files import frame_rows, plan_of, published_rows
from wenming.rounds.queries.draw_frames import RegisterWish, register_frame
from wenming.rounds.queries.draws import is_keeper, public_draws, seen_draws
from wenming.rounds.services.collections import CollectionClosed, close_collection
from wenming.rounds.services.draws import (
    DrawAltered,
    DrawMemberNeedsPost,
    DrawNeedsKeeper,
    DrawNotNamed,
    DrawWish,
    join_draw,
    leave_draw,
    make_sealed_draw,
    reveal_draw,
)
from wenming.rounds.services.sites import retire_site
from wenming.stats.sampling import DrawError, make_draw

pytestmark = pytest.mark.django_db


@pytest.fixture
def field() -> Field:
    return big_field()


def test_a_draw_is_announced_at_once_and_written_down_without_its_list(field: Field) -> None:
    draw = drawn_from_register(field)
    assert draw.state == DrawState.SEALED
    assert len(draw.seed) == 64
    drawn = make_draw(frame_rows(draw), plan_of(draw), bytes.fromhex(draw.seed))
    assert (drawn.commitment, drawn.frame_hash, drawn.plan_hash) == (
        draw.commitment, draw.frame_hash, draw.plan_hash,
    )  # fmt: skip
    entry = AuditEntry.objects.get(action="draw.make")
    assert entry.detail == {"title": draw.title, "commitment": draw.commitment}
    assert is_keeper(draw, field.cast.lin)


def test_the_picks_are_sites_of_the_register_selected_before_replacements(field: Field) -> None:
    draw = drawn_from_register(field)
    picks = list(draw.picks.order_by("position"))
    assert [pick.is_replacement for pick in picks] == [False] * 4 + [True] * 4
    assert all(pick.site and pick.site.key == pick.key for pick in picks)
    assert all(pick.label == pick.site.title for pick in picks if pick.site)
    assert {pick.probability for pick in picks} == {"1/3", ""}


@pytest.mark.parametrize(
    "plan",
    [
        {"method": "simple", "strata": "county", "n": {"中心区": 3, "西区": 1}},
        {"method": "systematic", "strata": None, "n": 5, "order": ["street", "title"]},
        {"method": "pps", "strata": "county", "n": 2, "size": "size"},
        {"method": "simple", "strata": None, "n": 2,
         "second_stage": {"cluster": "street", "n": 2, "replacements": 1}},
        {"method": "pps", "strata": "county", "n": 1,
         "second_stage": {"cluster": "street", "n": 9, "replacements": 0}},
        {"method": "simple", "strata": "site_type",
         "allocation": {"kind": "proportional", "total": 5, "minimum": 1}},
    ],
)  # fmt: skip
def test_the_stored_list_is_the_drawn_one_to_the_last_cell(
    field: Field, plan: Mapping[str, object]
) -> None:
    draw = drawn_from_register(field, **plan)
    drawn = make_draw(frame_rows(draw), plan_of(draw), bytes.fromhex(draw.seed))
    assert published_rows(draw, draw.picks.order_by("position")) == drawn.rows()


def test_two_draws_of_one_frame_have_two_seeds(field: Field) -> None:
    first, second = drawn_from_register(field), drawn_from_register(field, label="第二次")
    assert first.seed != second.seed
    assert first.frame_hash == second.frame_hash


def test_a_site_out_of_the_register_or_of_the_area_is_not_drawn_from(field: Field) -> None:
    gone = RegisteredSite.objects.get(key="P02")
    retire_site(gone, day=field.collection.period_from, by=field.cast.lin)
    west = register_frame(field.cast.city, RegisterWish(areas=["西区"]))
    assert {row.text("county") for row in west.rows} == {"西区"}
    whole = register_frame(field.cast.city, RegisterWish(site_types=["main_road"]))
    assert "P02" not in {row.text("key") for row in whole.rows}
    with pytest.raises(DrawError, match="frame_empty"):
        register_frame(field.cast.city, RegisterWish(areas=["不存在的街道"]))


def test_whoever_may_not_draw_makes_none(field: Field) -> None:
    for person in (field.cast.sun, field.cast.zheng, field.cast.zhao, field.cast.wu):
        with pytest.raises(PermissionDenied):
            drawn_from_register(field, by=person)
    assert not SealedDraw.objects.exists()


def test_too_many_are_refused_and_nothing_is_stored(field: Field) -> None:
    with pytest.raises(DrawError, match="stratum_too_small"):
        drawn_from_register(field, n=99, strata=None)
    assert not SealedDraw.objects.exists()
    assert not AuditEntry.objects.filter(action="draw.make").exists()


def test_a_closed_round_is_drawn_for_no_more(field: Field) -> None:
    close_collection(field.collection, by=field.cast.lin)
    field.collection.refresh_from_db()
    with pytest.raises(CollectionClosed):
        drawn_from_register(field)


def test_a_draw_may_stand_without_a_round_and_a_register() -> None:
    cast = small_field().cast
    rows = [{"户号": f"H{n}", "社区": "花园"} for n in range(9)]
    plan = plan_for(key="户号", strata=None, n=2)
    draw = make_sealed_draw(cast.city, DrawWish("入户", rows, plan), by=cast.wang)
    assert draw.collection is None
    assert not DrawPick.objects.filter(draw=draw, site__isnull=False).exists()


def test_keepers_name_the_team_and_one_of_them_stays(field: Field) -> None:
    cast, draw = field.cast, drawn_from_register(field)
    member = join_draw(draw, cast.sun, by=cast.lin)
    assert not member.is_keeper
    with pytest.raises(PermissionDenied):
        join_draw(draw, cast.wang, by=cast.sun)
    with pytest.raises(PermissionDenied):  # holds the capability, but does not keep this draw
        join_draw(draw, cast.wang, by=cast.wang)
    with pytest.raises(DrawMemberNeedsPost):
        join_draw(draw, cast.zhao, by=cast.lin)
    with pytest.raises(DrawMemberNeedsPost):
        join_draw(draw, cast.sun, by=cast.lin, as_keeper=True)
    with pytest.raises(DrawNeedsKeeper):
        join_draw(draw, cast.lin, by=cast.lin)
    with pytest.raises(DrawNeedsKeeper):
        leave_draw(draw.members.get(person=cast.lin), by=cast.lin)
    join_draw(draw, cast.wang, by=cast.lin, as_keeper=True)
    leave_draw(draw.members.get(person=cast.lin), by=cast.wang)
    assert [entry.action for entry in AuditEntry.objects.filter(action__startswith="draw.")] == [
        "draw.make", "draw.join", "draw.join", "draw.leave",
    ]  # fmt: skip


def test_only_the_team_finds_a_draw_and_everybody_its_announcement(field: Field) -> None:
    cast, draw = field.cast, drawn_from_register(field)
    join_draw(draw, cast.sun, by=cast.lin)
    seeing = [who for who in cast.people if draw in seen_draws(who, cast.city)]
    assert seeing == [cast.lin, cast.sun]
    announced = public_draws().get()
    assert {"seed", "frame"} <= announced.get_deferred_fields()


def test_a_draw_is_made_public_by_its_name_once(field: Field) -> None:
    cast, draw = field.cast, drawn_from_register(field)
    with pytest.raises(DrawNotNamed):
        reveal_draw(draw, named="别的", by=cast.lin)
    with pytest.raises(PermissionDenied):
        reveal_draw(draw, named=draw.title, by=cast.wang)
    revealed = reveal_draw(draw, named=f" {draw.title} ", by=cast.lin)
    assert revealed.state == DrawState.REVEALED
    assert revealed.revealed_at is not None
    assert AuditEntry.objects.filter(action="sealeddraw.reveal").count() == 1
    with pytest.raises(TransitionNotAllowed):
        reveal_draw(draw, named=draw.title, by=cast.lin)


def test_a_list_changed_in_the_database_is_not_made_public(field: Field) -> None:
    draw = drawn_from_register(field)
    picks = draw.picks.order_by("position")
    DrawPick.objects.filter(pk=picks[0].pk).update(key="P99")
    with pytest.raises(DrawAltered) as refused:
        reveal_draw(draw, named=draw.title, by=field.cast.lin)
    assert refused.value.facts["count"] == 2  # one is missing, one was not drawn


@pytest.mark.parametrize("column", ["frame", "seed", "plan_hash", "commitment"])
def test_a_seal_changed_in_the_database_is_not_made_public(field: Field, column: str) -> None:
    draw = drawn_from_register(field)
    before = getattr(draw, column)
    changed = before.replace("和平路", "和睦路") if column == "frame" else "0" * 64
    assert changed != before
    SealedDraw.objects.filter(pk=draw.pk).update(**{column: changed})
    with pytest.raises(DrawAltered):
        reveal_draw(draw, named=draw.title, by=field.cast.lin)


def test_sizes_of_the_register_are_written_as_typed(field: Field) -> None:
    RegisteredSite.objects.filter(key="P02").update(size=Decimal("1200.50"))
    frame = register_frame(field.cast.city, RegisterWish())
    sizes = {row.text("key"): row.text("size") for row in frame.rows}
    assert sizes["P02"] == "1200.5"
    assert sizes["S1"] == ""
