"""`wenming assess --xlsx`: the result as a workbook that other programs open."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from tests.cli.running import EXAMPLES
from wenming.cli import main

SHEETS = [
    "总览", "测评项目", "测评内容", "差距（责任单位）", "差距（工作组）", "差距（点位类型）",
    "核对发现", "说明",
]  # fmt: skip


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "demo.xlsx"
    words = ["assess", str(EXAMPLES / "demo"), "--lang", "zh", "--json", "--xlsx", str(path)]
    assert main(words) == 0
    return path


@pytest.fixture(scope="module")
def result() -> dict[str, Any]:
    from wenming.cli.assessment import assess_folder

    return dict(assess_folder(EXAMPLES / "demo"))


def test_the_sheets_stand_in_order(written: Path) -> None:
    assert openpyxl.load_workbook(written).sheetnames == SHEETS
    assert CalamineWorkbook.from_path(written).sheet_names == SHEETS


def test_numbers_are_numbers_and_headings_stay_in_sight(
    written: Path, result: dict[str, Any]
) -> None:
    book = openpyxl.load_workbook(written)
    page = book["测评内容"]
    header = [cell.value for cell in page[1]]
    lost = [row[header.index("失分")] for row in page.iter_rows(min_row=2, values_only=True)]
    assert lost == [each["lost"] for each in result["items"]]
    for sheet in book:
        assert sheet.freeze_panes
        assert all(sheet.column_dimensions[c].width > 5 for c in ("A", "B"))


def test_units_are_all_there_and_the_digest_is_noted(written: Path, result: dict[str, Any]) -> None:
    book = openpyxl.load_workbook(written)
    assert book["差距（责任单位）"].max_row == len(result["units"]) + 1
    assert book["核对发现"].max_row == len(result["findings"]) + 1
    notes = dict(list(book["说明"].values)[1:])
    assert notes["结果摘要"] == result["digest"]
    assert "合成" in notes["注意"]


def test_a_workbook_in_english_speaks_english(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    words = ["assess", str(EXAMPLES / "shaoxing"), "--lang", "en", "--json", "--xlsx", str(path)]
    assert main(words) == 0
    assert openpyxl.load_workbook(path).sheetnames[:3] == [
        "Overview", "Dimensions", "Items of the framework",
    ]  # fmt: skip


def test_a_workbook_that_cannot_be_written_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "nowhere" / "book.xlsx"
    assert main(["assess", str(EXAMPLES / "shaoxing"), "--xlsx", str(path), "--lang", "zh"]) == 2
    said = capsys.readouterr()
    assert said.err.startswith(f"{path}: 文件写不了")
    assert len(said.err.splitlines()) == 1


def test_json_and_workbook_come_from_one_result(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "book.xlsx"
    main(["assess", str(EXAMPLES / "dongying"), "--json", "--xlsx", str(path), "--lang", "zh"])
    printed = json.loads(capsys.readouterr().out)
    notes = dict(list(openpyxl.load_workbook(path)["说明"].values)[1:])
    assert notes["结果摘要"] == printed["digest"]
