"""The archive behind a workbook: what must be known before and beside its cells.

The reader fills whole rectangles in memory and shows errors, and formulas that nobody has
computed, as blank cells; both are found here, in the archive's own XML. It also believes what an
archive says of itself; so it is given a new one, of nothing but the parts that were looked at.
"""

import html
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from itertools import islice

from wenming.core.errors import BadInput, Place, Problem

MOST_UNPACKED = 256_000_000
MOST_CELLS = 4_000_000
_WIDEST = 16_384
_REFERENCE = re.compile(r"""\br\s*=\s*["']([A-Za-z]{0,3})([0-9]{1,7})["']""")
_CELL_START = re.compile(r"<(?:\w+:)?c[\s>/]")
# Parts of workbooks in other forms, which the reader would turn to; nobody looks at their cells.
_OTHER_FORMS = re.compile(r"content\.xml|.*\.bin", re.IGNORECASE)
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


def looked_into(content: bytes, file: str) -> tuple[bytes, list[Problem]]:
    """A workbook as it may be read, and its cells that hold an error or a formula without value.

    Args:
        content: the bytes of the workbook.
        file: the name to blame.

    Returns:
        The workbook packed anew, so that nothing is read that was not looked at; the mistakes.

    Raises:
        BadInput: the workbook would unpack to far more than it is.
        zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError:
            it is no archive that can be read.
    """
    parts = _parts(content, file)
    texts = {name: part.decode("utf-8", errors="replace") for name, part in parts.items()}
    names = _sheet_names(texts)
    problems: list[Problem] = []
    for part, xml in texts.items():
        sheet = names.get(part, part)
        if _extent(xml) > MOST_CELLS:
            facts = {"sheet": sheet, "most": MOST_CELLS}
            raise BadInput([Problem("sheet_too_large", Place(file, sheet), facts)])
        if part in names:
            problems += _faulty_cells(xml, file, sheet)
    return _packed(parts), problems


def _parts(content: bytes, file: str) -> dict[str, bytes]:
    """The parts of a workbook by name; the last where a name stands twice, as everybody reads."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = [each for each in archive.infolist() if not _OTHER_FORMS.fullmatch(each.filename)]
        unpacked = sum(each.file_size for each in members)
        if unpacked > MOST_UNPACKED:
            facts: dict[str, object] = {"bytes": unpacked, "most": MOST_UNPACKED}
            raise BadInput([Problem("file_too_large", Place(file), facts)])
        return {each.filename: _part(archive, each) for each in members}


def _part(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """As many bytes as the archive says; asked for all, it would unpack whatever there is."""
    with archive.open(member) as opened:
        return opened.read(member.file_size)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return written.getvalue()


def _extent(xml: str) -> int:
    """The most cells that a sheet's rectangle can have, by what its XML says.

    Counting ends where there are more cells than a sheet may have.
    """
    rightmost = lowest = named = 0
    for found in _REFERENCE.finditer(xml):
        letters, digits = found.groups()
        lowest = max(lowest, int(digits))
        if letters:
            named += 1
            rightmost = max(rightmost, _number(letters))
            if named > MOST_CELLS:
                return named
    cells = sum(1 for _ in islice(_CELL_START.finditer(xml), MOST_CELLS + 1))
    if named < cells:
        rightmost = max(rightmost, min(cells, _WIDEST))
    return rightmost * lowest


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
