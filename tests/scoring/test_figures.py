"""Figures are entered as given, checked at once, and kept once a result stands on them."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from tests.cast import Cast, make_cast
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry
from wenming.scoring.figure_forms import number_of, parts_of
from wenming.scoring.models import Figure, FigureCheck, ReportedDocument, Run, Settlement
from wenming.scoring.services import freeze_run, load_folder
from wenming.scoring.services.figures import (
    FigureChangedMeanwhile,
    FigureEntry,
    FigureExists,
    FiguresFrozen,
    change_figure,
    enter_figure,
    remove_figure,
    version_of,
)
from wenming.scoring.services.papers import PaperEntry, add_paper, change_paper, remove_paper

SPLIT = (
    ("社会事业组", "14"), ("城市建设管理组", "14"), ("社会秩序组", "5"), ("宣传教育组", "7"),
)  # fmt: skip
NOT_MET = FigureEntry("不达标指标", Decimal("42"), unit="项", split=SPLIT)
database = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def run(cast: Cast, folder: Path) -> Run:
    return load_folder(folder)


def splits(run: Run) -> list[Settlement]:
    found = Settlement.objects.filter(round=run.round, code="split_differs")
    return [each for each in found if each.facts["title"] == "不达标指标"]


@database
def test_a_figure_is_kept_as_given_and_checked_at_once(
    run: Run, paper: ReportedDocument, cast: Cast
) -> None:
    figure = enter_figure(paper, NOT_MET, by=cast.lin)
    figure.refresh_from_db()
    assert figure.value == 42
    assert figure.split == [list(part) for part in SPLIT]
    (found,) = splits(run)
    assert (found.facts["reported"], found.facts["sum"], found.facts["difference"]) == (42, 40, 2)
    assert found.document == paper.key
    assert FigureCheck.objects.get(round=run.round).is_after_change
    told = AuditEntry.objects.get(action="figure.enter").detail
    assert (told["title"], told["value"]) == ("不达标指标", "42")


@database
def test_every_digit_is_kept(paper: ReportedDocument, cast: Cast) -> None:
    entry = FigureEntry("满意率", Decimal("85.30"), unit="%", base=1200)
    figure = enter_figure(paper, entry, by=cast.lin)
    figure.refresh_from_db()
    assert str(figure.value) == "85.30"


@database
def test_a_mended_split_is_no_longer_found(run: Run, paper: ReportedDocument, cast: Cast) -> None:
    figure = enter_figure(paper, NOT_MET, by=cast.lin)
    mended = FigureEntry("不达标指标", Decimal("40"), unit="项", split=SPLIT)
    change_figure(figure, mended, by=cast.lin, seen=version_of(figure))
    assert splits(run) == []
    assert AuditEntry.objects.get(action="figure.change").detail["from"] == "42"


@database
def test_the_second_to_change_a_figure_is_refused(paper: ReportedDocument, cast: Cast) -> None:
    figure = enter_figure(paper, NOT_MET, by=cast.lin)
    seen = version_of(Figure.objects.get(pk=figure.pk))
    change_figure(figure, FigureEntry("不达标指标", Decimal(41)), by=cast.lin, seen=seen)
    with pytest.raises(FigureChangedMeanwhile):
        change_figure(figure, FigureEntry("不达标指标", Decimal(40)), by=cast.lin, seen=seen)


@database
def test_a_paper_reports_a_thing_once(paper: ReportedDocument, cast: Cast) -> None:
    figure = enter_figure(paper, NOT_MET, by=cast.lin)
    with pytest.raises(FigureExists):
        enter_figure(paper, FigureEntry("同一件事", Decimal(1), key=figure.key), by=cast.lin)


@database
def test_what_was_a_part_of_a_removed_figure_stands_alone(
    paper: ReportedDocument, cast: Cast
) -> None:
    whole = enter_figure(paper, NOT_MET, by=cast.lin)
    part = enter_figure(paper, FigureEntry("其中", Decimal(50), of=whole.key), by=cast.lin)
    assert Settlement.objects.filter(code="part_exceeds_whole", round=paper.round).exists()
    remove_figure(whole, by=cast.lin)
    part.refresh_from_db()
    assert part.of == ""
    gone = Settlement.objects.filter(code="part_exceeds_whole", document=paper.key)
    assert not gone.exclude(round=None).exists()


@database
def test_a_paper_goes_with_its_figures(run: Run, paper: ReportedDocument, cast: Cast) -> None:
    enter_figure(paper, NOT_MET, by=cast.lin)
    renamed = change_paper(paper, PaperEntry("讲话", as_of="2026-03-01"), by=cast.lin)
    remove_paper(renamed, by=cast.lin)
    assert not Figure.objects.filter(round=run.round, document=paper.key).exists()
    assert splits(run) == []
    assert AuditEntry.objects.get(action="paper.remove").detail["figures"] == 1


@database
def test_only_the_office_of_the_city_edits(run: Run, paper: ReportedDocument, cast: Cast) -> None:
    for who in (cast.zheng, cast.wang, cast.chen, cast.zhao, cast.wu):
        with pytest.raises(PermissionDenied):
            enter_figure(paper, NOT_MET, by=who)
        with pytest.raises(PermissionDenied):
            add_paper(run.round, PaperEntry("别的"), by=who)


@database
def test_figures_behind_a_frozen_result_are_kept(run: Run, cast: Cast) -> None:
    paper = ReportedDocument.objects.filter(round=run.round).earliest("position")
    figure = Figure.objects.filter(round=run.round).earliest("position")
    frozen = freeze_run(run, by=cast.lin)
    for act in (
        lambda: enter_figure(paper, NOT_MET, by=cast.lin),
        lambda: change_figure(figure, NOT_MET, by=cast.lin, seen=version_of(figure)),
        lambda: remove_figure(figure, by=cast.lin),
        lambda: remove_paper(paper, by=cast.lin),
        lambda: change_paper(paper, PaperEntry("别的"), by=cast.lin),
    ):
        with pytest.raises(FiguresFrozen) as refused:
            act()
        assert refused.value.facts == {"result": frozen.result_number}


@pytest.mark.parametrize(
    ("written", "value"),
    [("42", "42"), ("85.30", "85.30"), ("1,234", "1234"), ("\uff11\uff12", "12")],
)
def test_numbers_are_read_as_typed(written: str, value: str) -> None:
    assert str(number_of(written)) == value


@pytest.mark.parametrize("written", ["", "四十二", "1e9", "12,34", "NaN", "4 2 项"])
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        number_of(written)


def test_parts_are_read_from_lines_and_from_a_sentence() -> None:
    lines = "社会事业组 14\n城市建设管理组：14\n\n社会秩序组 5"
    assert parts_of(lines) == [("社会事业组", "14"), ("城市建设管理组", "14"), ("社会秩序组", "5")]
    sentence = "社会事业组14项、城市建设管理组14项，社会秩序组5项；宣传教育组（文明办）7项。"
    assert parts_of(sentence)[3] == ("宣传教育组（文明办）", "7")
    assert parts_of("甲 1,234，乙 5") == [("甲", "1234"), ("乙", "5")]


def test_a_part_without_a_number_is_named() -> None:
    with pytest.raises(ValidationError) as refused:
        parts_of("社会事业组 14\n城市建设管理组")
    assert "城市建设管理组" in str(refused.value.messages)
