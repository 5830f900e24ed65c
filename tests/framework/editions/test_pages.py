"""Pages of editions: who gets what, what stands on them, how many questions they ask."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast, log_in, make_cast
from tests.framework.editions.building import (
    CHECKLISTS_FILE,
    EDITION_A,
    EDITION_B,
    brought,
    changed,
    draft_of,
    loaded,
    small_draft,
    small_in_use,
)
from wenming.framework.models import Edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def page(client: Client, name: str, *arguments: Any, query: str = "", status: int = 200) -> str:
    """The text of a page."""
    response = client.get(reverse(f"framework:{name}", args=arguments) + query)
    assert response.status_code == status, (name, response.status_code)
    return response.content.decode()


def test_the_list_tells_each_edition_by_state(client: Client, cast: Cast) -> None:
    used = small_in_use(cast.city, cast.lin)
    draft_of(changed(("key: small", "key: later")), city=cast.city, by=cast.lin)
    text = page(log_in(client, cast.lin), "editions")
    assert text.index("使用中") < text.index("草稿")
    assert used.hash[:10] in text
    assert text.count("小体系") >= 2


@pytest.mark.parametrize("who", ["zhao", "chen", "sun", "zheng", "wang"])
def test_everybody_reads_editions_in_use_and_nobody_else_sees_drafts(
    client: Client, cast: Cast, who: str
) -> None:
    used = small_in_use(cast.city, cast.lin)
    draft = draft_of(changed(("key: small", "key: later")), city=cast.city, by=cast.lin)
    log_in(client, getattr(cast, who))
    for name in ("editions", "items", "compare"):
        assert client.get(reverse(f"framework:{name}"), follow=True).status_code == 200
    for name in ("edition", "item_tree"):
        page(client, name, used.pk)
        page(client, name, draft.pk, status=404)
    assert "道路整洁" in page(client, "item", used.pk, "B2.1.1")
    for name in ("edition_rename", "edition_use", "edition_delete", "edition_supersede", "migrate"):
        page(client, name, draft.pk, status=403)
    page(client, "edition_bring", status=403)


@pytest.mark.parametrize("who", ["feng", "chu", "wei"])
def test_administrators_have_no_part_in_the_framework(client: Client, cast: Cast, who: str) -> None:
    used = small_in_use(cast.city, cast.lin)
    log_in(client, getattr(cast, who))
    for name, *arguments in (("editions",), ("edition", used.pk), ("item_tree", used.pk)):
        page(client, name, *arguments, status=403)


def test_another_city_gets_404(client: Client, cast: Cast) -> None:
    used = small_in_use(cast.city, cast.lin)
    draft = draft_of(changed(("key: small", "key: later")), city=cast.city, by=cast.lin)
    kept = brought("schema: nonsense", city=cast.city, by=cast.lin)
    log_in(client, cast.wu)
    for edition in (used, draft):
        for name in ("edition", "item_tree", "edition_use", "edition_rename", "edition_delete",
                     "edition_supersede", "migrate"):  # fmt: skip
            page(client, name, edition.pk, status=404)
        for form in ("xlsx", "yaml"):
            page(client, "edition_file", edition.pk, form, status=404)
            page(client, "edition_checklists", edition.pk, form, status=404)
    page(client, "item", used.pk, "B1.1.1", status=404)
    page(client, "edition_import", kept.pk, status=404)
    page(client, "edition_copy", kept.pk, "edition", status=404)
    for name in ("edition_correct", "edition_accept", "edition_discard"):
        assert client.post(reverse(f"framework:{name}", args=[kept.pk])).status_code == 404
    query = f"?before={used.pk}&after={draft.pk}"
    assert "小体系" not in page(client, "compare", query=query)
    page(client, "compare_item", "B1.1.1", query=query, status=404)


def test_whoever_is_not_logged_in_is_sent_to_the_log_in(client: Client, cast: Cast) -> None:
    response = client.get(reverse("framework:editions"))
    assert response.status_code == 302
    assert "next=" in response["Location"]


@pytest.fixture
def whole(cast: Cast) -> Edition:
    """The edition with 121 items, with its checklists."""
    return loaded(cast.city, EDITION_B, lists=CHECKLISTS_FILE)


CEILINGS: list[tuple[str, Callable[[Edition], list[Any]], int]] = [
    ("editions", lambda _edition: [], 14),
    ("edition", lambda edition: [edition.pk], 18),
    ("item_tree", lambda edition: [edition.pk], 20),
    ("item", lambda edition: [edition.pk, "B2.1.1"], 20),
]


@pytest.mark.parametrize(("name", "arguments", "most"), CEILINGS, ids=[c[0] for c in CEILINGS])
def test_a_page_asks_no_more_with_121_items(
    client: Client,
    cast: Cast,
    whole: Edition,
    name: str,
    arguments: Callable[[Edition], list[Any]],
    most: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    log_in(client, cast.lin)
    page(client, name, *arguments(whole))
    with django_assert_max_num_queries(most):
        page(client, name, *arguments(whole))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_is_whole_in_both_languages(
    client: Client, cast: Cast, whole: Edition, language: str
) -> None:
    old = loaded(cast.city, EDITION_A)
    log_in(client, cast.lin, language=language)
    draft = small_draft(cast.city, cast.lin)
    pair = f"?before={old.pk}&after={whole.pk}"
    texts = [
        page(client, "editions"),
        page(client, "edition", whole.pk),
        page(client, "item_tree", whole.pk),
        page(client, "item", whole.pk, "B2.1.1"),
        page(client, "compare"),
        page(client, "compare", query=pair),
        page(client, "compare_item", "B1.1.1", query=pair),
        page(client, "edition_bring"),
        page(client, "edition_use", draft.pk),
        page(client, "edition_rename", draft.pk),
        page(client, "edition_delete", draft.pk),
        page(client, "edition_supersede", old.pk),
        page(client, "migrate", whole.pk),
    ]
    for text in texts:
        bare = re.sub(r"(?s)<(script|code)\b.*?</\1>|<[^>]+>", " ", text)
        assert text.count("<h1") == 1
        assert "None" not in bare
        assert "style=" not in text
