"""Figures of a paper from a file: looked at, corrected, taken over whole or not, and again."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, log_in, make_cast, make_person
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry, Import
from wenming.base.services.attachments import bring_in
from wenming.core.permissions import Capability, PostKind
from wenming.files.figures_template import write_figures
from wenming.scoring.models import Figure, FigureCheck, ReportedDocument, Run, Settlement
from wenming.scoring.queries.figure_imports import CheckedFigures, figure_rows
from wenming.scoring.services import freeze_run, load_folder, run_scoring
from wenming.scoring.services.figure_imports import (
    FiguresHaveMistakes,
    FiguresTakenOver,
    PaperGone,
    bring_figures,
    check_figures,
    take_over_figures,
)
from wenming.scoring.services.figures import FiguresFrozen
from wenming.scoring.services.papers import remove_paper

pytestmark = pytest.mark.django_db
Rows = Sequence[Mapping[str, str]]
SPLIT = "城市建设组14项、宣传教育组26项"
GOOD: Rows = [
    {"title": "不达标指标", "value": "42", "unit": "项", "split": SPLIT, "of": "参测指标"},
    {"title": "参测指标", "value": "102", "unit": "项", "of": "指标总数", "tested": "是"},
    {"title": "指标总数", "value": "112", "unit": "项"},
    {"title": "点位数量", "value": "5", "same_as": "点位"},
    {"title": "满意率", "value": "85.30%"},
]


@pytest.fixture
def cast(tmp_path: Path, settings: LazySettings) -> Cast:
    settings.FILES_ROOT = tmp_path / "files"
    return make_cast()


@pytest.fixture
def run(cast: Cast, folder: Path) -> Run:
    return load_folder(folder)


def written(rows: Rows) -> SimpleUploadedFile:
    return SimpleUploadedFile("数字.xlsx", write_figures(rows, language="zh", own=[]))


def bring(rows: Rows, paper: ReportedDocument, cast: Cast) -> Import:
    file = bring_in(written(rows), city=cast.city, by=cast.lin, opened_by=Capability.EDIT_FIGURES)
    return bring_figures(file, paper, by=cast.lin)


def checked(rows: Rows, paper: ReportedDocument, cast: Cast) -> CheckedFigures:
    return check_figures(bring(rows, paper, cast), paper)


def wrong(rows: Rows, paper: ReportedDocument, cast: Cast) -> list[tuple[str, str]]:
    return [(each.place.address, each.code) for each in checked(rows, paper, cast).problems]


def of_paper(paper: ReportedDocument) -> dict[str, Figure]:
    found = Figure.objects.filter(round=paper.round_id, document=paper.key)
    return {each.title_zh: each for each in found}


def test_a_file_is_taken_over_whole_and_the_round_checked_once(
    run: Run, paper: ReportedDocument, cast: Cast
) -> None:
    brought = bring(GOOD, paper, cast)
    assert of_paper(paper) == {}
    done = take_over_figures(brought, by=cast.lin)
    assert (done.new, done.same, len(done.changes)) == (5, 0, 5)
    found = of_paper(paper)
    assert found["不达标指标"].of == found["参测指标"].key
    assert found["参测指标"].of == found["指标总数"].key
    assert found["参测指标"].means == "tested"
    assert found["点位数量"].key == Figure.objects.get(document="D1").key
    assert (str(found["满意率"].value), found["满意率"].unit) == ("85.30", "%")
    assert FigureCheck.objects.get(round=run.round).is_after_change
    split = Settlement.objects.get(round=run.round, code="split_differs", document=paper.key)
    assert split.facts["sum"] == 40
    told = AuditEntry.objects.get(action="figures_import.take_over").detail
    assert (told["file"], told["new"], told["changed"]) == ("数字.xlsx", 5, 0)
    assert AuditEntry.objects.filter(action="figure.enter").count() == 5


def test_a_second_file_says_what_changes_and_leaves_the_rest(
    paper: ReportedDocument, cast: Cast
) -> None:
    take_over_figures(bring(GOOD, paper, cast), by=cast.lin)
    again = [
        {"title": "不达标指标", "value": "40", "unit": "项", "split": SPLIT, "of": "参测指标"},
        {"title": "指标总数", "value": "112", "unit": "项"},
    ]
    brought = bring(again, paper, cast)
    found = check_figures(brought, paper)
    (change,) = found.changes
    assert (change.title, change.is_new) == ("不达标指标", False)
    assert [(c.column, c.before, c.after) for c in change.cells] == [("value", "42", "40")]
    assert found.same == 1
    assert list(found.untouched) == ["参测指标", "点位数量", "满意率"]
    take_over_figures(brought, by=cast.lin)
    assert of_paper(paper)["不达标指标"].value == 40
    assert len(of_paper(paper)) == 5


def test_what_was_written_out_changes_nothing(paper: ReportedDocument, cast: Cast) -> None:
    take_over_figures(bring(GOOD, paper, cast), by=cast.lin)
    found = checked(figure_rows(paper, "zh"), paper, cast)
    assert (found.problems, found.changes, found.same) == ((), [], 5)


def test_columns_that_the_file_has_not_are_left_alone(paper: ReportedDocument, cast: Cast) -> None:
    take_over_figures(bring(GOOD, paper, cast), by=cast.lin)
    csv = SimpleUploadedFile("数字.csv", "所报事项,数值\n不达标指标,41\n".encode())
    file = bring_in(csv, city=cast.city, by=cast.lin, opened_by=Capability.EDIT_FIGURES)
    take_over_figures(bring_figures(file, paper, by=cast.lin), by=cast.lin)
    found = of_paper(paper)["不达标指标"]
    assert (found.value, found.unit, len(found.split)) == (41, "项", 2)
    assert found.of == of_paper(paper)["参测指标"].key


def test_a_percentage_that_excel_kept_as_a_share_is_doubted(
    paper: ReportedDocument, cast: Cast
) -> None:
    rows = [
        {"title": "满意率", "value": "0.853", "unit": "%"},
        {"title": "知晓率", "value": "85.3%"},
        {"title": "死亡率", "value": "0.5", "unit": "人/万台车"},
    ]
    assert checked(rows, paper, cast).doubtful == ["满意率"]
    office = log_in(Client(), cast.lin)
    page = office.get(reverse("scoring:figures_check", args=[Import.objects.get().pk]))
    assert "请再看 满意率：百分比不超过 1。如果材料写的是 85%，" in page.content.decode()


def test_a_whole_that_gets_another_key_keeps_its_parts(paper: ReportedDocument, cast: Cast) -> None:
    rows = [
        {"title": "城区点位", "value": "2", "of": "点位数量"},
        {"title": "点位数量", "value": "5"},
    ]
    take_over_figures(bring(rows, paper, cast), by=cast.lin)
    moved = [{"title": "点位数量", "value": "5", "same_as": "点位"}]
    take_over_figures(bring(moved, paper, cast), by=cast.lin)
    found = of_paper(paper)
    assert found["点位数量"].key == "sites"
    assert found["城区点位"].of == "sites"


def test_what_does_not_fit_the_paper_is_told_by_its_cell(
    paper: ReportedDocument, cast: Cast
) -> None:
    rows = [
        {"title": "甲", "value": "1", "of": "没有的总数"},
        {"title": "乙", "value": "1", "of": "乙"},
        {"title": "丙", "value": "1", "same_as": "没有的"},
        {"title": "丁", "value": "1", "same_as": "点位"},
        {"title": "戊", "value": "1", "same_as": "点位"},
    ]
    assert wrong(rows, paper, cast) == [
        ("数字!G2", "figure_whole_unknown"),
        ("数字!G3", "figure_part_of_itself"),
        ("数字!K4", "figure_same_unknown"),
        ("数字!K6", "figure_same_taken"),
    ]


def test_two_figures_of_one_name_are_not_guessed(
    run: Run, paper: ReportedDocument, cast: Cast
) -> None:
    take_over_figures(bring(GOOD[2:3], paper, cast), by=cast.lin)
    (known,) = of_paper(paper).values()
    Figure.objects.create(
        city=cast.city, round=run.round, document=paper.key, key="other", title_zh=known.title_zh,
        value=94, position=99,
    )  # fmt: skip
    rows = [{"title": "指标总数", "value": "1"}, {"title": "甲", "value": "1", "of": "指标总数"}]
    assert wrong(rows, paper, cast) == [("数字!A2", "figure_title_shared")]
    assert wrong(rows[1:], paper, cast) == [("数字!G2", "figure_title_shared")]


def test_a_file_with_mistakes_is_kept_and_not_taken_over(
    paper: ReportedDocument, cast: Cast
) -> None:
    brought = bring([*GOOD, {"title": "点位", "value": "三百"}], paper, cast)
    assert [each["code"] for each in brought.problems] == ["not_a_number"]
    with pytest.raises(FiguresHaveMistakes):
        take_over_figures(brought, by=cast.lin)
    assert of_paper(paper) == {}


def test_the_second_to_take_over_is_told(paper: ReportedDocument, cast: Cast) -> None:
    brought = bring(GOOD, paper, cast)
    take_over_figures(brought, by=cast.lin)
    with pytest.raises(FiguresTakenOver):
        take_over_figures(brought, by=cast.lin)
    assert len(of_paper(paper)) == 5


def test_only_whoever_brought_it_takes_it_over(paper: ReportedDocument, cast: Cast) -> None:
    brought = bring(GOOD, paper, cast)
    other = make_person("other", name="另一位", city=cast.city, kind=PostKind.OFFICE)
    for who in (other, cast.zheng, cast.zhao, cast.wu):
        with pytest.raises(PermissionDenied):
            take_over_figures(brought, by=who)
    for who in (cast.zheng, cast.wang, cast.zhao, cast.wu):
        with pytest.raises(PermissionDenied):
            bring_figures(brought.attachment, paper, by=who)


def test_nothing_is_taken_over_for_a_paper_that_is_gone(
    paper: ReportedDocument, cast: Cast
) -> None:
    brought = bring(GOOD, paper, cast)
    remove_paper(paper, by=cast.lin)
    with pytest.raises(PaperGone):
        take_over_figures(brought, by=cast.lin)


def test_nothing_is_taken_over_behind_a_frozen_result(
    run: Run, paper: ReportedDocument, cast: Cast
) -> None:
    brought = bring(GOOD, paper, cast)
    freeze_run(run_scoring(run.round), by=cast.lin)
    with pytest.raises(FiguresFrozen):
        take_over_figures(brought, by=cast.lin)


def test_the_pages_lead_from_a_mistake_to_the_figures(
    client: Client, paper: ReportedDocument, cast: Cast
) -> None:
    office = log_in(client, cast.lin)
    address = reverse("scoring:figures_bring", args=[paper.pk])
    assert office.post(address, {}).status_code == 422
    bad = [*GOOD, {"title": "点位", "value": "三百"}]
    first = office.post(address, {"file": written(bad)})
    assert first.status_code == 302
    page = office.get(first["Location"]).content.decode()
    assert "<code>数字!B7</code>" in page
    assert "“三百” 不是数字" in page
    copy = office.get(reverse("scoring:figures_copy", args=[Import.objects.get().pk]))
    assert copy.content.startswith(b"PK")
    second = office.post(address, {"file": written(GOOD)})
    page = " ".join(office.get(second["Location"]).content.decode().split())
    assert "5 个新数字" in page
    done = office.post(second["Location"], follow=True).content.decode()
    assert "新录入 5 个数字" in done
    assert "不达标指标" in done
    assert "已导入" in office.get(second["Location"]).content.decode()
    assert (
        "没有变动"
        in office.get(office.post(address, {"file": written(GOOD)})["Location"]).content.decode()
    )
    late = office.post(second["Location"], follow=True).content.decode()
    assert "已经导入" in late


def test_templates_and_figures_are_handed_out(
    client: Client, paper: ReportedDocument, cast: Cast
) -> None:
    office = log_in(client, cast.lin)
    for form, start in (("xlsx", b"PK"), ("csv", "\ufeff所报事项".encode())):
        answer = office.get(reverse("scoring:figures_template", args=[form]))
        assert answer.content.startswith(start)
    assert office.get(reverse("scoring:figures_template", args=["pdf"])).status_code == 404
    office.cookies["language"] = "en"
    answer = office.get(reverse("scoring:figures_template", args=["csv"]))
    assert answer.content.startswith("\ufeffWhat is counted".encode())
    out = reverse("scoring:figures_workbook", args=[paper.pk])
    assert office.get(out).content.startswith(b"PK")
    assert log_in(Client(), cast.zheng).get(out).status_code == 200
    assert log_in(Client(), cast.zhao).get(out).status_code == 403
    assert log_in(Client(), cast.wu).get(out).status_code == 404
