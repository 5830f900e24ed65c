"""What pages ask: items filtered and sorted, gaps, and the evidence behind a number."""

import dataclasses
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest

from tests.cast import make_person
from tests.scoring.small_round import change
from wenming.base.models import Unit
from wenming.core.permissions import PostKind
from wenming.inspection.models import Observation
from wenming.scoring.models import Run
from wenming.scoring.queries import (
    GapBy,
    ItemFilter,
    SeenRun,
    SortBy,
    answer_counts,
    document,
    evidence_behind,
    gap_rows,
    item_result,
    items_of,
    latest_run,
    neighbours,
    observation,
    reported_figures,
    seen_by,
    site_visit,
)
from wenming.scoring.services import load_folder

Ceiling = Callable[[int], object]


@pytest.fixture
def seen(run: Run) -> SeenRun:
    """The whole run, as somebody of the office sees it."""
    return seen_by(make_person("reader", name="林晓", city=run.city, kind=PostKind.OFFICE), run)


def keys(seen: SeenRun, **wanted: object) -> list[str]:
    return [item.key for item in items_of(seen, ItemFilter(**wanted))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, ["B1.1.1", "B1.1.2", "B2.1.1", "B2.1.2", "B2.1.3"]),
        ({"dimension": "B2"}, ["B2.1.1", "B2.1.2", "B2.1.3"]),
        ({"group": "宣教"}, ["B1.1.1", "B1.1.2"]),
        ({"method": "survey"}, ["B1.1.2"]),
        ({"part": "distinctive"}, []),
        ({"site_type": "main_road"}, ["B2.1.1"]),
        ({"without_lead": True}, ["B2.1.3"]),
        ({"text": "交通"}, ["B2.1.2"]),
        ({"text": " JTSG "}, ["B2.1.2"]),
        ({"text": "jiao tong"}, ["B2.1.2"]),
        ({"text": "b2.1.3"}, ["B2.1.3"]),
        ({"text": "traffic"}, ["B2.1.2"]),
        ({"text": "%"}, []),
        ({"dimension": "B2", "group": "城建", "state": "not_met", "text": "死亡"}, ["B2.1.2"]),
        ({"unit": uuid4()}, []),
    ],
)
def test_items_are_filtered(seen: SeenRun, wanted: dict[str, object], expected: list[str]) -> None:
    assert keys(seen, **wanted) == expected


def test_items_of_a_unit_are_those_it_leads(seen: SeenRun) -> None:
    assert keys(seen, unit=Unit.objects.get(name="市公安局").pk) == ["B2.1.2"]


def test_only_uncertain_items_are_listed(run: Run, seen: SeenRun) -> None:
    uncertain = keys(seen, is_uncertain=True)
    assert uncertain
    assert all(item_result(seen, key).certain is False for key in uncertain)  # type: ignore[union-attr]


@pytest.mark.parametrize("sort", [*SortBy])
@pytest.mark.parametrize("descending", [False, True])
def test_what_has_no_value_comes_last_however_items_are_sorted(
    seen: SeenRun, sort: SortBy, descending: bool
) -> None:
    values = [getattr(each, sort) for each in items_of(seen, sort=sort, descending=descending)]
    known = [value for value in values if value is not None]
    assert values[: len(known)] == sorted(known, reverse=descending)


def test_a_list_of_items_with_units_is_one_query(
    seen: SeenRun, django_assert_num_queries: Ceiling
) -> None:
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        assert [each.lead.name for each in items_of(seen) if each.lead]


def test_a_city_without_runs_has_no_latest_run(run: Run) -> None:
    Run.objects.all().delete()
    assert latest_run(run.city) is None


def test_the_latest_run_is_the_one_with_the_highest_number(run: Run, folder: Path) -> None:
    change(folder, "round.yaml", "key: 2026-1", "key: 2026-2")
    later = load_folder(folder)
    assert later.number > run.number
    assert latest_run(run.city) == later


def test_neighbours_follow_the_edition(seen: SeenRun) -> None:
    first, second, third = items_of(seen)[:3]
    assert neighbours(seen, first) == (None, second)
    assert neighbours(seen, second) == (first, third)


def test_a_run_does_not_know_items_of_another_edition(seen: SeenRun) -> None:
    assert item_result(seen, "B9.9.9") is None


@pytest.mark.parametrize("by", [GapBy.DIMENSION, GapBy.GROUP])
def test_gaps_add_up_to_the_lost_points_of_their_items(run: Run, seen: SeenRun, by: GapBy) -> None:
    attribute = by.value
    for row in gap_rows(run, by):
        items = [each for each in items_of(seen) if getattr(each, attribute) == row.key]
        assert row.items == len(items)
        assert row.lost == sum((each.lost or 0) for each in items)


def test_units_are_charged_for_what_they_lead_only(
    run: Run, django_assert_num_queries: Ceiling
) -> None:
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        rows = {row.key: row for row in gap_rows(run, GapBy.UNIT)}
    police = rows["市公安局"]
    assert (police.items, police.not_met, police.supporting) == (1, 1, 1)
    assert police.unit == Unit.objects.get(name="市公安局").pk
    assert police.lost == Decimal(1)


