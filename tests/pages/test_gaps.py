"""The gap list: filters and order in the address, sums, and exports that hold what is seen."""

import csv
import io
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.pages.shown import Shown
from wenming.scoring.models import ItemResult

pytestmark = pytest.mark.django_db


def gaps(pages: Shown) -> str:
    return reverse("scoring:gaps", args=[pages.run.pk])


def export(pages: Shown, form: str) -> str:
    return reverse("scoring:gaps_export", args=[pages.run.pk, form])


def table(reader: Client, address: str) -> list[list[str]]:
    response = reader.get(address)
    assert response.headers["Content-Type"].startswith("text/csv")
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_items_not_met_and_untested_are_listed_by_lost_points(reader: Client, pages: Shown) -> None:
    rows = reader.get(gaps(pages)).context["rows"]
    assert {row["state"] for row in rows} == {"not_met", "untested"}
    lost = [row["lost"] for row in rows if row["lost"] is not None]
    assert lost == sorted(lost, reverse=True)
    assert [row["lost"] for row in rows][-1] is None


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("state=untested", lambda row: row["state"] == "untested"),
        ("dimension=B4", lambda row: row["key"].startswith("B4.")),
        ("text=B5.3", lambda row: row["key"].startswith("B5.3")),
        ("certain=no", lambda row: row["certain"] is False),
    ],
)
def test_a_filter_in_the_address_holds(reader: Client, pages: Shown, asked: str, held) -> None:  # type: ignore[no-untyped-def]
    rows = reader.get(f"{gaps(pages)}?{asked}").context["rows"]
    assert rows
    assert all(held(row) for row in rows)


def test_a_filter_by_unit_shows_what_it_leads(reader: Client, pages: Shown) -> None:
    led = pages.run.items.filter(state="not_met", lead__isnull=False).first()
    assert led is not None
    rows = reader.get(f"{gaps(pages)}?lead={led.lead_id}").context["rows"]
    assert {row["lead"] for row in rows} == {led.lead_name}


@pytest.mark.parametrize("asked", ["state=nonsense", "lead=nonsense", "sort=nonsense", "by=x"])
def test_a_filter_that_means_nothing_is_dropped(reader: Client, pages: Shown, asked: str) -> None:
    assert reader.get(f"{gaps(pages)}?{asked}").status_code == 200


def test_the_sorted_column_says_so(reader: Client, pages: Shown) -> None:
    page = reader.get(f"{gaps(pages)}?by=unit&sort=-supporting").content.decode()
    assert page.count("aria-sort=") == 1
    assert 'aria-sort="descending"' in page


@pytest.mark.parametrize("way", ["dimension", "group", "unit"])
def test_what_is_shown_adds_up_to_the_sum_below(reader: Client, pages: Shown, way: str) -> None:
    context = reader.get(f"{gaps(pages)}?by={way}").context
    totals = dict(zip([c.key for c in context["tab"].columns], context["totals"], strict=True))
    for name in ("points", "lost"):
        told = sum(row[name] for row in context["rows"] if row[name] is not None)
        assert told == totals[name]["value"]


def test_a_sum_over_units_says_why_it_is_not_the_citys(reader: Client, pages: Shown) -> None:
    found = reader.get(f"{gaps(pages)}?by=unit").context
    doubled = [each for each in pages.run.items.all() if len(leads(each)) > 1]
    unled = [each for each in pages.run.items.all() if not leads(each)]
    assert (found["leads"].doubled, found["leads"].unled) == (len(doubled), len(unled)) == (1, 2)
    own = sum(each.lost for each in pages.run.items.all() if each.lost is not None)
    charged = sum(row["lost"] for row in found["rows"] if row["lost"] is not None)
    twice, never = (sum(each.lost or 0 for each in some) for some in (doubled, unled))
    assert round(charged, 2) == round(own + twice - never, 2)
    assert round(found["leads"].lost, 6) == round(own, 6)


def leads(each: ItemResult) -> list[str]:
    return [row["unit"] for row in each.detail["units"] if row["role"] == "lead"]


def test_lost_points_of_site_types_are_never_summed(reader: Client, pages: Shown) -> None:
    context = reader.get(f"{gaps(pages)}?by=site_type").context
    assert context["totals"][-1]["value"] is None


@pytest.mark.parametrize("way", ["county", "street"])
def test_streets_hold_the_whole_register_and_open_their_sites(
    reader: Client, pages: Shown, way: str
) -> None:
    context = reader.get(f"{gaps(pages)}?by={way}").context
    totals = dict(zip([c.key for c in context["tab"].columns], context["totals"], strict=True))
    types = pages.run.summary["site_types"]
    for name in ("register", "visited", "checks", "passing_checks"):
        assert totals[name]["value"] == sum(each[name] for each in types)
    assert totals["lost"]["value"] is None, "an item stands in several rows"
    worst = context["rows"][0]
    assert worst["lost"] == max(row["lost"] for row in context["rows"] if row["lost"] is not None)
    sites = reader.get(f"{reverse('rounds:sites', args=[pages.run.round_id])}?{worst['link']}")
    assert sites.context["listing"].total == worst["register"]


def test_the_csv_holds_the_rows_that_are_seen(reader: Client, pages: Shown) -> None:
    asked = "?dimension=B5&sort=-points"
    seen = reader.get(gaps(pages) + asked).context["rows"]
    header, *rows = table(reader, export(pages, "csv") + asked)
    assert [row[0] for row in rows] == [row["key"] for row in seen]
    assert header[:2] == ["编号", "测评内容"]
    assert all(len(row) == len(header) for row in rows)


def test_the_csv_of_all_holds_every_item(reader: Client, pages: Shown) -> None:
    rows = table(reader, export(pages, "csv") + "?all=1")[1:]
    assert len(rows) == ItemResult.objects.filter(run=pages.run).count() == 121


def test_the_workbook_of_all_has_a_sheet_for_each_way(reader: Client, pages: Shown) -> None:
    response = reader.get(export(pages, "xlsx") + "?all=1")
    book = load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == [
        f"按{way}" for way in ("内容", "方面", "工作组", "单位", "区县", "街道", "点位类型")
    ]
    sheet = book["按内容"]
    header = [cell.value for cell in sheet[1]]
    lost = [row[header.index("失分")].value for row in sheet.iter_rows(min_row=2)]
    told = sum(Decimal(str(value)) for value in lost if value is not None)
    assert abs(told - sum(Decimal(str(p["lost"])) for p in pages.run.summary["parts"])) < 1


def test_an_export_in_english_speaks_english(reader: Client, pages: Shown) -> None:
    reader.cookies["language"] = "en"
    header = table(reader, export(pages, "csv") + "?by=unit")[0]
    assert header[:2] == ["Key", "Lead unit"]
