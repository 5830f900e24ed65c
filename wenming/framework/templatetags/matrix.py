"""The cells of the matrix, written in one go: ten thousand of them would tire the templates."""

from collections.abc import Mapping, Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from wenming.base import wording
from wenming.core.responsibility import PlanFinding
from wenming.framework.models import PlanEdit
from wenming.framework.queries.matrix import SIGNS, ItemRow, UnitColumn

register = template.Library()

NAMED = 3
_EMPTY = mark_safe("<td></td>")  # nothing of anybody's stands in it


@register.simple_tag
def cells(row: ItemRow, columns: Sequence[UnitColumn]) -> SafeString:
    """One cell for each unit: its sign with the word behind it, or nothing."""
    language = get_language() or "zh"
    words = {role: wording.label("role", role, language) for role in SIGNS}
    return format_html_join("", "{}", ((_cell(row.roles, column, words),) for column in columns))


@register.filter
def role_sign(role: str) -> str:
    """The sign of a role: ● lead, ○ responsible, △ supporting."""
    return SIGNS.get(role, "")


@register.simple_tag
def plan_sentence(finding: PlanFinding) -> str:
    """What was found about a plan, as one sentence."""
    facts = {"item": finding.item, "name": finding.unit, "group": finding.group, **finding.facts}
    return wording.sentence(finding.fault.value, facts, get_language() or "zh")


@register.filter
def step_cells(edit: PlanEdit) -> str:
    """The first cells of a step, as item, unit, and the signs before and after."""
    shown = [
        f"{cell['item']} {cell['name']} {_sign(cell['before'])}→{_sign(cell['after'])}"
        for cell in edit.cells[:NAMED]
    ]
    return "；".join(shown) + ("…" if len(edit.cells) > NAMED else "")


def _sign(terms: Mapping[str, str] | None) -> str:
    return SIGNS.get(terms["role"], "") if terms else "–"


def _cell(roles: Mapping[str, str], column: UnitColumn, words: Mapping[str, str]) -> SafeString:
    role = roles.get(str(column.unit.pk))
    if role is None:
        return _EMPTY
    return format_html(
        '<td class="{0}" data-label="{1}"><span title="{2}" aria-hidden="true">{3}</span>'
        '<span class="hidden">{2}</span></td>',
        role,
        column.unit.name,
        words[role],
        SIGNS[role],
    )
