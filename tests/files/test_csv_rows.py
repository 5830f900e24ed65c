"""CSV as people save it: several encodings, several delimiters, and every mistake with its line."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.files.writing import only, refused, write
from wenming.core.errors import BadInput
from wenming.core.rows import Row
from wenming.files.csv_rows import csv_table
from wenming.files.problems import PROBLEMS
from wenming.files.texts import plain_text, safe_text

TEXT = "item,unit,remark\nB1,市公安局,龑䶮\nB2,港区,\n"


def read(path: Path, content: str | bytes, *, free: bool = False) -> list[Row]:
    """Read a table with two required columns and an optional one."""
    file = write(path / "t.csv", content)
    return csv_table(file, required=("item", "unit"), optional=("remark",), free=free, name="t.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_table_reads_the_same_however_it_was_saved(
    tmp_path: Path, encoding: str, delimiter: str, newline: str
) -> None:
    text = TEXT.replace(",", delimiter).replace("\n", newline)
    rows = read(tmp_path, text.encode(encoding))
    assert [dict(row.values) for row in rows] == [
        {"item": "B1", "unit": "市公安局", "remark": "龑䶮"},
        {"item": "B2", "unit": "港区", "remark": ""},
    ]
    assert [row.place.line for row in rows] == [2, 3]


def test_a_row_is_where_it_begins_and_a_cell_names_its_column(tmp_path: Path) -> None:
    text = 'item,unit,remark\n\nB1,甲,"一\n二\n三"\n,,\nB2,乙,\n'
    first, second = read(tmp_path, text)
    assert (first.place.line, second.place.line) == (3, 7)
    assert first.text("remark") == "一\n二\n三"
    assert (second.at("unit").file, second.at("unit").line) == ("t.csv", 7)
    assert second.at("unit").column == "unit"


def test_a_semicolon_in_a_cell_does_not_part_it(tmp_path: Path) -> None:
    assert read(tmp_path, "item,unit\nB1,甲;乙\n")[0].text("unit") == "甲;乙"


def test_columns_of_a_free_table_are_kept(tmp_path: Path) -> None:
    assert read(tmp_path, "q1,unit,item\n是,甲,B1\n", free=True)[0].text("q1") == "是"


@pytest.mark.parametrize(
    ("content", "code", "line", "column"),
    [
        (b"", "file_empty", 0, ""),
        (b" \n \n", "file_empty", 0, ""),
        (b",,\n,,\n", "header_missing", 0, ""),
        ("item,unit,\nB1,甲,x\n".encode(), "column_blank", 1, ""),
        ("item,unit,item\nB1,甲,B2\n".encode(), "column_twice", 1, "item"),
        ("item,unit,remarks\nB1,甲,x\n".encode(), "column_unknown", 1, "remarks"),
        ("\nitem,remark\nB1,甲\n".encode(), "column_missing", 2, ""),
        (b"item,unit\nB1\n", "row_ragged", 2, ""),
        ('item,unit\nB1,"甲\n乙"\nB2,丙,丁\n'.encode(), "row_ragged", 4, ""),
        ('item,unit\nB1,"甲\n乙\n'.encode(), "csv_syntax", 2, ""),
        ('item,unit\nB1,"甲"乙\n'.encode(), "csv_syntax", 2, ""),
        (b"item,unit\nB1,\x00\n", "nul_byte", 2, ""),
        ("item,unit\nB1,甲\n".encode("utf-16"), "encoding_unknown", 1, ""),
        (b"item,unit\nB1,ok\nB2,\xff\xff\n", "encoding_unknown", 3, ""),
        (b"\xef\xbb\xbfitem,unit\nB1,\xc4\xe3\n", "not_utf8", 2, ""),
        ("item,unit\nB1,市公安局\nB2,港".encode() + b"\xe5\xb1,\n", "not_utf8", 3, ""),
    ],
)
def test_a_mistake_is_named_with_its_line(
    tmp_path: Path, content: bytes, code: str, line: int, column: str
) -> None:
    problem = only(refused(lambda: read(tmp_path, content)))
    place = problem.place
    assert (problem.code, place.file, place.line, place.column) == (code, "t.csv", line, column)
    assert set(problem.facts) == set(PROBLEMS[code])


def test_all_mistakes_are_told_together(tmp_path: Path) -> None:
    problems = refused(lambda: read(tmp_path, "item,remakr\nB1\nB2,x,y\n"))
    assert {(problem.code, problem.place.line) for problem in problems} == {
        ("column_unknown", 1),
        ("column_missing", 1),
        ("row_ragged", 2),
        ("row_ragged", 3),
    }
    assert next(p for p in problems if p.code == "column_unknown").facts["nearest"] == "remark"


def test_the_byte_of_a_damaged_place_is_told(tmp_path: Path) -> None:
    content = "item,unit\nB1,市公安局\n".encode() + b"B2,\xff\n"
    assert only(refused(lambda: read(tmp_path, content))).facts["byte"] == content.index(b"\xff")


def test_a_file_that_cannot_be_read_is_a_problem_not_a_traceback(tmp_path: Path) -> None:
    missing = only(refused(lambda: csv_table(tmp_path / "no.csv", required=("item",))))
    assert (missing.code, missing.place.file) == ("file_missing", str(tmp_path / "no.csv"))
    folder = only(refused(lambda: csv_table(tmp_path, required=("item",))))
    assert (folder.code, folder.facts) == ("file_unreadable", {"reason": "EISDIR"})


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    content=st.binary(max_size=120)
    | st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace"))
    | st.text(alphabet='a",;\n\r\t甲\x00', max_size=60).map(str.encode)
)
def test_random_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    for head in (b"", b"item,unit\n"):
        with suppress(BadInput):
            read(tmp_path, head + content)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(units=st.lists(st.text(alphabet="市区龑䶮甲乙,;\n\"'", min_size=1, max_size=8), min_size=1))
def test_chinese_in_gb18030_reads_as_it_was(tmp_path: Path, units: list[str]) -> None:
    quoted = [unit.replace('"', '""') for unit in units]
    text = "item,unit\n" + "".join(f'B1,"{unit}"\n' for unit in quoted)
    rows = read(tmp_path, text.encode("gb18030"))
    # An apostrophe before what a spreadsheet would run is ours, and is taken away again.
    assert [row.values["unit"] for row in rows] == [plain_text(unit) for unit in units]


@given(text=st.text(alphabet="甲=＝-@\n\t'1", max_size=6))
def test_what_is_made_safe_reads_as_it_was(text: str) -> None:
    safe = safe_text(text)
    assert plain_text(safe) == text
    assert not safe.startswith(("=", "＝", "-", "@", "\n", "\t"))
