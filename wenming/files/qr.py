"""QR codes: text → squares, and the picture of them for a page."""

from base64 import b64encode
from collections.abc import Sequence
from io import BytesIO

import qrcode
from qrcode.image.svg import SvgPathImage

QUIET = 4
"""Empty squares around a code, as ISO/IEC 18004 asks for."""


def qr_squares(text: str) -> Sequence[Sequence[bool]]:
    """The squares of the code that says `text` (二维码), True for dark, without an edge."""
    squares: list[list[bool]] = _code(text, edge=0).get_matrix()
    return squares


def qr_picture(text: str) -> str:
    """The code as the address of a picture (SVG) that needs no further request."""
    drawn = BytesIO()
    _code(text, edge=QUIET).make_image(image_factory=SvgPathImage).save(drawn)
    return f"data:image/svg+xml;base64,{b64encode(drawn.getvalue()).decode()}"


def _code(text: str, *, edge: int) -> qrcode.QRCode:
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=edge)
    code.add_data(text)
    code.make(fit=True)
    return code
