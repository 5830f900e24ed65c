"""Two runs side by side: what changed, what may be said of chance, and who is told the totals."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import log_in, make_person
from tests.scoring.small_round import change, write_small_round
from wenming.base.models import Unit
from wenming.core.permissions import PostKind
from wenming.scoring.models import ItemResult, Run
from wenming.scoring.queries import seen_by
from wenming.scoring.queries.changes import changes_of, gone_from, total_change
from wenming.scoring.services import load_folder

pytestmark = pytest.mark.django_db


@pytest.fixture
def runs(tmp_path: Path) -> tuple[Run, Run]:
    """Two rounds of the small city; in the later one the deaths in traffic fell below the limit."""
    folder = write_small_round(tmp_path)
    earlier = load_folder(folder)
    change(folder, "round.yaml", "key: 2026-1", "key: 2026-2")
    change(folder, "statistics.csv", "13.180", "1.180")
    return earlier, load_folder(folder)


def changed(runs: tuple[Run, Run]) -> dict[str, str]:
    earlier, later = runs
    reader = make_person("reader", name="林晓", city=later.city, kind=PostKind.OFFICE)
    rows = changes_of(seen_by(reader, later), seen_by(reader, earlier))
    return {row.key: row.change for row in rows}


def test_one_item_became_better_and_the_others_stayed(runs: tuple[Run, Run]) -> None:
    found = changed(runs)
    assert {key for key, change in found.items() if change == "better"} == {"B2.1.2"}
    assert set(found.values()) == {"better", "same"}


def test_the_other_way_round_it_became_worse(runs: tuple[Run, Run]) -> None:
    assert changed((runs[1], runs[0]))["B2.1.2"] == "worse"


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ({"state": "untested", "score": None}, {}, "measured"),
        ({}, {"state": "untested", "score": None}, "lost_sight"),
        ({"key": "B9.9.9"}, {}, "came"),
        ({"points": None, "score": None, "state": "not_met"}, {"state": "met"}, "better"),
        ({"points": None, "score": None, "state": "met"}, {"state": "not_met"}, "worse"),
        # the same share of other points is neither better nor worse
        ({"points": "2", "score": "1", "state": "not_met"},
         {"points": "4", "score": "2", "state": "not_met"}, "same"),
    ],
)  # fmt: skip
def test_what_became_of_an_item(
    runs: tuple[Run, Run], before: dict[str, str], after: dict[str, str], wanted: str
) -> None:
    for run, values in zip(runs, (before, after), strict=True):
        ItemResult.objects.filter(run=run, key="B1.1.1").update(**values)
    assert changed(runs)["B1.1.1"] == wanted


def test_items_of_the_earlier_run_only_are_named(runs: tuple[Run, Run]) -> None:
    earlier, later = runs
    ItemResult.objects.filter(run=later, key="B1.1.1").delete()
    reader = make_person("reader", name="林晓", city=later.city, kind=PostKind.OFFICE)
    assert [item.key for item in gone_from(seen_by(reader, later), seen_by(reader, earlier))] == [
        "B1.1.1"
    ]


def total_of(run: Run, score: str | None, low: str | None, high: str | None) -> Run:
    values = {"score": score, "low": low, "high": high}
    for name, value in values.items():
        setattr(run, name, None if value is None else Decimal(value))
    return run


@pytest.mark.parametrize(
    ("earlier", "later", "verdict"),
    [
        (("74.0", "72.5", "75.0"), ("80.2", "78.8", "80.6"), "apart"),
        (("79.0", "77.5", "80.0"), ("80.2", "78.8", "80.6"), "not_apart"),
        (("79.0", None, None), ("80.2", "78.8", "80.6"), "no_interval"),
        ((None, None, None), ("80.2", "78.8", "80.6"), "no_total"),
        # a thin sample flatters: its score lies above what the whole city would earn
        (("81.56", "69.6", "76.6"), ("80.2", "78.8", "80.6"), "outside"),
        (("79.0", "77.5", "80.0"), ("77.0", "78.8", "80.6"), "outside"),
    ],
)
def test_chance_is_named_where_it_may_be_the_reason(
    runs: tuple[Run, Run],
    earlier: tuple[str | None, str | None, str | None],
    later: tuple[str | None, str | None, str | None],
    verdict: str,
) -> None:
    found = total_change(total_of(runs[1], *later), total_of(runs[0], *earlier))
    assert found.verdict == verdict
    assert (found.low is None) == (verdict not in ("apart", "not_apart"))


def test_two_runs_of_one_round_are_not_two_samples(runs: tuple[Run, Run]) -> None:
    again = Run.objects.select_related("round").get(pk=runs[1].pk)
    assert total_change(runs[1], again).verdict == "same_round"


def test_the_page_tells_the_office_both_totals(client: Client, runs: tuple[Run, Run]) -> None:
    earlier, later = runs
    log_in(client, make_person("lin", name="林晓", city=later.city, kind=PostKind.OFFICE))
    led = client.get(reverse("scoring:compare_latest", args=[later.pk]))
    assert led.headers["Location"] == reverse("scoring:compare", args=[later.pk, earlier.pk])
    page = client.get(f"{led.headers['Location']}?change=changed").content.decode()
    assert "B2.1.2" in page
    assert "B1.1.1" not in page
    assert f"{later.score:.2f}" in page
    turned = client.get(reverse("scoring:compare", args=[earlier.pk, later.pk]))
    assert turned.context["run"] == later  # whichever is named first, the later one is


def test_a_unit_sees_its_own_items_and_no_total(client: Client, runs: tuple[Run, Run]) -> None:
    earlier, later = runs
    police = Unit.objects.get(name="市公安局")
    zhao = make_person("zhao", name="赵明", city=later.city, kind=PostKind.UNIT, unit=police)
    log_in(client, zhao)
    answer = client.get(reverse("scoring:compare", args=[later.pk, earlier.pk]))
    page = answer.content.decode()
    assert "B2.1.2" in page
    assert "B1.1.2" not in page
    assert answer.context["total"] is None
    assert f"{later.score:.2f}" not in page


def test_one_run_alone_has_nothing_beside_it(client: Client, runs: tuple[Run, Run]) -> None:
    earlier, later = runs
    ItemResult.objects.filter(run=earlier).delete()
    Run.objects.filter(pk=earlier.pk).delete()
    log_in(client, make_person("lin", name="林晓", city=later.city, kind=PostKind.OFFICE))
    assert client.get(reverse("scoring:compare_latest", args=[later.pk])).status_code == 200
    same = reverse("scoring:compare", args=[later.pk, later.pk])
    assert client.get(same).status_code == 404


@pytest.mark.parametrize(
    ("score", "side"),
    [("80.61", "above"), ("80.6049", None), ("78.7951", None), ("78.79", "below"), (None, None)],
)
def test_a_score_outside_its_interval_is_told_wherever_it_stands(
    client: Client, runs: tuple[Run, Run], score: str | None, side: str | None
) -> None:
    run = runs[1]
    Run.objects.filter(pk=run.pk).update(score=score, low="78.80", high="80.60")
    again = Run.objects.get(pk=run.pk)
    assert again.outside == side
    log_in(client, make_person("lin", name="林晓", city=run.city, kind=PostKind.OFFICE))
    for name in ("overview", "record", "freeze"):
        page = client.get(reverse(f"scoring:{name}", args=[run.pk]) + "?lang=en").content.decode()
        assert ("The score lies above that" in page) == (side == "above"), name
        assert ("The score lies below that" in page) == (side == "below"), name
    listed = client.get(reverse("scoring:runs") + "?lang=en").content.decode()
    compared = reverse("scoring:compare", args=[run.pk, runs[0].pk]) + "?lang=en"
    for page in (listed, client.get(compared).content.decode()):
        assert ("score outside" in page) == (side is not None)
