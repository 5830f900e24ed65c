"""Mistakes of a file that was brought in, as a page lists them."""

from collections.abc import Sequence

from django.utils.translation import get_language

from wenming.base import wording
from wenming.core.errors import Problem


def told(problems: Sequence[Problem]) -> list[dict[str, str]]:
    """Each mistake (核查结果) with its cell and its sentence; for base/parts/cell_mistakes.html."""
    language = get_language() or "zh"
    return [
        {
            "at": each.place.address or each.place.sheet,
            "sentence": wording.sentence(each.code, each.facts, language),
        }
        for each in problems
    ]
