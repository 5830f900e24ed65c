"""Sheets of labels as PDF: read by another reader, the codes as a phone reads them."""

import pytest

from tests.pdf_reading import codes_of, sizes_of, texts_of
from tests.qr_reading import read_squares
from wenming.files.fonts import chinese_font
from wenming.files.label_sheet import FontMissing, Label, LabelLayout, write_labels
from wenming.files.qr import qr_squares

FONT = chinese_font()
WITH_FONT = pytest.mark.skipif(FONT is None, reason="this machine has no Chinese font")
ADDRESS = "https://wenming.example/register/0b0d5f9e-6a3e-4b0e-9a55-3f1f3c1b2a10/"


@WITH_FONT
def test_labels_are_read_page_by_page_with_their_chinese() -> None:
    many = [Label(ADDRESS, f"和平大街{n}", [f"S{n}", "", "城东街道"]) for n in range(25)]
    written = write_labels(many, layout=LabelLayout.SMALL, title="标签", font=FONT)
    first, second = texts_of(written)
    assert first.count("城东街道") == 24
    assert "和平大街23S23城东街道" in first
    assert second == "和平大街24S24城东街道"
    assert sizes_of(written) == [(595, 842)] * 2
    assert b"/FontFile" in written
    assert len(written) < 300_000


@WITH_FONT
@pytest.mark.parametrize("layout", LabelLayout)
def test_a_phone_reads_each_code_of_the_printed_page(layout: LabelLayout) -> None:
    many = [Label(f"{ADDRESS}{n}", "和平大街", ["S1"]) for n in range(layout.per_page)]
    written = write_labels(many, layout=layout, title="标签", font=FONT)
    assert sorted(codes_of(written, page=0)) == sorted(each.says for each in many)


@WITH_FONT
def test_a_long_name_is_cut_and_stays_on_its_label() -> None:
    label = Label(ADDRESS, "很长" * 60, ["S1"])
    (text,) = texts_of(write_labels([label], layout=LabelLayout.SMALL, title="标签", font=FONT))
    assert "…" in text
    assert text.endswith("S1")
    assert text.count("很长") < 30


def test_without_a_font_it_is_refused() -> None:
    with pytest.raises(FontMissing):
        write_labels([], layout=LabelLayout.LARGE, title="标签", font=None)


def test_the_code_says_what_it_was_given() -> None:
    assert read_squares(qr_squares(ADDRESS)) == ADDRESS
