"""Word documents out: a title, lines and tables in the fonts that Chinese offices use."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table as WordTable
from docx.text.run import Run

TITLE_FONT, BODY_FONT, HEAD_FONT = "方正小标宋简体", "仿宋_GB2312", "黑体"
LATIN_FONT = "Times New Roman"
TITLE_PT, BODY_PT, CELL_PT = 22, 12, 10


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table of text with a heading over it (表格).

    Attributes:
        widths: of the columns, in centimetres.
        rows: as wide as the header.
    """

    heading: str
    header: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as plain text (文稿): title, lines below it, tables, lines at its end."""

    title: str
    lines: Sequence[str] = ()
    tables: Sequence[TextTable] = field(default_factory=tuple)
    notes: Sequence[str] = ()


def write_word(paper: Paper) -> bytes:
    """A document as DOCX on A4 across, heads of tables repeated on every page.

    Text is written as text: nothing in it can become a field or a link.
    """
    document = Document()
    _lay_out(document)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _font(title.add_run(paper.title), TITLE_FONT, TITLE_PT)
    for line in paper.lines:
        _font(document.add_paragraph().add_run(line), BODY_FONT, BODY_PT)
    for table in paper.tables:
        _font(document.add_paragraph().add_run(table.heading), HEAD_FONT, BODY_PT)
        _write_table(document, table)
    for note in paper.notes:
        _font(document.add_paragraph().add_run(note), BODY_FONT, CELL_PT)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _lay_out(document: DocumentType) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)


def _write_table(document: DocumentType, table: TextTable) -> None:
    made = document.add_table(rows=1, cols=len(table.header))
    made.style = "Table Grid"
    made.autofit = False
    _write_row(made, 0, table.header, table.widths, font=HEAD_FONT)
    _repeat_head(made)
    for number, cells in enumerate(table.rows, start=1):
        made.add_row()
        _write_row(made, number, cells, table.widths, font=BODY_FONT)


def _write_row(
    table: WordTable, number: int, texts: Sequence[str], widths: Sequence[float], *, font: str
) -> None:
    for cell, text, width in zip(table.rows[number].cells, texts, widths, strict=True):
        cell.width = Cm(width)
        _font(cell.paragraphs[0].add_run(text), font, CELL_PT)


def _repeat_head(table: WordTable) -> None:
    properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001  # python-docx has no other way
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    properties.append(mark)


def _font(run: Run, name: str, size: float) -> None:
    run.font.name = LATIN_FONT
    run.font.size = Pt(size)
    properties = run._element.get_or_add_rPr()  # noqa: SLF001  # the font of Chinese characters
    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), name)
