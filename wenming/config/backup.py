"""Writes database and files into one archive (备份), as they were at one moment."""

import hashlib
import hmac
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

import wenming
from wenming.base.models import AuditHead, City, StoredFile, User
from wenming.base.services.attachments import path_of
from wenming.config.archive import (
    DUMP,
    KEY,
    ArchiveWriter,
    Manifest,
    write_manifest,
    writing,
)
from wenming.config.pg_programs import run_program, server_version
from wenming.core.errors import DomainError

LEFT_OUT = ("base_visit", "base_cache")  # visits and limits of the moment
HEADROOM = 1.1


class NoRoom(DomainError):
    """The disk has not enough room for the archive."""

    code = "no_room_for_backup"


@dataclass(frozen=True)
class Backup:
    """What was written.

    Attributes:
        size: of the archive, in bytes.
        missing: digests of files that a row names and that were not there, or had changed.
    """

    size: int
    files: int
    missing: Sequence[str]


def write_backup(path: Path, *, with_key: bool = False) -> Backup:
    """Write everything that must survive into one archive (备份).

    The database is read within one snapshot, and the files are those that its rows name; people
    may go on working meanwhile.

    Args:
        with_key: also the secret key, without which second factors cannot be read.

    Raises:
        FileExistsError: there is a file of that name.
        NoRoom: the archive would not fit.
        PostgresUnavailable: no `pg_dump` fits the server.
    """
    _refuse_without_room(path.absolute().parent)
    with (
        writing(path) as writer,
        tempfile.TemporaryDirectory(dir=path.absolute().parent) as folder,
        transaction.atomic(),
    ):
        snapshot = _snapshot()
        dump = Path(folder) / DUMP
        left_out = [f"--exclude-table-data={table}" for table in LEFT_OUT]
        run_program(
            "pg_dump",
            ["--format=custom", "--no-owner", "--no-acl", f"--snapshot={snapshot}", *left_out,
             f"--file={dump}"],
        )  # fmt: skip
        writer.add(DUMP, dump)
        dump.unlink()
        missing = _add_files(writer)
        if with_key:
            writer.add_text(KEY, str(settings.SECRET_KEY))
        files = sum(1 for name in writer.digests if name.startswith("files/"))
        write_manifest(writer, _manifest(writer, missing))
    size = path.stat().st_size
    noted = json.dumps({"made_at": timezone.now().isoformat(), "size": size})
    Path(settings.LAST_BACKUP).write_text(noted)
    return Backup(size, files, missing)


def key_mark(key: str) -> str:
    """A mark by which a secret key is known, from which it cannot be found."""
    return hmac.new(key.encode(), b"wenming backup", hashlib.sha256).hexdigest()[:16]


def _snapshot() -> str:
    """The name of a snapshot that `pg_dump` shares with the transaction at hand."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        return str(cursor.fetchone()[0])


def _add_files(writer: ArchiveWriter) -> list[str]:
    missing: list[str] = []
    digests = StoredFile.objects.order_by("digest").values_list("digest", flat=True).distinct()
    for digest in digests.iterator(chunk_size=2000):
        try:
            found = writer.add(f"files/{digest}", path_of(StoredFile(digest=digest)))
        except FileNotFoundError:
            missing.append(digest)
            continue
        if found != digest:
            missing.append(digest)
    return missing


def _manifest(writer: ArchiveWriter, missing: list[str]) -> Manifest:
    applied = MigrationRecorder(connection).applied_migrations()
    heads = AuditHead.objects.order_by("city_id", "pk").values_list("city_id", "number", "hash")
    return Manifest(
        made_at=timezone.now().isoformat(timespec="seconds"),
        program=wenming.__version__,
        server=server_version(),
        migrations=sorted(f"{app}.{name}" for app, name in applied),
        digests=dict(writer.digests),
        missing=missing,
        counts={
            "cities": City.objects.count(),
            "people": User.objects.count(),
            "files": sum(1 for name in writer.digests if name.startswith("files/")),
        },
        heads=[[str(city or ""), number, hashed] for city, number, hashed in heads],
        key=key_mark(str(settings.SECRET_KEY)),
    )


def _refuse_without_room(folder: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        needed = int(cursor.fetchone()[0])
    needed += sum(StoredFile.objects.values_list("size", flat=True))
    free = shutil.disk_usage(folder).free
    if free < needed * HEADROOM:
        megabyte = 1_000_000
        raise NoRoom(needed=int(needed * HEADROOM) // megabyte + 1, free=free // megabyte)
