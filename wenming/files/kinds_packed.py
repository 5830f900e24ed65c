"""What lies in a container: ZIP archives (docx, xlsx, pptx, ofd) and the older OLE files."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

ZIP_START: Final = b"PK\x03\x04"
OLE_START: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

MOST_ENTRIES: Final = 10_000
MOST_UNPACKED: Final = 2_000_000_000
_MOST_RATIO = 200
_FREE = 50_000_000  # below this no ratio is asked: a blank sheet compresses well
_MOST_TYPES = 1_000_000
_MOST_OLE = 100_000_000
_MOST_DIRECTORY = 4_000_000
_SECTOR, _ENTRY = 512, 128
_END, _WIDE_END, _WIDE_LOCATOR = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_END_BYTES, _TAIL = 22, 66_000

_CONTENT_TYPES = "[Content_Types].xml"
_MAIN = re.compile(
    r"application/(?:vnd\.openxmlformats-officedocument\.|vnd\.ms-)"
    r"(wordprocessingml|spreadsheetml|presentationml|word|excel|powerpoint)"
    r"\.[\w.]{1,80}?main\+xml"
)
_OOXML: Final[Mapping[str, str]] = {
    "wordprocessingml": "docx",
    "spreadsheetml": "xlsx",
    "presentationml": "pptx",
    "word": "docx",
    "excel": "xlsx",
    "powerpoint": "pptx",
}
_OLE: Final[Mapping[str, str]] = {
    "WordDocument": "doc",
    "Workbook": "xls",
    "Book": "xls",
    "PowerPoint Document": "ppt",
}
_OLE_MACROS: Final = frozenset({"_VBA_PROJECT", "VBA", "Macros", "_VBA_PROJECT_CUR"})
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Packed:
    """What a container holds, or why it is refused.

    Attributes:
        kind: `docx`, `xlsx`, `pptx`, `ofd`, `zip`, `doc`, `xls`, `ppt`; "" when refused.
        refusal: a reason of `kinds.REFUSALS`, or "".
        facts: of the refusal.
    """

    kind: str = ""
    refusal: str = ""
    facts: dict[str, object] = field(default_factory=dict)


def look_into_archive(path: Path) -> Packed:
    """What a ZIP archive is, by its contents; nothing large is unpacked for it."""
    size = path.stat().st_size
    if (directory := _directory_bytes(path, size)) > _MOST_DIRECTORY:
        return Packed(refusal="bomb", facts={"bytes": directory, "most": _MOST_DIRECTORY})
    try:
        with zipfile.ZipFile(path) as archive:
            return _refusal(archive, size) or _archive_kind(archive)
    except _BROKEN:
        return Packed(refusal="unreadable", facts={"kind": "ZIP"})


def _directory_bytes(path: Path, size: int) -> int:
    """How large an archive says its list of entries is; asked before the list is read.

    The library reads the whole list into memory: five million empty entries would fill it.
    """
    with path.open("rb") as opened:
        opened.seek(max(0, size - _TAIL))
        tail = opened.read(_TAIL)
    is_plain = tail[-_END_BYTES:].startswith(_END)  # no comment behind it
    at = len(tail) - _END_BYTES if is_plain else tail.rfind(_END)
    if at < 0:
        return 0
    said = int.from_bytes(tail[at + 12 : at + 16], "little")
    if at < 20 or not tail.startswith(_WIDE_LOCATOR, at - 20):
        return said
    wide = at - 76
    if wide < 0 or not tail.startswith(_WIDE_END, wide):
        return size  # it lies elsewhere: nobody writes that but to hide
    return max(said, int.from_bytes(tail[wide + 40 : wide + 48], "little"))


def _refusal(archive: zipfile.ZipFile, size: int) -> Packed | None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    most = min(MOST_UNPACKED, max(_FREE, _MOST_RATIO * size))
    if len(entries) > MOST_ENTRIES or unpacked > most or packed > size:  # entries that overlap
        return Packed(refusal="bomb", facts={"bytes": unpacked, "most": most})
    if any(entry.flag_bits & 1 for entry in entries):
        return Packed(refusal="locked", facts={"kind": "ZIP"})
    outside = next((entry.filename for entry in entries if _is_outside(entry)), None)
    if outside is not None:
        return Packed(refusal="outside", facts={"entry": outside[:200]})
    return None


def _is_outside(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is absolute, climbs out of its folder, or is a link."""
    name = entry.filename.replace("\\", "/")
    is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
    return is_link or name.startswith("/") or ":" in name or ".." in PurePosixPath(name).parts


def _archive_kind(archive: zipfile.ZipFile) -> Packed:
    names = set(archive.namelist())
    if _CONTENT_TYPES in names:
        with archive.open(_CONTENT_TYPES) as listed:
            types = listed.read(_MOST_TYPES).decode("utf-8", errors="replace")
        main = _MAIN.search(types)
        if main is None:
            return Packed("zip")
        kind = _OOXML[main[1]]
        has_project = any(name.lower().endswith("vbaproject.bin") for name in names)
        if has_project or "macroEnabled" in main[0] or "vbaProject" in types:
            return Packed(refusal="macros", facts={"kind": kind.upper()})
        return Packed(kind)
    return Packed("ofd" if "OFD.xml" in names else "zip")


def look_into_ole(path: Path) -> Packed:
    """What an OLE file (doc, xls, ppt of before 2007) is, by the names in its directory."""
    with path.open("rb") as opened:
        names = set(_ole_names(opened.read(_MOST_OLE)))
    if "EncryptedPackage" in names:
        return Packed(refusal="locked", facts={"kind": "OOXML"})
    kind = next((kind for name, kind in _OLE.items() if name in names), "")
    if not kind:
        return Packed(refusal="not_known", facts={"ending": "OLE"})
    if names & _OLE_MACROS:
        return Packed(refusal="macros", facts={"kind": kind.upper()})
    return Packed(kind)


def _ole_names(content: bytes) -> Iterator[str]:
    """The names of the directory entries.

    Entries lie on multiples of 128 bytes after the first sector, each with its name, the
    length of the name and its type; so they are found without following any chain that a
    hostile file could bend.
    """
    for at in range(_SECTOR, len(content) - _ENTRY + 1, _ENTRY):
        length, kind = int.from_bytes(content[at + 64 : at + 66], "little"), content[at + 66]
        if 4 <= length <= 64 and not length % 2 and kind in (1, 2, 5):
            raw = content[at : at + length]
            if raw.endswith(b"\0\0") and not any(content[at + length : at + 64]):
                yield raw[:-2].decode("utf-16-le", errors="replace")
