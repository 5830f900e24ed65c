"""Word documents out: a title, lines and tables in the fonts that Chinese offices use."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from wenming.files.tables_out import Cell

TITLE_FONT, BODY_FONT, HEAD_FONT = "方正小标宋简体", "仿宋_GB2312", "黑体"
LATIN_FONT = "Times New Roman"
TITLE_PT, BODY_PT, CELL_PT = 22, 12, 10.5
SHADE = "EDF1F3"
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
DASH = "–"


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table of text with a heading over it (表格).

    Attributes:
        widths: of the columns, in centimetres.
        rows: as wide as the header; numbers stand at the right, None is a dash.
    """

    heading: str
    header: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as plain text (文稿): title, lines below it, tables, lines at its end.

    Attributes:
        signed: who issued it and when, at the right of the end (落款).
    """

    title: str
    lines: Sequence[str] = ()
    tables: Sequence[TextTable] = field(default_factory=tuple)
    notes: Sequence[str] = ()
    signed: Sequence[str] = ()


def write_word(paper: Paper) -> bytes:
    """A document as DOCX on A4 across, heads of tables repeated on every page.

    Text is written as text: nothing in it can become a field or a link.
    """
    document = Document()
    _lay_out(document)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _say(title, paper.title, TITLE_FONT, TITLE_PT)
    for line in paper.lines:
        _say(document.add_paragraph(), line, BODY_FONT, BODY_PT)
    for table in paper.tables:
        heading = document.add_paragraph()
        heading.paragraph_format.space_before = Pt(10)
        heading.paragraph_format.keep_with_next = True
        _say(heading, table.heading, HEAD_FONT, BODY_PT)
        _write_table(document, table)
    for note in paper.notes:
        below = document.add_paragraph()
        below.paragraph_format.space_before = Pt(6)
        _say(below, note, BODY_FONT, CELL_PT)
    for line in paper.signed:
        end = document.add_paragraph()
        end.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _say(end, line, BODY_FONT, BODY_PT)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _lay_out(document: DocumentType) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _page_number(foot)


def _page_number(paragraph: Paragraph) -> None:
    """A field that Word fills with the number of the page, between dashes as offices write it."""
    _say(paragraph, "— ", BODY_FONT, CELL_PT)
    field_run = paragraph.add_run()
    _font(field_run, BODY_FONT, CELL_PT)
    mark = OxmlElement("w:fldSimple")
    mark.set(qn("w:instr"), "PAGE")
    paragraph._p.append(mark)  # noqa: SLF001  # python-docx has no other way
    _say(paragraph, " —", BODY_FONT, CELL_PT)


def _write_table(document: DocumentType, table: TextTable) -> None:
    made = document.add_table(rows=1, cols=len(table.header))
    made.style = "Table Grid"
    made.autofit = False
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(made.columns, table.widths, strict=True):
        column.width = Cm(width)
    _write_row(made, 0, table.header, table.widths, font=HEAD_FONT)
    _repeat_head(made)
    for number, cells in enumerate(table.rows, start=1):
        made.add_row()
        _write_row(made, number, cells, table.widths, font=BODY_FONT)


def _write_row(
    table: WordTable, number: int, values: Sequence[Cell], widths: Sequence[float], *, font: str
) -> None:
    _keep_whole(table, number)
    for cell, value, width in zip(table.rows[number].cells, values, widths, strict=True):
        cell.width = Cm(width)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
        if isinstance(value, int | float | Decimal):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _say(paragraph, written_cell(value), font, CELL_PT)
        if number == 0:
            paragraph.paragraph_format.keep_with_next = True
            _shade(cell)


def written_cell(value: Cell) -> str:
    """A cell as text: a dash for nothing, days as 2026-12-31."""
    if value is None or value == "":
        return DASH
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _shade(cell: WordCell) -> None:
    mark = OxmlElement("w:shd")
    mark.set(qn("w:val"), "clear")
    mark.set(qn("w:fill"), SHADE)
    cell._tc.get_or_add_tcPr().append(mark)  # noqa: SLF001  # python-docx has no other way


def _keep_whole(table: WordTable, number: int) -> None:
    """A row is not parted between two pages."""
    properties = table.rows[number]._tr.get_or_add_trPr()  # noqa: SLF001
    properties.append(OxmlElement("w:cantSplit"))


def _repeat_head(table: WordTable) -> None:
    properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001  # python-docx has no other way
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    properties.append(mark)


def _say(paragraph: Paragraph, text: str, name: str, size: float) -> None:
    """Write some text; characters that XML cannot hold become a mark that one is missing."""
    _font(paragraph.add_run(_NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)), name, size)


def _font(run: Run, name: str, size: float) -> None:
    run.font.name = LATIN_FONT
    run.font.size = Pt(size)
    properties = run._element.get_or_add_rPr()  # noqa: SLF001  # the font of Chinese characters
    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), name)
