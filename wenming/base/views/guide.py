"""Help: the pages of the guide in the language of the reader, also beside the page at hand."""

import re
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

from wenming.base.access import requires
from wenming.core.permissions import Capability

_KEY = re.compile(r"[a-z0-9_-]+")
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_LINK = re.compile(r'href="([a-z0-9_-]+)(?:\.zh)?\.md(#[^"]*)?"')


@requires(Capability.USE_DESK)
@require_safe
def help_pages(request: HttpRequest) -> HttpResponse:
    """All pages of the guide."""
    return render(request, "base/help_pages.html", {"pages": _titles()})


@requires(Capability.USE_DESK)
@require_safe
def help_page(request: HttpRequest, page: str) -> HttpResponse:
    """One page of the guide."""
    found = _file(page)
    if found is None:
        raise Http404
    text = found.read_text(encoding="utf-8")
    context = {"title": _title(text), "text": _as_html(text), "pages": _titles(), "page": page}
    return render(request, "base/help_page.html", context)


def _titles() -> list[tuple[str, str]]:
    """Key and title of each page, in the reader's language."""
    keys = sorted({path.name.split(".")[0] for path in _guide().glob("*.md")})
    files = [(key, _file(key)) for key in keys]
    return [(key, _title(file.read_text(encoding="utf-8"))) for key, file in files if file]


def _file(page: str) -> Path | None:
    """The file of a page: in the reader's language, else in the other one."""
    if not _KEY.fullmatch(page):
        return None
    endings = [".md", ".zh.md"] if get_language() == "en" else [".zh.md", ".md"]
    candidates = [_guide() / f"{page}{ending}" for ending in endings]
    return next((path for path in candidates if path.is_file()), None)


def _guide() -> Path:
    folder: Path = settings.GUIDE
    return folder


def _title(text: str) -> str:
    found = _TITLE.search(text)
    return found[1].strip().replace("`", "") if found else ""


def _as_html(text: str) -> SafeString:
    """The guide as HTML; it is part of the program, and HTML inside it is shown as text."""
    body = _TITLE.sub("", text, count=1)
    rendered = MarkdownIt("commonmark", {"html": False}).enable("table").render(body)
    return mark_safe(_LINK.sub(r'href="../\1/\2"', rendered))  # noqa: S308  # our own text
