"""What the overview tells of the run before, and how the history of an item is drawn."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import log_in, make_person
from tests.scoring.small_round import change, write_small_round
from wenming.core.permissions import PostKind
from wenming.rounds.models import Round
from wenming.scoring.models import ItemResult, Run
from wenming.scoring.queries import history_of, seen_by
from wenming.scoring.queries.changes import change_counts, common_change, in_order, run_before
from wenming.scoring.services import load_folder, run_scoring
from wenming.statistic.models import Statistic

pytestmark = pytest.mark.django_db


@pytest.fixture
def runs(tmp_path: Path) -> list[Run]:
    """Two rounds of the small city, and a second run of the later one."""
    folder = write_small_round(tmp_path)
    first = load_folder(folder)
    change(folder, "round.yaml", "key: 2026-1", "key: 2026-2")
    change(folder, "statistics.csv", "13.180", "1.180")
    second = load_folder(folder)
    Statistic.objects.filter(round=second.round, value=Decimal("1.180")).update(value="2.18")
    return [first, second, run_scoring(second.round)]


@pytest.fixture
def office(runs: list[Run], client: Client) -> Client:
    reader = make_person("reader", name="林晓", city=runs[0].city, kind=PostKind.OFFICE)
    return log_in(client, reader)


def test_one_compares_with_the_round_before_not_with_the_run_before(runs: list[Run]) -> None:
    reader = make_person("reader", name="林晓", city=runs[0].city, kind=PostKind.OFFICE)
    assert run_before(reader, runs[2]) == runs[0]
    assert run_before(reader, runs[1]) == runs[0]
    assert run_before(reader, runs[0]) is None
    assert change_counts(seen_by(reader, runs[1]), seen_by(reader, runs[0])) == [("better", 1)]
    assert change_counts(seen_by(reader, runs[2]), seen_by(reader, runs[1])) == []


def dated(run: Run, start: date | None, end: date | None) -> None:
    Round.objects.filter(pk=run.round_id).update(period_from=start, period_to=end)


def read_again(run: Run) -> Run:
    return Run.objects.select_related("round", "city").get(pk=run.pk)


def test_rounds_follow_their_days_whatever_was_computed_first(
    runs: list[Run], office: Client
) -> None:
    dated(runs[0], date(2026, 8, 1), date(2026, 9, 30))  # its run is the first
    dated(runs[1], date(2026, 5, 1), date(2026, 6, 30))
    reader = make_person("other", name="王晓", city=runs[0].city, kind=PostKind.OFFICE)
    late, early, again = map(read_again, runs)
    assert run_before(reader, late) == again  # the latest run of the round before
    assert run_before(reader, early) is None
    assert run_before(reader, again) == early  # no round before: the same round
    assert in_order(early, late) == in_order(late, early) == (late, early)
    kept = history_of(seen_by(reader, late), "B2.1.2")
    assert [row.run for row in kept] == [late, again, early]
    led = office.get(reverse("scoring:compare_latest", args=[late.pk]))
    assert led.headers["Location"] == reverse("scoring:compare", args=[late.pk, again.pk])


def test_a_round_without_days_follows_the_day_of_its_run(runs: list[Run]) -> None:
    dated(runs[0], None, None)
    dated(runs[1], date(2026, 5, 1), None)
    undated, early, again = map(read_again, runs)
    assert in_order(early, undated) == (undated, early)
    reader = make_person("reader", name="林晓", city=undated.city, kind=PostKind.OFFICE)
    assert run_before(reader, undated) == again


def test_the_same_items_are_told_beside_totals_of_different_ones(
    runs: list[Run], office: Client
) -> None:
    reader = make_person("other", name="王晓", city=runs[0].city, kind=PostKind.OFFICE)
    seen, before = seen_by(reader, runs[1]), seen_by(reader, runs[0])
    whole = common_change(seen, before)
    assert not whole.is_partial
    basic = ItemResult.objects.filter(part="basic", state__in=("met", "not_met"))
    mine = basic.filter(run=runs[1])
    assert whole.items == mine.count()
    assert whole.score == sum(row.score for row in mine)
    assert whole.before_score == sum(row.score for row in basic.filter(run=runs[0]))
    basic.filter(run=runs[0], key="B2.1.2").update(state="untested", score=None)
    fewer = common_change(seen, before)
    assert (fewer.items, fewer.only_later, fewer.only_earlier) == (whole.items - 1, 1, 0)
    without = [row for row in mine if row.key != "B2.1.2"]
    assert fewer.score == sum(row.score for row in without) == fewer.before_score
    assert fewer.points == sum(row.points for row in without)
    for address in ("overview", "compare_latest"):
        way = reverse(f"scoring:{address}", args=[runs[1].pk])
        text = office.get(f"{way}?lang=en", follow=True).content.decode()
        assert f"On the {fewer.items} items that both judged: {fewer.score:.2f} of" in text
        assert "Judged this time only: 1; before only: 0." in text


def test_without_points_nothing_is_said_of_what_was_earned(runs: list[Run], office: Client) -> None:
    items = ItemResult.objects.filter(run__in=[run.pk for run in runs])
    items.update(points=None, score=None)
    items.filter(run=runs[0], key="B2.1.2").update(state="untested")
    Run.objects.filter(pk=runs[1].pk).update(score=None, points=None)
    for address in ("overview", "compare_latest"):
        way = reverse(f"scoring:{address}", args=[runs[1].pk])
        text = office.get(f"{way}?lang=en", follow=True).content.decode()
        assert "judged by both" not in text
        assert "both judged" not in text


def test_the_overview_says_what_changed_and_leads_there(runs: list[Run], office: Client) -> None:
    text = office.get(reverse("scoring:overview", args=[runs[1].pk]) + "?lang=en").content.decode()
    assert "Since the run before" in text
    better = reverse("scoring:compare", args=[runs[1].pk, runs[0].pk]) + "?change=better"
    assert f'<a href="{better}">Better</a> <b>1</b>' in text
    first = office.get(reverse("scoring:overview", args=[runs[0].pk])).content.decode()
    assert "Since the run before" not in first


def test_the_history_of_an_item_is_drawn_on_one_axis(runs: list[Run], office: Client) -> None:
    address = reverse("scoring:item", args=[runs[1].pk, "B2.1.2"]) + "?lang=en"
    text = office.get(address).content.decode()
    assert 'class="history"' in text
    drawn = text.partition('class="history"')[2].partition("</svg>")[0]
    assert "Run 1 13.18" in drawn
    assert "Run 2 1.18" in drawn
    assert drawn.count('class="dot"') == 3
