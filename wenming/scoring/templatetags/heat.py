"""The cells of the matrix of units and items, written in one go: thousands of them."""

from collections.abc import Sequence
from decimal import Decimal
from math import ceil

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wenming.base import wording
from wenming.base.templatetags.figures import points, words
from wenming.core.terms import Role, State
from wenming.files.tables_out import text_width
from wenming.framework.queries.matrix import SIGNS
from wenming.scoring.models import Run
from wenming.scoring.queries.gap_matrix import MatrixItem, MatrixUnit

register = template.Library()

LEVELS, MOST_LINES, IN_LINE = 4, 4, 20
_EMPTY = mark_safe("<td></td>")  # nothing of anybody's stands in it


def is_number(column: MatrixItem, role: str) -> bool:
    """Whether the cell holds the points that the item loses: only where the unit leads it."""
    return role == Role.LEAD and column.state == State.NOT_MET and column.lost is not None


def cell_text(column: MatrixItem, role: str) -> str:
    """What stands in a cell without a number: the state under a lead, else the sign of the role."""
    return wording.sign(column.state) if role == Role.LEAD else SIGNS.get(role, "")


def head_lines(column: MatrixItem) -> int:
    """Upright lines that the name of an item takes in the head, at most four."""
    named = f"{column.key} {words(column.title)}"
    return max(1, min(MOST_LINES, ceil(text_width(named) / IN_LINE)))


@register.simple_tag
def heat_cells(
    run: Run, row: MatrixUnit, columns: Sequence[MatrixItem], most: Decimal
) -> SafeString:
    """One cell for each item: lost points, a sign, or nothing; each opens the page of the item."""
    language = get_language() or "zh"
    said = {role: wording.label("role", role, language) for role in SIGNS}
    cells = ((_cell(run, column, row.roles.get(column.key, ""), said, most),) for column in columns)
    return format_html_join("", "{}", cells)


def _cell(
    run: Run, column: MatrixItem, role: str, said: dict[str, str], most: Decimal
) -> SafeString:
    if not role:
        return _EMPTY
    shown = points(column.lost) if is_number(column, role) else cell_text(column, role)
    word = said[role]
    if is_number(column, role):
        word = _("%(role)s, points lost") % {"role": word}
    elif role == Role.LEAD:
        state = wording.label("state", column.state, get_language() or "zh")
        word = _("%(role)s, %(state)s") % {"role": word, "state": state}
    return format_html(
        '<td class="{0}{1}" data-label="{2}"><a href="{3}" title="{2}">{4}'
        '<span class="hidden"> {5}</span></a></td>',
        role,
        _level(column, role, most),
        f"{column.key} {words(column.title)}",
        reverse("scoring:item", args=[run.pk, column.key]),
        shown,
        word,
    )


def _level(column: MatrixItem, role: str, most: Decimal) -> str:
    """How deep the cell is shaded, by the largest loss of one item; the number tells it, too."""
    if not is_number(column, role) or not column.lost or not most:
        return ""
    return f" h{ceil(column.lost / most * LEVELS)}"
