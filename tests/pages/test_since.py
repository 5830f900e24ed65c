"""What the overview tells of the run before, and how the history of an item is drawn."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import log_in, make_person
from tests.scoring.small_round import change, write_small_round
from wenming.core.permissions import PostKind
from wenming.scoring.models import Run
from wenming.scoring.queries import seen_by
from wenming.scoring.queries.changes import change_counts, run_before
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
