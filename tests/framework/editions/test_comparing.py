"""Two editions side by side: what kinds of differences, how many, and the same as a file."""

import csv
import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, log_in, make_cast
from tests.framework.editions.building import EDITION_A, EDITION_B, changed, draft_of, loaded
from wenming.framework.models import Edition
from wenming.framework.queries.comparison import side_by_side
from wenming.framework.queries.editions import edition_of

pytestmark = pytest.mark.django_db

OTHER = changed(
    ("key: small", "key: other"),
    ("title: {zh: 道路整洁", "title: {zh: 街道整洁"),
    ('op: ">=", value: 80}', 'op: ">=", value: 85}'),
    ('op: "<", value: 10}', 'op: "<", value: 12}'),
    (
        "            points: 2\n            group: 宣教",
        "            points: 3\n            group: 宣教",
    ),
    ("key: B2.1.3", "key: B2.1.8"),
)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def pair(cast: Cast) -> tuple[Edition, Edition]:
    one = draft_of(changed(), city=cast.city, by=cast.lin)
    return one, draft_of(OTHER, city=cast.city, by=cast.lin)


def test_each_kind_of_difference_is_counted(pair: tuple[Edition, Edition]) -> None:
    found = side_by_side(*(edition_of(each) for each in pair))
    told = {kind: n for kind, n in found.counts.items() if n}
    assert told == {"new": 1, "gone": 1, "renamed": 1, "points": 1, "harder": 1, "easier": 1}
    assert sum(told.values()) == len(found.differences)
    assert found.same == 0


def test_the_research_drafts_differ_by_nine_new_items(cast: Cast) -> None:
    pair = loaded(cast.city, EDITION_A), loaded(cast.city, EDITION_B)
    found = side_by_side(*(edition_of(each) for each in pair))
    assert {kind: n for kind, n in found.counts.items() if n} == {"new": 9}
    assert found.same == 112


def address(pair: tuple[Edition, Edition], more: str = "") -> str:
    return f"{reverse('framework:compare')}?before={pair[0].pk}&after={pair[1].pk}{more}"


def test_the_page_says_both_sides_in_words(
    client: Client, cast: Cast, pair: tuple[Edition, Edition]
) -> None:
    page = log_in(client, cast.lin).get(address(pair)).content.decode()
    for said in ("A 级：≥80", "A 级：≥85", "A 级：&lt;10", "街道整洁", "2 分", "3 分"):
        assert said in page, said


def test_filters_narrow_the_page_and_the_file(
    client: Client, cast: Cast, pair: tuple[Edition, Edition]
) -> None:
    log_in(client, cast.lin)
    for more, count in (("", 6), ("&kind=harder", 1), ("&text=满意", 1), ("&part=distinctive", 0)):
        assert len(client.get(address(pair, more)).context["differences"]) == count, more
    got = client.get(address(pair, "&kind=harder&form=csv"))
    rows = list(csv.reader(io.StringIO(got.content.decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == ["B1.1.2"]
    packed = client.get(address(pair, "&form=xlsx")).content
    sheet = openpyxl.load_workbook(io.BytesIO(packed)).active
    assert sheet is not None
    assert sheet.max_row == 7


def test_the_file_speaks_in_words_and_not_in_codes(
    client: Client, cast: Cast, pair: tuple[Edition, Edition]
) -> None:
    got = log_in(client, cast.lin).get(address(pair, "&form=csv")).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(got)))
    renamed = next(row for row in rows if row[1] == "B2.1.1")
    assert renamed[0] == "改名"
    assert renamed[-2:] == ["道路整洁", "街道整洁"]


def test_one_item_stands_on_both_sides(
    client: Client, cast: Cast, pair: tuple[Edition, Edition]
) -> None:
    log_in(client, cast.lin)
    query = address(pair).partition("?")[2]
    page = client.get(f"{reverse('framework:compare_item', args=['B1.1.2'])}?{query}")
    assert "≥80%" in page.content.decode()
    assert "≥85%" in page.content.decode()
    alone = client.get(f"{reverse('framework:compare_item', args=['B2.1.8'])}?{query}")
    assert "没有该测评内容" in alone.content.decode()
    for key, asked in (("Z9", query), ("B1.1.2", "")):
        missing = client.get(f"{reverse('framework:compare_item', args=[key])}?{asked}")
        assert missing.status_code == 404


def test_one_edition_twice_is_told(
    client: Client, cast: Cast, pair: tuple[Edition, Edition]
) -> None:
    page = log_in(client, cast.lin).get(address((pair[0], pair[0])))
    assert "同一个版本" in page.content.decode()
    strange = client.get(reverse("framework:compare") + "?before=x&after=y")
    assert strange.status_code == 200
