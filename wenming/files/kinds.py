"""What a file is by its content (文件类型), whatever its name claims; active content is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from wenming.core.errors import BadInput, DomainError
from wenming.files import kinds_packed
from wenming.files.kinds_active import ACTIVE_ENDINGS, active_in_pdf, active_in_text
from wenming.files.texts import as_text

_HEAD = 4096
_MEGABYTE: Final = 1_000_000


class Kind(StrEnum):
    """A kind of file that is taken in."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    PDF = "pdf"
    OFD = "ofd"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    DOC = "doc"
    XLS = "xls"
    PPT = "ppt"
    MP4 = "mp4"
    MOV = "mov"
    ZIP = "zip"
    CSV = "csv"
    YAML = "yaml"
    JSON = "json"
    TEXT = "txt"


@dataclass(frozen=True, slots=True)
class KindRule:
    """What holds for a kind.

    Attributes:
        endings: of the names that files of this kind bear.
        media_type: under which it is given out.
        megabytes: the most that one file may have.
    """

    endings: tuple[str, ...]
    media_type: str
    megabytes: int


_OOXML = "application/vnd.openxmlformats-officedocument."
KINDS: Final[Mapping[Kind, KindRule]] = {
    Kind.JPEG: KindRule(("jpg", "jpeg", "jpe", "jfif"), "image/jpeg", 40),
    Kind.PNG: KindRule(("png",), "image/png", 40),
    Kind.WEBP: KindRule(("webp",), "image/webp", 40),
    Kind.PDF: KindRule(("pdf",), "application/pdf", 100),
    Kind.OFD: KindRule(("ofd",), "application/ofd", 100),
    Kind.DOCX: KindRule(("docx",), f"{_OOXML}wordprocessingml.document", 50),
    Kind.XLSX: KindRule(("xlsx",), f"{_OOXML}spreadsheetml.sheet", 50),
    Kind.PPTX: KindRule(("pptx",), f"{_OOXML}presentationml.presentation", 100),
    Kind.DOC: KindRule(("doc", "wps"), "application/msword", 50),
    Kind.XLS: KindRule(("xls", "et"), "application/vnd.ms-excel", 50),
    Kind.PPT: KindRule(("ppt", "dps"), "application/vnd.ms-powerpoint", 100),
    Kind.MP4: KindRule(("mp4", "m4v"), "video/mp4", 500),
    Kind.MOV: KindRule(("mov", "qt"), "video/quicktime", 500),
    Kind.ZIP: KindRule(("zip",), "application/zip", 500),
    Kind.CSV: KindRule(("csv", "tsv"), "text/csv", 100),
    Kind.YAML: KindRule(("yaml", "yml"), "text/plain", 16),
    Kind.JSON: KindRule(("json", "geojson"), "application/json", 50),
    Kind.TEXT: KindRule(("txt", "md", "log"), "text/plain", 20),
}
DOCX: Final = KINDS[Kind.DOCX].media_type
XLSX: Final = KINDS[Kind.XLSX].media_type
"""Every kind with its names and its limit."""

_LARGEST: Final = _MEGABYTE * max(rule.megabytes for rule in KINDS.values())
PICTURES: Final = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP})
_TEXTS: Final = frozenset({Kind.CSV, Kind.YAML, Kind.JSON, Kind.TEXT})

REFUSALS: Final[Mapping[str, tuple[str, ...]]] = {
    "empty": (),
    "too_many_bytes": ("kind", "bytes", "most"),
    "not_known": ("ending",),
    "unreadable": ("kind",),
    "differs": ("ending", "kind"),
    "heic": (),
    "active": ("what",),  # a web page, a drawing with scripts, a program
    "macros": ("kind",),
    "locked": ("kind",),  # with a password
    "bomb": ("bytes", "most"),  # unpacks to far more than it is
    "outside": ("entry",),  # an entry that would be unpacked elsewhere
}
"""Why a file is refused, with the facts of each; the sentences are made elsewhere."""


