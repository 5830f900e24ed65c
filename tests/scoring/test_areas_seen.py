"""Gaps by street and county, and the change since the run before, on a round to be read by hand."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.cast import make_person
from tests.scoring.small_round import change, write_small_round
from wenming.base.models import User
from wenming.core.permissions import PostKind
from wenming.rounds.forms.places import NOTHING_RECORDED
from wenming.rounds.models import Site
from wenming.rounds.tables import filter_of
from wenming.scoring.models import Run
from wenming.scoring.queries import (
    GapBy,
    ItemFilter,
    SortBy,
    earlier_of,
    gap_rows,
    items_of,
    seen_by,
)
from wenming.scoring.queries.areas import seen_by_area
from wenming.scoring.services import load_folder

pytestmark = pytest.mark.django_db


def reader(run: Run) -> User:
    return make_person("reader", name="林晓", city=run.city, kind=PostKind.OFFICE)


def test_a_street_tells_what_was_seen_there(run: Run) -> None:
    """Two of three sites pass, so B2.1.1 loses 0.8 of 2 points: all of it stands in 城西街道."""
    rows = {row.key: row for row in gap_rows(run, GapBy.STREET)}
    assert set(rows) == {"城东街道", "城西街道", "港口街道"}
    west = rows["城西街道"]
    assert (west.county, west.register, west.visited) == ("中心区", 1, 1)
    assert (west.checks, west.passing_checks, west.rate) == (2, 0, 0)
    assert (west.items, west.lost) == (1, run.items.get(key="B2.1.1").lost)
    assert west.lost == Decimal("0.8")
    harbour = rows["港口街道"]
    assert (harbour.checks, harbour.passing_checks, harbour.items, harbour.lost) == (1, 1, 0, 0)
    assert gap_rows(run, GapBy.STREET)[0] == west


def test_a_county_holds_its_streets(run: Run) -> None:
    rows = {row.key: row for row in gap_rows(run, GapBy.COUNTY)}
    centre = rows["中心区"]
    assert (centre.register, centre.visited, centre.checks, centre.passing_checks) == (2, 2, 4, 2)
    assert (centre.rate, centre.items, centre.county) == (Decimal("0.5"), 1, "")


def test_sites_without_a_street_are_one_row_and_what_nobody_saw_is_no_zero(folder: Path) -> None:
    change(folder, "sites.csv", "港区,港口街道,", "港区,,")
    change(folder, "sites.csv", "R3,", "R4,main_road,空路,港区,新街道,\nR5,main_road,无路,,,\nR3,")
    rows = {row.key: row for row in gap_rows(load_folder(folder), GapBy.STREET)}
    assert (rows[""].county, rows[""].register, rows[""].visited) == ("", 2, 1)
    unseen = rows["新街道"]
    assert (unseen.register, unseen.visited, unseen.rate, unseen.lost) == (1, 0, None, None)


def test_streets_of_one_name_in_two_counties_stay_two(folder: Path) -> None:
    change(folder, "sites.csv", "港区,港口街道,", "港区,城东街道,")
    rows = [row for row in gap_rows(load_folder(folder), GapBy.STREET) if row.key == "城东街道"]
    assert sorted((row.county, row.register) for row in rows) == [("中心区", 1), ("港区", 1)]


def test_a_site_fails_for_an_item_as_the_run_counted_it(run: Run) -> None:
    """One site lies in each street: those that fail are those that the run did not pass."""
    (told,) = run.items.get(key="B2.1.1").detail["criteria"]
    failing = [each for each in seen_by_area(run, by_street=True) if "B2.1.1" in each.failing]
    assert len(failing) == told["detail"]["visited"] - told["detail"]["passing"] == 1


def test_the_list_of_sites_can_ask_for_those_without_a_street(folder: Path) -> None:
    change(folder, "sites.csv", "港区,港口街道,", "港区,,")
    run = load_folder(folder)
    rows = Site.objects.filter(round=run.round)
    asked = {"street": NOTHING_RECORDED}
    form = filter_of({}, rows)(asked, user=reader(run), city=run.city)
    assert [site.key for site in form.narrow(rows)] == ["R3"]


def test_the_change_is_what_is_lost_now_less_what_was(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "next"
    folder.mkdir()
    write_small_round(folder)
    change(folder, "round.yaml", "key: 2026-1", "key: 2026-2")
    change(
        folder, "observations.csv", "R2,road-2,2026-03-02T10:05,not_conform", "R2,road-2,,conform"
    )
    change(folder, "observations.csv", "10:00:00+08:00,,7,", "10:00:00+08:00,,1,")
    change(folder, "statistics.csv", "B2.1.2,13.180,人/万台车,2025,市统计局\n", "")
    later = load_folder(folder)
    seen = seen_by(reader(run), later)
    earlier = earlier_of(seen)
    assert earlier is not None
    assert earlier.run == run
    rows = items_of(seen, ItemFilter(), sort=SortBy.LOST_CHANGE, earlier=earlier)
    told = {row.key: row.lost_change for row in rows}  # type: ignore[attr-defined]
    assert told["B2.1.1"] == -run.items.get(key="B2.1.1").lost  # type: ignore[operator]
    assert told["B1.1.1"] == 0
    assert told["B2.1.2"] is None, "it was measured then and is not now"
    assert next(iter(told)) == "B2.1.1", "what got better stands first, going up"


def test_the_first_run_has_no_change(run: Run) -> None:
    seen = seen_by(reader(run), run)
    assert earlier_of(seen) is None
    assert {row.lost_change for row in items_of(seen)} == {None}  # type: ignore[attr-defined]
