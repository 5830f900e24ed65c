"""Workbooks made to harm the program that reads them: refused, in little memory, never a crash."""

import io
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from wenming.core.errors import BadInput
from wenming.files import workbook
from wenming.files.tables_out import Sheet, write_workbook
from wenming.files.workbook import sheet_cells

SHEET = "xl/worksheets/sheet1.xml"
FAR_AWAY = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1"><v>1</v></c></row>'
    b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
)
"""Two cells, whose rectangle has seventeen thousand million."""


def parts() -> dict[str, bytes]:
    """The parts of a small workbook."""
    packed = io.BytesIO()
    write_workbook(packed, [Sheet("a", ["x"], [["1"]])])
    with zipfile.ZipFile(packed) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def written(held: dict[str, bytes], path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(BadInput) as refused:
        sheet_cells(path, name="x.xlsx")
    return refused.value.problems[0].code


@pytest.mark.parametrize("ending", ["xml", "XML", "dat"])
def test_a_sheet_is_looked_at_whatever_its_part_is_called(tmp_path: Path, ending: str) -> None:
    held = parts()
    del held[SHEET]
    called = SHEET.removesuffix("xml") + ending
    held = {
        name: content.replace(b"worksheets/sheet1.xml", f"worksheets/sheet1.{ending}".encode())
        for name, content in held.items()
    }
    path = written({**held, called: FAR_AWAY}, tmp_path / "t.xlsx")
    assert refusal(path) == "sheet_too_large"


def test_a_workbook_of_another_form_is_not_read(tmp_path: Path) -> None:
    held = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}
    assert refusal(written(held, tmp_path / "t.xlsx")) == "workbook_unreadable"


def test_a_part_that_says_less_than_it_holds_is_not_unpacked_further(tmp_path: Path) -> None:
    """The list of an archive can name a hundred bytes where two hundred million come out."""
    held = parts()
    said = held.pop(SHEET)
    path = written({**held, SHEET: said + b" " * 200_000_000}, tmp_path / "t.xlsx")
    content = bytearray(path.read_bytes())
    told = struct.pack("<L", len(said) + 200_000_000)
    for at in (each for each in range(len(content) - 4) if content[each : each + 4] == told):
        content[at - 8 : at - 4] = struct.pack("<L", zlib.crc32(said))
        content[at : at + 4] = struct.pack("<L", len(said))
    path.write_bytes(bytes(content))
    tracemalloc.start()
    assert sheet_cells(path, name="x.xlsx") == {"a": [["x"], ["1"]]}
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_more_cells_than_a_sheet_may_have_are_not_counted_to_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wenming.files.workbook_archive.MOST_CELLS", 3)
    cells = b'<row r="1">' + b'<c r="A1"><v>1</v></c>' * 4 + b"</row>"
    path = written({**parts(), SHEET: FAR_AWAY.partition(b"<row")[0] + cells}, tmp_path / "t.xlsx")
    assert refusal(path) == "sheet_too_large"


def test_a_reader_that_breaks_refuses_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PanicException(BaseException):
        """As the library raises it: no Exception, so that it would end a worker."""

    def breaks(_content: io.BytesIO) -> CalamineWorkbook:
        raise PanicException

    monkeypatch.setattr(workbook.CalamineWorkbook, "from_filelike", breaks, raising=False)
    assert refusal(written(parts(), tmp_path / "t.xlsx")) == "workbook_unreadable"
