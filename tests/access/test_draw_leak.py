"""Nothing that anybody outside the team can ask for tells what a sealed draw has drawn.

The same questions are asked in two worlds that differ only in the seed, and so in what was
drawn: every address, every search and file and operation, by everybody who may not see the
list. Answer, heads, questions to the database and lines of the log must be the same. Time is
not measured: who asks the database the same, in the same order, waits no longer. In the second
world nobody asks again what read neither the picks nor the seed in the first: it asked the
database nothing whose answer differs, so it cannot tell the worlds apart.
"""

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.addresses import ADDRESSES, has_arguments
from tests.access.walking import VIEWS, target_of
from tests.access.world import Side, World
from tests.api.operations import EXAMPLES, Example
from tests.rounds.drawing import plan_for
from wenming.core.terms import DropReason
from wenming.inspection.models import SiteVisit
from wenming.rounds.models import Collection, DrawPick, RegisteredSite, SealedDraw
from wenming.rounds.queries.draw_files import frame_rows, plan_of
from wenming.rounds.queries.draw_frames import RegisterWish, register_frame
from wenming.rounds.services.draw_lists import Look, look_at_list
from wenming.rounds.services.draw_releases import ReleaseWish, release_picks, replace_pick
from wenming.rounds.services.draws import (
    DrawNotNamed,
    DrawWish,
    join_draw,
    make_sealed_draw,
    reveal_draw,
    store_picks,
)
from wenming.stats.sampling import make_draw

