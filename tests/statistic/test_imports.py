"""Figures from Excel: the template names what is asked for, mistakes by cell, taken over whole."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.cast import Cast, fresh, log_in
from tests.statistic.test_entries import DEATHS
from wenming.base.models import AuditEntry, Import, User
from wenming.core.lifecycle import EntryState
from wenming.files.statistics_workbook import FIGURES, write_statistics
from wenming.rounds.models import Collection
from wenming.rounds.services.collections import CollectionNotOpen, close_collection
from wenming.statistic.models import Entry
from wenming.statistic.queries.imports import statistic_rows
from wenming.statistic.services.entries import confirm_figure, enter_figure
from wenming.statistic.services.imports import StatisticsImportTaken, take_over_statistics

pytestmark = pytest.mark.django_db
ROW = {"条目编号": "B2.1.2", "年度或月份": "2025", "数值": "9.50", "来源文件": "统计年鉴第 12 页"}


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    return log_in(client, officer)


def bring(desk: Client, of: Collection, *rows: dict[str, Any], content: bytes = b"") -> Import:
    upload = SimpleUploadedFile("统计数据.xlsx", content or write_statistics(rows))
    answer = desk.post(reverse("statistic:bring", args=[of.pk]), {"file": upload})
    assert answer.status_code == 302, answer.content.decode()
    return Import.objects.latest("brought_at")


def shown(desk: Client, brought: Import) -> str:
    return desk.get(reverse("statistic:check", args=[brought.pk])).content.decode()


def test_a_file_enters_and_changes_figures(
    desk: Client,
    round_: Collection,
    officer: User,
) -> None:
    enter_figure(round_, DEATHS, by=officer)
    changed = ROW | {"数值": "9.80", "统计范围": "全市"}
    brought = bring(desk, round_, changed, ROW | {"年度或月份": "2024"})
    page = shown(desk, brought)
    assert "9.80" in page
    assert Entry.objects.get().value == Decimal("9.50")
    assert desk.post(reverse("statistic:check", args=[brought.pk])).status_code == 302
    rows = Entry.objects.order_by("period").values_list("period", "value", "scope", "measure")
    assert list(rows) == [
        ("2024", Decimal("9.50"), "districts", "人/万台车"),
        ("2025", Decimal("9.80"), "city", "人/万台车"),
    ]
    assert {each.state for each in Entry.objects.all()} == {EntryState.ENTERED}
    entry = AuditEntry.objects.get(action="statistics_import.take_over")
    assert (entry.detail["new"], entry.detail["changed"]) == (1, 1)
    with pytest.raises(StatisticsImportTaken):
        take_over_statistics(brought, round_, by=officer)


def test_the_template_brings_back_what_stands_there(
    desk: Client,
    round_: Collection,
    officer: User,
) -> None:
    assert [row["条目编号"] for row in statistic_rows(round_, by=officer)] == ["B2.1.2"]
    enter_figure(round_, DEATHS, by=officer)
    answer = desk.get(reverse("statistic:workbook", args=[round_.pk]))
    cells = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_name(FIGURES)
    head, row = cells.to_python()
    told = dict(zip(head, row, strict=True))
    assert (told["数值"], told["年度或月份"], told["责任单位"]) == ("9.50", "2025", "市公安局")
    brought = bring(desk, round_, content=answer.content)
    assert brought.problems == []
    assert "现有数据与文件一致" in shown(desk, brought)


def test_every_mistake_is_told_by_its_cell_and_nothing_is_entered(
    desk: Client,
    round_: Collection,
) -> None:
    brought = bring(
        desk,
        round_,
        ROW | {"数值": "九点五"},
        ROW | {"来源文件": "", "统计范围": "全省"},
        ROW,
        {"条目编号": "B2.1.2", "年度或月份": "2023"},
    )
    page = shown(desk, brought)
    for cell in ("F2", "I3", "H3", "A4"):
        assert f"<code>统计数据!{cell}</code>" in page, cell
    brought = bring(
        desk,
        round_,
        ROW | {"条目编号": "B9.9.9"},
        ROW | {"年度或月份": "2999"},
        ROW | {"年度或月份": "去年"},
    )
    page = shown(desk, brought)
    for cell in ("A2", "E3", "E4"):
        assert f"<code>统计数据!{cell}</code>" in page, cell
    assert "此前" not in page
    desk.post(reverse("statistic:check", args=[brought.pk]))
    assert not Entry.objects.exists()
    assert Import.objects.filter(subject="").count() == 2


def test_a_confirmed_figure_is_not_overwritten(
    desk: Client,
    round_: Collection,
    cast: Cast,
    officer: User,
) -> None:
    confirm_figure(enter_figure(round_, DEATHS, by=officer), by=fresh(cast.lin))
    assert bring(desk, round_, ROW).problems == []
    (problem,) = bring(desk, round_, ROW | {"数值": "8"}).problems
    assert (problem["code"], problem["place"]["column"]) == ("statistic_confirmed", "数值")
    assert "统计数据!F2" in shown(desk, Import.objects.latest("brought_at"))


def test_blank_files_other_units_and_closed_rounds_are_refused(
    desk: Client,
    round_: Collection,
    cast: Cast,
) -> None:
    (problem,) = bring(desk, round_, {"条目编号": "B2.1.2"}).problems
    assert problem["code"] == "statistics_missing"
    other = log_in(Client(), fresh(cast.zhao))
    (problem,) = bring(other, round_, ROW).problems
    assert problem["code"] == "statistic_not_wanted"
    theirs = Import.objects.latest("brought_at")
    assert desk.get(reverse("statistic:check", args=[theirs.pk])).status_code == 404
    mine = bring(desk, round_, ROW)
    close_collection(round_, by=fresh(cast.lin))
    with pytest.raises(CollectionNotOpen):
        take_over_statistics(mine, round_, by=mine.brought_by)
    assert desk.post(reverse("statistic:check", args=[mine.pk])).status_code == 302
    assert not Entry.objects.exists()
