"""The organisation in Excel, both ways round: units, other names, liaison persons, 三落实."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TypeVar

from wenming.core.errors import Place
from wenming.core.rows import Reader, Row
from wenming.files.csv_rows import Columns
from wenming.files.tables_out import Cell, Sheet, write_workbook
from wenming.files.workbook import NOTES_SHEET, workbook_tables

UNITS, NAMES, LIAISON, IN_PLACE = "单位", "别名", "联络员", "三落实"
KINDS: Mapping[str, str] = {
    "创城委": "committee",
    "创城办": "office",
    "责任单位": "unit",
    "县区": "county",
    "街道乡镇": "street",
    "社区村": "community",
}
PROVISIONS: Mapping[str, str] = {"机构": "bodies", "人员": "people", "经费": "funds"}
SAID: Mapping[str, bool | None] = {"是": True, "否": False, "不详": None}
SHEETS: Mapping[str, Columns] = {
    UNITS: Columns(["单位名称"], ["类型", "上级单位", "工作组", "英文名称"]),
    NAMES: Columns(["单位名称", "别名"], ["起", "止"]),
    LIAISON: Columns(["单位名称", "姓名"], ["职务", "电话", "邮箱", "起", "止"]),
    IN_PLACE: Columns(["单位名称", "事项", "是否落实"], ["说明", "截至"]),
}
LONGEST = 100
_ADVICE = (
    ("单位", "每行一个单位。单位名称必填；类型可填：" + "、".join(KINDS) + "，留空为责任单位。"),
    ("单位", "上级单位、工作组填写名称；上级留空为顶层。表中没有的列不作改动。"),
    ("别名", "曾用名、简称等，起止日期可留空，写作 2026-10-01。"),
    ("联络员", "同一单位可有多名联络员，每行一名。"),
    ("三落实", "事项填机构、人员或经费；是否落实填是、否或不详；截至为填报日期。"),
    ("说明", "表中没有写到的单位、别名和联络员保持原样，不会删除。"),
)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WrittenUnit:
    """A unit as a workbook gives it (表中单位).

    Attributes:
        kind: code of the kind; "" where the cell is blank.
        given: headings of the sheet; what has no column is left as it is.
    """

    name: str
    kind: str
    parent: str
    group: str
    name_en: str
    given: frozenset[str]
    row: Row


@dataclass(frozen=True, slots=True)
class WrittenName:
    """Another name of a unit as a workbook gives it (表中别名)."""

    unit: str
    name: str
    first: date | None
    last: date | None
    row: Row


@dataclass(frozen=True, slots=True)
class WrittenLiaison:
    """A liaison person as a workbook gives it (表中联络员)."""

    unit: str
    name: str
    post_title: str
    phone: str
    email: str
    first: date | None
    last: date | None
    row: Row


@dataclass(frozen=True, slots=True)
class WrittenInPlace:
    """What a workbook says of a unit's body, people or funds (表中三落实)."""

    unit: str
    kind: str
    in_place: bool | None
    note: str
    day: date | None
    row: Row


@dataclass(frozen=True, slots=True)
class WrittenOrganisation:
    """Everything that a workbook of the organisation holds (组织机构导入表)."""

    units: Sequence[WrittenUnit] = ()
    names: Sequence[WrittenName] = ()
    liaison: Sequence[WrittenLiaison] = ()
    in_place: Sequence[WrittenInPlace] = field(default_factory=list)


def read_organisation(path: Path, *, name: str) -> WrittenOrganisation:
    """Everything that a workbook of the organisation says; every sheet may be absent.

    Args:
        name: the name to blame.

    Raises:
        BadInput: every mistake that the workbook alone shows, with the address of its cell.
    """
    tables = workbook_tables(path, SHEETS, optional=frozenset(SHEETS), name=name)
    reader = Reader()
    if not any(tables.values()):
        reader.refuse("sheet_missing", Place(name), sheet="、".join(SHEETS))
    found = WrittenOrganisation(
        units=[_unit(reader, row) for row in tables.get(UNITS, ())],
        names=[_name(reader, row) for row in tables.get(NAMES, ())],
        liaison=[_liaison(reader, row) for row in tables.get(LIAISON, ())],
        in_place=[_in_place(reader, row) for row in tables.get(IN_PLACE, ())],
    )
    reader.unique(tables.get(UNITS, ()), "单位名称")
    _once(reader, [((each.unit, each.name), each.row) for each in found.names])
    _once(reader, [((each.unit, each.name), each.row) for each in found.liaison])
    _once(reader, [((each.unit, each.kind), each.row) for each in found.in_place])
    reader.finish()
    return found


