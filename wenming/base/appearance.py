"""How a person wants pages to look: colours and the size of letters, kept in cookies."""

from django.http import HttpRequest

THEMES = ("auto", "light", "dark")
SIZES = ("usual", "large")
THEME_COOKIE, SIZE_COOKIE = "theme", "size"


def theme_of(request: HttpRequest) -> str:
    """The colours the visitor chose; "auto" follows the device."""
    kept = request.COOKIES.get(THEME_COOKIE, "")
    return kept if kept in THEMES else "auto"


def size_of(request: HttpRequest) -> str:
    """The size of letters: "usual", or "large" for people whose eyes are tired (适老化)."""
    kept = request.COOKIES.get(SIZE_COOKIE, "")
    return kept if kept in SIZES else "usual"
