"""`wenming estimate`: reference values through the command, and mistakes by their place."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import ROOT, run
from tests.stats.reference_values import REFERENCE
from wenming.cli import main

FOLDER = ROOT / "tests" / "stats" / "reference"
STRATIFIED = ("--weights", "pw", "--strata", "stype", "--fpc", "fpc")
CLUSTERED = ("--weights", "pw", "--cluster", "dnum", "--fpc", "fpc")


def estimated(
    capsys: pytest.CaptureFixture[str], file: object, *words: str
) -> list[dict[str, Any]]:
    assert main(["estimate", str(file), *words, "--json"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["estimates"]
    return found


@pytest.mark.parametrize(
    ("name", "design"), [("apistrat", STRATIFIED), ("apiclus1", CLUSTERED)]
)  # fmt: skip
def test_a_mean_equals_the_reference(
    capsys: pytest.CaptureFixture[str], name: str, design: tuple[str, ...]
) -> None:
    (row,) = estimated(capsys, FOLDER / f"{name}.csv", "--mean", "api00", *design)
    expected = REFERENCE["svymean"][name]["api00"]
    assert row["estimate"] == pytest.approx(expected["estimate"], rel=1e-9)
    assert row["se"] == pytest.approx(expected["se"], rel=1e-9)
    assert row["deff"] == pytest.approx(expected["deff"], rel=1e-9)
    assert row["df"] == expected["df"]
    assert [row["low"], row["high"]] == pytest.approx(expected["ci_t"][0], rel=1e-9)


def test_totals_ratios_and_domains_equal_the_reference(
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = FOLDER / "apistrat.csv"
    words = ("--total", "enroll", "--ratio", "api.stu/enroll", *STRATIFIED)
    total, ratio = estimated(capsys, file, *words)
    assert total["se"] == pytest.approx(REFERENCE["svytotal"]["apistrat"]["enroll"]["se"], rel=1e-9)
    assert ratio["se"] == pytest.approx(REFERENCE["svyratio"]["apistrat"]["se"], rel=1e-9)
    rows = estimated(capsys, file, "--mean", "api00", "--by", "stype", *STRATIFIED)
    table = REFERENCE["svyby"]["apistrat"]["api00_by_stype"]["table"]
    assert [(row["by"], row["n"]) for row in rows] == [
        ({"stype": "E"}, 100), ({"stype": "H"}, 50), ({"stype": "M"}, 50),
    ]  # fmt: skip
    assert [row["estimate"] for row in rows] == pytest.approx([r["api00"] for r in table], rel=1e-9)


def test_a_row_of_json_has_every_column_that_was_promised(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = estimated(capsys, FOLDER / "apistrat.csv", "--mean", "stype", *STRATIFIED)
    assert [row["level"] for row in rows] == ["E", "H", "M"]
    promised = {"variable", "level", "by", "estimate", "se", "low", "high", "deff", "df", "n"}
    assert promised <= rows[0].keys()


def test_several_stages_and_weights_from_the_fpc(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "two.csv"
    file.write_text("a,b,n1,n2,y\n1,1,4,10,1\n1,2,4,10,2\n2,1,4,8,4\n2,2,4,8,6\n")
    (row,) = estimated(capsys, file, "--total", "y", "--cluster", "a,b", "--fpc", "n1,n2")
    assert row["estimate"] == pytest.approx(2 * (5 * 3 + 4 * 10))
    assert row["df"] == 1


def test_the_text_shows_interval_and_n_beside_the_figure() -> None:
    shown = run("estimate", FOLDER / "apistrat.csv", "--mean", "api00", *STRATIFIED)
    assert shown.returncode == 0
    assert "api00 均值" in shown.stdout
    assert "95% 区间" in shown.stdout
    assert "662.287" in shown.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--mean", "api00", "--lonely", "fail", "--strata", "cds"], "只有一个抽样单元"),
        (["--mean", "api0"], ":1:api0: 表中没有列 api0"),
        (["--mean", "api00", "--weights", "sname"], ":2:sname: "),
        (["--ratio", "api00"], "“api00” 不是比值"),
        (["--by", "stype"], "没有指定要估计什么"),
        (["--mean", "api00", "--fpc", "snum", "--strata", "stype"], ":snum: "),
    ],
)
def test_a_mistake_is_one_line_with_its_place(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert main(["estimate", str(FOLDER / "apistrat.csv"), *words, "--lang", "zh"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert len(shown.err.splitlines()) == 1
    assert said in shown.err


def test_a_lonely_stratum_is_never_silent(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["estimate", str(FOLDER / "lonely.csv"), "--mean", "y", "--weights", "w",
             "--strata", "stratum", "--cluster", "psu", "--lang", "zh"]  # fmt: skip
    assert main(words) == 2
    assert "只有一个抽样单元" in capsys.readouterr().err
    assert main([*words, "--lonely", "certainty"]) == 0
    assert "按此处理：certainty" in capsys.readouterr().out
