"""A file is what its content says; what acts, hides or bursts is refused with a reason."""

import io
import os
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
import xlsxwriter
from docx import Document
from PIL import Image

from wenming.base.wording.speaking import form_of
from wenming.files.kinds import KINDS, REFUSALS, FileRefused, Kind, recognise

EDITION = "key,title\nQ1,爱国卫生\n"


def archive(**entries: bytes) -> bytes:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return stored.getvalue()


def named(value: object) -> str:
    """The name of a case: contents hold the time of day, and all processes must name it alike."""
    return value if isinstance(value, str) else ""


def picture(form: str) -> bytes:
    stored = io.BytesIO()
    Image.new("RGB", (20, 20)).save(stored, form)
    return stored.getvalue()


def word() -> bytes:
    stored = io.BytesIO()
    Document().save(stored)
    return stored.getvalue()


def sheet() -> bytes:
    stored = io.BytesIO()
    with xlsxwriter.Workbook(stored) as book:
        book.add_worksheet("items").write(0, 0, "爱国卫生")
    return stored.getvalue()


def ole(*names: str) -> bytes:
    """An OLE file whose directory has these names, in the layout that Office writes."""
    entries = b""
    for name in ("Root Entry", *names):
        raw = name.encode("utf-16-le") + b"\0\0"
        entries += raw.ljust(64, b"\0") + struct.pack("<H", len(raw)) + b"\x02" + b"\0" * 61
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entries.ljust(1024, b"\0")


def film(brand: bytes, *more: bytes) -> bytes:
    body = brand + b"\0\0\0\0" + b"".join(more)
    return struct.pack(">I", 8 + len(body)) + b"ftyp" + body + b"\0" * 64


def macro_type(app: str) -> bytes:
    return f'<Override ContentType="application/vnd.ms-{app}.macroEnabled.main+xml"/>'.encode()


