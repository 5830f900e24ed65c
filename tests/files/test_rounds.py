"""The folder of a round is read whole, and the mistakes of all its files are told at once."""

from pathlib import Path

import pytest

from tests.files.writing import EDITION, only, refused, write
from wenming.core.evidence import build_evidence
from wenming.core.framework import build_checklists, build_edition
from wenming.files.problems import PROBLEMS
from wenming.files.rounds import CSV_FILES, read_round

ROUND = """\
schema: wenming-round/1
key: 2026-3
title: {zh: 第 3 轮, en: Round 3}
city: {zh: 演示市, en: Demo City}
edition: ../editions/small.yaml
checklists: ../editions/checklists.yaml
period: {from: 2026-10-01, to: 2026-11-20}
assessed_on: 2026-12-31
tier: west
methods: [documents, inspection]
synthetic: true
seed: demo
note: {zh: 备注, en: note}
groups:
  宣教: {title: {zh: 宣传教育组, en: publicity}, aliases: [宣教组, 宣传教育组（文明办）]}
not_applicable:
  - {item: ratios, reason: 无}
gates:
  - {gate: PC1, holds: unknown, reason: 待查}
"""
CHECKLISTS = """\
schema: wenming-checklists/1
site_types:
  - key: main_road
    title: {zh: 主次干道}
    lines:
      - {key: main_road-01, title: {zh: 无垃圾}, item: "1.10", judge: count, op: "<=", value: 0}
"""
DESIGN = """\
schema: wenming-survey/1
strata: [county]
clusters: [community, household]
fpc: [communities, households]
weights: weight
lonely: certainty
missing: ["", 不清楚]
questions:
  q1: {item: "1.10", condition: 2, text: {zh: 满意吗}, yes: [满意, "基本,满意"]}
"""
REPORTED = """\
schema: wenming-reported/1
documents:
  D1: {title: {zh: 讲话}, as_of: 2004-06-20}
figures:
  - {key: total, title: {zh: 项目总数}, document: D1, value: 112}
  - key: tested
    title: {zh: 已测}
    document: D1
    value: 102
    unit: 项
    of: total
    means: tested
    lower_bound: true
    split: {宣教组: 60, 城建组: 40.0}
    split_by: group
    members: ["甲, 乙", 丙]
"""
ANSWERS = """\
sheet,county,community,household,communities,households,weight,q1
1,东区,c1,h1,10,100,1,满意
2,东区,c2,h2,10,100,1,不清楚
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A round in which every file is there but the register of sites."""
    write(tmp_path / "editions" / "small.yaml", EDITION)
    write(tmp_path / "editions" / "checklists.yaml", CHECKLISTS)
    round_folder = tmp_path / "round"
    write(round_folder / "round.yaml", ROUND)
    write(round_folder / "design.yaml", DESIGN)
    write(round_folder / "reported.yaml", REPORTED)
    write(round_folder / "answers.csv", ANSWERS)
    write(round_folder / "statistics.csv", "item,value\n1.1,13.18\n")
    write(round_folder / "responsibility.csv", "unit,item,role\n市公安局,1.1,lead\n")
    write(round_folder / "documents.csv", "document,item,outcome,condition\nF1,1.10,accepted,1\n")
    write(round_folder / "panel.csv", "item,assessor,mark\nratios,甲,90\n")
    write(
        round_folder / "observations.csv",
        "site,line,value,site_type,title\ns1,main_road-01,0,main_road,人民路\n",
    )
    return round_folder


def test_every_file_becomes_its_tables(folder: Path) -> None:
    files = read_round(folder)
    assert {table: len(rows) for table, rows in files.tables.items()} == {
        "round": 1,
        "groups": 1,
        "not_applicable": 1,
        "gates": 1,
        "design": 1,
        "questions": 1,
        "margins": 0,
        "reported_documents": 1,
        "figures": 2,
        "splits": 2,
        "answers": 2,
        "statistics": 1,
        "responsibility": 1,
        "documents": 1,
        "panel": 1,
        "observations": 1,
    }
    plan = files.tables["round"][0]
    assert plan.text("methods") == "documents;inspection"
    assert plan.text("period_to") == "2026-11-20"
    assert files.tables["groups"][0].text("aliases") == "宣教组;宣传教育组（文明办）"
    assert files.tables["design"][0].values["missing"] == "\x1f不清楚"
    assert files.tables["questions"][0].text("yes") == "满意\x1f基本,满意"
    assert files.tables["figures"][1].text("means") == "tested"
    assert files.tables["figures"][1].text("members") == "甲, 乙\x1f丙"
    assert [row.text("part") for row in files.tables["splits"]] == ["宣教组", "城建组"]


