"""An edition as a workbook: one sheet for each table, and a first sheet that explains them."""

import io
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

import xlsxwriter

from wenming.core.errors import BadInput, Place, Problem
from wenming.core.framework import Edition
from wenming.core.framework.checklist import Judgement
from wenming.core.framework.criteria import AGGREGATES
from wenming.core.rules import Shape
from wenming.core.terms import GateKind, Mark, Method, Op, Part, Severity
from wenming.files.csv_rows import Columns
from wenming.files.edition_rows import EDITION_TABLES, NUMBERS, Cells, edition_rows
from wenming.files.tables_out import LONGEST, column_width, open_workbook
from wenming.files.workbook import NOTES_SHEET

_MARKS = tuple(Mark)
_CHOICES: Mapping[str, Sequence[str]] = {
    "mark": _MARKS,
    "points_mark": _MARKS,
    "site_mark": _MARKS,
    "official_mark": _MARKS,
    "method": tuple(Method),
    "op": tuple(Op),
    "shape": tuple(Shape),
    "part": tuple(Part),
    "kind": tuple(GateKind),
    "aggregate": AGGREGATES,
    "severity": tuple(Severity),
    "judge": tuple(Judgement),
}
_SPARE_ROWS = 500

_NOTES: Sequence[tuple[str, str]] = (
    (
        "每张工作表是一个表，第一行是列名，请勿改动列名和表名。",
        (
            "Each sheet is a table; its first row holds the column names. Do not change the names "
            "of sheets or columns."
        ),
    ),
    (
        "列的次序可以改变；不用的可选列可以删除；空白行不读。本表（说明）不读。",
        (
            "Columns may stand in any order; optional columns that are not used may be deleted; "
            "blank rows are skipped. This sheet is not read."
        ),
    ),
    (
        "一格中有多个值时用分号“;”隔开。编号（如 1.10）须为文本格式，否则末尾的 0 会丢失。",
        (
            "Several values in a cell are parted by “;”. Keys such as 1.10 must be cells of text, "
            "or their last 0 is lost."
        ),
    ),
    (
        (
            "来源标记：public 公开（公开文本中有此数）；typical 常见（同类体系中有此数）；"
            "invented 示例（占位，正式使用前须替换）。"
        ),
        (
            "Marks: public – found in a public text; typical – public for a sister system; "
            "invented – a placeholder, to be replaced before real use."
        ),
    ),
    (
        (
            "填好后在“测评体系版本”页导入，或用“wenming edition check 文件”检查；"
            "每处错误都会指出工作表和单元格。"
        ),
        (
            "Afterwards import it on the page “Editions”, or run “wenming edition check FILE”: "
            "every mistake is named with its sheet and cell."
        ),
    ),
)
_SHEET_NOTES: Mapping[str, tuple[str, str]] = {
    "edition": ("体系本身，只有一行", "the edition itself; one row"),
    "grades": ("等级，从高到低，及其得分系数", "grades, best first, with their coefficients"),
    "tiers": ("地区档", "tiers of cities"),
    "groups": ("工作组", "working groups"),
    "sources": ("公开来源", "public sources"),
    "gates": ("前提条件、负面清单、未成年人测评", "preconditions, negative list, minors' test"),
    "dimensions": ("测评项目（一级）", "dimensions, the first level"),
    "indicators": ("测评指标（二级）", "indicators, the second level"),
    "items": ("测评内容（三级）及分值", "items, the third level, with their points"),
    "criteria": ("测评标准：每项内容一条或多条", "criteria: one or more for each item"),
    "conditions": ("测评标准的各个条件", "the conditions of a criterion"),
    "limits": ("各等级的限值", "the limits of each grade"),
    "site_types": ("点位类型，每类一张检查表", "types of sites, each with its checklist"),
    "lines": ("检查表的条目", "lines of the checklists"),
}


def write_edition_workbook(edition: Edition, path: Path) -> None:
    """Write an edition as a workbook; reading it again gives the same edition.

    Args:
        path: of the file, which is replaced when it exists.

    Raises:
        BadInput: a text is longer than a cell can hold.
    """
    write_tables(EDITION_TABLES, edition_rows(edition), path)


def write_tables(
    tables: Mapping[str, Columns], rows: Mapping[str, Sequence[Cells]], path: Path
) -> None:
    """Write plain rows as a workbook for people: explained, with choices, one sheet for each table.

    Args:
        tables: the columns of each sheet.
        rows: by table; a table without rows becomes a sheet to be filled in.
        path: of the file, which is replaced when it exists.

    Raises:
        BadInput: a text is longer than a cell can hold.
    """
    _refuse_long(rows, str(path))
    packed = io.BytesIO()
    book = open_workbook(packed)
    _write_notes(book, list(tables))
    for table, columns in tables.items():
        _write_table(book, table, [*columns.required, *columns.optional], rows.get(table, ()))
    book.close()
    path.write_bytes(packed.getvalue())


def _refuse_long(rows: Mapping[str, Sequence[Cells]], file: str) -> None:
    problems = [
        Problem(
            "text_too_long",
            Place(file, table, line, column),
            {"length": len(cell), "most": LONGEST},
        )
        for table, listed in rows.items()
        for line, row in enumerate(listed, start=2)
        for column, cell in row.items()
        if len(cell) > LONGEST
    ]
    if problems:
        raise BadInput(problems)


def _write_notes(book: xlsxwriter.Workbook, tables: Sequence[str]) -> None:
    page = book.add_worksheet(NOTES_SHEET)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "bottom": 1})
    page.set_column(0, 0, 16)
    page.set_column(1, 2, 64)
    page.write_row(0, 0, ["工作表 Sheet", "说明", "What it is"], bold)
    lines = [("", *note) for note in _NOTES]
    lines += [(table, *_SHEET_NOTES[table]) for table in tables]
    for line, texts in enumerate(lines, start=1):
        page.write_row(line, 0, texts, wrapped)
    page.freeze_panes(1, 0)


def _write_table(
    book: xlsxwriter.Workbook, table: str, columns: Sequence[str], rows: Sequence[Cells]
) -> None:
    page = book.add_worksheet(table)
    bold = book.add_format({"bold": True, "bottom": 1})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    number = book.add_format({"valign": "top"})
    for position, column in enumerate(columns):
        cells = [row.get(column, "") for row in rows]
        is_number = column in NUMBERS and table != "edition"
        style = number if is_number else text
        page.set_column(position, position, column_width([column, *cells]), style)
        page.write_string(0, position, column, bold)
        for line, cell in enumerate(cells, start=1):
            if (exact := _exact(cell) if column in NUMBERS else None) is not None:
                page.write_number(line, position, exact, number)
            elif cell:
                page.write_string(line, position, cell, text)
        if column in _CHOICES:
            last = len(rows) + _SPARE_ROWS
            choices = {"validate": "list", "source": list(_CHOICES[column]), "ignore_blank": True}
            page.data_validation(1, position, last, position, choices)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)


def _exact(cell: str) -> float | None:
    """The number of a cell where a workbook can hold it exactly; otherwise it stays text."""
    try:
        value = Decimal(cell)
    except InvalidOperation:
        return None
    return float(value) if value.is_finite() and Decimal(repr(float(value))) == value else None