pytestmark = pytest.mark.django_db
SEEDS = (bytes(32), bytes(31) + b"\x01")
WALKING = ("assessor", "leader", "unit1", "inspector", "audit", "")
"""Who asks for everything; the inspector belongs to the team, but nothing was released."""
ASKING = ("group", "unit2", "reviewer", "interviewer", "system", "security", "neighbour")
"""Who asks for what has to do with draws and sites; the rest tells them less than the others."""
ALSO = (
    "/search/?q={title}", "/search/?q={key}", "/search/?q=JM", "/register/?form=csv&all=1",
    "/register/?text={key}", "/register/?sort=-key", "/collections/?form=csv&all=1",
    "/sampling/?form=csv&all=1", "/audit/?form=csv&all=1", "/inbox/?form=csv&all=1",
    "/draws/{commitment}/frame.csv", "/draws/{commitment}/draw.json", "/draws/{commitment}/seed",
)  # fmt: skip
SKIPPED = frozenset({"account_logout", "base:metrics", "base:healthz", "base:readyz"})
NOISE = (
    (re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"'), "csrf"),
    (re.compile(r"csrftoken=\w+|sessionid=\w+"), "cookie"),
    (re.compile(r'"(X-CSRFToken|csrf)": ?"[^"]+"'), "csrf"),
    (re.compile(r'(UPDATE "base_audithead" SET "number" = \d+, "hash" = )\S+'), r"\1chained"),
    (re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d+)?(\+00:00|Z)?"), "moment"),
    (re.compile(r"\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT"), "moment"),
    (re.compile(r"CreationDate \(D:\d+Z?|/ID \[<\w+><\w+>\]"), "of this file"),
    (re.compile(r'UPDATE "base_visit" SET.*'), "visit"),
    (re.compile(r'"s\d+_x\d+"|"_django_curs_\w+"'), "number"),
    (re.compile(r"(INSERT INTO api_apicount .*?VALUES \('[^']*'), \d+"), r"\1, minute"),
    (re.compile(r"(<time [^>]*>)[^<]*"), r"\1some time ago"),
)
TIMED = re.compile(r'"(duration_ms|request|timestamp)": [^,}]+')
"""What differs between two requests for the same page, whatever was drawn."""
DIFFERING = ('"rounds_drawpick"', '"rounds_sealeddraw"."seed"', '"inspection_sitevisit"')
"""What is another in the second world, in the words of the questions to the database."""


@dataclass(frozen=True)
class Told:
    """All that one question tells to whoever asked it."""

    status: int
    heads: tuple[str, ...]
    body: str
    queries: tuple[str, ...]


@pytest.fixture
def draw(world: World) -> SealedDraw:
    """Seven of thirty sites, sealed; the inspector is a member to whom nothing was released."""
    office, city = world.home.office, world.home.city
    RegisteredSite.objects.bulk_create(
        RegisteredSite(
            city=city, key=f"JM{n:03}", title=f"静默巷{n:03}号", site_type="main_road",
            county="静默区", street="静默街道",
        )
        for n in range(30)
    )  # fmt: skip
    frame = register_frame(city, RegisterWish(areas=["静默区"]))
    collection = world.home.rows["collection"]
    assert isinstance(collection, Collection)
    plan = plan_for("静默", strata="county", n=7, replacements=3)
    wish = DrawWish(
        "不透露点位的抽样", frame.plain(), plan,
        collection=collection, label="title", of_register=True,
    )  # fmt: skip
    made = make_sealed_draw(city, wish, by=office)
    join_draw(made, world.people["inspector"], by=office)
    return made


def become(draw: SealedDraw, seed: bytes) -> set[str]:
    """Make the same world with another seed: other sites are drawn, all else stays."""
    rows = frame_rows(draw)
    drawn = make_draw(rows, plan_of(draw), seed)
    SiteVisit.objects.filter(pick__draw=draw).delete()
    DrawPick.objects.filter(draw=draw).delete()
    wish = DrawWish(draw.title, rows, plan_of(draw), label="title", of_register=True)
    store_picks(draw, drawn, wish)
    SealedDraw.objects.filter(pk=draw.pk).update(seed=seed.hex())
    return {pick.key for pick in drawn.selected}


def questions(world: World, draw: SealedDraw, *, all_: bool = True) -> Iterator[tuple[str, str]]:
    """Every address of the desk and of the interface, and what can be typed behind them."""
    for name in sorted(VIEWS):
        is_asked = name in ADDRESSES or not has_arguments(VIEWS[name])
        if is_asked and name not in SKIPPED and (all_ or name.startswith("rounds:")):
            yield "get", target_of(name, world.home)
    pick = DrawPick(pk=draw.pk)  # no pick: its identity would be another in each world
    own = f"/sampling/{draw.pk}/"
    parts = (
        "",
        "list/",
        "list.csv",
        "mine/",
        "looks/",
        "team/",
        "reveal/",
        "visits/",
        f"picks/{pick.pk}/",
    )
    for part in parts:
        yield "get", own + part
        yield "post", own + part
    for example in EXAMPLES.values():
        if example.method == "GET" and (all_ or "draw" in example.path):
            yield "get", "/api/v1" + address_in(example, world.home)
    for each in ALSO:
        yield "get", each.format(title="静默巷", key="JM007", commitment=draw.commitment)


def address_in(example: Example, side: Side) -> str:
    """The address of an operation; a row that this world lacks has the identity of the city."""
    names = {name: str(row.pk) for name, row in side.rows.items()}
    return example.path.format_map(defaultdict(lambda: str(side.city.pk), names))


def told(client: Client, method: str, address: str) -> Told:
    """Ask, and undo whatever the question changed."""
    with transaction.atomic(), CaptureQueriesContext(connection) as seen:
        answer = getattr(client, method)(address)
        body = content(answer)
        transaction.set_rollback(True)
    number = answer.headers.get("X-Request-ID", "-")
    kept = [(k, v) for k, v in answer.headers.items() if k != "Content-Length"]  # of the body
    heads = sorted(calm(f"{k}: {v}", number) for k, v in kept)
    queries = [calm(each["sql"], number) for each in seen]
    return Told(answer.status_code, tuple(heads), calm(body, number), tuple(queries))


def content(answer: HttpResponseBase) -> str:
    """The text of an answer; of a packed file what it holds, for it also tells when it was made."""
    parts: Any = answer.streaming_content if answer.streaming else [answer.content]  # type: ignore[attr-defined]
    whole = b"".join(parts)
    if whole.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(whole)) as packed:
            held = {name: packed.read(name) for name in packed.namelist()}
        whole = repr({name: part for name, part in held.items() if "core.xml" not in name}).encode()
    return whole.decode("utf-8", "replace")


