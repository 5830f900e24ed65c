"""Files that are two things at once: a picture to us, a script or an archive to others."""

import io
import re
import zipfile

_PDF_WITHIN = 1024  # readers look for the head of a PDF in the first kilobyte
_TAIL = 70_000
# Six bytes or more each: shorter marks stand in a photograph's compressed bytes by chance.
_SCRIPT = re.compile(rb"<(?:script[\s>]|!doctype\s+html|html[\s>]|\?php\s)", re.IGNORECASE)
_PROGRAM = re.compile(rb"\x7fELF[\x01\x02][\x01\x02]\x01|MZ[^\0]\0.\0\0\0")


def hidden_in(content: bytes) -> str:
    """What hides in the bytes of a picture: `PDF`, `ZIP`, `HTML` or a program; "" for nothing.

    A phone's own trailer, such as the short film of a live photo, is no hiding; it is
    dropped when the picture is drawn anew.
    """
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return "PDF"
    if b"PK\x05\x06" in content[-_TAIL:] and _is_archive(content):
        return "ZIP"
    if _SCRIPT.search(content):
        return "HTML"
    if _PROGRAM.match(content[_end_of(content) :]):
        return "EXE"
    return ""


def _is_archive(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return bool(archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return False


def _end_of(content: bytes) -> int:
    """Where the picture itself ends, as near as its closing mark tells."""
    if content.startswith(b"\x89PNG"):
        closing = content.find(b"IEND\xaeB`\x82")
        return closing + 8 if closing >= 0 else len(content)
    if content.startswith(b"RIFF"):
        return 8 + int.from_bytes(content[4:8], "little")
    closing = content.rfind(b"\xff\xd9")
    return closing + 2 if closing >= 0 else len(content)