class FileRefused(DomainError):
    """A file is not taken in (文件不收); its facts name the reason, a key of `REFUSALS`."""

    code = "file_refused"

    @property
    def reason(self) -> str:
        """Why, as a key of `REFUSALS`."""
        return str(self.facts["reason"])


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file whose kind is known (已识别文件).

    Attributes:
        kind: by its content.
        encoding: of a text, `utf-8` or `gb18030`; "" for all others.
        is_named_so: whether its name ends as names of this kind do.
    """

    kind: Kind
    encoding: str = ""
    is_named_so: bool = True

    @property
    def media_type(self) -> str:
        """Under which the file is given out."""
        return KINDS[self.kind].media_type


def recognise(path: Path, *, name: str) -> Recognised:
    """The kind of a file by its content.

    A picture that bears the ending of another picture is taken as what it is, since
    phones and chat programs rename them; any other file must bear a fitting ending.

    Args:
        path: the file.
        name: as the person gave it; only its ending is looked at.

    Raises:
        FileRefused: the file is empty, too large, of no kind that is taken, not what its
            name says, active, locked, or unpacks to far more than it is.
        OSError: the file cannot be read.
    """
    ending = Path(name.replace("\\", "/")).suffix.lower().lstrip(".")
    if ending in ACTIVE_ENDINGS:
        raise _refused("active", what=ending.upper())
    size = path.stat().st_size
    if not size:
        raise _refused("empty")
    if size > _LARGEST:
        raise _refused("too_many_bytes", kind=ending.upper(), bytes=size, most=_LARGEST)
    with path.open("rb") as opened:
        head = opened.read(_HEAD)
    kind = _by_head(head, path)
    if kind is None:
        return _text(path, ending, size)
    _limit(kind, size)
    if kind is Kind.PDF and (what := active_in_pdf(path.read_bytes())):
        raise _refused("active", what=what)
    is_named_so = ending in KINDS[kind].endings
    is_picture = kind in PICTURES and any(ending in KINDS[each].endings for each in PICTURES)
    if not is_named_so and not is_picture:
        raise _refused("differs", ending=ending, kind=kind.upper())
    return Recognised(kind, is_named_so=is_named_so)


def _by_head(head: bytes, path: Path) -> Kind | None:
    """The kind by the first bytes; None for what may be a text."""
    for start, kind in _STARTS.items():
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.WEBP
    if head[4:8] == b"ftyp":
        return _film(head)
    if head.startswith(kinds_packed.ZIP_START):
        return _kind_of(kinds_packed.look_into_archive(path))
    if head.startswith(kinds_packed.OLE_START):
        return _kind_of(kinds_packed.look_into_ole(path))
    return None


def picture_kind(content: bytes) -> Kind | None:
    """The kind of a picture by its first bytes; None for anything else, whatever its name says."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Kind.WEBP
    found = next((kind for start, kind in _STARTS.items() if content.startswith(start)), None)
    return found if found in PICTURES else None


_STARTS: Final = {
    b"\xff\xd8\xff": Kind.JPEG,
    b"\x89PNG\r\n\x1a\n": Kind.PNG,
    b"%PDF-": Kind.PDF,
}


def _film(head: bytes) -> Kind:
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, _box(head), 4))}
    if brands & {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}:
        raise _refused("heic")
    if b"avif" in brands or b"avis" in brands:
        raise _refused("not_known", ending="AVIF")
    return Kind.MOV if head[8:12] == b"qt  " else Kind.MP4


def _box(head: bytes) -> int:
    """Where the first box of a film ends, as far as the head reaches."""
    return min(int.from_bytes(head[:4], "big"), len(head), 256)


def _kind_of(found: kinds_packed.Packed) -> Kind:
    if found.refusal:
        raise _refused(found.refusal, **found.facts)
    return Kind(found.kind)


def _text(path: Path, ending: str, size: int) -> Recognised:
    """A text of the kind that its ending says, if text it is."""
    claimed = next((kind for kind in _TEXTS if ending in KINDS[kind].endings), None)
    if claimed is not None:
        _limit(claimed, size)
    elif size > KINDS[Kind.TEXT].megabytes * _MEGABYTE:
        raise _refused("not_known", ending=ending.upper())
    content = path.read_bytes()
    try:
        text = as_text(content, path.name, or_gb18030=True)
    except BadInput as unreadable:
        raise _refused("not_known", ending=ending.upper()) from unreadable
    if what := active_in_text(text):
        raise _refused("active", what=what)
    if claimed is None:
        raise _refused("differs", ending=ending, kind="TXT")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return Recognised(claimed, "gb18030")
    return Recognised(claimed, "utf-8")


def _limit(kind: Kind, size: int) -> None:
    most = KINDS[kind].megabytes * _MEGABYTE
    if size > most:
        raise _refused("too_many_bytes", kind=kind.upper(), bytes=size, most=most)


def _refused(reason: str, **facts: object) -> FileRefused:
    return FileRefused(reason=reason, **facts)
