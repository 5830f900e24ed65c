"""The register of sites in Excel, both ways round."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from wenming.core.rows import Reader, Row
from wenming.files.csv_rows import Columns
from wenming.files.datum import BadCoordinates, Datum, Located, locate
from wenming.files.tables_out import Cell, Sheet, write_workbook
from wenming.files.workbook import NOTES_SHEET, workbook_tables

SITES = "点位"
DATUMS: Mapping[str, Datum] = {
    "WGS-84": Datum.WGS84,
    "CGCS2000": Datum.CGCS2000,
    "GCJ-02": Datum.GCJ02,
    "BD-09": Datum.BD09,
}
SHEETS: Mapping[str, Columns] = {
    SITES: Columns(
        ["编号", "点位名称", "点位类型"],
        [
            "其他类型", "地址", "县区", "街道", "责任单位", "负责人", "电话", "规模",
            "坐标系", "经度", "纬度", "备注",
        ],
    )
}  # fmt: skip
LONGEST = 200
_ADVICE = (
    ("点位", "每行一个点位。编号、点位名称、点位类型必填；编号在全市唯一，已有编号视为修改。"),
    ("点位", "点位类型填检查表中的名称或编码；其他类型可填多个，用分号隔开。"),
    ("点位", "责任单位填单位名称或别名；县区、街道填组织机构中的名称。"),
    ("点位", "规模为按规模抽样所用的数，如户数、面积，可留空。"),
    ("点位", "经纬度以度为单位，须注明坐标系：" + "、".join(DATUMS) + "。"),
    ("点位", "表中没有的列不作改动，表中没有写到的点位保持原样。"),
)


@dataclass(frozen=True, slots=True)
class WrittenSite:
    """A site as a workbook gives it (表中点位).

    Attributes:
        given: headings of the sheet; what has no column is left as it is.
    """

    key: str
    title: str
    site_type: str
    more_types: Sequence[str]
    unit: str
    size: Decimal | None
    place: Located | None
    given: frozenset[str]
    row: Row


def read_register(path: Path, *, name: str) -> list[WrittenSite]:
    """Every site of a workbook (读取点位表).

    Args:
        name: the name to blame.

    Raises:
        BadInput: every mistake that the workbook alone shows, with the address of its cell.
    """
    tables = workbook_tables(path, SHEETS, optional=frozenset(), name=name)
    reader = Reader()
    rows = tables.get(SITES, ())
    found = [_site(reader, row) for row in rows]
    reader.unique(rows, "编号")
    reader.finish()
    return found


def write_register(rows: Sequence[Sequence[Cell]]) -> bytes:
    """A workbook that `read_register` reads again, with a sheet that explains it.

    Args:
        rows: as wide as the columns; without any, the workbook is a blank template.
    """
    written = BytesIO()
    advice = Sheet(NOTES_SHEET, ["工作表", "填写说明"], _ADVICE)
    write_workbook(written, [Sheet(SITES, headings(), list(rows)), advice])
    return written.getvalue()


def headings() -> list[str]:
    """The headings of the sheet (表头), in order."""
    return [*SHEETS[SITES].required, *SHEETS[SITES].optional]


def datum_word(datum: str) -> str:
    """What a workbook calls a datum (坐标系名称); "" for none."""
    return next((word for word, each in DATUMS.items() if each == datum), "")


def _site(reader: Reader, row: Row) -> WrittenSite:
    for column in ("点位名称", "地址"):
        if len(row.text(column)) > LONGEST:
            facts = {"length": len(row.text(column)), "most": LONGEST}
            reader.refuse("text_too_long", row.at(column), **facts)
    size = reader.decimal(row, "规模")
    if size is not None and size <= 0:
        facts_of_size = {"column": "规模", "value": row.text("规模"), "least": "0", "most": ""}
        reader.refuse("number_out_of_range", row.at("规模"), **facts_of_size)
    return WrittenSite(
        key=reader.text(row, "编号"),
        title=reader.text(row, "点位名称"),
        site_type=reader.text(row, "点位类型"),
        more_types=reader.words(row, "其他类型"),
        unit=row.text("责任单位"),
        size=size,
        place=_place(reader, row),
        given=frozenset(row.values),
        row=row,
    )


def _place(reader: Reader, row: Row) -> Located | None:
    east, north = reader.decimal(row, "经度"), reader.decimal(row, "纬度")
    written = row.text("坐标系")
    if not row.text("经度") and not row.text("纬度"):
        return None
    for column in ("经度", "纬度", "坐标系"):
        reader.text(row, column)
    if written and written not in DATUMS:
        allowed = "、".join(DATUMS)
        reader.refuse(
            "not_one_of", row.at("坐标系"), column="坐标系", value=written, allowed=allowed
        )
    if east is None or north is None or written not in DATUMS:
        return None
    try:
        return locate(float(east), float(north), DATUMS[written])
    except BadCoordinates as refused:
        reader.refuse(refused.code, row.at("经度"), **refused.facts)
        return None
