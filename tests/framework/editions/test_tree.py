"""The tree of items and the page of one: what is found, filtered, told and hidden."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, log_in, make_cast
from tests.framework.editions.building import (
    CHECKLISTS_FILE,
    EDITION_A,
    EDITION_B,
    changed,
    draft_of,
    loaded,
    small_in_use,
)
from wenming.base.seeking import found_by
from wenming.core.lifecycle import EditionState
from wenming.core.terms import Role
from wenming.framework.models import Edition
from wenming.framework.services.assigning import Assignment, assign
from wenming.framework.services.drafts import put_in_use
from wenming.framework.services.plans import begin_draft, issue_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def whole(cast: Cast) -> Edition:
    return loaded(cast.city, EDITION_B, lists=CHECKLISTS_FILE)


def keys(client: Client, edition: Edition, query: str = "") -> list[str]:
    """The keys of the items that the tree shows."""
    response = client.get(reverse("framework:item_tree", args=[edition.pk]) + query)
    assert response.status_code == 200
    return [
        item.key
        for branch in response.context["tree"]
        for indicator in branch.indicators
        for item in indicator.items
    ]


def test_the_tree_holds_every_item_once_and_in_order(
    client: Client, cast: Cast, whole: Edition
) -> None:
    found = keys(log_in(client, cast.zhao), whole)
    assert found == list(whole.items.order_by("position").values_list("key", flat=True))
    assert len(found) == 121


@pytest.mark.parametrize(
    ("text", "key"),
    [("禁烟", "B4.8.5"), ("yjbn", "B5.5.3"), ("B1.2.4", "B1.2.4"), ("市民热线", "B1.2.4")],
    ids=["two characters", "initials", "key", "words"],
)
def test_an_item_is_found(client: Client, cast: Cast, whole: Edition, text: str, key: str) -> None:
    found = keys(log_in(client, cast.lin), whole, f"?text={text}")
    assert key in found
    assert len(found) < 12


def test_what_is_not_there_says_so(client: Client, cast: Cast, whole: Edition) -> None:
    log_in(client, cast.lin)
    assert keys(client, whole, "?text=火星") == []
    address = reverse("framework:item_tree", args=[whole.pk]) + "?text=火星"
    assert "没有符合" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("part=distinctive", lambda item: item.part == "distinctive"),
        ("dimension=B3", lambda item: item.dimension == "B3"),
        ("group=城建", lambda item: item.group == "城建"),
        ("method=survey", lambda item: "survey" in item.methods),
        ("mark=public", lambda item: item.mark == "public"),
        ("part=nonsense", lambda _item: True),
    ],
    ids=["part", "dimension", "group", "method", "mark", "unknown"],
)
def test_a_filter_leaves_what_fits(
    client: Client, cast: Cast, whole: Edition, query: str, fits: object
) -> None:
    wanted = [item.key for item in whole.items.order_by("position") if fits(item)]  # type: ignore[operator]
    assert wanted
    assert keys(log_in(client, cast.lin), whole, f"?{query}") == wanted


def issued(cast: Cast, edition: Edition) -> None:
    """Zhao's unit leads B2.1.1, the archive supports it."""
    draft = begin_draft(edition, by=cast.lin)
    cells = [
        Assignment("B2.1.1", cast.units.streets, Role.LEAD),
        Assignment("B2.1.1", cast.units.archive, Role.SUPPORTING),
    ]
    draft = assign(draft, cells, by=cast.lin, version=draft.version)
    issue_plan(draft, by=cast.lin, title="分解表", version=draft.version)


def test_units_filter_and_answer_only_where_one_may_see_them(client: Client, cast: Cast) -> None:
    edition = small_in_use(cast.city, cast.lin)
    issued(cast, edition)
    log_in(client, cast.lin)
    assert keys(client, edition, f"?unit={cast.units.archive.pk}") == ["B2.1.1"]
    page = client.get(reverse("framework:item", args=[edition.pk, "B2.1.1"])).content.decode()
    assert "市城管局" in page
    assert "市档案馆" in page
    log_in(client, cast.qian)
    page = client.get(reverse("framework:item", args=[edition.pk, "B2.1.1"])).content.decode()
    assert "市档案馆" in page
    assert "市城管局" not in page
    log_in(client, cast.sun)
    page = client.get(reverse("framework:item", args=[edition.pk, "B2.1.1"])).content.decode()
    assert "市城管局" not in page


def test_a_page_tells_the_lines_gates_and_neighbours(
    client: Client, cast: Cast, whole: Edition
) -> None:
    log_in(client, cast.lin)
    page = client.get(reverse("framework:item", args=[whole.pk, "B4.1.5"])).content.decode()
    assert "≥85" in page
    page = client.get(reverse("framework:item", args=[whole.pk, "B5.3.1"])).content.decode()
    assert "地面无垃圾烟头污渍" in page
    assert reverse("framework:item", args=[whole.pk, "B5.3.2"]) in page
    missing = client.get(reverse("framework:item", args=[whole.pk, "Z9"]))
    assert missing.status_code == 404


def test_a_new_key_says_what_it_continues(client: Client, cast: Cast) -> None:
    old = small_in_use(cast.city, cast.lin)
    text = changed(("key: B2.1.1", "key: B2.1.9"), ("key: small", "key: new"))
    new = put_in_use(draft_of(text, city=cast.city, by=cast.lin), by=cast.lin, instead_of=old)
    log_in(client, cast.lin)
    response = client.get(reverse("framework:item", args=[new.pk, "B2.1.9"]))
    (told,) = response.context["continues"]
    assert (told["edition"], told["item"].key) == (old, "B2.1.1")
    assert client.get(reverse("framework:item", args=[new.pk, "B2.1.2"])).context["continues"] == []


def test_the_navigation_leads_to_the_edition_in_use(client: Client, cast: Cast) -> None:
    log_in(client, cast.zhao)
    address = reverse("framework:items")
    assert client.get(address)["Location"] == reverse("framework:editions")
    edition = small_in_use(cast.city, cast.lin)
    assert client.get(address)["Location"] == reverse("framework:item_tree", args=[edition.pk])


def test_the_search_finds_items_of_editions_in_use_only(cast: Cast) -> None:
    edition = loaded(cast.city, EDITION_A)
    draft_of(changed(("道路整洁", "道路平整")), city=cast.city, by=cast.lin)
    assert edition.state == EditionState.IN_USE
    for text, count in (("法律援助", 1), ("flyz", 1), ("道路平整", 0)):
        found = found_by(cast.zhao, cast.city, text, each=10, only="framework")
        assert sum(len(each.hits) for each in found) == count, text
    assert not found_by(cast.wu, cast.other_city, "法律援助", each=10, only="framework")


def test_an_empty_city_says_what_an_edition_is(client: Client, cast: Cast) -> None:
    page = log_in(client, cast.lin).get(reverse("framework:items"), follow=True)
    text = page.content.decode()
    assert reverse("framework:edition_bring") in text
    assert reverse("framework:edition_template", args=["edition"]) in text
