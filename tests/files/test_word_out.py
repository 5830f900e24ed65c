"""Word documents hold what was typed as text, whatever was typed."""

import io

import pytest
from docx import Document

from wenming.files.word_out import Paper, TextTable, write_word


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("{{ 7 * 7 }}{% raw %}", "{{ 7 * 7 }}{% raw %}"),
        ("</w:t><w:br/>&amp;", "</w:t><w:br/>&amp;"),
        ('=HYPERLINK("x")', '=HYPERLINK("x")'),
        ("a\x01b\x0bc\ufffed", "a\ufffdb\ufffdc\ufffdd"),
    ],
)
def test_what_was_typed_stays_text(typed: str, shown: str) -> None:
    table = TextTable(typed, [typed], [5.0], [[typed]])
    made = Document(io.BytesIO(write_word(Paper(typed, [typed], [table], [typed], [typed]))))
    assert [each.text for each in made.paragraphs] == [shown] * 5
    assert [cell.text for row in made.tables[0].rows for cell in row.cells] == [shown] * 2
