"""`wenming assess` on the examples: what the issue promises, and every mistake by its place."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import EXAMPLES, change_line, copy_of, run
from wenming.cli import main


@cache
def assessed(name: str) -> dict[str, Any]:
    shown = run("assess", EXAMPLES / name, "--json")
    assert shown.returncode == 0, shown.stderr
    found: dict[str, Any] = json.loads(shown.stdout)
    return found


@cache
def text_of(name: str, language: str) -> str:
    shown = run("assess", EXAMPLES / name, "--lang", language)
    assert shown.returncode == 0, shown.stderr
    return shown.stdout


def findings(name: str, code: str) -> list[dict[str, Any]]:
    return [each for each in assessed(name)["findings"] if each["code"] == code]


def test_dongying_finds_the_split_that_differs() -> None:
    found = findings("dongying", "split_differs")
    assert [(each["reported"], each["sum"], each["difference"]) for each in found] == [(42, 40, 2)]


def test_dongying_finds_ten_untested_items_and_the_silent_group() -> None:
    assert [each["count"] for each in findings("dongying", "untested_items")] == [10]
    assert [each["group"] for each in findings("dongying", "group_without_figure")] == [
        "油田工作组"
    ]


def test_dongying_does_not_take_94_targets_for_94_units() -> None:
    assert all("94" not in json.dumps(each) for each in assessed("dongying")["findings"])


def test_dongying_shows_traffic_deaths_above_the_limit() -> None:
    item = next(each for each in assessed("dongying")["items"] if each["value"] == 13.18)
    assert (item["state"], item["limit"]["op"], item["limit"]["value"]) == ("not_met", "<", 10)
    assert item["gap"] == 3.18
    line = next(x for x in text_of("dongying", "zh").splitlines() if "13.18" in x)
    assert "未达标" in line
    assert "<10" in line
    assert "+3.18" in line


@pytest.mark.parametrize(
    ("value", "state", "gap"),
    [("95.6%", "✓ 达标", "+15.6"), ("50.3%", "✗ 未达标", "−29.7"),
     ("46.3%", "✗ 未达标", "−33.7"), ("30%", "✗ 未达标", "−50")],
)  # fmt: skip
def test_shaoxing_shows_value_limit_gap_and_state(value: str, state: str, gap: str) -> None:
    line = next(x for x in text_of("shaoxing", "zh").splitlines() if f" {value} " in x)
    assert state in line
    assert "≥80%" in line
    assert line.endswith(gap)


def test_an_edition_without_points_gives_no_score() -> None:
    assert assessed("shaoxing")["score"] is None
    assert "不计总分" in text_of("shaoxing", "zh")


def test_the_demo_says_that_it_is_made_up() -> None:
    assert "合成数据" in text_of("demo", "zh").splitlines()[1]
    assert "Made-up evidence" in text_of("demo", "en")


def test_the_report_of_the_demo_holds_every_part() -> None:
    result, text = assessed("demo"), text_of("demo", "zh")
    assert f"得分 {round(result['score'], 2):g}，满分 100" in text
    assert result["digest"] in text
    for state in ("met", "not_met", "untested"):
        assert str(result["counts"][state]) in text
    assert f"未达标 {result['counts']['not_met']} 项" in text
    assert f"未测 {result['counts']['untested']} 项" in text
    assert f"数字核对发现 {len(result['findings'])} 条" in text
    for dimension in result["dimensions"]:
        assert dimension["title"]["zh"] in text
    for gate in result["gates"]:
        assert gate["title"]["zh"] in text


def test_columns_of_chinese_stand_below_each_other() -> None:
    from wenming.cli.terminal import width

    lines = [x for x in text_of("shaoxing", "zh").splitlines() if "%  ≥80%" in x]
    assert len({width(line.partition("≥80")[0]) for line in lines}) == 1


def test_english_has_no_chinese_but_the_names_that_have_no_english() -> None:
    text = text_of("shaoxing", "en")
    assert not [sign for sign in text if "\u4e00" <= sign <= "\u9fff"]


def reasons_add_up(reasons: list[dict[str, Any]]) -> bool:
    pointed = [each for each in reasons if each["points"] is not None]
    below = [each for each in pointed if any(p["points"] is not None for p in each["parts"])]
    return all(
        abs(sum(p["points"] or 0 for p in each["parts"]) - each["points"]) < 1e-8
        and reasons_add_up(each["parts"])
        for each in below
    )


def test_the_reasons_of_every_item_add_up_to_its_score() -> None:
    for item in assessed("demo")["items"]:
        total = sum(each["points"] or 0 for each in item["reasons"])
        assert abs(total - (item["score"] or 0)) < 1e-8, item["key"]
        assert reasons_add_up(item["reasons"]), item["key"]


FORMS = [
    ("statistics.csv", 3, "5.9", "5,,9x", "statistics.csv:3: "),
    ("round.yaml", 5, "zh: 演示市", "ch: 演示市", "round.yaml:5:ch: "),
    ("design.yaml", 6, "weights", "wieghts", "design.yaml:6:wieghts: "),
]
CELLS = [
    ("statistics.csv", 3, "5.9", "5.9x", "statistics.csv:3:value: "),
    ("observations.csv", 12, "conform", "conforms", "observations.csv:12:outcome: "),
    ("observations.csv", 5, "main_road-04", "main_road-94", "observations.csv:5:line: "),
    ("observations.csv", 6, "S001", "S901", "observations.csv:6:site: "),
    ("documents.csv", 2, "rejected", "refused", "documents.csv:2:outcome: "),
    ("panel.csv", 4, "3.5", "x", "panel.csv:4:mark: "),
    ("responsibility.csv", 2, "lead", "leads", "responsibility.csv:2:role: "),
    ("responsibility.csv", 3, "2026-12-20", "2026-13-20", "responsibility.csv:3:due: "),
    ("sites.csv", 2, "main_road", "main_raod", "sites.csv:2:site_type: "),
    ("answers.csv", 7, "313.9429", "x313", "answers.csv:7:weight: "),
]


@pytest.mark.parametrize("changes", [FORMS, CELLS], ids=["forms", "cells"])
def test_a_wrong_cell_is_named_by_file_line_and_column(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    changes: list[tuple[str, int, str, str, str]],
) -> None:
    folder = copy_of("demo", tmp_path)
    for file, line, old, new, _place in changes:
        change_line(folder / file, line, lambda text: text.replace(old, new, 1))  # noqa: B023
    assert main(["assess", str(folder), "--lang", "zh"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    for *_change, place in changes:
        assert f"{folder}/{place}" in said.err


def test_the_mistakes_of_all_files_are_told_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copy_of("demo", tmp_path)
    change_line(folder / "panel.csv", 4, lambda text: text.replace(",3.5", ",x"))
    change_line(folder / "statistics.csv", 3, lambda text: text.replace("5.9", "y"))
    assert main(["assess", str(folder)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02PK", b"\xff\xfe\x00", b"a;b\n"])
def test_a_file_that_is_no_table_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    folder = copy_of("shaoxing", tmp_path)
    (folder / "statistics.csv").write_bytes(content)
    assert main(["assess", str(folder)]) == 2
    assert str(folder / "statistics.csv") in capsys.readouterr().err


def test_a_missing_folder_is_one_line(tmp_path: Path) -> None:
    shown = run("assess", tmp_path / "nowhere")
    assert (shown.returncode, shown.stdout) == (2, "")
    assert shown.stderr == f"{tmp_path / 'nowhere'}: 没有这个文件夹，请核对路径。\n"


def test_a_folder_without_a_round_is_one_line(tmp_path: Path) -> None:
    shown = run("assess", tmp_path)
    assert shown.returncode == 2
    assert shown.stderr.startswith(f"{tmp_path / 'round.yaml'}: ")
    assert "Traceback" not in shown.stderr


def test_a_stratum_of_one_community_is_told_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copy_of("demo", tmp_path)
    change_line(folder / "design.yaml", 3, lambda text: text.replace("county", "community"))
    assert main(["assess", str(folder), "--lang", "zh"]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"{folder / 'answers.csv'}:2: 层 ")
    assert "只有一个抽样单元" in said
