"""The invented city: the same bytes for the same seed, and the counts that it promises."""

import csv
import shutil
from collections import Counter
from pathlib import Path

import pytest

from wenming.demo import SEED, write_demo
from wenming.demo.city import LONG_NAME, units
from wenming.demo.dice import Dice

EXAMPLES = Path(__file__).parents[2] / "examples"
DEMO = EXAMPLES / "demo"
MOST_BYTES = 2_500_000


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written_by(seed: int, *, beside: Path) -> dict[str, bytes]:
    if not (beside / "editions").exists():
        shutil.copytree(EXAMPLES / "editions", beside / "editions")
    return {path.name: path.read_bytes() for path in write_demo(beside / str(seed), seed)}


def test_the_committed_city_is_what_the_generator_writes(tmp_path: Path) -> None:
    committed = {path.name: path.read_bytes() for path in DEMO.iterdir()}
    assert written_by(SEED, beside=tmp_path) == committed


def test_another_seed_gives_another_city_of_the_same_kind(tmp_path: Path) -> None:
    one, other = written_by(SEED, beside=tmp_path), written_by(SEED + 1, beside=tmp_path)
    assert one.keys() == other.keys()
    assert one["answers.csv"] != other["answers.csv"]
    assert one["round.yaml"] == other["round.yaml"]


def test_a_folder_without_editions_beside_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_demo(tmp_path / "demo", SEED)


def test_the_committed_city_stays_small() -> None:
    assert sum(path.stat().st_size for path in DEMO.iterdir()) < MOST_BYTES


def test_there_are_320_sites_of_36_types_with_rare_characters() -> None:
    sites = rows(DEMO / "sites.csv")
    assert len(sites) == 320
    assert len({site["site_type"] for site in sites}) == 36
    assert len({site["site"] for site in sites}) == 320
    titles = "".join(site["title"] + site["street"] for site in sites)
    assert "龑" in titles
    assert "䶮" in titles


def test_a_visited_site_has_about_twelve_observations() -> None:
    per_site = Counter(row["site"] for row in rows(DEMO / "observations.csv"))
    assert 270 <= len(per_site) <= 290
    assert 11 <= sum(per_site.values()) / len(per_site) <= 13


def test_the_sample_has_two_thousand_sheets_in_a_hundred_communities_of_four_counties() -> None:
    sheets = rows(DEMO / "answers.csv")
    assert len(sheets) == 2000
    assert set(Counter(sheet["community"] for sheet in sheets).values()) == {20}
    assert len({sheet["community"] for sheet in sheets}) == 100
    assert len({sheet["county"] for sheet in sheets}) == 4


def test_all_94_units_answer_for_something() -> None:
    named = {row["unit"] for row in rows(DEMO / "responsibility.csv")}
    assert named == {unit.name for unit in units()}
    assert len(named) == 94
    assert len({unit.group for unit in units()}) == 5


def test_one_unit_has_a_name_of_forty_characters() -> None:
    assert len(LONG_NAME) == 40
    assert max(len(unit.name) for unit in units()) == 40


def test_every_unit_of_a_site_is_a_unit_of_the_city() -> None:
    known = {unit.name for unit in units()}
    assert {site["unit"] for site in rows(DEMO / "sites.csv")} <= known


def test_leads_are_missing_for_two_items_and_doubled_for_one() -> None:
    duties = rows(DEMO / "responsibility.csv")
    leads = Counter(row["item"] for row in duties if row["role"] == "lead")
    assert len({row["item"] for row in duties}) - len(leads) == 2
    assert [item for item, count in leads.items() if count > 1] == ["B5.3.4"]


def test_whole_numbers_of_the_dice_stay_inside_their_ends() -> None:
    dice = Dice(1, "ends")
    drawn = {dice.number(1, 6) for _ in range(500)}
    assert drawn == {1, 2, 3, 4, 5, 6}


def test_streams_of_different_names_do_not_disturb_each_other() -> None:
    alone = Dice(1, "one").share()
    first = Dice(1, "one")
    Dice(1, "other").share()
    assert first.share() == alone
    assert Dice(1, "other").share() != alone


def test_choices_without_replacement_are_different() -> None:
    assert sorted(Dice(1, "some").some_of(range(9), 9)) == list(range(9))
    assert len(Dice(1, "some").some_of(range(3), 9)) == 3
