"""Every page of a run, in both languages: it answers, it is whole, it speaks one language."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from tests.pages.shown import LANGUAGES, Shown
from wenming.base.views import server_error
from wenming.scoring.models import Run

pytestmark = pytest.mark.django_db

NAMES = (
    "home",
    "overview",
    "items",
    "items of one dimension",
    "no items",
    "sites item",
    "survey item",
    "papers item",
    "observations",
    "site",
    "observation",
    "answers",
    "document",
    "findings",
    "method",
    "gaps by item",
    "gaps by dimension",
    "gaps by group",
    "gaps by unit",
    "gaps by county",
    "gaps by street",
    "gaps by site_type",
)
# Words of the field's own hand: names of methods, formats, commands and keys.
LATIN = frozenset(
    [
        "wenming",
        "assess",
        "dir",
        "json",
        "make",
        "demo",
        "csv",
        "xlsx",
        "yaml",
        "reported",
        "logit",
        "webgl",
        "korn",
        "graubard",
        "wilson",
        "beta",
        "bootstrap",
        "gdp",
        "code",
        "cookie",
    ]
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def body_of(reader: Client, address: str, language: str = "zh-hans") -> str:
    reader.cookies["language"] = language
    response = reader.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.content.decode()


def text_of(page: str) -> str:
    bare = re.sub(r"(?s)<(script|style|code)\b.*?</\1>|<!--.*?-->", " ", page)
    return unescape(re.sub(r"<[^>]+>", " ", bare))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_whole(reader: Client, pages: Shown, name: str, language: str) -> None:
    page = body_of(reader, pages.addresses[name], language)
    assert f'<html lang="{"en" if language == "en" else "zh-Hans"}"' in page
    assert page.count("<h1") == 1
    assert "</html>" in page
    assert "style=" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son\w+=", page)
    assert "None" not in text_of(page)


@pytest.mark.parametrize("name", NAMES)
def test_the_chinese_page_has_no_english_left(reader: Client, pages: Shown, name: str) -> None:
    text = text_of(body_of(reader, pages.addresses[name]))
    left = {
        word.lower()
        for word in re.findall(
            r"[A-Za-z]{3,}",
            re.sub(r"[\w.-]*\d[\w.-]*|[\w-]+\.yaml|\{\w+\}", " ", text, flags=re.ASCII),
        )
    }
    assert left <= LATIN


@pytest.mark.parametrize("name", NAMES)
def test_the_english_page_has_no_chinese_in_its_frame(
    reader: Client, pages: Shown, name: str
) -> None:
    page = body_of(reader, pages.addresses[name], "en")
    frame = re.findall(r"(?s)<(dt|label|button|caption|summary|h2|thead)\b[^>]*>(.*?)</\1>", page)
    told = [text_of(inner) for _, inner in frame]
    assert [text for text in told if CHINESE.search(text)] == []


def test_the_overview_tells_the_score_as_the_run_stores_it(reader: Client, pages: Shown) -> None:
    text = text_of(body_of(reader, pages.addresses["overview"]))
    assert f"{pages.run.score:.2f}" in text
    assert f"{pages.run.low:.1f}" in text
    assert "合成数据" in text


def test_the_dimensions_on_the_overview_add_up_to_what_is_shown(
    reader: Client, pages: Shown
) -> None:
    response = reader.get(pages.addresses["overview"])
    rows, total = response.context["dimensions"], response.context["dimension_total"]
    assert len(rows) == 7
    for column in ("earned", "lost", "untested"):
        assert sum(row[column] for row in rows) == total[column]
    assert total["earned"] + total["lost"] + total["untested"] == total["points"]


def test_an_item_page_leads_to_every_kind_of_evidence(reader: Client, pages: Shown) -> None:
    for name, link in (
        ("sites item", "observations/"),
        ("survey item", "answers/"),
        ("papers item", "documents/"),
    ):
        assert link in body_of(reader, pages.addresses[name])


def test_the_reasons_on_an_item_page_add_up_to_its_score(reader: Client, pages: Shown) -> None:
    response = reader.get(pages.addresses["survey item"])
    item = response.context["item"]
    told = sum(reason["points"] for reason in item["reasons"] if reason["points"] is not None)
    assert told == pytest.approx(item["score"], abs=1e-9)


def test_a_finding_shows_its_sum(neighbour: Client, pages: Shown) -> None:
    address = reverse("scoring:findings", args=[pages.other.pk])
    text = re.sub(r"\s+", " ", text_of(body_of(neighbour, address)))
    assert "42 ≠ 14 + 14 + 5 + 7 = 40" in text


def test_a_run_without_points_still_has_every_page(neighbour: Client, pages: Shown) -> None:
    for name in ("overview", "items", "gaps", "findings", "method"):
        body_of(neighbour, reverse(f"scoring:{name}", args=[pages.other.pk]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_does_not_exist_is_explained(reader: Client, pages: Shown, language: str) -> None:
    run, other = pages.run.pk, pages.other.pk
    seen = pages.addresses["observation"].replace(str(run), str(other))
    reader.cookies["language"] = language
    for address in (
        "/nowhere/",
        f"/runs/{uuid4()}/",
        f"/runs/{run}/items/B9.9.9/",
        f"/runs/{run}/items/B9.9.9/observations/",
        f"/runs/{run}/documents/{uuid4()}/",
        f"/runs/{run}/sites/{uuid4()}/",
        f"/runs/{run}/items/B4.1.1/answers/q999/",
        f"/runs/{run}/gaps.pdf",
        seen,
    ):
        response = reader.get(address)
        assert response.status_code == 404, address
        said = "This page does not exist" if language == "en" else "没有这个页面"
        assert said in response.content.decode()


def test_a_broken_page_gives_a_number_to_quote() -> None:
    response = server_error(RequestFactory().get("/items/"))
    assert response.status_code == 500
    assert re.search(r"<code>[0-9a-f]{8}</code>", response.content.decode())


def test_without_a_run_the_first_page_says_how_to_begin(reader: Client, pages: Shown) -> None:
    Run.objects.all().delete()
    assert "make demo" in body_of(reader, reader.get("/").headers["Location"])


def test_the_language_is_chosen_by_the_address_and_kept(reader: Client, pages: Shown) -> None:
    assert "Total score" in reader.get(pages.addresses["overview"] + "?lang=en").content.decode()
    assert "Total score" in reader.get(pages.addresses["overview"]).content.decode()
    assert "总分" in reader.get(pages.addresses["overview"] + "?lang=zh").content.decode()


def test_the_colours_are_kept_and_lead_back(reader: Client, pages: Shown) -> None:
    back = pages.addresses["findings"]
    response = reader.post("/theme/", {"theme": "dark", "next": back})
    assert response.headers["Location"] == back
    assert 'data-theme="dark"' in reader.get(back).content.decode()


def test_the_colours_never_lead_to_another_site(client: Client, db: None) -> None:
    response = client.post("/theme/", {"theme": "dark", "next": "https://example.org/"})
    assert response.headers["Location"] == "/"


def test_the_server_says_that_it_is_well(client: Client, db: None) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_can_only_be_read(reader: Client, pages: Shown, method: str) -> None:
    assert getattr(reader, method)(pages.addresses["overview"]).status_code == 405
