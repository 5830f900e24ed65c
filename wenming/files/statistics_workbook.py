"""The figures that a round asks for in Excel, both ways round."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from wenming.core.errors import Place
from wenming.core.rows import Reader, Row
from wenming.files.csv_rows import Columns
from wenming.files.tables_out import Cell, Sheet, write_workbook
from wenming.files.workbook import NOTES_SHEET, workbook_tables

FIGURES = "统计数据"
SCOPES: Mapping[str, str] = {"市辖区": "districts", "全市": "city"}
SHEETS: Mapping[str, Columns] = {
    FIGURES: Columns(
        ["条目编号", "年度或月份", "数值", "来源文件"],
        ["条件序号", "所报指标", "责任单位", "计量单位", "统计范围", "备注"],
    )
}
ORDER = (
    "条目编号", "条件序号", "所报指标", "责任单位", "年度或月份", "数值", "计量单位", "统计范围",
    "来源文件", "备注",
)  # fmt: skip
FILLED = ("年度或月份", "数值", "来源文件")
LONGEST: Mapping[str, int] = {"来源文件": 300, "备注": 1000, "计量单位": 40}
_AS_TEXT = "@"
_ADVICE = (
    ("统计数据", "每行一项数据、一个年度或月份。数值和来源文件都空着的行不导入。"),
    ("统计数据", "条目编号、条件序号照抄模板；所报指标、责任单位只供对照，不导入。"),
    ("统计数据", "年度写作 2025，月份写作 2025-09；要求两年均值的，两年各填一行。"),
    ("统计数据", "统计范围填 市辖区 或 全市，空着按市辖区；计量单位空着按测评体系。"),
    ("统计数据", "来源文件写明名称、文号和页码。来源的扫描件请导入后在网页上传。"),
    ("统计数据", "同一指标同一年度已填报的，按表中所填修改；已复核确认的不能修改。"),
)


@dataclass(frozen=True, slots=True)
class WrittenStatistic:
    """A figure as a workbook gives it (表中统计数据).

    Attributes:
        condition: number of the condition; 0 for the item itself.
        scope: a code of `SCOPES`; "" where the cell is blank.
    """

    item: str
    condition: int
    period: str
    value: Decimal
    measure: str
    scope: str
    source: str
    note: str
    row: Row


def read_statistics(path: Path, *, name: str) -> list[WrittenStatistic]:
    """Every figure of a workbook (读取统计数据表), without the rows that were left blank.

    Args:
        name: the name to blame.

    Raises:
        BadInput: every mistake that the workbook alone shows, with the address of its cell.
    """
    tables = workbook_tables(path, SHEETS, optional=frozenset(), name=name)
    reader = Reader()
    rows = [row for row in tables.get(FIGURES, ()) if any(row.text(each) for each in FILLED[1:])]
    found = [_figure(reader, row) for row in rows]
    _refuse_twice(reader, found)
    if not rows:
        reader.refuse("statistics_missing", Place(name))
    reader.finish()
    return found


def write_statistics(rows: Sequence[Mapping[str, Cell]]) -> bytes:
    """A workbook that `read_statistics` reads again, with a sheet that explains it (统计数据表).

    Args:
        rows: cells by heading.
    """
    cells = [[row.get(heading, "") for heading in ORDER] for row in rows]
    texts = dict.fromkeys(("条目编号", "年度或月份", "数值"), _AS_TEXT)
    written = BytesIO()
    advice = Sheet(NOTES_SHEET, ["工作表", "填写说明"], _ADVICE)
    write_workbook(written, [Sheet(FIGURES, list(ORDER), cells, texts), advice])
    return written.getvalue()


def scope_word(scope: str) -> str:
    """What a workbook calls the area of a figure (统计范围)."""
    return next((word for word, code in SCOPES.items() if code == scope), "")


def _figure(reader: Reader, row: Row) -> WrittenStatistic:
    value = reader.decimal(row, "数值") if reader.text(row, "数值") else None
    scope = row.text("统计范围")
    if scope and scope not in SCOPES:
        facts = {"column": "统计范围", "value": scope[:40], "allowed": "、".join(SCOPES)}
        reader.refuse("not_one_of", row.at("统计范围"), **facts)
    for column, most in LONGEST.items():
        if len(row.text(column)) > most:
            facts_of_text = {"length": len(row.text(column)), "most": most, "column": column}
            reader.refuse("text_longer", row.at(column), **facts_of_text)
    return WrittenStatistic(
        item=reader.text(row, "条目编号"),
        condition=reader.count(row, "条件序号") or 0,
        period=reader.text(row, "年度或月份"),
        value=value if value is not None else Decimal(0),
        measure=row.text("计量单位"),
        scope=SCOPES.get(scope, ""),
        source=reader.text(row, "来源文件"),
        note=row.text("备注"),
        row=row,
    )


def _refuse_twice(reader: Reader, found: Sequence[WrittenStatistic]) -> None:
    first: dict[tuple[str, int, str], int] = {}
    for each in found:
        place = each.row.at("条目编号")
        line = first.setdefault((each.item, each.condition, each.period), place.line)
        if each.item and each.period and line != place.line:
            facts = {"item": each.item, "period": each.period, "first_line": line}
            reader.refuse("statistic_twice", place, **facts)