def test_the_rows_are_what_the_rules_read(folder: Path) -> None:
    files = read_round(folder)
    edition = build_edition(files.edition)
    checklists = build_checklists(files.checklists or {})
    evidence = build_evidence(files.tables, edition, checklists)
    assert evidence.plan.is_synthetic
    assert [site.key for site in evidence.sites] == ["s1"]
    assert evidence.figures[1].means == "tested"
    assert evidence.survey is not None


def test_only_the_plan_must_be_there(folder: Path) -> None:
    for name in ("design.yaml", "reported.yaml", *(f"{table}.csv" for table in CSV_FILES)):
        (folder / name).unlink(missing_ok=True)
    write(folder / "round.yaml", ROUND.replace("checklists: ../editions/checklists.yaml\n", ""))
    files = read_round(folder)
    assert set(files.tables) == {"round", "groups", "not_applicable", "gates"}
    assert files.checklists is None


def test_the_mistakes_of_all_files_are_told_together(folder: Path) -> None:
    write(folder / "round.yaml", ROUND.replace("tier:", "teir:"))
    write(folder / "reported.yaml", REPORTED.replace("means: tested", "means: met"))
    write(folder / "statistics.csv", "item,valeu\n1.1,13.18\n")
    write(folder / "panel.csv", "item,assessor,mark\nratios,甲\n")
    write(folder.parent / "editions" / "small.yaml", EDITION.replace("met: A", "mett: A"))
    problems = refused(lambda: read_round(folder))
    assert [(p.place.file, p.place.line, p.code) for p in problems] == [
        ("../editions/small.yaml", 5, "key_not_allowed"),
        ("panel.csv", 2, "row_ragged"),
        ("reported.yaml", 12, "not_one_of"),
        ("round.yaml", 9, "key_not_allowed"),
        ("statistics.csv", 1, "column_unknown"),
        ("statistics.csv", 1, "column_missing"),
    ]
    assert all(set(problem.facts) == set(PROBLEMS[problem.code]) for problem in problems)


def test_the_edition_is_blamed_by_the_name_that_the_plan_gives_it(folder: Path) -> None:
    write(folder.parent / "editions" / "small.yaml", EDITION.replace("met: A", "mett: A"))
    problem = only(refused(lambda: read_round(folder)))
    assert (problem.place.file, problem.place.line) == ("../editions/small.yaml", 5)


@pytest.mark.parametrize(
    ("old", "new", "code", "file"),
    [
        ("small.yaml", "other.yaml", "file_missing", "../editions/other.yaml"),
        ("small.yaml", "small.doc", "ending_unknown", "../editions/small.doc"),
        ("checklists.yaml", "other.yaml", "file_missing", "../editions/other.yaml"),
        ("edition: ../editions/small.yaml\n", "", "cell_blank", "round.yaml"),
    ],
)
def test_a_file_that_the_plan_names_must_be_there(
    folder: Path, old: str, new: str, code: str, file: str
) -> None:
    write(folder / "round.yaml", ROUND.replace(old, new))
    problem = only(refused(lambda: read_round(folder)))
    assert (problem.code, problem.place.file) == (code, file)


def test_a_folder_without_a_plan_is_no_round(tmp_path: Path) -> None:
    missing = only(refused(lambda: read_round(tmp_path / "no")))
    assert (missing.code, missing.place.file) == ("folder_missing", str(tmp_path / "no"))
    empty = only(refused(lambda: read_round(tmp_path)))
    assert (empty.code, empty.place.file) == ("file_missing", "round.yaml")


def test_a_register_beside_the_observations_is_the_only_register(folder: Path) -> None:
    write(folder / "sites.csv", "site,site_type\ns1,main_road\n")
    problems = refused(lambda: read_round(folder))
    assert {(p.code, p.place.column) for p in problems} == {
        ("column_unknown", "site_type"),
        ("column_unknown", "title"),
    }


def test_a_misspelt_file_name_is_not_ignored(folder: Path) -> None:
    write(folder / "observation.csv", "site,line\n")
    problem = only(refused(lambda: read_round(folder)))
    assert (problem.code, problem.place.file) == ("file_unexpected", "observation.csv")
    assert problem.facts["nearest"] == "observations.csv"
