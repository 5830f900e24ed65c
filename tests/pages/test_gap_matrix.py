"""Units × items on the page and as a workbook, and what a unit sees of it."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.cast import log_in, make_person
from tests.pages.shown import Shown
from wenming.base.models import Unit, User
from wenming.core.permissions import PostKind
from wenming.scoring.queries import GapBy, gap_rows, seen_by
from wenming.scoring.queries.gap_matrix import GapMatrix, GapMatrixFilter, gap_matrix

pytestmark = pytest.mark.django_db
Ceiling = Callable[[int], AbstractContextManager[object]]


def matrix(pages: Shown, user: User | None = None, **wanted: object) -> GapMatrix:
    seen = seen_by(user or pages.reader, pages.run)
    return gap_matrix(seen, GapMatrixFilter(**wanted))  # type: ignore[arg-type]


def address(pages: Shown, name: str = "gap_matrix") -> str:
    return reverse(f"scoring:{name}", args=[pages.run.pk])


def test_a_unit_loses_here_what_it_loses_in_the_gap_list(pages: Shown) -> None:
    listed = {row.key: row.lost for row in gap_rows(pages.run, GapBy.UNIT)}
    found = matrix(pages)
    assert {row.name for row in found.rows if row.lost} == {n for n, lost in listed.items() if lost}
    for row in found.rows:
        assert round(row.lost or 0, 6) == round(listed[row.name] or 0, 6)
    lost = [row.lost or 0 for row in found.rows]
    assert lost == sorted(lost, reverse=True)


def test_only_what_loses_points_or_is_untested_unless_all_is_asked_for(pages: Shown) -> None:
    found = matrix(pages)
    assert {column.state for column in found.columns} == {"not_met", "untested"}
    assert len(matrix(pages, everything=True).columns) == pages.run.items.count() == 121
    parts = sum(Decimal(str(part["lost"])) for part in pages.run.summary["parts"])
    assert round(found.lost or 0, 6) == round(parts, 6)


def test_a_cell_tells_the_role_that_the_run_kept(pages: Shown) -> None:
    rows = {row.name: row for row in matrix(pages, everything=True).rows}
    for item in pages.run.items.all():
        for part in item.detail["units"]:
            held = rows[part["unit"]].roles[item.key]
            assert held == part["role"] or held == "lead"


def test_filters_hold_for_rows_and_columns(pages: Shown) -> None:
    found = matrix(pages, dimension="B5", group="城建")
    assert {column.dimension for column in found.columns} == {"B5"}
    assert found.rows
    assert {row.group for row in found.rows} == {"城建"}


def test_a_unit_sees_its_own_row_only(pages: Shown) -> None:
    best = matrix(pages).rows[0]
    unit = Unit.objects.get(city=pages.run.city, name=best.name)
    clerk = make_person("clerk", name="Wu", city=pages.run.city, kind=PostKind.UNIT, unit=unit)
    found = matrix(pages, clerk)
    assert [row.name for row in found.rows] == [best.name]
    assert found.rows[0].lost == best.lost
    assert {column.key for column in found.columns} == set(found.rows[0].roles)
    page = log_in(Client(), clerk).get(address(pages))
    assert len(page.context["rows"]) == 1


def test_the_page_opens_items_and_keeps_to_its_queries(
    reader: Client, pages: Shown, django_assert_max_num_queries: Ceiling
) -> None:
    reader.get(address(pages))
    with django_assert_max_num_queries(9):
        page = reader.get(address(pages)).content.decode()
    column = matrix(pages).columns[0]
    assert reverse("scoring:item", args=[pages.run.pk, column.key]) in page
    assert page.count('scope="row"') == len(matrix(pages).rows) + 1


def test_the_workbook_has_the_same_cells_with_frozen_panes(reader: Client, pages: Shown) -> None:
    answer = reader.get(address(pages, "gap_matrix_export"))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    found = matrix(pages)
    assert sheet.freeze_panes == "D3"
    heads = [str(cell.value).split()[0] for cell in sheet[2][3:]]
    assert heads == [column.key for column in found.columns]
    first = [cell.value for cell in sheet[3]]
    assert first[0] == found.rows[0].name
    assert Decimal(str(first[2])) == round(found.rows[0].lost or 0, 4)
    led = {column.key: column.lost for column in found.columns}
    for key, cell in zip(heads, first[3:], strict=True):
        role = found.rows[0].roles.get(key)
        if role == "supporting":
            assert cell == "△"
        elif role == "lead" and led[key] is not None:
            assert Decimal(str(cell)) == round(led[key] or 0, 4)
    signs = {cell.value for row in sheet.iter_rows(min_row=3) for cell in row[3:]}
    assert {"○", "△", "–"} <= signs
