"""Frames of draws: every cell that a draw could not use is told at once, with its place."""

from pathlib import Path

import pytest
import xlsxwriter

from wenming.core.errors import BadInput
from wenming.rounds.queries.draw_frames import (
    CERTAIN,
    DrawFrame,
    FrameColumns,
    frame_of_file,
    strata_in,
    with_strata,
)

LIST = """编号,社区,街道,户数
C1,花园,城东,1200
C2,河滨,城东,860
C3,北门,城西,430
"""
COLUMNS = FrameColumns("编号", name="社区", strata="街道")


def frame_of(folder: Path, text: str = LIST) -> DrawFrame:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return frame_of_file(path, name="社区.csv", is_workbook=False)


def problems_of(frame: DrawFrame, columns: FrameColumns) -> list[tuple[str, int, str]]:
    with pytest.raises(BadInput) as refused:
        strata_in(frame, columns)
    return [(each.code, each.place.line, each.place.column) for each in refused.value.problems]


def test_a_list_has_the_strata_of_its_column(tmp_path: Path) -> None:
    frame = frame_of(tmp_path)
    assert frame.columns == ("编号", "社区", "街道", "户数")
    assert strata_in(frame, COLUMNS) == {"城东": 2, "城西": 1}
    assert strata_in(frame, FrameColumns("编号")) == {"all": 3}
    assert strata_in(frame, FrameColumns("编号", cluster="街道")) == {"all": 2}


def test_a_workbook_reads_like_the_file(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("社区")
        for line, cells in enumerate(LIST.splitlines()):
            sheet.write_row(line, 0, cells.split(","))
        sheet.write_number(1, 3, 1200)
        book.add_worksheet("说明").write(0, 0, "填写说明")
    frame = frame_of_file(path, name="社区.xlsx", is_workbook=True)
    assert frame.plain() == frame_of(tmp_path).plain()


def test_every_mistake_is_told_with_its_cell(tmp_path: Path) -> None:
    text = "编号,社区,街道,户数\nC1,花园,,12户\nC1,河滨,城东,0\n,北门,城西,430\n"
    columns = FrameColumns("编号", strata="街道", size="户数")
    assert problems_of(frame_of(tmp_path, text), columns) == [
        ("cell_empty", 2, "街道"),
        ("cell_not_number", 2, "户数"),
        ("key_repeated", 3, "编号"),
        ("cell_not_positive", 3, "户数"),
        ("cell_empty", 4, "编号"),
    ]


def test_a_mistake_in_a_workbook_names_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("社区")
        sheet.write_row(0, 0, ["编号", "街道"])
        sheet.write_row(1, 0, ["C1", ""])
    frame = frame_of_file(path, name="社区.xlsx", is_workbook=True)
    with pytest.raises(BadInput) as refused:
        strata_in(frame, COLUMNS)
    assert [each.place.address for each in refused.value.problems] == ["社区!B2"]


def test_rows_of_one_cluster_agree(tmp_path: Path) -> None:
    text = "户号,社区,街道\nH1,花园,城东\nH2,花园,城西\n"
    columns = FrameColumns("户号", strata="街道", cluster="社区")
    assert problems_of(frame_of(tmp_path, text), columns) == [("cluster_differs", 3, "街道")]


def test_a_column_that_is_not_there_is_told(tmp_path: Path) -> None:
    found = problems_of(frame_of(tmp_path), FrameColumns("编号", size="人口"))
    assert found == [("columns_missing", 0, "")]


def test_a_list_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        frame_of(tmp_path, "编号,社区\n")
    assert refused.value.problems[0].code == "frame_empty"


def test_what_is_taken_for_certain_is_a_stratum_of_its_own(tmp_path: Path) -> None:
    columns = FrameColumns("编号", strata="街道", certain=["C2"])
    frame, named = with_strata(frame_of(tmp_path), columns)
    assert strata_in(frame, named) == {"城东": 1, "城西": 1, CERTAIN: 1}
    unknown = FrameColumns("编号", certain=["C9"])
    assert [code for code, *_ in problems_of(frame_of(tmp_path), unknown)] == [
        "draw_certain_unknown"
    ]


def test_blanks_around_cells_do_not_belong_to_the_list(tmp_path: Path) -> None:
    frame = frame_of(tmp_path, "编号 , 社区\n C1 ,花园 \n")
    assert frame.plain() == [{"编号": "C1", "社区": "花园"}]
