"""The documents of a round as one archive (材料包), made while it is sent; with its index."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wenming.files.tables_out import Sheet, write_workbook
from wenming.files.word_out import Paper, TextTable, write_word

CHUNK = 1 << 20
LONGEST = 80
_REFUSED = re.compile(r'[\\/:*?"<>|]+')


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file on its way into the archive.

    Attributes:
        folders: from the outermost; a blank one is left out.
        name: with its ending.
    """

    folders: Sequence[str]
    name: str
    path: Path

    @property
    def address(self) -> str:
        """Where it lies in the archive, with names that every system takes."""
        return "/".join([*(plain_name(each) for each in self.folders if each), self.name])


@dataclass(frozen=True, slots=True)
class PackageIndex:
    """The list of what is inside, as a workbook and as a Word document (材料目录)."""

    title: str
    lines: Sequence[str]
    header: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[str]]


def plain_name(text: str) -> str:
    """A name without marks that a system refuses, cut to a length that unpacks anywhere."""
    kept = "".join(c for c in text if unicodedata.category(c)[0] != "C")
    return _REFUSED.sub(" ", kept).strip(" .")[:LONGEST].rstrip(" .") or "_"


def file_name(key: str, title: str, original: str) -> str:
    """The name of a file: its number, the title, and the ending that it was brought with."""
    ending = Path(original).suffix
    return f"{plain_name(key)}_{plain_name(title)}{ending}"


def packed(
    files: Sequence[PackedFile], index: PackageIndex, *, names: Callable[[str], str]
) -> Iterator[bytes]:
    """The archive piece by piece; little is held in memory however large it is.

    Args:
        names: the name of the index by its ending, `xlsx` or `docx`.
    """
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for ending, content in (("xlsx", _workbook(index)), ("docx", _word(index))):
            archive.writestr(_entry(names(ending)), content)
            yield pipe.taken()
        for each in files:
            with archive.open(_entry(each.address), "w") as target, each.path.open("rb") as source:
                while chunk := source.read(CHUNK):
                    target.write(chunk)
                    yield pipe.taken()
    yield pipe.taken()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = 0o644 << 16
    return entry


class _Pipe(io.RawIOBase):
    """Takes what the archive writes and gives it on; it cannot be rewound."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: object) -> int:
        taken = bytes(content)  # type: ignore[call-overload]
        self.waiting += taken
        return len(taken)

    def taken(self) -> bytes:
        """What was written since it was asked last."""
        given = bytes(self.waiting)
        self.waiting.clear()
        return given


def _workbook(index: PackageIndex) -> bytes:
    written = io.BytesIO()
    write_workbook(written, [Sheet(index.title, index.header, index.rows)])
    return written.getvalue()


def _word(index: PackageIndex) -> bytes:
    table = TextTable("", index.header, index.widths, index.rows)
    return write_word(Paper(index.title, index.lines, [table]))
