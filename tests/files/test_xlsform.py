"""XLSForm both ways, what is refused with its cell, and what other programs make of it."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
import pyxform
from pyxform.xls2xform import convert

from tests.core.questionnaire.building import YES_NO, instrument, question
from wenming.core.errors import BadInput
from wenming.core.questionnaire import Instrument, checklist_instrument
from wenming.files.editions import read_checklists
from wenming.files.tables_out import Sheet, write_workbook
from wenming.files.xlsform import read_xlsform
from wenming.files.xlsform_out import write_xlsform, xform_of, xform_of_checklist

CHECKLISTS = Path("examples/editions/checklists.yaml")
JAR = Path(pyxform.__file__).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"


def whole() -> Instrument:
    fed = {"choices": "yn", "item": "B1.1.1", "condition": "1", "yes": "yes", "no": "no"}
    return instrument(
        {"key": "start", "kind": "start"},
        question("g", "group", **{"label:en": "Home", "relevant": "${late} = ''"}),
        question("inner", "group", within="g"),
        question("age", "integer", within="inner", required="true",
                 constraint=". >= 15 and . <= 110", **{"message:zh": "15至110岁"}),
        question("sat", "select_one", within="g", relevant="${age} >= 18", bank="b1", **fed),
        question("many", "select_multiple", choices="yn", **{"hint:en": "All that apply"}),
        question("late", "text", appearance="multiline"),
        question("double", "calculate", calculation="${age} * 2", **{"label:zh": ""}),
        question("where", "geopoint"), question("photo", "image"), question("day", "date"),
        question("money", "decimal"), question("ok", "acknowledge"), question("bye", "note"),
        choices=[*YES_NO, {"list": "yn", "key": "不清楚", "label:zh": "不清楚"}],
        missing="不清楚", **{"title:en": "Residents"},
    )  # fmt: skip


def read(tmp_path: Path, content: bytes) -> Instrument:
    path = tmp_path / "form.xlsx"
    path.write_bytes(content)
    return read_xlsform(path, name="form.xlsx")


def refused(tmp_path: Path, survey: list[list[str]], choices: list[list[str]] | None = None,
            settings: list[list[str]] | None = None) -> list[tuple[str, str]]:  # fmt: skip
    sheets = {
        "survey": survey,
        "choices": choices or [["list_name", "name", "label"], ["yn", "yes", "是"]],
        "settings": settings or [["form_title", "form_id"], ["问卷", "f"]],
    }
    written = BytesIO()
    write_workbook(written, [Sheet(name, rows[0], rows[1:]) for name, rows in sheets.items()])
    with pytest.raises(BadInput) as error:
        read(tmp_path, written.getvalue())
    return [(each.code, each.place.address) for each in error.value.problems]


def test_what_is_written_reads_as_the_same_instrument(tmp_path: Path) -> None:
    assert read(tmp_path, write_xlsform(whole())) == whole()


def test_pyxform_takes_what_is_written_without_a_warning() -> None:
    made = convert(BytesIO(write_xlsform(whole())), file_type=".xlsx")
    assert made.warnings == []
    text = xform_of(whole()).decode()
    assert "15至110岁" in text
    assert 'relevant=" /residents/g/inner/age  &gt;= 18"' in text


def test_every_checklist_becomes_a_form_without_a_warning(tmp_path: Path) -> None:
    lists = read_checklists(CHECKLISTS).by_type.values()
    for checklist in lists:
        form = checklist_instrument(checklist, version="1")
        assert read(tmp_path, write_xlsform(form)) == form
        assert convert(BytesIO(write_xlsform(form)), file_type=".xlsx").warnings == []
    assert len(lists) > 5


@pytest.mark.skipif(shutil.which("java") is None, reason="ODK Validate runs on Java")
def test_odk_validate_accepts_a_questionnaire_and_a_checklist(tmp_path: Path) -> None:
    checklist = next(iter(read_checklists(CHECKLISTS).by_type.values()))
    forms = {"whole": xform_of(whole()), "list": xform_of_checklist(checklist, version="1")}
    for name, form in forms.items():
        path = tmp_path / f"{name}.xml"
        path.write_bytes(form)
        told = subprocess.run(
            ["java", "-Djava.awt.headless=true", "-jar", str(JAR), str(path)],
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert told.returncode == 0, told.stderr


def test_what_is_not_supported_is_named_with_its_cell(tmp_path: Path) -> None:
    survey = [
        ["type", "name", "label", "default", "label::Klingon", "relevant"],
        ["begin_repeat", "r", "重复", "", "", ""],
        ["text", "q", "题目", "x", "", "../r = 1"],
        ["select_one yn or_other", "s", "题目", "", "qo", ""],
        ["end_group", "", "", "", "", ""],
        ["begin_group", "g", "组", "", "", ""],
    ]
    assert set(refused(tmp_path, survey)) == {
        ("question_type_unsupported", "survey!A2"),
        ("column_unsupported", "survey!D3"),
        ("language_unnamed", "survey!E2"),
        ("question_type_unsupported", "survey!A4"),
        ("group_not_open", "survey!A5"),
        ("group_unclosed", "survey!A6"),
    }


def test_mistakes_of_the_questionnaire_have_their_cells(tmp_path: Path) -> None:
    survey = [
        ["type", "name", "label", "relevant", "required", "item"],
        ["select_one no", "a", "题目", "", "", ""],
        ["text", "b", "", "${nobody} = 1", "sometimes", ""],
        ["text", "b", "题目", "${a} = '", "", "B1.1.1"],
    ]
    assert set(refused(tmp_path, survey)) == {
        ("choice_list_missing", "survey!A2"),
        ("cell_blank", "survey!C3"),
        ("question_unknown", "survey!D3"),
        ("not_yes_or_no", "survey!E3"),
        ("key_twice", "survey!B4"),
        ("expression_not_understood", "survey!D4"),
        ("item_needs_select_one", "survey!F4"),
    }


def test_other_sheets_are_not_dropped_silently(tmp_path: Path) -> None:
    sheets = [
        Sheet("survey", ["type", "name", "label"], [["text", "q", "题"]]),
        Sheet("entities", ["list_name"], [["x"]]),
        Sheet("settings", ["form_title", "form_id"], [["t", "f"]]),
    ]
    written = BytesIO()
    write_workbook(written, sheets)
    with pytest.raises(BadInput) as error:
        read(tmp_path, written.getvalue())
    assert [each.code for each in error.value.problems] == ["sheet_unknown"]


def test_a_plain_xlsform_of_others_is_read(tmp_path: Path) -> None:
    written = BytesIO()
    survey = [
        ["type", "name", "label::English (en)", "label::Chinese", "required", "relevance"],
        ["begin group", "g", "Group", "组", "", ""],
        ["select one from yn", "a", "A", "甲", "yes", ""],
        ["int", "n", "N", "数", "true()", "${a} = 'yes'"],
        ["end group", "", "", "", "", ""],
    ]
    choices = [["list name", "name", "label::English (en)"], ["yn", "yes", "Yes"]]
    settings = [["form_title", "form_id", "default_language"], ["Form", "f", "English (en)"]]
    write_workbook(written, [Sheet("survey", survey[0], survey[1:]),
                             Sheet("choices", choices[0], choices[1:]),
                             Sheet("settings", settings[0], settings[1:])])  # fmt: skip
    form = read(tmp_path, written.getvalue())
    assert form.languages == ("en", "zh")
    assert [(each.key, each.kind.value, each.within) for each in form.questions] == [
        ("g", "group", ""), ("a", "select_one", "g"), ("n", "integer", "g"),
    ]  # fmt: skip
    assert [each.is_required for each in form.questions] == [False, True, True]