def calm(text: str, number: str) -> str:
    text = text.replace(number, "request")
    for pattern, word in NOISE:
        text = pattern.sub(word, text)
    if text.startswith("INSERT"):  # a new row has an identity of its own, whatever was drawn
        text = re.sub(r"\b[0-9a-f]{32,64}\b", "identity", text)
    return text


def difference(first: Told, second: Told) -> tuple[str, str]:
    """Where two answers part, for whoever has to find the leak."""
    one, two = repr(first), repr(second)
    place = next((n for n, pair in enumerate(zip(one, two, strict=False)) if len(set(pair)) > 1), 0)
    return one[max(place - 150, 0) : place + 80], two[max(place - 20, 0) : place + 80]


def browser(world: World, who: str) -> Client:
    return world.browsers[who] if who else Client()


@pytest.mark.parametrize("who", [*WALKING, *ASKING])
def test_two_worlds_that_differ_in_what_was_drawn_look_alike(
    world: World, draw: SealedDraw, who: str, capfd: pytest.CaptureFixture[str]
) -> None:
    client, asked = browser(world, who), list(questions(world, draw, all_=who in WALKING))
    for _ in range(2):  # what is remembered between requests is remembered in both worlds
        for method, address in asked[:5]:
            told(client, method, address)

    def answers(seed: bytes) -> tuple[set[str], dict[tuple[str, str], tuple[Told, str]]]:
        drawn, said = become(draw, seed), {}
        for method, address in asked:
            capfd.readouterr()
            answer = told(client, method, address)
            said[method, address] = answer, TIMED.sub("", capfd.readouterr().err)
        return drawn, said

    drawn, first = answers(SEEDS[0])
    asked = [question for question, (answer, _) in first.items() if reads_differing(answer)]
    assert asked, "no page reads the draw: this test looks at nothing"
    others, second = answers(SEEDS[1])
    assert drawn != others
    differing = [
        (*q, *difference(first[q][0], second[q][0])) for q in asked if first[q] != second[q]
    ]
    assert not differing, "\n".join(map(str, differing[:12]))


@pytest.mark.parametrize("who", ["assessor", "inspector"])
def test_where_a_sealed_draw_sends_a_pair_is_told_to_nobody_else(
    world: World, draw: SealedDraw, who: str
) -> None:
    """The keeper has planned visits of three drawn sites; who was told nothing sees no visit."""
    client, asked = browser(world, who), list(visit_questions(world, draw))
    answers = []
    for seed in SEEDS:
        with transaction.atomic():
            become(draw, seed)
            sent_out(world, draw)
            for method, address in asked[:5]:
                told(client, method, address)
            answers.append([told(client, method, address) for method, address in asked])
            transaction.set_rollback(True)
    differing = [
        (*asked[n], *difference(one, two))
        for n, (one, two) in enumerate(zip(*answers, strict=True))
        if one != two
    ]
    assert not differing, "\n".join(map(str, differing[:12]))


def visit_questions(world: World, draw: SealedDraw) -> Iterator[tuple[str, str]]:
    """All that has to do with visits, sites and draws, and the ways to plan one by hand."""
    rooms = ("/sampling", "/collections", "/visits", "/field", "/search")
    for method, address in questions(world, draw):
        if address.removeprefix("/api/v1").startswith(rooms):
            yield method, address
    visited = world.home.rows["visited round"]
    yield "get", f"/collections/{visited.pk}/visits/plan/?type=main_road"
    yield "get", f"/collections/{visited.pk}/visits/?text=静默巷"


def sent_out(world: World, draw: SealedDraw) -> None:
    """Three drawn sites are planned in the round that has visits, as the team would do it."""
    office, visited = world.home.office, world.home.rows["visited round"]
    assert isinstance(visited, Collection)
    picks = list(draw.picks.filter(is_replacement=False).order_by("position")[:3])
    wish = ReleaseWish("东线", draw.made_at.date(), [office])
    release_picks(draw, [each.pk for each in picks], wish, by=office)
    SiteVisit.objects.bulk_create(
        SiteVisit(
            city=draw.city, collection=visited, site=pick.site, pick=pick, site_type="main_road",
            planned_on=draw.made_at.date(), route="东线", position=n, planned_by=office,
        )
        for n, pick in enumerate(picks, 1)
    )  # fmt: skip


