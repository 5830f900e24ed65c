"""Files that people of the invented city bring in: photographs, letters, tables."""

import hashlib
import io
from collections.abc import Sequence

import xlsxwriter
from PIL import Image, ImageDraw

from wenming.demo.dice import Dice
from wenming.files.word_out import Paper, write_word

_SIZE = (640, 480)
_HORIZON = 200
_HOUSES = 7
_PAPER = "演示市 · 虚构材料"


def photograph(seed: str) -> bytes:
    """A drawn street as JPEG, another for each seed; it says of itself that it is invented."""
    dice = Dice(2026, seed)
    width, height = _SIZE
    image = Image.new("RGB", _SIZE, (dice.number(150, 215), dice.number(190, 225), 235))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, _HORIZON, width, height), fill=(dice.number(95, 135),) * 3)
    for n in range(_HOUSES):
        left, top = n * width // _HOUSES, dice.number(40, _HORIZON - 30)
        colour = tuple(dice.number(110, 220) for _ in "rgb")
        draw.rectangle((left, top, left + width // _HOUSES - 8, _HORIZON + 30), fill=colour)
    for _ in range(dice.number(3, 12)):
        x, y = dice.number(0, width), dice.number(_HORIZON + 40, height)
        colour = tuple(dice.number(40, 235) for _ in "rgb")
        draw.ellipse((x, y, x + dice.number(8, 40), y + dice.number(6, 20)), fill=colour)
    mark = hashlib.sha256(seed.encode()).hexdigest()[:8]
    draw.text((12, height - 24), f"DEMO, INVENTED  {mark}", fill="white", font_size=16)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def letter(title: str, lines: Sequence[str]) -> bytes:
    """A document in Word's format with a title and paragraphs."""
    return write_word(Paper(title, [*lines, _PAPER]))


def table(title: str, rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook with one sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate(([title], *rows, [_PAPER])):
            sheet.write_row(n, 0, row)
    return out.getvalue()
