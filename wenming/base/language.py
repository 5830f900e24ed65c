"""Words in Chinese or English through the compiled catalogue, for pages and command alike.

Source strings are English. Nothing here needs Django, so that the command starts at once.
"""

import gettext
from collections.abc import Mapping
from functools import cache
from pathlib import Path

CHINESE, ENGLISH = "zh", "en"
LOCALES = Path(__file__).resolve().parent.parent / "locale"


def marked(message: str) -> str:
    """Mark a source string for translation without translating it yet."""
    return message


def short(language: str) -> str:
    """`en` for any kind of English, `zh` for everything else."""
    return ENGLISH if language.lower().startswith(ENGLISH) else CHINESE


def translate(message: str, language: str) -> str:
    """A marked source string in a language; itself in English."""
    return message if short(language) == ENGLISH else _chinese().gettext(message)


def chosen(environment: Mapping[str, str]) -> str:
    """The language a person works in: `WENMING_LANG`, else the locale, else Chinese.

    Only a locale that says English speaks for English; `C` and `POSIX` say nothing.
    """
    wished = environment.get("WENMING_LANG", "")
    if not wished:
        names = ("LC_ALL", "LC_MESSAGES", "LANG")
        wished = next((environment[name] for name in names if environment.get(name)), "")
    return short(wished)


@cache
def _chinese() -> gettext.NullTranslations:
    return gettext.translation("django", LOCALES, languages=["zh_Hans"], fallback=True)
