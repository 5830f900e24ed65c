"""Figures are read as people write them, and no digit is lost."""

from decimal import Decimal

import pytest

from wenming.files.figure_text import ReadValue, read_listed, read_number, read_parts, read_value


@pytest.mark.parametrize(
    ("written", "value", "is_percent", "is_more"),
    [
        ("42", "42", False, False),
        (" \uff14\uff12 ", "42", False, False),
        ("1,234.50", "1234.50", False, False),
        ("85.30％", "85.30", True, False),
        ("440多", "440", False, True),
        ("85%以上", "85", True, True),
        ("85多%", "85", True, True),
        ("-3", "-3", False, False),
    ],
)
def test_a_value_is_read_with_every_digit(
    written: str, value: str, is_percent: bool, is_more: bool
) -> None:
    assert read_value(written) == ReadValue(Decimal(value), is_percent, is_more)
    assert str(read_value(written).value) == value  # type: ignore[union-attr]


@pytest.mark.parametrize("written", ["", "四十二", "42项", "1,23", "4 2a", "1" * 25, "多", "%"])
def test_what_is_no_number_is_none(written: str) -> None:
    assert read_value(written) is None
    assert read_number(written) is None


def test_parts_without_a_number_or_a_name_are_told_with_their_place() -> None:
    found = read_parts("城建组14项、秩序组，5；宣教组 1,234。")
    assert found.parts == [("城建组", "14"), ("宣教组", "1234")]
    assert found.wrong == [(2, "秩序组"), (3, "5")]


def test_listed_things_stand_one_a_line_or_in_one_line() -> None:
    assert read_listed("人民路、解放路；东街") == ("人民路", "解放路", "东街")
    assert read_listed("人民路、南段\n解放路\n") == ("人民路、南段", "解放路")
    assert read_listed(" ") == ()
