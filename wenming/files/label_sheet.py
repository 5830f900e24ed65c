"""Labels with QR codes as a PDF on A4, with a Chinese font embedded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from fpdf import FPDF
from fpdf.enums import MethodReturnValue, WrapMode

from wenming.core.errors import DomainError
from wenming.files.fonts import FoundFont
from wenming.files.qr import QUIET, qr_squares

WIDTH, HEIGHT = 210.0, 297.0
PADDING = 3.0
FONT = "labels"
LEADING = 1.25
MM_OF_POINT = 25.4 / 72


class FontMissing(DomainError):
    """The machine has no font that draws Chinese."""

    code = "label_font_missing"


class LabelLayout(StrEnum):
    """How many labels stand on a page (标签版式): columns times rows."""

    LARGE = "2x4"
    SMALL = "3x8"

    @property
    def columns(self) -> int:
        """Labels beside each other."""
        return int(self.value.partition("x")[0])

    @property
    def rows(self) -> int:
        """Labels below each other."""
        return int(self.value.partition("x")[2])

    @property
    def per_page(self) -> int:
        """Labels of one page."""
        return self.columns * self.rows

    @property
    def sizes(self) -> tuple[float, float]:
        """Points of the title and of the other lines."""
        return (14, 10) if self is LabelLayout.LARGE else (9.5, 7)


@dataclass(frozen=True, slots=True)
class Label:
    """One label (标签).

    Attributes:
        says: what the code says.
        lines: below the title, blank ones left out.
    """

    says: str
    title: str
    lines: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where a label stands on its page, in millimetres."""

    left: float
    top: float
    width: float
    height: float


def write_labels(
    labels: Sequence[Label], *, layout: LabelLayout, title: str, font: FoundFont | None
) -> bytes:
    """The labels as a PDF (标签页), in the order given, rows first.

    Args:
        title: of the document, for the window of who reads it.

    Raises:
        FontMissing: there is no font to embed.
    """
    if font is None:
        raise FontMissing
    sheet = FPDF(format="A4")
    sheet.set_auto_page_break(auto=False)
    sheet.set_title(title)
    sheet.add_font(FONT, fname=font.path, collection_font_number=font.face)
    frames = _frames(layout)
    for start in range(0, len(labels), layout.per_page):
        sheet.add_page()
        for frame, label in zip(frames, labels[start : start + layout.per_page], strict=False):
            _draw(sheet, label, frame, layout)
    return bytes(sheet.output())


def _frames(layout: LabelLayout) -> Sequence[_Frame]:
    wide, high = WIDTH / layout.columns, HEIGHT / layout.rows
    return [
        _Frame(column * wide, row * high, wide, high)
        for row in range(layout.rows)
        for column in range(layout.columns)
    ]


def _draw(sheet: FPDF, label: Label, frame: _Frame, layout: LabelLayout) -> None:
    sheet.set_draw_color(200)
    sheet.rect(frame.left, frame.top, frame.width, frame.height)  # to cut along
    side = min(frame.height, frame.width / 2) - 2 * PADDING
    top = frame.top + (frame.height - side) / 2
    _draw_code(sheet, label.says, _Frame(frame.left + PADDING, top, side, side))
    left = frame.left + side + 2 * PADDING
    width = frame.left + frame.width - PADDING - left
    large, small = layout.sizes
    end = top + side
    top = _draw_text(sheet, label.title, _Frame(left, top, width, end - top), size=large, most=3)
    for line in filter(None, label.lines):
        room = _Frame(left, top + 0.5, width, end - top - 0.5)
        top = _draw_text(sheet, line, room, size=small, most=2)


def _draw_code(sheet: FPDF, says: str, frame: _Frame) -> None:
    squares = qr_squares(says)
    step = frame.width / (len(squares) + 2 * QUIET)
    sheet.set_fill_color(0)
    for row, line in enumerate(squares):
        for first, length in _runs(line):
            across = frame.left + (QUIET + first) * step
            down = frame.top + (QUIET + row) * step
            sheet.rect(across, down, length * step, step, style="F")


def _runs(line: Sequence[bool]) -> Iterable[tuple[int, int]]:
    """Where dark squares begin, and how many stand side by side."""
    place = 0
    for is_dark, run in groupby(line):
        length = len(list(run))
        if is_dark:
            yield place, length
        place += length


def _draw_text(sheet: FPDF, text: str, frame: _Frame, *, size: float, most: int) -> float:
    """Draw as many lines as there is room for, at most `most`; where the next text begins."""
    sheet.set_font(FONT, size=size)
    high = size * MM_OF_POINT * LEADING
    told = sheet.multi_cell(
        frame.width, high, text, wrapmode=WrapMode.CHAR, padding=0,
        dry_run=True, output=MethodReturnValue.LINES,
    )  # fmt: skip
    lines = told if isinstance(told, list) else []
    fitting = min(most, int(frame.height / high + 0.01))
    shown = [str(each) for each in lines[:fitting]]
    if shown and len(lines) > fitting:
        shown[-1] = f"{shown[-1][:-1]}…"
    for number, line in enumerate(shown):
        sheet.set_xy(frame.left, frame.top + number * high)
        sheet.cell(frame.width, high, line)
    return frame.top + len(shown) * high
