"""What axe finds on a page."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_OPTIONS = {"resultTypes": ["violations"]}
"""What passes is not described: on long lists that costs more than the looking itself."""


def violations(page: Page) -> list[dict[str, Any]]:
    """The rules that a page breaks, each with its nodes."""
    found: list[dict[str, Any]] = Axe().run(page, options=_OPTIONS).response["violations"]
    return found
