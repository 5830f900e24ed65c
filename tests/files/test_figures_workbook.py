"""Files of figures are read in either language, and every mistake is told by its cell."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from wenming.core.errors import BadInput, Problem
from wenming.files.figures_template import HEADINGS, write_figures, write_figures_csv, yes_or_no
from wenming.files.figures_workbook import WrittenFigure, read_figures
from wenming.files.tables_out import Sheet, write_workbook

OWN = {"zh": {"测评内容数": "items"}, "en": {"the number of items": "items"}}
HEAD = {
    language: [words[at] for words in HEADINGS.values()] for at, language in enumerate(("zh", "en"))
}
SPLIT = "社会事业组14项、城市建设管理组14项、社会秩序组5项、宣传教育组7项"
FULL = {
    "title": "不达标指标", "value": "42", "unit": "项", "split": SPLIT, "split_by": "是",
    "of": "参测指标", "compared_with": "测评内容数", "title_en": "Targets not met",
}  # fmt: skip


def read(path: Path, content: bytes, name: str = "数字.xlsx") -> list[WrittenFigure]:
    path.write_bytes(content)
    return read_figures(path, name=name, own=OWN)


def refused(path: Path, content: bytes, name: str = "数字.xlsx") -> Sequence[Problem]:
    with pytest.raises(BadInput) as caught:
        read(path, content, name)
    return caught.value.problems


def cells(problems: Sequence[Problem]) -> list[tuple[str, str]]:
    return [(each.place.address, each.code) for each in problems]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_written_is_read_again(tmp_path: Path, language: str) -> None:
    yes = yes_or_no(True, language)
    own = {"zh": "测评内容数", "en": "the number of items"}[language]
    row = FULL | {"split_by": yes, "compared_with": own}
    (found,) = read(tmp_path / "a", write_figures([row], language=language, own=[own]))
    assert (found.title, str(found.value), found.unit) == ("不达标指标", "42", "项")
    assert found.split[0] == ("社会事业组", "14")
    assert len(found.split) == 4
    assert (found.split_by, found.of, found.compared_with) == (True, "参测指标", "items")
    assert found.title_en == "Targets not met"
    assert found.places["value"].address.endswith("!B2")


def test_every_digit_and_every_word_behind_it_is_understood(tmp_path: Path) -> None:
    rows = [
        {"title": "满意率", "value": "85.30%"},
        {"title": "问题", "value": "440多", "unit": "个"},
        {"title": "人口", "value": "1,234"},
    ]
    rate, more, people = read(tmp_path / "a", write_figures(rows, language="zh", own=[]))
    assert (str(rate.value), rate.unit, rate.lower_bound) == ("85.30", "%", False)
    assert (str(more.value), more.unit, more.lower_bound) == ("440", "个", True)
    assert str(people.value) == "1234"


def test_columns_that_are_not_there_are_not_given(tmp_path: Path) -> None:
    (found,) = read(tmp_path / "a", "所报事项,数值\n点位,320\n".encode("gb18030"), "数字.csv")
    assert found.given == {"title", "value"}
    assert (found.places["value"].line, found.places["value"].column) == (2, "数值")


def test_the_blank_templates_say_that_figures_are_missing(tmp_path: Path) -> None:
    for language in ("zh", "en"):
        blank = write_figures([], language=language, own=[])
        assert cells(refused(tmp_path / "a", blank)) == [("", "figures_missing")]
        only_heads = write_figures_csv(language=language)
        assert cells(refused(tmp_path / "a", only_heads, "a.csv")) == [("", "figures_missing")]


def test_every_mistake_is_told_with_its_cell(tmp_path: Path) -> None:
    rows = [
        {"title": "", "value": "12"},
        {"title": "点位", "value": "三百二十"},
        {"title": "单位", "value": "94", "split": "城建组14项、秩序组", "lower_bound": "也许"},
        {"title": "单位", "value": "94", "tested": "是", "base": "一千"},
        {"title": "长" * 201, "value": "1", "compared_with": "没有的数", "split_by": "是"},
    ]
    found = cells(refused(tmp_path / "a", write_figures(rows, language="zh", own=[])))
    assert sorted(found) == [
        ("数字!A2", "cell_blank"),
        ("数字!A5", "figure_twice"),
        ("数字!A6", "text_longer"),
        ("数字!B3", "not_a_number"),
        ("数字!D4", "part_without_number"),
        ("数字!E6", "column_alone"),
        ("数字!F4", "not_yes_or_no"),
        ("数字!H5", "column_alone"),
        ("数字!I5", "not_a_whole_number"),
        ("数字!J6", "not_one_of"),
    ]


def test_wrong_headings_are_told_in_the_language_that_fits_best(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_workbook(path, [Sheet("Figures", ["What is counted", "Valeu"], [["Sites", "1"]])])
    found = {each.code: each for each in refused(path, path.read_bytes())}
    assert set(found) == {"column_unknown", "column_missing"}
    assert found["column_unknown"].facts["nearest"] == "Value"


def test_the_only_sheet_may_be_called_anything(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_workbook(path, [Sheet("Sheet1", ["所报事项", "数值"], [["点位", 320]])])
    (found,) = read(path, path.read_bytes())
    assert (found.title, found.value) == ("点位", 320)
    sheets = [Sheet(name, ["所报事项", "数值"], [["点位", "1"]]) for name in ("一", "二")]
    write_workbook(path, sheets)
    assert "sheet_missing" in {each.code for each in refused(path, path.read_bytes())}


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (problem,) = refused(tmp_path / "a", b"%PDF-1.4", "讲话.pdf")
    assert problem.code == "ending_unknown"
    (problem,) = refused(tmp_path / "a", b"no workbook", "数字.xlsx")
    assert problem.code == "workbook_unreadable"


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    text = "所报事项,数值\n" + "".join(f"第{n}项,{n}\n" for n in range(2001))
    (problem,) = refused(tmp_path / "a", text.encode(), "数字.csv")
    assert (problem.code, problem.facts["count"]) == ("figures_too_many", 2001)
