"""The archive behind a workbook: what must be known before and beside its cells.

The reader fills whole rectangles in memory and shows errors, and formulas that nobody has
computed, as blank cells; both are found here, in the archive's own XML.
"""

import html
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator

from wenming.core.errors import BadInput, Place, Problem

MOST_UNPACKED = 256_000_000
MOST_CELLS = 4_000_000
_WIDEST = 16_384
_REFERENCE = re.compile(r"""\br\s*=\s*["']([A-Za-z]{0,3})([0-9]{1,7})["']""")
_CELL_START = re.compile(r"<(?:\w+:)?c[\s>/]")
_FORMULA = r"<f[^>]{0,300}(?:/>|>[^<]{0,9000}</f>)\s{0,9}"
_ERROR_CELL = re.compile(
    rf"""<c\s([^>]{{0,300}}\bt="e"[^>]{{0,300}})>\s{{0,9}}(?:{_FORMULA})?<v>([^<]{{0,99}})</v>"""
)
_FORMULA_CELL = re.compile(
    rf"<c\s([^>]{{0,300}}[^>/])>\s{{0,9}}{_FORMULA}(?:<v\s?/>|<v></v>)?\s{{0,9}}</c>"
)
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")


def archive_problems(content: bytes, file: str) -> list[Problem]:
    """Cells of a workbook that hold an error, or a formula without a computed value.

    Args:
        content: the bytes of the workbook.
        file: the name to blame.

    Raises:
        BadInput: the workbook would unpack to far more than it is.
        zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError:
            it is no archive that can be read.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())
        if unpacked > MOST_UNPACKED:
            facts: dict[str, object] = {"bytes": unpacked, "most": MOST_UNPACKED}
            raise BadInput([Problem("file_too_large", Place(file), facts)])
        parts = {
            member: archive.read(member).decode("utf-8", errors="replace")
            for member in archive.namelist()
            if member.endswith((".xml", ".rels"))
        }
    names = _sheet_names(parts)
    problems: list[Problem] = []
    for part, xml in parts.items():
        sheet = names.get(part, part)
        if _extent(xml) > MOST_CELLS:
            facts = {"sheet": sheet, "most": MOST_CELLS}
            raise BadInput([Problem("sheet_too_large", Place(file, sheet), facts)])
        if part in names:
            problems += _faulty_cells(xml, file, sheet)
    return problems


def _extent(xml: str) -> int:
    """The most cells that a sheet's rectangle can have, by what its XML says."""
    references = _REFERENCE.findall(xml)
    rightmost = max((_number(letters) for letters in {each for each, _ in references}), default=0)
    named = sum(1 for letters, _ in references if letters)
    if named < (cells := len(_CELL_START.findall(xml))):
        rightmost = max(rightmost, min(cells, _WIDEST))
    return rightmost * max((int(digits) for _, digits in references), default=0)


def _number(letters: str) -> int:
    """The number of a column by its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _sheet_names(parts: dict[str, str]) -> dict[str, str]:
    """The sheet's name by the part of the archive that holds it."""
    targets = {}
    for tag in _RELATION.findall(parts.get("xl/_rels/workbook.xml.rels", "")):
        relation = _attributes(tag)
        target = posixpath.join("/xl", relation.get("Target", ""))
        targets[relation.get("Id", "")] = posixpath.normpath(target).lstrip("/")
    names = {}
    for tag in _SHEET.findall(parts.get("xl/workbook.xml", "")):
        sheet = _attributes(tag)
        names[targets.get(sheet.get("r:id", ""), "")] = sheet.get("name", "")
    return names


def _attributes(tag: str) -> dict[str, str]:
    return {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(tag)}


def _faulty_cells(xml: str, file: str, sheet: str) -> Iterator[Problem]:
    for tag, value in _ERROR_CELL.findall(xml):
        yield _fault("cell_error", tag, file, sheet, value=html.unescape(value))
    for tag in _FORMULA_CELL.findall(xml):
        if _attributes(tag).get("t") not in ("str", "e"):
            yield _fault("formula_without_value", tag, file, sheet)


def _fault(code: str, tag: str, file: str, sheet: str, **facts: object) -> Problem:
    reference = _attributes(tag).get("r", "")
    digits = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    line = int(digits) if digits.isdecimal() else 0
    return Problem(code, Place(file, sheet, line, "", f"{sheet}!{reference}"), dict(facts))
