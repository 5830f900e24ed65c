"""The archive of a backup: whole or refused, and it says which part is wrong."""

import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from wenming.config.archive import (
    DUMP,
    MANIFEST,
    ArchiveBroken,
    Manifest,
    check_parts,
    reading,
    write_manifest,
    writing,
)

DIGEST = "5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9"  # of "0"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A small archive: a dump and one file."""
    dump, file = tmp_path / "dump", tmp_path / "file"
    dump.write_bytes(b"PGDMP" * 1000)
    file.write_bytes(b"0")
    target = tmp_path / "backup.tar"
    with writing(target) as writer:
        writer.add(DUMP, dump)
        assert writer.add(f"files/{DIGEST}", file) == DIGEST
        told = Manifest("2026-11-25T00:00:00+00:00", "0.3", 18, [], "mark")
        write_manifest(writer, Manifest(**{**vars(told), "digests": dict(writer.digests)}))
    return target


def refused(archive: Path) -> dict[str, object]:
    with pytest.raises(ArchiveBroken) as caught, reading(archive) as (source, manifest):
        check_parts(source, manifest)
    return dict(caught.value.facts)


def test_a_whole_archive_is_taken(archive: Path) -> None:
    with reading(archive) as (source, manifest):
        check_parts(source, manifest)
        assert set(manifest.digests) == {DUMP, f"files/{DIGEST}"}
    assert archive.stat().st_mode & 0o077 == 0
    assert not list(archive.parent.glob("*.part"))


def test_one_changed_byte_names_the_part(archive: Path) -> None:
    content = archive.read_bytes()
    assert content.count(b"PGDMPPGDMP") > 10
    archive.write_bytes(content.replace(b"PGDMPPGDMP", b"PGDMPXGDMP", 1))
    assert refused(archive) == {"problem": "parts", "parts": [DUMP]}


def test_an_archive_that_was_cut_short_is_refused(archive: Path) -> None:
    content = archive.read_bytes()
    for length in (0, 300, 2000, len(content) // 2, content.rindex(b"manifest.json")):
        archive.write_bytes(content[:length])
        assert refused(archive) == {"problem": "not_whole"}, length


def add_file(target: tarfile.TarFile) -> str:
    entry = tarfile.TarInfo(f"files/{'0' * 64}")
    entry.size = 1
    target.addfile(entry, io.BytesIO(b"1"))
    return entry.name


def add_escape(target: tarfile.TarFile) -> str:
    entry = tarfile.TarInfo("../outside")
    target.addfile(entry, io.BytesIO())
    return entry.name


def add_link(target: tarfile.TarFile) -> str:
    entry = tarfile.TarInfo("files/link")
    entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
    target.addfile(entry)
    return entry.name


@pytest.mark.parametrize("add", [add_file, add_escape, add_link])
def test_what_was_added_is_named(archive: Path, add: Callable[[tarfile.TarFile], str]) -> None:
    with tarfile.open(archive, "a") as target:
        name = add(target)
    assert refused(archive) == {"problem": "parts", "parts": [name]}


def test_a_part_that_was_taken_out_is_named(archive: Path, tmp_path: Path) -> None:
    poorer = tmp_path / "poorer.tar"
    with tarfile.open(archive) as source, tarfile.open(poorer, "w") as target:
        for entry in source:
            if entry.name != f"files/{DIGEST}":
                target.addfile(entry, source.extractfile(entry))
    assert refused(poorer) == {"problem": "parts", "parts": [f"files/{DIGEST}"]}


@pytest.mark.parametrize("text", ["{", "[]", '{"made_at": "x"}'])
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    target = tmp_path / "x.tar"
    with writing(target) as writer:
        writer.add_text(MANIFEST, text)
    assert refused(target) == {"problem": "manifest"}


def test_nothing_is_overwritten(archive: Path) -> None:
    before = archive.read_bytes()
    with pytest.raises(FileExistsError), writing(archive):
        pass
    assert archive.read_bytes() == before


def test_a_backup_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "x.tar"
    with pytest.raises(FileNotFoundError), writing(target) as writer:
        writer.add(DUMP, tmp_path / "missing")
    assert list(tmp_path.iterdir()) == []
