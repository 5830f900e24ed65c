"""Responsibilities in Excel, as a list or as a matrix of items and units; both ways round."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from wenming.core.errors import BadInput, Place, Problem
from wenming.core.rows import Reader, Row
from wenming.core.terms import Role
from wenming.files.tables_out import Sheet, write_workbook
from wenming.files.workbook import sheet_cells

LIST_SHEET, MATRIX_SHEET = "清单", "矩阵"
LIST_COLUMNS = {
    "测评内容编号": "item",
    "测评内容": "title",
    "责任单位": "unit",
    "角色": "role",
    "限期": "due",
    "目标等级": "target",
    "备注": "note",
}
NEEDED = ("测评内容编号", "责任单位", "角色")
ROLES: Mapping[str, Role] = {
    "牵头": Role.LEAD,
    "责任": Role.RESPONSIBLE,
    "配合": Role.SUPPORTING,
    "●": Role.LEAD,
    "○": Role.RESPONSIBLE,
    "△": Role.SUPPORTING,
    "lead": Role.LEAD,
    "responsible": Role.RESPONSIBLE,
    "supporting": Role.SUPPORTING,
}
WORDS = {Role.LEAD: "牵头", Role.RESPONSIBLE: "责任", Role.SUPPORTING: "配合"}
SIGNS = {Role.LEAD: "●", Role.RESPONSIBLE: "○", Role.SUPPORTING: "△"}
FIXED = 2
"""Columns of the matrix before the first unit: the key and the name of the item."""


@dataclass(frozen=True, slots=True)
class WrittenDuty:
    """One responsibility as a workbook gives it, with the cell that names each thing.

    Attributes:
        is_role_only: it says nothing of deadline, target and note, as in a matrix.
    """

    item: str
    unit: str
    role: Role
    due: date | None
    target: str
    note: str
    item_at: Place
    unit_at: Place
    role_at: Place
    due_at: Place
    is_role_only: bool = False


def read_responsibilities(path: Path, *, name: str) -> list[WrittenDuty]:
    """Every responsibility of a workbook, from its sheet 清单 (list) or 矩阵 (matrix).

    Args:
        name: the name to blame.

    Raises:
        BadInput: every mistake, with the address of its cell; whether items and units exist
            is not looked at here.
    """
    sheets = sheet_cells(path, name=name)
    reader = Reader()
    found: list[WrittenDuty] = []
    if LIST_SHEET in sheets:
        found = _list(reader, sheets[LIST_SHEET], name)
    elif MATRIX_SHEET in sheets:
        found = _matrix(reader, sheets[MATRIX_SHEET], name)
    else:
        facts: dict[str, object] = {"sheet": f"{LIST_SHEET}、{MATRIX_SHEET}"}
        raise BadInput([Problem("sheet_missing", Place(name), facts)])
    _refuse_twice(reader, found)
    reader.finish()
    return found


Cells = Sequence[Sequence[str]]


def _list(reader: Reader, cells: Cells, name: str) -> list[WrittenDuty]:
    header = [text.strip() for text in cells[0]] if cells else []
    for column in NEEDED:
        if column not in header:
            reader.refuse("column_missing", Place(name, LIST_SHEET, 1), column=column)
    if reader.problems:
        return []
    found = []
    for line, row in enumerate(cells[1:], start=2):
        if any(row):
            found += _list_row(reader, _row(header, row, line=line, name=name))
    return found


def _row(header: Sequence[str], cells: Sequence[str], *, line: int, name: str) -> Row:
    known = {LIST_COLUMNS.get(title, title): position for position, title in enumerate(header)}
    values = {key: cells[at] if at < len(cells) else "" for key, at in known.items()}
    places = {
        key: _place(name, LIST_SHEET, line, at, column=header[at]) for key, at in known.items()
    }
    return Row(values, Place(name, LIST_SHEET, line), places)


def _list_row(reader: Reader, row: Row) -> list[WrittenDuty]:
    item, unit, written = (row.text(key) for key in ("item", "unit", "role"))
    for key, text in (("item", item), ("unit", unit), ("role", written)):
        if not text:
            reader.refuse("cell_blank", row.at(key), column=row.at(key).column)
    role = ROLES.get(written)
    if written and role is None:
        allowed = "、".join(WORDS.values())
        reader.refuse("not_one_of", row.at("role"), column="角色", value=written, allowed=allowed)
    due = reader.day(row, "due")
    if not item or not unit or role is None:
        return []
    duty = WrittenDuty(
        item=item,
        unit=unit,
        role=role,
        due=due,
        target=row.text("target"),
        note=row.text("note"),
        item_at=row.at("item"),
        unit_at=row.at("unit"),
        role_at=row.at("role"),
        due_at=row.at("due"),
    )
    return [duty]


def _matrix(reader: Reader, cells: Cells, name: str) -> list[WrittenDuty]:
    header = [text.strip() for text in cells[0]] if cells else []
    if len(header) <= FIXED:
        reader.refuse("header_missing", Place(name, MATRIX_SHEET, 1))
        return []
    found = []
    for line, row in enumerate(cells[1:], start=2):
        item = row[0].strip() if row else ""
        marked = [(at, text.strip()) for at, text in enumerate(row) if at >= FIXED and text.strip()]
        if marked and not item:
            place = _place(name, MATRIX_SHEET, line, 0, column=header[0])
            reader.refuse("cell_blank", place, column=header[0])
        for at, text in marked:
            found += _matrix_cell(reader, header, item, text, _Spot(name, line, at))
    return found


@dataclass(frozen=True, slots=True)
class _Spot:
    file: str
    line: int
    at: int


def _matrix_cell(
    reader: Reader, header: Sequence[str], item: str, text: str, spot: _Spot
) -> list[WrittenDuty]:
    unit = header[spot.at] if spot.at < len(header) else ""
    place = _place(spot.file, MATRIX_SHEET, spot.line, spot.at, column=unit)
    if not unit:
        reader.refuse("cell_outside", place, value=text)
        return []
    role = ROLES.get(text)
    if role is None:
        allowed = "、".join(SIGNS.values())
        reader.refuse("not_one_of", place, column=unit, value=text, allowed=allowed)
        return []
    if not item:
        return []
    item_at = _place(spot.file, MATRIX_SHEET, spot.line, 0, column=header[0])
    unit_at = _place(spot.file, MATRIX_SHEET, 1, spot.at, column=unit)
    duty = WrittenDuty(
        item, unit, role, None, "", "", item_at, unit_at, place, place, is_role_only=True
    )
    return [duty]


def _refuse_twice(reader: Reader, found: Sequence[WrittenDuty]) -> None:
    """A unit has one role for an item."""
    first: dict[tuple[str, str], WrittenDuty] = {}
    for duty in found:
        earlier = first.setdefault((duty.item, duty.unit), duty)
        if earlier is not duty:
            value = f"{duty.item} {duty.unit}"
            line = earlier.role_at.line
            reader.refuse("key_twice", duty.role_at, value=value, first_line=line)


def _place(file: str, sheet: str, line: int, at: int, *, column: str) -> Place:
    letters, rest = "", at + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return Place(file, sheet, line, column, f"{sheet}!{letters}{line}")


@dataclass(frozen=True, slots=True)
class ListedItem:
    """An item with the roles of its units, for writing (测评内容与责任单位).

    Attributes:
        duties: unit, role, deadline (None for none), target grade and note.
    """

    key: str
    title: str
    duties: Sequence[tuple[str, Role, date | None, str, str]]


def write_responsibilities(items: Sequence[ListedItem], units: Sequence[str]) -> bytes:
    """A workbook with the same responsibilities as a list and as a matrix.

    It is read again by its list; for the matrix to be read the list is taken out.

    Args:
        units: the columns of the matrix, in order.
    """
    listed = [
        [item.key, item.title, unit, WORDS[role], due.isoformat() if due else "", target, note]
        for item in items
        for unit, role, due, target, note in item.duties
    ]
    rows = []
    for item in items:
        roles = {unit: SIGNS[role] for unit, role, *_rest in item.duties}
        rows.append([item.key, item.title, *(roles.get(unit, "") for unit in units)])
    written = BytesIO()
    write_workbook(
        written,
        [
            Sheet(LIST_SHEET, list(LIST_COLUMNS), listed),
            Sheet(MATRIX_SHEET, ["测评内容编号", "测评内容", *units], rows),
        ],
    )
    return written.getvalue()
