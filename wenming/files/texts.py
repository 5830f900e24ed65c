"""From bytes to text: UTF-8 everywhere, and GB18030 where Excel in China saves so."""

import errno
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from wenming.core.errors import BadInput, Place, Problem

_MEGABYTE = 1_000_000
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")  # noqa: RUF001
"""Excel takes the wide ones of a Chinese keyboard for the narrow ones."""


def read_bytes(path: Path, file: str, *, most: int) -> bytes:
    """The content of a file.

    Args:
        file: the name to blame.
        most: the largest size that is read, in megabytes.

    Raises:
        BadInput: the file is missing, unreadable, empty or too large.
    """
    try:
        size = path.stat().st_size
        if size > most * _MEGABYTE:
            raise _refusal("file_too_large", file, bytes=size, most=most * _MEGABYTE)
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as missing:
        raise _refusal("file_missing", file) from missing
    except (OSError, ValueError) as failed:
        number = failed.errno if isinstance(failed, OSError) else errno.EINVAL
        reason = errno.errorcode.get(number or 0, "EIO")
        raise _refusal("file_unreadable", file, reason=reason) from failed
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise _refusal("file_empty", file)
    return content


def as_text(content: bytes, file: str, *, or_gb18030: bool = False) -> str:
    """The text of some bytes, without a byte order mark.

    Bytes that are not UTF-8 are read as GB18030 only when they do not look like UTF-8
    with a damaged place: GB18030 would turn such bytes into other characters unnoticed.

    Args:
        file: the name to blame.
        or_gb18030: whether GB18030 is allowed too.

    Raises:
        BadInput: a NUL byte, or neither encoding fits; with byte and line.
    """
    if (nul := content.find(b"\0")) >= 0:
        code = "encoding_unknown" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "nul_byte"
        raise _refusal(code, file, line=_line(content, nul), byte=nul)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as failed:
        at = failed.start + (3 if content.startswith(_BYTE_ORDER_MARK) else 0)
    if not or_gb18030 or _is_damaged_utf8(content):
        raise _refusal("not_utf8", file, line=_line(content, at), byte=at)
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError as failed:
        at = failed.start
    raise _refusal("encoding_unknown", file, line=_line(content, at), byte=at)


def safe_text(text: str) -> str:
    """A cell of a CSV file that no spreadsheet runs as a formula: an apostrophe is put before.

    Text that stands behind apostrophes of its own gets one more, so that `plain_text` gives back
    every text as it was.
    """
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA) else text


def plain_text(cell: str) -> str:
    """The text of a cell that `safe_text` made safe."""
    return cell[1:] if cell[:1] == "'" and cell.lstrip("'").startswith(_FORMULA) else cell


def nearest(word: str, allowed: Iterable[str]) -> str:
    """The allowed word that `word` is most like, or ""."""
    return next(iter(get_close_matches(word, list(allowed), n=1, cutoff=0.6)), "")


def _is_damaged_utf8(content: bytes) -> bool:
    if content.startswith(_BYTE_ORDER_MARK):
        return True
    text = content.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(1 for character in text if character >= "\u0800") - broken
    return whole > broken


def _line(content: bytes, at: int) -> int:
    return content.count(b"\n", 0, at) + 1


def _refusal(code: str, file: str, *, line: int = 0, **facts: object) -> BadInput:
    return BadInput([Problem(code, Place(file, line=line), facts)])
