"""The description of the interface in a browser: whole, clean, and without another server."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests.browser.accounts.conftest import Window
from tests.browser.axe import violations
from tests.cast import Cast, log_in
from wenming.api.urls import api

WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNFOLD = "for (const each of document.querySelectorAll('main details')) each.open = true"


@pytest.mark.parametrize(
    ("language", "width", "theme", "heading"),
    [("zh-hans", 1440, "light", "数据接口"), ("en", 390, "dark", "Interface for programs")],
)
def test_every_operation_and_form_can_be_read(
    window: Window, cast: Cast, language: str, width: int, theme: str, heading: str
) -> None:
    asked: list[str] = []
    window.page.on("request", lambda one: asked.append(one.url))
    window.page.set_viewport_size({"width": width, "height": 900})
    session = log_in(Client(), cast.lin).cookies["sessionid"].value
    said = {"sessionid": session, "language": language, "theme": theme}
    window.context.add_cookies(
        [{"name": name, "value": value, "url": window.address} for name, value in said.items()]
    )
    page = window.go("/api/docs/")
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    described = api.get_openapi_schema(path_prefix="api/v1")["paths"]
    operations = sum(len(each) for each in described.values())
    assert page.locator(".operations .method").count() == operations
    page.evaluate(UNFOLD)
    assert page.evaluate(WIDE) <= 0
    assert violations(page) == []
    gone = page.evaluate(
        "[...document.querySelectorAll('main a[href^=\"#\"]')]"
        ".filter(each => !document.getElementById(each.hash.slice(1))).length"
    )
    assert gone == 0, "every form that is named can be found"
    assert [url for url in asked if not url.startswith(window.address)] == []
    assert window.said == []
