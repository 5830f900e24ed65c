"""A unit's sheet of responsibilities (责任单位任务清单) as Word and Excel."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from wenming.base.models import Unit
from wenming.base.queries.organisation import issuer_of
from wenming.base.templatetags.figures import words
from wenming.base.templatetags.labels import label
from wenming.core.terms import Role
from wenming.files.kinds import DOCX, XLSX
from wenming.files.paper_workbook import write_paper_workbook
from wenming.files.tables_out import Cell
from wenming.files.word_out import Paper, TextTable, write_word
from wenming.framework.models import ResponsibilityPlan
from wenming.framework.queries.matrix import SIGNS
from wenming.framework.queries.plans import UnitDuty

KINDS = {
    "docx": DOCX,
    "xlsx": XLSX,
}
WIDTHS = (1.8, 4.9, 2.0, 1.5, 2.9, 1.6, 4.4, 6.5)
Sheets = Sequence[tuple[ResponsibilityPlan, Sequence[UnitDuty]]]


def unit_sheet(unit: Unit, sheets: Sheets, *, form: str) -> bytes:
    """What is asked of a unit, as `docx` or `xlsx`; one table for each plan in force."""
    paper = _paper(unit, sheets)
    return write_word(paper) if form == "docx" else write_paper_workbook(paper)


def _paper(unit: Unit, sheets: Sheets) -> Paper:
    total = sum(len(duties) for _plan, duties in sheets)
    leads = sum(each.responsibility.role == Role.LEAD for _plan, rows in sheets for each in rows)
    line = _("%(n)d items in all, %(leads)d of them in the lead.") % {"n": total, "leads": leads}
    return Paper(
        title=_("Responsibilities of %(unit)s") % {"unit": words(unit.title)},
        lines=[line],
        tables=[
            TextTable(_heading(plan), _header(), WIDTHS, [_row(duty) for duty in duties])
            for plan, duties in sheets
        ],
        notes=[
            _("Whoever finds a responsibility wrongly assigned objects on the page of this sheet.")
        ],
        signed=_signed(unit, [plan for plan, _duties in sheets]),
    )


def _signed(unit: Unit, plans: Sequence[ResponsibilityPlan]) -> list[str]:
    """The office that issued the last of the plans, and when; nothing for plans of rounds."""
    days = [plan.issued_at for plan in plans if plan.issued_at is not None]
    if not days:
        return []
    return [words(issuer_of(unit.city)), date_format(localtime(max(days)), "DATE_FORMAT")]


def _heading(plan: ResponsibilityPlan) -> str:
    if plan.number is None:
        return str(plan.edition)
    return _("%(edition)s, plan %(number)d") % {
        "edition": plan.title or plan.edition,
        "number": plan.number,
    }


def _header() -> list[str]:
    return [
        _("Key"), _("Item"), _("Role"), _("Points"), _("Due"), _("Target grade"),
        _("Lead unit"), _("Together with"),
    ]  # fmt: skip


def _row(duty: UnitDuty) -> list[Cell]:
    row, item = duty.responsibility, duty.item
    return [
        row.item,
        words(item.title),
        f"{SIGNS[row.role]} {label(row.role, 'role')}",
        item.points,
        row.due,
        row.target,
        duty.lead,
        "、".join(duty.others),
    ]