def write_organisation(rows: Mapping[str, Sequence[Sequence[Cell]]]) -> bytes:
    """A workbook that `read_organisation` reads again, with a sheet that explains it.

    Args:
        rows: by sheet, as wide as its columns; without any, the workbook is a blank template.
    """
    written = BytesIO()
    sheets = [Sheet(title, headings(title), list(rows.get(title, ()))) for title in SHEETS]
    write_workbook(written, [*sheets, Sheet(NOTES_SHEET, ["工作表", "填写说明"], _ADVICE)])
    return written.getvalue()


def headings(sheet: str) -> list[str]:
    """The headings of a sheet (表头), in order."""
    columns = SHEETS[sheet]
    return [*columns.required, *columns.optional]


def word_of(words: Mapping[str, T], code: T) -> str:
    """The word in the workbook for a code (用词); "" when there is none."""
    return next((word for word, each in words.items() if each == code), "")


def _unit(reader: Reader, row: Row) -> WrittenUnit:
    name = _short(reader, row, "单位名称")
    if name and name == row.text("上级单位"):
        reader.refuse("unit_below_itself_in_file", row.at("上级单位"), value=name)
    return WrittenUnit(
        name=name,
        kind=_coded(reader, row, "类型", KINDS) or "",
        parent=row.text("上级单位"),
        group=row.text("工作组"),
        name_en=row.text("英文名称"),
        given=frozenset(row.values),
        row=row,
    )


def _name(reader: Reader, row: Row) -> WrittenName:
    unit, name = reader.text(row, "单位名称"), _short(reader, row, "别名")
    first, last = _span(reader, row)
    return WrittenName(unit, name, first, last, row)


def _liaison(reader: Reader, row: Row) -> WrittenLiaison:
    unit, name = reader.text(row, "单位名称"), _short(reader, row, "姓名")
    first, last = _span(reader, row)
    email = row.text("邮箱")
    if email and ("@" not in email.strip("@") or " " in email):
        reader.refuse("not_an_email", row.at("邮箱"), value=email)
    title, phone = row.text("职务"), row.text("电话")
    return WrittenLiaison(unit, name, title, phone, email, first, last, row)


def _in_place(reader: Reader, row: Row) -> WrittenInPlace:
    unit = reader.text(row, "单位名称")
    for column in ("事项", "是否落实"):
        reader.text(row, column)
    kind = _coded(reader, row, "事项", PROVISIONS) or ""
    said = _coded(reader, row, "是否落实", SAID)
    return WrittenInPlace(unit, kind, said, row.text("说明"), reader.day(row, "截至"), row)


def _short(reader: Reader, row: Row, column: str) -> str:
    text = reader.text(row, column)
    if len(text) > LONGEST:
        reader.refuse("text_too_long", row.at(column), length=len(text), most=LONGEST)
    return text


def _coded(reader: Reader, row: Row, column: str, words: Mapping[str, T]) -> T | None:
    written = row.text(column)
    if written and written not in words:
        allowed = "、".join(words)
        reader.refuse("not_one_of", row.at(column), column=column, value=written, allowed=allowed)
    return words.get(written)


def _span(reader: Reader, row: Row) -> tuple[date | None, date | None]:
    first, last = reader.day(row, "起"), reader.day(row, "止")
    if first and last and last < first:
        facts = {"first": first.isoformat(), "last": last.isoformat()}
        reader.refuse("ends_before_start", row.at("止"), **facts)
    return first, last


def _once(reader: Reader, keyed: Sequence[tuple[tuple[str, str], Row]]) -> None:
    seen: dict[tuple[str, str], Row] = {}
    for key, row in keyed:
        earlier = seen.setdefault(key, row)
        if earlier is not row and all(key):
            value = " ".join(key)
            reader.refuse("key_twice", row.place, value=value, first_line=earlier.place.line)
