"""`wenming edition`: check, show, compare and convert."""

import json
from pathlib import Path

import pytest

from tests.cli.running import EDITIONS, EXAMPLES, change_line, run
from wenming.cli import main

A, B = EDITIONS / "edition_2005_a.yaml", EDITIONS / "edition_2005_b.yaml"


def shown(capsys: pytest.CaptureFixture[str], *words: object, language: str = "zh") -> str:
    assert main([*(str(word) for word in words), "--lang", language]) == 0
    return capsys.readouterr().out


def test_check_counts_dimensions_and_items(capsys: pytest.CaptureFixture[str]) -> None:
    said = shown(capsys, "edition", "check", B)
    assert said.startswith("OK: ")
    assert "7+1 个测评项目，121 项测评内容，哈希 " in said


def test_check_names_every_mistake(tmp_path: Path) -> None:
    broken = tmp_path / "edition.yaml"
    text = B.read_text(encoding="utf-8")
    broken.write_text(text.replace("shape: sites", "shape: sits", 2), encoding="utf-8")
    said = run("edition", "check", broken)
    assert said.returncode == 2
    assert len(said.stderr.splitlines()) == 2
    for line in said.stderr.splitlines():
        assert line.startswith(f"{broken}:")
        assert ":shape: " in line


def test_show_lists_the_tree(capsys: pytest.CaptureFixture[str]) -> None:
    said = shown(capsys, "edition", "show", B)
    assert "B1 廉洁高效的政务环境 · 基本指标" in said
    assert "S.1.1 中央与省级媒体集中宣传" in said


def test_show_tells_the_rules_of_one_item_with_their_sources(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = shown(capsys, "edition", "show", B, "--item", "B4.1.5")
    assert "A ≥85 分 (公开)" in said
    assert said.startswith("B4.1.5 未成年人思想道德建设")


def test_show_refuses_an_item_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["edition", "show", str(B), "--item", "X9", "--lang", "zh"]) == 2
    assert "没有测评内容 “X9”" in capsys.readouterr().err


def test_compare_lists_five_new_basic_and_four_distinctive_items() -> None:
    said = run("edition", "compare", A, B)
    assert said.returncode == 0
    assert "新增基本指标 5 项" in said.stdout
    assert "新增特色指标 4 项" in said.stdout
    found = json.loads(run("edition", "compare", A, B, "--json").stdout)
    assert found["counts"]["added_basic"] == 5
    assert found["counts"]["added_distinctive"] == 4
    assert [each["part"] for each in found["added"]].count("distinctive") == 4
    assert found["gone"] == []
    assert found["same"] == 112


def test_compare_turned_round_finds_nine_items_gone(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(shown(capsys, "edition", "compare", B, A, "--json"))
    assert found["counts"]["gone"] == 9
    assert found["added"] == []


def test_compare_says_what_became_harder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    later = tmp_path / "later.yaml"
    lines = B.read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines, 1) if "value: 85" in line and "B4.1.5" not in line)
    later.write_text("\n".join(lines), encoding="utf-8")
    change_line(later, at, lambda line: line.replace("value: 85", "value: 88", 1))
    found = json.loads(shown(capsys, "edition", "compare", B, later, "--json"))
    assert found["counts"]["harder"] == 1
    assert "更严 1 项" in shown(capsys, "edition", "compare", B, later)


def test_the_same_evidence_is_scored_under_both_editions() -> None:
    folder = EXAMPLES / "demo"
    said = run("edition", "compare", A, B, "--evidence", folder, "--json")
    assert said.returncode == 0, said.stderr
    before, after = json.loads(said.stdout)["evidence"]
    assert before["aside"] > 0
    assert after["aside"] == 0
    alone = json.loads(run("assess", folder, "--json").stdout)
    assert after["digest"] == alone["digest"]
    assert before["counts"]["items"] == 112


@pytest.mark.parametrize("ending", [".xlsx", ".yaml"])
def test_convert_keeps_the_hash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    target = tmp_path / f"edition{ending}"
    shown(capsys, "edition", "convert", B, target)
    before, after = (shown(capsys, "edition", "check", file) for file in (B, target))
    assert before == after


def test_convert_does_not_overwrite_its_own_source(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "edition.yaml"
    source.write_bytes(B.read_bytes())
    assert main(["edition", "convert", str(source), str(source), "--lang", "zh"]) == 2
    assert "同一个文件" in capsys.readouterr().err
    assert source.read_bytes() == B.read_bytes()


def test_convert_refuses_an_ending_that_it_cannot_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["edition", "convert", str(B), str(tmp_path / "edition.doc")]) == 2
    assert ".doc" in capsys.readouterr().err
