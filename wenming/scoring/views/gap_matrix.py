"""The matrix of units and items on its page, and its workbook."""

from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wenming.base.access import requires
from wenming.base.templatetags.figures import words
from wenming.core.permissions import Capability
from wenming.core.rounding import publish
from wenming.files.matrix_out import MatrixSheet, write_matrix
from wenming.files.tables_out import Cell
from wenming.scoring.gap_forms import GapMatrixForm
from wenming.scoring.queries.gap_matrix import GapMatrix, MatrixUnit, gap_matrix
from wenming.scoring.templatetags.heat import cell_text, head_lines, is_number
from wenming.scoring.views.gaps import KINDS
from wenming.scoring.views.shell import page, seen_run
from wenming.scoring.views.tables import tabs_for

PLACES = 4


@requires(Capability.VIEW_RESULTS)
@require_safe
def gaps_by_unit_and_item(request: HttpRequest, run: UUID) -> HttpResponse:
    """Units × items: who leads what loses points, and who has a part in it."""
    seen = seen_run(request, run)
    form = GapMatrixForm(request.GET, seen=seen)
    matrix = gap_matrix(seen, form.wanted)
    titles = {each["key"]: words(each["title"]) for each in seen.run.summary["dimensions"]}
    blocks = [
        (titles.get(key, key), len(list(listed)))
        for key, listed in groupby(matrix.columns, key=lambda column: column.dimension)
    ]
    groups = {each["group"]: words(each["title"]) for each in seen.run.summary["groups"]}
    return page(
        request,
        "scoring/gap_matrix.html",
        seen.run,
        section="gaps",
        tabs=tabs_for(seen).values(),
        form=form,
        filtered=bool(form.chosen),
        matrix=matrix,
        blocks=blocks,
        heads=[(column, head_lines(column)) for column in matrix.columns],
        rows=[(row, groups.get(row.group, row.group)) for row in matrix.rows],
        most=max((column.lost or 0 for column in matrix.columns), default=0),
        is_whole=seen.is_whole,
    )


@requires(Capability.VIEW_RESULTS)
@require_safe
def gaps_by_unit_and_item_export(request: HttpRequest, run: UUID) -> HttpResponse:
    """The matrix as it is seen, as a workbook."""
    seen = seen_run(request, run)
    matrix = gap_matrix(seen, GapMatrixForm(request.GET, seen=seen).wanted)
    titles = {each["key"]: words(each["title"]) for each in seen.run.summary["dimensions"]}
    groups = {each["group"]: words(each["title"]) for each in seen.run.summary["groups"]}
    sheet = MatrixSheet(
        title=_("Units × items"),
        corner=[_("Unit"), _("Working group"), _("Lost")],
        columns=[
            (titles.get(column.dimension, column.dimension), f"{column.key} {words(column.title)}")
            for column in matrix.columns
        ],
        rows=[_cells(row, groups.get(row.group, row.group), matrix) for row in matrix.rows],
        foot=[
            _("All items, each once"),
            None,
            _number(matrix.lost),
            *(_number(column.lost) for column in matrix.columns),
        ],
        notes=[explained()],
    )
    response = HttpResponse(write_matrix(sheet), content_type=KINDS["xlsx"])
    name = f"wenming-{seen.run.number}-matrix.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def explained() -> str:
    """What the signs mean, in the language of the page."""
    return _(
        "A number: points that the item loses, where the unit leads it; – untested, ✓ met, ✗ not "
        "met, without points. ○ responsible, △ supporting: not charged. An item with several "
        "leads stands with each of them; the last line counts each item once."
    )


def _cells(row: MatrixUnit, group: str, matrix: GapMatrix) -> list[Cell]:
    cells: list[Cell] = [row.name, group, _number(row.lost)]
    for column in matrix.columns:
        role = row.roles.get(column.key, "")
        cells.append(_number(column.lost) if is_number(column, role) else cell_text(column, role))
    return cells


def _number(value: Decimal | None) -> Cell:
    return None if value is None else publish(Fraction(str(value)), PLACES)