def test_the_walk_would_see_where_a_pair_is_sent(world: World, draw: SealedDraw) -> None:
    """The keeper finds the three visits in the list, and other ones in the other world."""
    visited, said = world.home.rows["visited round"], []
    for seed in SEEDS:
        become(draw, seed)
        sent_out(world, draw)
        said.append(told(world.browsers["office"], "get", f"/collections/{visited.pk}/visits/"))
    assert said[0].body.count("静默巷") >= 3
    assert said[0].body != said[1].body


def reads_differing(answer: Told) -> bool:
    """Whether something was asked of the database whose answer is another in the other world."""
    return any(word in query for query in answer.queries for word in DIFFERING)


def test_the_walk_would_see_a_leak(world: World, draw: SealedDraw) -> None:
    """The keeper, who may see the list, is told two different things in other questions."""
    client, listed, picked = world.browsers["office"], [], []
    for seed in SEEDS:
        become(draw, seed)
        pick = DrawPick.objects.filter(draw=draw).order_by("position")[0]
        listed.append(told(client, "get", f"/sampling/{draw.pk}/list/"))
        picked.append(told(client, "get", f"/sampling/{draw.pk}/picks/{pick.pk}/"))
    assert [each.status for each in (*listed, *picked)] == [200] * 4
    assert all(reads_differing(each) for each in (*listed, *picked))
    assert listed[0].body != listed[1].body
    assert picked[0].queries != picked[1].queries


def test_no_table_and_no_line_of_the_log_names_a_drawn_site(
    world: World, draw: SealedDraw, capfd: pytest.CaptureFixture[str]
) -> None:
    """After all that a team does with a draw, by service and on the desk."""
    office, inspector = world.home.office, world.people["inspector"]
    picks = list(draw.picks.order_by("position"))
    day = draw.made_at.date()
    release_picks(draw, [picks[0].pk], ReleaseWish(picks[0].label, day, [inspector]), by=office)
    replace_pick(picks[0], because=DropReason.OTHER, note=picks[0].label, by=office)
    look_at_list(draw, by=office, what=Look.FILE)
    with pytest.raises(DrawNotNamed):
        reveal_draw(draw, named=picks[0].label, by=office)
    for part in ("list/", "list.csv", "mine/", f"picks/{picks[1].pk}/"):
        assert world.browsers["office"].get(f"/sampling/{draw.pk}/{part}").status_code == 200
    assert world.browsers["inspector"].get(f"/sampling/{draw.pk}/mine/").status_code == 200
    secrets = {draw.seed, *(p.label for p in picks), *(p.key for p in picks)}
    found = [
        (model.__name__, secret)
        for model in apps.get_models()
        if model._meta.label not in OF_THE_DRAW
        for row in model._default_manager.values()
        for secret in secrets
        if secret in str(row)
    ]
    assert found == []
    lines = "".join(capfd.readouterr()) + content(Client().get("/metrics"))
    assert [secret for secret in secrets if secret in lines] == []


OF_THE_DRAW = frozenset(
    {
        "rounds.SealedDraw",
        "rounds.DrawPick",
        "rounds.DrawRelease",  # its route is a name that the keeper gives, for the team only
        "rounds.RegisteredSite",
    }
)


def test_a_member_is_told_what_was_released_and_nothing_else(
    world: World, draw: SealedDraw
) -> None:
    office, inspector = world.home.office, world.people["inspector"]
    picks = list(draw.picks.order_by("position"))
    release_picks(
        draw, [picks[0].pk], ReleaseWish("东线", draw.made_at.date(), [inspector]), by=office
    )
    client = world.browsers["inspector"]
    said = "".join(
        content(getattr(client, method)(address)) for method, address in questions(world, draw)
    )
    assert picks[0].label in said
    assert [pick.label for pick in picks[1:] if pick.label in said] == []
