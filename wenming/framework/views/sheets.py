"""A unit's sheet of responsibilities (责任单位任务清单) as Word and Excel."""

from collections.abc import Sequence
from io import BytesIO

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from wenming.base.models import Unit
from wenming.base.templatetags.figures import day, plain, words
from wenming.base.templatetags.labels import label
from wenming.files.tables_out import Sheet, write_workbook
from wenming.files.word_out import Paper, TextTable, write_word
from wenming.framework.models import ResponsibilityPlan
from wenming.framework.queries.plans import UnitDuty

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WIDTHS = (1.8, 7.4, 1.8, 1.6, 2.6, 1.8, 3.6, 5.0)
Sheets = Sequence[tuple[ResponsibilityPlan, Sequence[UnitDuty]]]


def unit_sheet(unit: Unit, sheets: Sheets, *, form: str) -> bytes:
    """What is asked of a unit, as `docx` or `xlsx`; one table for each plan in force."""
    if form == "xlsx":
        written = BytesIO()
        tables = [
            Sheet(str(plan.edition), _header(), [_row(duty) for duty in duties])
            for plan, duties in sheets
        ]
        write_workbook(written, tables or [Sheet(unit.name, _header(), [])])
        return written.getvalue()
    total = sum(len(duties) for _plan, duties in sheets)
    paper = Paper(
        title=_("Responsibilities of %(unit)s") % {"unit": words(unit.title)},
        lines=[
            _("%(n)d items in all; printed on %(day)s.") % {"n": total, "day": day(localdate())}
        ],
        tables=[
            TextTable(_heading(plan), _header(), WIDTHS, [_row(duty) for duty in duties])
            for plan, duties in sheets
        ],
        notes=[
            _("Whoever finds a responsibility wrongly assigned objects on the page of this sheet.")
        ],
    )
    return write_word(paper)


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


def _row(duty: UnitDuty) -> list[str]:
    row, item = duty.responsibility, duty.item
    return [
        row.item,
        words(item.title),
        label(row.role, "role"),
        plain(item.points) if item.points is not None else "–",
        str(day(row.due)) if row.due else "–",
        row.target or "–",
        duty.lead or "–",
        "、".join(duty.others) or "–",
    ]
