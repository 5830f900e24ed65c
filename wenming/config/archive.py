"""The archive of a backup (备份归档): one tar file with the database, the files and their digests.

The manifest comes last, so that an archive that was cut short has none and is refused.
"""

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from wenming.core.errors import DomainError

FORMAT = 1
DUMP, KEY, MANIFEST = "database.dump", "secret_key", "manifest.json"
FILE = re.compile(r"files/(?P<digest>[0-9a-f]{64})")
CHUNK = 1 << 20


class ArchiveBroken(DomainError):
    """An archive is no backup of ours, was cut short, or has been changed."""

    code = "archive_broken"


@dataclass(frozen=True)
class Manifest:
    """What an archive says of itself.

    Attributes:
        made_at: in ISO 8601.
        program: version of wenming that wrote it.
        server: major version of PostgreSQL.
        migrations: those that were applied, `app.name`.
        digests: SHA-256 of each part by its name in the archive.
        missing: digests of files that a row names and that were not there, or had changed.
        counts: how many rows of what, for people to recognise the archive.
        heads: number and hash of each audit chain.
        key: mark by which the right secret key is known.
    """

    made_at: str
    program: str
    server: int
    migrations: list[str]
    key: str
    format: int = FORMAT
    digests: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    heads: list[list[Any]] = field(default_factory=list)


class ArchiveWriter:
    """Adds parts to an archive and remembers their digests."""

    def __init__(self, target: tarfile.TarFile) -> None:
        self.target = target
        self.digests: dict[str, str] = {}

    def add(self, name: str, path: Path) -> str:
        """Add a file.

        Returns:
            Its digest as it was written.

        Raises:
            FileNotFoundError: it is not there.
        """
        with path.open("rb") as source:
            entry = tarfile.TarInfo(name)
            entry.size = os.fstat(source.fileno()).st_size
            entry.mode = 0o600
            watched = _Watched(source)
            self.target.addfile(entry, watched)
        self.digests[name] = watched.digest.hexdigest()
        return self.digests[name]

    def add_text(self, name: str, text: str) -> None:
        """Add a short text."""
        content = text.encode()
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = len(content), 0o600
        self.target.addfile(entry, io.BytesIO(content))
        self.digests[name] = hashlib.sha256(content).hexdigest()


class _Watched:
    """A file whose digest is taken while it is read."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        chunk = self.source.read(size)
        self.digest.update(chunk)
        return chunk


@contextmanager
def writing(path: Path) -> Iterator[ArchiveWriter]:
    """An archive that appears whole or not at all, readable by its owner alone.

    Raises:
        FileExistsError: there is a file of that name.
    """
    draft = path.with_name(f"{path.name}.part")
    if path.exists():
        raise FileExistsError(17, "it exists already; name another", str(path))
    opened = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(opened, "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as target:
                yield ArchiveWriter(target)
            raw.flush()
            os.fsync(raw.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def write_manifest(writer: ArchiveWriter, manifest: Manifest) -> None:
    """Close an archive with what it says of itself."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
    writer.add_text(MANIFEST, text)


@contextmanager
def reading(path: Path) -> Iterator[tuple[tarfile.TarFile, Manifest]]:
    """An archive with its manifest; its parts are not looked at yet.

    Raises:
        ArchiveBroken: it is no archive of ours, or was cut short.
    """
    try:
        with tarfile.open(path, "r:") as source:
            yield source, _manifest_of(source)
    except (tarfile.TarError, EOFError) as broken:
        raise ArchiveBroken(problem="not_whole") from broken


def _manifest_of(source: tarfile.TarFile) -> Manifest:
    try:
        opened = source.extractfile(MANIFEST)
    except KeyError as broken:
        raise ArchiveBroken(problem="not_whole") from broken
    try:
        told: Mapping[str, Any] = json.loads(opened.read()) if opened else {}
        manifest = Manifest(**told)
    except (ValueError, TypeError) as broken:
        raise ArchiveBroken(problem="manifest") from broken
    if manifest.format != FORMAT:
        raise ArchiveBroken(problem="newer")
    return manifest


def check_parts(source: tarfile.TarFile, manifest: Manifest) -> None:
    """Read every part again and compare it with its digest.

    Raises:
        ArchiveBroken: a part is missing, was added or was changed; names all of them.
    """
    strange = [entry.name for entry in source if not entry.isfile() or not _is_ours(entry.name)]
    found = {entry.name: _digest(source, entry) for entry in source if entry.isfile()}
    found.pop(MANIFEST, None)
    names = {*found, *manifest.digests}
    wrong = [name for name in names if found.get(name) != manifest.digests.get(name)]
    if all_wrong := sorted({*strange, *wrong}):
        raise ArchiveBroken(problem="parts", parts=all_wrong)


def _is_ours(name: str) -> bool:
    return name in {DUMP, KEY, MANIFEST} or FILE.fullmatch(name) is not None


def _digest(source: tarfile.TarFile, entry: tarfile.TarInfo) -> str:
    digest = hashlib.sha256()
    opened = source.extractfile(entry)
    while opened and (chunk := opened.read(CHUNK)):
        digest.update(chunk)
    return digest.hexdigest()
