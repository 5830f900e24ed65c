"""Which language a page is in: what the visitor chose, else Chinese."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from wenming.config.language import LanguageMiddleware


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(translation.get_language())


def visit(path: str = "/", *, cookie: str = "", accept: str = "") -> HttpResponse:
    headers = {"accept-language": accept} if accept else {}
    request = RequestFactory(headers=headers).get(path)
    request.COOKIES["language"] = cookie
    return LanguageMiddleware(page)(request)


@pytest.mark.parametrize("accept", ["", "en-GB,en;q=0.9", "fr"])
def test_a_visitor_without_a_choice_gets_chinese_whatever_the_browser_says(accept: str) -> None:
    assert visit(accept=accept).content == b"zh-hans"


def test_a_choice_in_the_address_counts_and_is_remembered() -> None:
    answer = visit("/?lang=en", cookie="zh-hans")
    assert answer.content == b"en"
    assert answer.headers["Content-Language"] == "en"
    assert answer.cookies["language"].value == "en"
    assert answer.cookies["language"]["httponly"]
    assert visit(cookie="en").content == b"en"


@pytest.mark.parametrize("written", ["zh", "ZH-CN", "zh-Hans"])
def test_chinese_may_be_written_in_several_ways(written: str) -> None:
    assert visit(f"/?lang={written}", cookie="en").content == b"zh-hans"


@pytest.mark.parametrize("written", ["fr", "../x", "<b>", ""])
def test_an_unknown_language_changes_nothing(written: str) -> None:
    answer = visit("/?lang=" + written, cookie="en")
    assert answer.content == b"en"
    assert not answer.cookies
