"""Columns of a list: where a cell comes from, how it is printed, what it is in a file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wenming.base import wording
from wenming.base.templatetags import figures
from wenming.base.templatetags.desk import moment
from wenming.base.wording.figures import DASH
from wenming.core.terms import Words
from wenming.files.tables_out import Cell

NUMBERS = frozenset({"number", "points", "share"})
LARGEST_FIRST = NUMBERS | {"day", "moment"}


def _yes(value: object) -> str:
    return _("✓ yes") if value else _("– no")


_PRINTED: Mapping[str, Callable[[Any], str]] = {
    "text": str,
    "words": figures.words,
    "number": figures.plain,
    "points": figures.points,
    "share": figures.share,
    "day": figures.short_day,
    "moment": moment,
    "yes": _yes,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list (列).

    Attributes:
        key: names it in the address; also the way to its value, with dots.
        kind: text, words, number, points, share, day, moment or yes.
        label: kind of word in `base.wording` when the value is a code.
        value: takes the row where the key is not the way to the value.
        template: part that draws the cell from `row`; the file still gets the value.
        sort: field or annotation by which it sorts; "" when it does not.
        is_optional: shown only to who chooses it.
    """

    key: str
    title: str | Promise
    kind: str = "text"
    label: str = ""
    value: Callable[[Any], object] | None = None
    template: str = ""
    sort: str = ""
    is_optional: bool = False

    @property
    def is_number(self) -> bool:
        """Whether it stands at the right."""
        return self.kind in NUMBERS

    @property
    def starts_largest(self) -> bool:
        """Whether the first click on its heading puts the largest first."""
        return self.kind in LARGEST_FIRST

    def of(self, row: object) -> object:
        """The value in a row; None where there is none."""
        if self.value is not None:
            return self.value(row)
        found = row
        for name in self.key.split("."):
            found = getattr(found, name, None)
        return found

    def printed(self, row: object) -> str:
        """The cell as the page prints it; a dash where there is nothing."""
        value = self.of(row)
        if value is None or value == "":
            return DASH
        if self.label:
            return wording.label(self.label, value, get_language() or "zh")
        return _PRINTED[self.kind](value) or DASH

    def exported(self, row: object) -> Cell:
        """The cell as a file holds it: numbers and days stay what they are."""
        value = self.of(row)
        if value is None:
            return None
        if isinstance(value, datetime):
            return timezone.localtime(value)
        if self.label or isinstance(value, Words | Mapping):
            return self.printed(row)
        if isinstance(value, bool | int | Decimal | date):
            return value
        return str(value)
