"""Brings a backup back (恢复) into an empty database, after every part of it was checked."""

import os
import shutil
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from wenming.base.models import AuditHead, Message
from wenming.config.archive import DUMP, FILE, KEY, Manifest, check_parts, reading
from wenming.config.backup import key_mark
from wenming.config.pg_programs import run_program
from wenming.core.errors import DomainError


class DatabaseNotEmpty(DomainError):
    """There is something in the database; a restore never overwrites."""

    code = "database_not_empty"


class ArchiveTooNew(DomainError):
    """The archive was written by a newer program, whose tables this one does not know."""

    code = "archive_too_new"


class RestoreDiffers(DomainError):
    """What was brought back is not what the archive says."""

    code = "restore_differs"


@dataclass(frozen=True)
class Restored:
    """What was brought back.

    Attributes:
        missing: digests of files that were missing when the backup was written.
        is_key_right: whether the secret key here is the one of the archive.
    """

    counts: Mapping[str, int]
    made_at: str
    missing: list[str]
    is_key_right: bool


def check_archive(path: Path) -> Manifest:
    """Read a whole archive and compare each part with its digest (核对备份).

    Raises:
        ArchiveBroken: it is not whole.
        ArchiveTooNew: a newer program wrote it.
    """
    with reading(path) as (source, manifest):
        check_parts(source, manifest)
        _refuse_newer(manifest)
        return manifest


def restore_backup(path: Path) -> Restored:
    """Bring a backup back (恢复): files first, then the database whole or not at all.

    Messages that waited to be sent are not sent: the old machine may have sent them since.

    Raises:
        ArchiveBroken: it is not whole; nothing was changed.
        ArchiveTooNew: a newer program wrote it; nothing was changed.
        DatabaseNotEmpty: there is something in the database; nothing was changed.
        PostgresUnavailable: `pg_restore` refused; the database is empty as before.
        RestoreDiffers: what was brought back is not what the archive says.
    """
    _refuse_tables()
    check_archive(path)
    with reading(path) as (source, manifest):
        _bring_files(source, manifest)
        has_key = _bring_key(source)
        with tempfile.TemporaryDirectory(dir=settings.WENMING_HOME) as folder:
            source.extract(DUMP, folder, filter="data")
            dump = Path(folder) / DUMP
            run_program(
                "pg_restore",
                ["--no-owner", "--no-acl", "--single-transaction", "--exit-on-error", str(dump)],
            )
    call_command("migrate", interactive=False, verbosity=0)
    _refuse_difference(manifest)
    Message.objects.filter(sent_at=None, given_up_at=None).update(
        given_up_at=timezone.now(), failure="restored", facts={}
    )
    is_key_right = has_key or manifest.key == key_mark(str(settings.SECRET_KEY))
    return Restored(manifest.counts, manifest.made_at, manifest.missing, is_key_right)


def _refuse_tables() -> None:
    tables = connection.introspection.table_names()
    if tables:
        raise DatabaseNotEmpty(count=len(tables))


def _refuse_newer(manifest: Manifest) -> None:
    loader = MigrationLoader(None)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    known |= {f"{a}.{n}" for m in loader.disk_migrations.values() for a, n in m.replaces}
    if strange := sorted(set(manifest.migrations) - known):
        raise ArchiveTooNew(program=manifest.program, migrations=strange)


def _bring_files(source: tarfile.TarFile, manifest: Manifest) -> None:
    """Each file to its place by its digest; one that had changed before the backup stays away."""
    root = Path(settings.FILES_ROOT)
    for entry in source:
        named = FILE.fullmatch(entry.name)
        opened = source.extractfile(entry) if named else None
        if named is None or opened is None or manifest.digests[entry.name] != named["digest"]:
            continue
        digest = named["digest"]
        place = root / digest[:2] / digest[2:4] / digest
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as draft:
            shutil.copyfileobj(opened, draft)
            draft.flush()
            os.fsync(draft.fileno())
        Path(draft.name).replace(place)


def _bring_key(source: tarfile.TarFile) -> bool:
    """Put the key where the program looks for it; one that the environment names goes before."""
    try:
        opened = source.extractfile(KEY)
    except KeyError:
        return False
    if opened is None or os.environ.get("WENMING_SECRET_KEY"):
        return False
    kept = Path(settings.WENMING_HOME) / "secret_key"
    with tempfile.NamedTemporaryFile(dir=kept.parent, delete=False) as draft:
        draft.write(opened.read())
    Path(draft.name).replace(kept)
    return True


def _refuse_difference(manifest: Manifest) -> None:
    heads = AuditHead.objects.order_by("city_id", "pk").values_list("city_id", "number", "hash")
    found = [[str(city or ""), number, hashed] for city, number, hashed in heads]
    if found != manifest.heads:
        raise RestoreDiffers
