"""Reads a PDF as people do who open it: texts, sizes and, from the drawn page, QR codes."""

from collections.abc import Sequence

import pypdfium2
import zxingcpp


def texts_of(written: bytes) -> Sequence[str]:
    """What stands on each page, without blanks and ends of lines."""
    with pypdfium2.PdfDocument(written) as paper:
        return ["".join(page.get_textpage().get_text_range().split()) for page in paper]


def sizes_of(written: bytes) -> Sequence[tuple[int, int]]:
    """Width and height of each page in points."""
    with pypdfium2.PdfDocument(written) as paper:
        return [(round(wide), round(high)) for wide, high in (page.get_size() for page in paper)]


def codes_of(written: bytes, *, page: int) -> Sequence[str]:
    """What the QR codes of a page say, as it is drawn at 216 dots to the inch."""
    with pypdfium2.PdfDocument(written) as paper:
        drawn = paper[page].render(scale=3).to_pil()
    return [str(each.text) for each in zxingcpp.read_barcodes(drawn)]
