"""Pages of sealed draws: made by a clerk, seen by the team, announced to everybody."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import log_in
from tests.rounds.building import Field
from tests.rounds.drawing import big_field, drawn_from_register
from wenming.base.models import User
from wenming.core.terms import AssignmentRole
from wenming.rounds.models import DrawPick, SealedDraw
from wenming.rounds.queries.draws import looks_of
from wenming.rounds.services.collections import assign_person
from wenming.rounds.services.draw_releases import ReleaseWish, release_picks
from wenming.rounds.services.draws import join_draw

pytestmark = pytest.mark.django_db
HOUSEHOLDS = "户号,社区\n" + "".join(f"H{n},社区{n % 3}\n" for n in range(12))


@pytest.fixture
def field() -> Field:
    return big_field()


@pytest.fixture
def draw(field: Field) -> SealedDraw:
    return drawn_from_register(field)


def page(person: User, name: str, *args: object) -> str:
    answer = log_in(Client(), person, language="en").get(reverse(name, args=args))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def status(person: User, name: str, *args: object) -> int:
    return log_in(Client(), person).get(reverse(name, args=args)).status_code


def numbers(**more: object) -> dict[str, object]:
    return {
        "title": "第三轮点位", "method": "simple", "kind": "number", "replacements": 1,
        "minimum": 1, **more,
    }  # fmt: skip


def test_a_clerk_draws_sites_by_county(field: Field) -> None:
    office = log_in(Client(), field.cast.lin, language="en")
    address = reverse("rounds:draw_from_register") + "?strata=county&areas=西区"
    assert "6 units to draw from" in office.get(address).content.decode()
    refused = office.post(address, numbers(n_of_0="7"))
    assert refused.status_code == 422
    made = office.post(address, numbers(n_of_0="2"))
    draw = SealedDraw.objects.get()
    assert made.headers["Location"] == reverse("rounds:draw", args=[draw.pk])
    assert draw.picks.filter(is_replacement=False).count() == 2
    assert set(draw.picks.values_list("site__county", flat=True)) == {"西区"}


@pytest.mark.parametrize(
    ("said", "drawn"),
    [
        ({"kind": "proportional", "total": "4"}, 4),
        ({"kind": "equal", "total": "6", "minimum": "2"}, 6),
        ({"kind": "neyman", "total": "5", "spread_of_0": "0.5", "spread_of_1": "0.2"}, 5),
        ({"method": "systematic", "order": ["street", "title"], "n_of_0": "3"}, 3),
    ],
)
def test_a_clerk_draws_by_each_way(field: Field, said: dict[str, object], drawn: int) -> None:
    for site in field.road, field.hall:
        site.retired_on = date(2026, 1, 1)
        site.save(update_fields=["retired_on"])
    office = log_in(Client(), field.cast.lin)
    address = reverse("rounds:draw_from_register") + "?strata=county"
    made = office.post(address, numbers(**said))
    assert made.status_code == 302, made.content.decode()
    assert DrawPick.objects.filter(is_replacement=False).count() == drawn


def test_what_is_certain_is_drawn_beside_the_shares(field: Field) -> None:
    office = log_in(Client(), field.cast.lin)
    address = reverse("rounds:draw_from_register") + "?strata=county&certain=P03,P07"
    made = office.post(address, numbers(kind="proportional", total="6"))
    assert made.status_code == 302
    picks = DrawPick.objects.filter(is_replacement=False)
    assert picks.count() == 6
    certain = picks.filter(probability="1", stratum="必选")
    assert sorted(certain.values_list("key", flat=True)) == ["P03", "P07"]


def test_by_size_the_register_must_know_it(field: Field) -> None:
    office = log_in(Client(), field.cast.lin, language="en")
    address = reverse("rounds:draw_from_register") + "?strata="
    refused = office.post(address, numbers(method="pps", size="size", n_of_0="2"))
    assert refused.status_code == 422
    assert "和平路” has no size in the register" in refused.content.decode()


@pytest.mark.parametrize("said", [
    {"n_of_0": ""}, {"kind": "equal"}, {"kind": "neyman", "total": "4"},
    {"method": "systematic", "n_of_0": "2"}, {"method": "pps", "n_of_0": "2"},
    {"kind": "equal", "total": "999"},
])  # fmt: skip
def test_what_is_missing_is_said_and_nothing_is_drawn(
    field: Field, said: dict[str, object]
) -> None:
    office = log_in(Client(), field.cast.lin)
    address = reverse("rounds:draw_from_register") + "?strata=county"
    assert office.post(address, numbers(**said)).status_code == 422
    assert not SealedDraw.objects.exists()


def test_a_clerk_draws_households_in_two_stages(field: Field) -> None:
    office = log_in(Client(), field.cast.lin)
    file = SimpleUploadedFile("住户.csv", HOUSEHOLDS.encode())
    brought = office.post(reverse("rounds:draw_list_new"), {"file": file})
    assert brought.status_code == 302
    address = brought.headers["Location"] + "?key=户号&cluster=社区"
    assert office.get(address).status_code == 200
    made = office.post(address, numbers(n_of_0="2", inside="3", inside_reserve="1"))
    assert made.status_code == 302
    assert DrawPick.objects.filter(is_replacement=False).count() == 6
    assert log_in(Client(), field.cast.wang).get(address).status_code == 404


def test_a_broken_list_is_told_by_cell(field: Field) -> None:
    office = log_in(Client(), field.cast.lin, language="en")
    file = SimpleUploadedFile("住户.csv", "户号,社区\nH1,花园,多\n".encode())
    refused = office.post(reverse("rounds:draw_list_new"), {"file": file})
    assert refused.status_code == 422
    assert "住户.csv:2" in refused.content.decode()


def test_keepers_see_the_list_members_what_was_released(field: Field, draw: SealedDraw) -> None:
    cast = field.cast
    join_draw(draw, cast.sun, by=cast.lin)
    first, second = draw.picks.order_by("position")[:2]
    release_picks(draw, [first.pk], ReleaseWish("东线", date(2026, 10, 12)), by=cast.lin)
    whole = page(cast.lin, "rounds:draw_list", draw.pk)
    assert first.label in whole
    assert second.label in whole
    mine = page(cast.sun, "rounds:draw_mine", draw.pk)
    assert first.label in mine
    assert second.label not in mine
    assert second.key not in page(cast.sun, "rounds:draw", draw.pk)
    assert status(cast.sun, "rounds:draw_list", draw.pk) == 404
    assert status(cast.sun, "rounds:draw_list_file", draw.pk) == 404
    assert status(cast.sun, "rounds:draw_replace", draw.pk, first.pk) == 404
    assert status(cast.wang, "rounds:draw", draw.pk) == 404
    assert status(cast.zheng, "rounds:draw", draw.pk) == 403
    assert [(look.actor, look.detail["what"]) for look in looks_of(draw)] == [
        (cast.sun, "released"), (cast.lin, "list"),
    ]  # fmt: skip
    assert "孙强" in page(cast.lin, "rounds:draw_looks", draw.pk)


def test_the_file_is_the_list_and_a_look(field: Field, draw: SealedDraw) -> None:
    text = page(field.cast.lin, "rounds:draw_list_file", draw.pk)
    assert len(text.strip().splitlines()) == 1 + draw.picks.count()
    assert looks_of(draw).get().detail == {"what": "file"}


def test_the_list_of_draws_and_its_file_name_no_site(field: Field, draw: SealedDraw) -> None:
    office = log_in(Client(), field.cast.lin, language="en")
    answer = office.get(reverse("rounds:draws") + "?form=csv&all=1")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert draw.title in text
    assert draw.commitment in text
    assert not [pick for pick in draw.picks.all() if pick.key in text or pick.label in text]
    assert draw.title not in page(field.cast.sun, "rounds:draws")


def test_a_release_and_a_replacement_are_made_on_the_list(field: Field, draw: SealedDraw) -> None:
    cast = field.cast
    join_draw(draw, cast.sun, by=cast.lin)
    office = log_in(Client(), cast.lin)
    pick = draw.picks.earliest("position")
    address = reverse("rounds:draw_list", args=[draw.pk])
    assert office.post(address, {"picks": [pick.pk], "route": "东线"}).status_code == 422
    said = {"picks": [pick.pk], "route": "东线", "day": "2026-10-12", "people": [cast.sun.pk]}
    assert office.post(address, said).status_code == 302
    drop = reverse("rounds:draw_replace", args=[draw.pk, pick.pk])
    assert office.post(drop, {"because": "other"}).status_code == 422
    assert office.post(drop, {"because": "gone"}).status_code == 302
    turn = DrawPick.objects.get(stands_for=pick)
    assert turn.name in page(cast.sun, "rounds:draw_mine", draw.pk)
    broken = office.post(address, {**said, "picks": ["no-such-thing"]})
    assert broken.status_code == 422


def test_the_team_and_the_reveal_are_the_keepers(field: Field, draw: SealedDraw) -> None:
    cast = field.cast
    office = log_in(Client(), cast.lin)
    join = reverse("rounds:draw_join", args=[draw.pk])
    assert office.post(join, {"person": cast.sun.pk}).status_code == 302
    assert office.post(join, {"person": cast.zhao.pk}).status_code == 422
    member = draw.members.get(person=cast.sun)
    leave = reverse("rounds:draw_leave", args=[draw.pk, member.pk])
    assert log_in(Client(), cast.sun).post(leave).status_code == 404
    assert office.post(leave).status_code == 302
    reveal = reverse("rounds:draw_reveal", args=[draw.pk])
    assert office.post(reveal, {"named": "别的"}).status_code == 422
    assert office.post(reveal, {"named": draw.title}).status_code == 302
    open_page = Client().get(reverse("rounds:public_draw", args=[draw.commitment]))
    assert "wenming draw verify draw.json" in open_page.content.decode()


def test_the_page_of_a_round_leads_to_its_draws_whoever_belongs_to_them(
    field: Field, draw: SealedDraw
) -> None:
    cast, address = field.cast, reverse("rounds:draw", args=[draw.pk])
    assign_person(field.collection, cast.sun, [AssignmentRole.INSPECTOR], by=cast.lin)
    assert address in page(cast.lin, "rounds:collection", field.collection.pk)
    assert address not in page(cast.sun, "rounds:collection", field.collection.pk)