TAKEN = [
    ("a.jpg", picture("jpeg"), Kind.JPEG), ("A.JPEG", picture("jpeg"), Kind.JPEG),
    ("a.png", picture("png"), Kind.PNG), ("a.webp", picture("webp"), Kind.WEBP),
    ("a.pdf", b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction[3 0 R/Fit]>>\n%%EOF", Kind.PDF),
    ("a.docx", word(), Kind.DOCX), ("a.xlsx", sheet(), Kind.XLSX),
    ("a.ofd", archive(**{"OFD.xml": b"<ofd/>"}), Kind.OFD), ("a.zip", archive(a=b"x"), Kind.ZIP),
    ("a.doc", ole("WordDocument", "1Table"), Kind.DOC), ("a.wps", ole("WordDocument"), Kind.DOC),
    ("a.xls", ole("Workbook"), Kind.XLS), ("a.ppt", ole("PowerPoint Document"), Kind.PPT),
    ("a.mp4", film(b"isom", b"mp42"), Kind.MP4), ("a.mov", film(b"qt  "), Kind.MOV),
    ("材料清单.csv", EDITION.encode(), Kind.CSV), ("a.yaml", b"schema: x\n", Kind.YAML),
    ("a.geojson", b"{}", Kind.JSON), ("a.txt", b"1 < 2", Kind.TEXT),
]  # fmt: skip


def written(tmp_path: Path, content: bytes) -> Path:
    (path := tmp_path / "brought").write_bytes(content)
    return path


def reason(tmp_path: Path, name: str, content: bytes) -> tuple[str, dict[str, object]]:
    with pytest.raises(FileRefused) as refused:
        recognise(written(tmp_path, content), name=name)
    facts = dict(refused.value.facts)
    given = facts.pop("reason")
    assert set(facts) == set(REFUSALS[str(given)])
    return str(given), facts


@pytest.mark.parametrize(("name", "content", "kind"), TAKEN, ids=named)
def test_a_file_is_what_its_content_says(
    tmp_path: Path, name: str, content: bytes, kind: Kind
) -> None:
    found = recognise(written(tmp_path, content), name=name)
    assert (found.kind, found.is_named_so) == (kind, True)
    assert found.media_type == KINDS[kind].media_type


def test_a_picture_under_the_name_of_another_picture_is_taken_as_what_it_is(
    tmp_path: Path,
) -> None:
    found = recognise(written(tmp_path, picture("webp")), name="a.jpg")
    assert (found.kind, found.is_named_so) == (Kind.WEBP, False)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", picture("png"), "PNG"), ("a.xlsx", word(), "DOCX"), ("a.docx", sheet(), "XLSX"),
        ("a.jpg", b"%PDF-1.4", "PDF"), ("a.docx", archive(a=b"x"), "ZIP"), ("a", b"text", "TXT"),
        ("a.xls", ole("WordDocument"), "DOC"), ("a.png", b"just words", "TXT"),
        ("a.xlsx", EDITION.encode(), "TXT"),
    ],
    ids=named,
)  # fmt: skip
def test_a_file_that_is_not_what_its_name_says_is_refused(
    tmp_path: Path, name: str, content: bytes, kind: str
) -> None:
    given, facts = reason(tmp_path, name, content)
    assert (given, facts["kind"]) == ("differs", kind)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.svg", b"<svg/>", "SVG"), ("a.html", b"x", "HTML"), ("a.js", b"alert(1)", "JS"),
        ("a.exe", b"MZ", "EXE"), ("a.xlsm", sheet(), "XLSM"),
        ("a.txt", b"\xef\xbb\xbf  <!DOCTYPE html><p>", "<!DOCTYPE html"),
        ("a.csv", b"a,b\n<script>alert(1)</script>,2\n", "<script>"),
        ("a.txt", b"<svg onload=alert(1)>", "<svg"), ("a.txt", b"#!/bin/sh\n", "#!"),
        ("a.json", b"<?php system(1);", "<?php"),
        ("a.pdf", b"%PDF-1.7 <</S/JavaScript/JS(app.alert(1))>>", "JavaScript"),
        ("a.pdf", b"%PDF-1.7 <</S/J#61vaScript>>", "JavaScript"),
        ("a.pdf", b"%PDF-1.7 <</S/Launch/F(cmd.exe)>>", "Launch"),
        ("a.pdf", b"%PDF-1.7 <</Type/ObjStm/Filter/FlateDecode/N 1>>stream\n"
         + zlib.compress(b"1 0 <</S/JavaScript>>") + b"\nendstream", "JavaScript"),
    ],
    ids=named,
)  # fmt: skip
def test_what_acts_when_opened_is_refused(
    tmp_path: Path, name: str, content: bytes, what: str
) -> None:
    assert reason(tmp_path, name, content) == ("active", {"what": what})


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.xls", ole("Workbook", "_VBA_PROJECT_CUR"), "XLS"),
        ("a.doc", ole("WordDocument", "Macros"), "DOC"),
        ("a.xlsx", archive(**{"[Content_Types].xml": macro_type("excel.sheet")}), "XLSX"),
        ("a.docx", archive(**{"[Content_Types].xml": macro_type("word.document")}), "DOCX"),
    ],
    ids=named,
)
def test_macros_are_refused(tmp_path: Path, name: str, content: bytes, kind: str) -> None:
    assert reason(tmp_path, name, content) == ("macros", {"kind": kind})


def test_macros_that_the_list_of_types_hides_are_found(tmp_path: Path) -> None:
    stored = io.BytesIO(sheet())
    with zipfile.ZipFile(stored, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"x")
    assert reason(tmp_path, "a.xlsx", stored.getvalue()) == ("macros", {"kind": "XLSX"})


def test_an_archive_that_bursts_is_refused(tmp_path: Path) -> None:
    content = archive(a=b"\0" * 120_000_000)
    assert len(content) < 200_000
    assert reason(tmp_path, "a.zip", content)[0] == "bomb"


def test_an_archive_whose_entries_overlap_is_refused(tmp_path: Path) -> None:
    stored = bytearray(archive(a=os.urandom(5000), b=os.urandom(5000)))
    second = stored.rfind(b"PK\x01\x02")
    stored[second + 20 : second + 24] = struct.pack("<I", 9000)  # it claims the first one's bytes
    assert reason(tmp_path, "a.zip", bytes(stored))[0] == "bomb"


def test_an_archive_of_very_many_entries_is_refused(tmp_path: Path) -> None:
    content = archive(**{f"e{number}": b"" for number in range(10_001)})
    assert reason(tmp_path, "a.zip", content)[0] == "bomb"


