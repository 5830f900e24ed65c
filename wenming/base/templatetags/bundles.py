"""The scripts of a page, as the build of `frontend/` left them."""

import json
import logging
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
log = logging.getLogger(__name__)
BUNDLE = "bundle"


@register.simple_tag
def bundle(name: str) -> SafeString:
    """The script of this name with its style; without a build, nothing: pages work without."""
    built = _built().get(f"src/{name}.ts") or _built().get(f"src/{name}/main.ts")
    if built is None:
        return SafeString("")
    styles = format_html_join(
        "", '<link rel="stylesheet" href="{}">', ((_address(file),) for file in _styles(built))
    )
    return format_html(
        '{}<script type="module" src="{}"></script>', styles, _address(built["file"])
    )


def bundle_files(source: str, *, of: str = "manifest.json") -> list[str]:
    """The addresses of a script, of its style, and of all that it imports; empty without a build.

    Args:
        source: the script as the build knows it.
        of: the list of the build in which it stands.
    """
    listed = _built(of)
    wanted, found = [source], []
    while wanted:
        built = listed.get(wanted.pop(), {})
        found += [_address(file) for file in (built.get("file"), *built.get("css", [])) if file]
        wanted += built.get("imports", [])
    return found


def _styles(built: dict[str, Any]) -> list[str]:
    """The style of a script and of all that it imports."""
    found = list(built.get("css", []))
    for name in built.get("imports", []):
        found += [file for file in _styles(_built()[name]) if file not in found]
    return found


def _address(file: str) -> str:
    """By the name that the build gave: parts of the bundle ask for each other by it."""
    return f"{settings.STATIC_URL}{BUNDLE}/{file}"


@cache
def _built(of: str = "manifest.json") -> dict[str, Any]:
    """What the build says it made; empty where it did not run."""
    try:
        text = Path(settings.STATICFILES_DIRS[0], BUNDLE, of).read_text()
    except FileNotFoundError:
        log.warning("The scripts of the pages are missing; `sh tools/setup.sh app` builds them.")
        return {}
    built: dict[str, Any] = json.loads(text)
    return built
