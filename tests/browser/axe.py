"""What axe finds on a page."""

import json
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_FIRST_ROWS = 25
_CONTEXT = {"exclude": [f"tbody > tr:nth-child(n+{_FIRST_ROWS + 1})"]}
"""The rows of a table are drawn by one loop: the first ones are looked at, not hundreds alike."""

_OPTIONS = {
    "resultTypes": ["violations"],  # what passes is not described
    "preload": False,  # style sheets are fetched again only for a rule that is not run
    "selectors": False,  # a violation is told by its HTML
    "elementRef": False,
}
_RUN = f"axe.run({json.dumps(_CONTEXT)}, {json.dumps(_OPTIONS)}).then(found => found.violations)"


def violations(page: Page) -> list[dict[str, Any]]:
    """The rules that a page breaks, each with its nodes."""
    page.evaluate(Axe().axe_script)
    found: list[dict[str, Any]] = page.evaluate(_RUN)
    return found
