"""The topic report as a document: its numbers are those of the run, its texts stay texts."""

import io
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from docx.document import Document as Word
from docx.table import Table

from tests.cast import log_in, make_person
from tests.pages.shown import Shown
from wenming.base.models import Unit
from wenming.core.permissions import PostKind

pytestmark = pytest.mark.django_db


def report(reader: Client, pages: Shown, about: str) -> Word:
    address = reverse("scoring:topic_report", args=[pages.run.pk])
    answer = reader.get(address, {"about": about})
    assert answer.status_code == 200
    return Document(io.BytesIO(answer.content))


def text(document: Word) -> str:
    return "\n".join(each.text for each in document.paragraphs)


def table(document: Word, last: str) -> Table:
    """The first table whose last heading is this one."""
    return next(each for each in document.tables if each.rows[0].cells[-1].text == last)


def test_the_report_on_the_city_tells_the_run(reader: Client, pages: Shown) -> None:
    run = pages.run
    document = report(reader, pages, "city:")
    told = text(document)
    assert told.startswith("差距专题报告：全市")
    assert run.digest in told
    assert "暂定" in told
    assert f"{run.score:.2f}" in told
    assert "虚构" in told
    gaps = table(document, "期限")
    missed = run.items.filter(state="not_met")
    assert len(gaps.rows) - 1 == missed.count()
    lost = [Decimal(row.cells[6].text) for row in gaps.rows[1:]]
    exact = sum(item.lost or 0 for item in missed)
    assert abs(sum(lost) - exact) < Decimal("0.005") * len(lost)
    assert lost == sorted(lost, reverse=True)
    assert [row.cells[0].text for row in gaps.rows[1:4]] == [
        item.key for item in missed.order_by("-lost", "position")[:3]
    ]


def test_a_dimension_has_the_coverage_of_the_run(reader: Client, pages: Shown) -> None:
    told = text(report(reader, pages, "dimension:B1"))
    row = next(each for each in pages.run.summary["dimensions"] if each["key"] == "B1")
    assert f"{row['points']:.2f} 分" in told
    assert f"{row['coverage'] * 100:.1f}%" in told
    assert f"失 {row['lost']:.2f} 分" in told
    assert "不计算区间" in told


def test_what_somebody_typed_is_neither_markup_nor_formula(reader: Client, pages: Shown) -> None:
    item = pages.run.items.filter(state="not_met").order_by("-lost").first()
    assert item is not None
    item.title_zh = "=HYPERLINK(1)<w:br/>&amp;"
    item.save()
    gaps = table(report(reader, pages, "city:"), "期限")
    assert gaps.rows[1].cells[1].text == "=HYPERLINK(1)<w:br/>&amp;"


def test_the_report_speaks_the_language_of_the_page(reader: Client, pages: Shown) -> None:
    reader.cookies["language"] = "en"
    document = report(reader, pages, "city:")
    assert text(document).startswith("Topic report on gaps: The whole city")
    assert "provisional: not to be quoted" in text(document)
    assert table(document, "Due").rows[0].cells[8].text == "Met next time"


def test_a_unit_has_its_own_report_and_no_other(pages: Shown) -> None:
    led = pages.run.items.filter(state="not_met", lead__isnull=False).order_by("-lost")[0]
    unit = Unit.objects.get(pk=led.lead_id)
    clerk = make_person("clerk", name="Wu", city=pages.run.city, kind=PostKind.UNIT, unit=unit)
    browser = log_in(Client(), clerk)
    told = text(report(browser, pages, f"unit:{unit.pk}"))
    assert unit.name in told
    assert f"{pages.run.score:.2f}" not in told
    address = reverse("scoring:topic_report", args=[pages.run.pk])
    for other in ("city:", "dimension:B1", "nonsense"):
        assert browser.get(address, {"about": other}).status_code == 404
    page = browser.get(reverse("scoring:topic", args=[pages.run.pk])).content.decode()
    assert page.count("<option") == 1