def test_a_list_of_entries_too_long_to_read_is_refused_unread(tmp_path: Path) -> None:
    stored = bytearray(archive(a=b"x"))
    stored[-10:-6] = struct.pack("<I", 50_000_000)
    assert reason(tmp_path, "a.zip", bytes(stored)) == (
        "bomb",
        {"bytes": 50_000_000, "most": 4_000_000},
    )


def test_a_list_of_entries_that_the_wide_form_hides_is_found(tmp_path: Path) -> None:
    stored = archive(a=b"x")
    body, end = stored[:-22], stored[-22:]
    wide = b"PK\x06\x06" + b"\0" * 36 + struct.pack("<Q", 60_000_000) + b"\0" * 8
    locator = b"PK\x06\x07" + b"\0" * 16
    assert reason(tmp_path, "a.zip", body + wide + locator + end)[1]["bytes"] == 60_000_000


@pytest.mark.parametrize("entry", ["../a", "/etc/a", "x/../../a", "C:/a", "..\\a"])
def test_an_entry_that_climbs_out_is_refused(tmp_path: Path, entry: str) -> None:
    assert reason(tmp_path, "a.zip", archive(**{entry: b"x"}))[0] == "outside"


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    stored = io.BytesIO()
    link = zipfile.ZipInfo("a")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(stored, "w") as packed:
        packed.writestr(link, "target")
    assert reason(tmp_path, "a.zip", stored.getvalue()) == ("outside", {"entry": "a"})


def test_a_locked_file_is_told_as_such(tmp_path: Path) -> None:
    assert reason(tmp_path, "a.xlsx", ole("EncryptedPackage"))[0] == "locked"
    stored = bytearray(archive(a=b"x"))
    stored[stored.rfind(b"PK\x01\x02") + 8] |= 1
    assert reason(tmp_path, "a.zip", bytes(stored))[0] == "locked"


def test_a_phone_s_heic_is_told_as_such(tmp_path: Path) -> None:
    assert reason(tmp_path, "a.heic", film(b"heic", b"mif1")) == ("heic", {})
    assert reason(tmp_path, "a.jpg", film(b"mif1", b"heic")) == ("heic", {})


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.txt", b"", "empty"), ("a.bin", bytes(range(256)), "not_known"),
        ("a.rar", b"Rar!\x1a\x07\x00" + b"\x80\xff" * 50, "not_known"),
        ("a.zip", b"PK\x03\x04" + b"\0" * 50, "unreadable"),
        ("a.zip", archive(a=b"xyz")[:-30], "unreadable"),
    ],
    ids=named,
)  # fmt: skip
def test_what_is_nothing_known_is_refused(
    tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    assert reason(tmp_path, name, content)[0] == why


@pytest.mark.parametrize("kind", [Kind.JPEG, Kind.YAML])
def test_a_file_above_the_limit_of_its_kind_is_refused(tmp_path: Path, kind: Kind) -> None:
    (path := tmp_path / "a").write_bytes(picture("jpeg") if kind is Kind.JPEG else b"a: 1\n")
    os.truncate(path, KINDS[kind].megabytes * 1_000_000 + 1)
    with pytest.raises(FileRefused) as refused:
        recognise(path, name=f"a.{KINDS[kind].endings[0]}")
    assert refused.value.reason == "too_many_bytes"
    assert refused.value.facts["most"] == KINDS[kind].megabytes * 1_000_000


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_encoding_of_a_text_is_told(tmp_path: Path, encoding: str) -> None:
    found = recognise(written(tmp_path, EDITION.encode(encoding)), name="a.csv")
    assert (found.kind, found.encoding) == (Kind.CSV, encoding)


def test_every_kind_has_a_rule_and_no_ending_belongs_to_two() -> None:
    assert set(KINDS) == set(Kind)
    endings = [ending for rule in KINDS.values() for ending in rule.endings]
    assert len(endings) == len(set(endings))


def test_every_refusal_has_a_sentence_of_its_own() -> None:
    for each in REFUSALS:
        assert form_of("file_refused", {"reason": each}) == f"file_refused.{each}"
