"""Cells: what is read, what is refused, and that all mistakes are told at once."""

from decimal import Decimal

import pytest

from wenming.core.errors import BadInput, Place
from wenming.core.rows import Reader, Row
from wenming.core.terms import Op


def row(line: int = 2, **cells: str) -> Row:
    return Row(cells, Place("test.csv", line=line))


@pytest.mark.parametrize(
    ("method", "cell", "code"),
    [
        ("decimal", "12a", "not_a_number"),
        ("decimal", "NaN", "not_a_number"),
        ("decimal", "Infinity", "not_a_number"),
        ("decimal", "1E+5000000", "not_a_number"),
        ("count", "1.5", "not_a_whole_number"),
        ("count", "-1", "number_out_of_range"),
        ("day", "2026-13-01", "not_a_date"),
        ("moment", "gestern", "not_a_time"),
        ("flag", "maybe", "not_yes_or_no"),
        ("text", "", "cell_blank"),
    ],
)
def test_a_wrong_cell_is_named_by_line_and_column(method: str, cell: str, code: str) -> None:
    reader = Reader()
    getattr(reader, method)(row(line=7, x=cell), "x")
    with pytest.raises(BadInput) as error:
        reader.finish()
    problem = error.value.problems[0]
    assert (problem.code, problem.place.line, problem.place.column) == (code, 7, "x")


def test_all_mistakes_are_told_in_the_order_of_lines() -> None:
    reader = Reader()
    reader.decimal(row(line=9, x="a"), "x")
    reader.choice(row(line=3, op="=="), "op", Op)
    with pytest.raises(BadInput) as error:
        reader.finish()
    assert [problem.place.line for problem in error.value.problems] == [3, 9]
    assert "<=" in str(error.value.problems[0].facts["allowed"])


def test_a_key_that_stands_twice_names_the_first_line() -> None:
    reader = Reader()
    reader.unique([row(line=2, key="a"), row(line=5, key="a")], "key")
    assert reader.problems[0].facts["first_line"] == 2


def test_percent_signs_and_blanks() -> None:
    reader = Reader()
    assert reader.decimal(row(x="50.3%"), "x", percent=True) == Decimal("50.3")
    assert reader.decimal(row(x=" "), "x") is None
    assert reader.words(row(x="a; b、c，d"), "x") == ("a", "b", "c", "d")
    assert reader.flag(row(x="是"), "x") is True
    assert not reader.problems
