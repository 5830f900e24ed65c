"""A round that was written reads the same again, and is assessed to the same digest."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.scoring.small_round import add_margins, write_small_round
from wenming.core.evidence import Evidence, build_evidence
from wenming.core.framework import Checklists, Edition, build_checklists, build_edition
from wenming.engine import as_json, assess
from wenming.engine.report import evidence_hash
from wenming.files.round_out import WholeRound, write_round
from wenming.files.rounds import RoundFiles, read_round

DEMO = Path(__file__).resolve().parents[2] / "examples" / "demo"
Built = tuple[Evidence, Edition, Checklists]


def built(files: RoundFiles) -> Built:
    edition = build_edition(files.edition)
    checklists = build_checklists(files.checklists or {})
    return build_evidence(files.tables, edition, checklists), edition, checklists


def digest_of(round_: Built) -> object:
    evidence, edition, checklists = round_
    return as_json(assess(edition, evidence, checklists))["digest"]


@pytest.fixture(params=["demo", "small", "raked"])
def first(request: pytest.FixtureRequest, tmp_path: Path) -> Built:
    if request.param == "demo":
        return built(read_round(DEMO))
    (tmp_path / "given").mkdir()
    write_small_round(tmp_path / "given")
    if request.param == "raked":
        add_margins(tmp_path / "given")
    return built(read_round(tmp_path / "given"))


def test_a_text_like_a_formula_is_written_safe_and_read_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "given").mkdir()
    write_small_round(tmp_path / "given")
    evidence, edition, checklists = built(read_round(tmp_path / "given"))
    named = replace(evidence.sites[0], title='=HYPERLINK("https://evil.example")')
    evidence = replace(evidence, sites=(named, *evidence.sites[1:]))
    write_round(WholeRound(evidence, edition, checklists), tmp_path / "out")
    assert "'=HYPERLINK" in (tmp_path / "out" / "sites.csv").read_text(encoding="utf-8")
    again = built(read_round(tmp_path / "out"))
    assert again[0].sites[0].title == named.title


def test_a_written_round_is_the_same_round(first: Built, tmp_path: Path) -> None:
    evidence, edition, checklists = first
    write_round(WholeRound(evidence, edition, checklists), tmp_path / "written")
    again = built(read_round(tmp_path / "written"))
    assert evidence_hash(again[0]) == evidence_hash(evidence)
    assert digest_of(again) == digest_of(first)
    write_round(WholeRound(*again), tmp_path / "twice")
    for path in sorted((tmp_path / "written").iterdir()):
        assert (tmp_path / "twice" / path.name).read_bytes() == path.read_bytes(), path.name
