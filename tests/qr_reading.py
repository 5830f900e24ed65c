"""Reads a QR code back, as a phone would, from a picture of a page or from squares."""

import re
from base64 import b64decode
from collections.abc import Sequence

import numpy as np
import zxingcpp

SQUARE = re.compile(r"M(\d+),(\d+)H\d+V\d+H\d+z")
WIDTH = re.compile(r'viewBox="0 0 (\d+) ')
SCALE = 4


def read_picture(address: str) -> str:
    """What the code of a picture (`data:image/svg+xml;base64,…`) says."""
    drawn = b64decode(address.partition("base64,")[2]).decode()
    found = WIDTH.search(drawn)
    assert found is not None
    light = np.full((int(found[1]),) * 2, 255, dtype=np.uint8)
    for across, down in SQUARE.findall(drawn):
        light[int(down), int(across)] = 0
    return read_image(np.kron(light, np.ones((SCALE, SCALE), dtype=np.uint8)))


def read_squares(squares: Sequence[Sequence[bool]], *, edge: int = 4) -> str:
    """What squares say, with an edge around them."""
    light = np.where(np.pad(np.array(squares), edge), 0, 255).astype(np.uint8)
    return read_image(np.kron(light, np.ones((SCALE, SCALE), dtype=np.uint8)))


def read_image(image: object) -> str:
    """What the one code of an image says."""
    (found,) = zxingcpp.read_barcodes(image)
    return str(found.text)
