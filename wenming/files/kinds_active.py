"""Content that acts when it is opened: web pages, scripts, programs, PDFs that start something."""

import re
import zlib
from typing import Final

ACTIVE_ENDINGS: Final = frozenset({
    "svg", "svgz", "htm", "html", "xhtml", "shtml", "mht", "mhtml", "xml", "xsl", "js", "mjs",
    "jse", "vbs", "vbe", "wsf", "hta", "php", "jsp", "asp", "aspx", "exe", "dll", "com", "scr",
    "msi", "bat", "cmd", "ps1", "sh", "jar", "apk", "lnk", "url", "reg", "docm", "dotm",
    "xlsm", "xltm", "xlam", "xlsb", "pptm", "ppsm", "potm", "swf", "chm", "iso", "img",
})  # fmt: skip
"""Endings that are refused whatever stands in the file."""

_MARKUP = re.compile(
    r"<(?:script|html|svg|iframe|object|embed)[\s>/]|<!doctype\s+(?:html|svg)|<\?php\s|<\?xml\s",
    re.IGNORECASE,
)
_LOOKED_AT = 1_000_000
_PDF_NAMES = {b"/JavaScript": "JavaScript", b"/Launch": "Launch"}
_PDF_NAME = re.compile(rb"/(?:JavaScript|Launch)(?![A-Za-z0-9])")
_PDF_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECT_STREAM = re.compile(rb"/ObjStm\b.{0,400}?\bstream\r?\n", re.DOTALL)
_MOST_STREAMS = 2000
_MOST_UNPACKED = 4_000_000


def active_in_text(text: str) -> str:
    """What in a text a browser would obey: the mark itself, or ""."""
    if text.startswith("#!"):
        return "#!"
    found = _MARKUP.search(text[:_LOOKED_AT])
    return found.group().strip(" \t\r\n/") if found else ""


def active_in_pdf(content: bytes) -> str:
    """What in a PDF runs when it is opened: `JavaScript`, `Launch`, or "".

    Names are looked for in the file and in its compressed object streams, escaped or not.
    A locked PDF hides its strings, not its names.
    """
    if found := _pdf_name(content):
        return found
    for number, stream in enumerate(_OBJECT_STREAM.finditer(content)):
        if number >= _MOST_STREAMS:
            break
        if found := _pdf_name(_unpacked(content, stream.end())):
            return found
    return ""


def _unpacked(content: bytes, start: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(
            content[start : start + _MOST_UNPACKED], _MOST_UNPACKED
        )
    except zlib.error:
        return b""


def _pdf_name(content: bytes) -> str:
    if b"#" in content:
        content = _PDF_ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), content)
    found = _PDF_NAME.search(content)
    return _PDF_NAMES[found.group()] if found else ""