def test_the_largest_gap_stands_first(run: Run) -> None:
    lost = [row.lost for row in gap_rows(run, GapBy.UNIT) if row.lost is not None]
    assert lost == sorted(lost, reverse=True)


def test_site_types_tell_what_was_visited(run: Run) -> None:
    (road,) = gap_rows(run, GapBy.SITE_TYPE)
    assert (road.register, road.visited, road.checks, road.passing_checks) == (3, 3, 5, 3)
    assert road.rate == Decimal("0.6")


def test_sites_behind_an_item_show_what_was_seen(run: Run) -> None:
    found = evidence_behind(run, "B2.1.1")
    assert found.outcomes == {"conform": 3, "not_conform": 2, "not_observed": 1}
    assert [visit.site.key for visit in found.visits] == ["R1", "R2", "R3"]
    litter = found.visits[1].lines[0]
    assert (litter.observation.remark, litter.observation.photo) == ("路口有垃圾", "IMG_0001.jpg")
    assert (litter.observation.value, litter.line.title.zh) == (Decimal(7), "无垃圾")
    assert found.following is None


def test_pages_of_observations_meet_without_gap_or_overlap(run: Run) -> None:
    seen: list[object] = []
    after = None
    while True:
        page = evidence_behind(run, "B2.1.1", after=after, size=4)
        seen += [line.observation.pk for visit in page.visits for line in visit.lines]
        after = page.following
        if after is None:
            break
    assert len(seen) == len(set(seen)) == Observation.objects.count()


def test_answers_behind_an_item_are_counted_with_those_outside_the_base(run: Run) -> None:
    (question,) = evidence_behind(run, "B1.1.2").questions
    total = question.total
    assert {each.answer: each.sheets for each in total.answers} == {
        "满意": 3,
        "不满意": 2,
        "基本满意": 1,
        "不清楚": 1,
        "": 1,
    }
    assert (total.base, total.yes, total.missing) == (6, 4, 2)


def test_answers_are_divided_by_county(run: Run) -> None:
    (question,) = answer_counts(run, "q01", by="county")
    assert {name: (part.yes, part.base) for name, part in question.parts.items()} == {
        "中心区": (2, 3),
        "港区": (2, 3),
    }
    assert question.divisions == ["county"]


@pytest.mark.parametrize("by", ["", "no_such_column", "' OR 1=1 --"])
def test_a_column_that_is_not_there_divides_nothing(run: Run, by: str) -> None:
    (question,) = answer_counts(run, "q01", by=by)
    assert (question.by, question.parts) == ("", {})


def test_a_column_that_no_question_reads_is_not_shown(run: Run) -> None:
    assert answer_counts(run, "community") == []


def test_documents_figures_and_marks_stand_behind_their_items(run: Run) -> None:
    documents = evidence_behind(run, "B1.1.1").documents
    assert [(each.key, each.outcome, each.reason) for each in documents] == [
        ("W1", "accepted", ""),
        ("W2", "rejected", "缺少下半年"),
    ]
    (deaths,) = evidence_behind(run, "B2.1.2").statistics
    assert str(deaths.value) == "13.180"
    assert [each.mark for each in evidence_behind(run, "B2.1.3").panel] == [
        Decimal(78),
        Decimal("81.5"),
    ]


@pytest.mark.parametrize(
    ("item", "queries"), [("B2.1.1", 7), ("B1.1.2", 7), ("B1.1.1", 5), ("B9.9.9", 5)]
)
def test_the_evidence_behind_an_item_takes_few_queries(
    run: Run, item: str, queries: int, django_assert_num_queries: Ceiling
) -> None:
    with django_assert_num_queries(queries):  # type: ignore[attr-defined]
        evidence_behind(run, item)


def test_a_single_observation_tells_its_site_line_and_unit(seen: SeenRun) -> None:
    pk = Observation.objects.get(remark="坑洼").pk
    found = observation(seen, pk)
    assert found is not None
    assert found.observation.site.unit is not None
    assert (found.observation.site.unit.name, found.line.title.en) == ("市城管局", "Whole surface")


def test_a_site_shows_everything_seen_there(seen: SeenRun) -> None:
    visit = site_visit(seen, Observation.objects.get(remark="坑洼").site_id)
    assert visit is not None
    assert [each.observation.line for each in visit.lines] == ["road-1", "road-2"]


def test_rows_of_another_city_are_not_found(run: Run, seen: SeenRun, folder: Path) -> None:
    change(folder, "round.yaml", "小城市", "邻市")
    other = dataclasses.replace(seen, run=load_folder(folder))
    look = Observation.objects.for_city(run.city).first()
    paper = run.round.documents.first()
    assert look is not None
    assert paper is not None
    assert observation(seen, look.pk) is not None
    assert observation(other, look.pk) is None
    assert site_visit(other, look.site_id) is None
    assert document(other, paper.pk) is None
    assert document(seen, paper.pk) == paper


def test_reported_figures_stand_under_their_paper(run: Run) -> None:
    (paper,) = reported_figures(run)
    assert paper.document is not None
    assert paper.document.title.zh == "通报"
    assert [(each.key, each.split) for each in paper.figures] == [
        ("sites", [["城建组", "2"], ["宣教", "2"]])
    ]
