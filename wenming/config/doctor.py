"""Looks at the installation (自检) and says of each part whether it is well, and what to do."""

import json
import os
import shutil
import smtplib
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection
from django.utils import timezone

from wenming.base.models import StoredFile
from wenming.base.queries.wellbeing import (
    missing_migrations,
    outbox_state,
    work_state,
    workers_alive,
)
from wenming.base.services.attachments import path_of
from wenming.config.pg_programs import server_version

OLDEST_SERVER = 14
GIGABYTE = 1_000_000_000
SCARCE_GB, NONE_LEFT_GB = 5, 1
PATIENCE = timedelta(minutes=5)  # within which a job should have begun
BACKUP_LASTS = timedelta(hours=36)
CLOCK_OFF = timedelta(seconds=2)
WELL, NOTE, BAD = "well", "note", "bad"


@dataclass(frozen=True)
class Sign:
    """What was seen of one part (自检结果): its sentence, and whether it is well."""

    code: str
    level: str = WELL
    facts: dict[str, Any] = field(default_factory=dict)


def examine() -> Iterator[Sign]:
    """What is to be said of each part of this installation (自检), one sentence each."""
    for look in _LOOKS:
        yield look()


def _database() -> Sign:
    version = server_version()
    kind = "embedded" if settings.EMBEDDED_POSTGRES else "server"
    if version < OLDEST_SERVER:
        return Sign("doctor_database_old", BAD, {"version": version, "oldest": OLDEST_SERVER})
    if kind == "embedded":
        return Sign("doctor_database_embedded", facts={"version": version})
    return Sign("doctor_database", facts={"version": version})


def _tables() -> Sign:
    missing = missing_migrations()
    if missing:
        return Sign("doctor_tables_old", BAD, {"count": len(missing)})
    return Sign("doctor_tables")


def _worker() -> Sign:
    count = workers_alive(now=timezone.now())
    if not count:
        return Sign("doctor_no_worker", BAD)
    return Sign("doctor_worker", facts={"count": count})


def _work() -> Sign:
    state = work_state()
    facts = {"waiting": state.waiting, "running": state.running}
    if state.oldest and timezone.now() - state.oldest > PATIENCE:
        minutes = int((timezone.now() - state.oldest).total_seconds() // 60)
        return Sign("doctor_work_waits", BAD, facts | {"minutes": minutes})
    return Sign("doctor_work", facts=facts)


def _mail() -> Sign:
    state = outbox_state()
    if not settings.MAIL_CONFIGURED:
        return Sign("doctor_no_mail", NOTE, {"waiting": state.waiting})
    try:
        sender = get_connection(timeout=5)
        sender.open()
        sender.close()
    except (smtplib.SMTPException, OSError) as refused:
        reason = " ".join(str(refused).split()) or type(refused).__name__
        return Sign("doctor_mail_refused", BAD, {"host": settings.EMAIL_HOST, "answer": reason})
    if state.given_up:
        return Sign("doctor_mail_given_up", NOTE, {"count": state.given_up})
    return Sign("doctor_mail", facts={"host": settings.EMAIL_HOST, "waiting": state.waiting})


def _files() -> Sign:
    root = Path(settings.FILES_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    if not os.access(root, os.W_OK | os.X_OK):
        return Sign("doctor_files_closed", BAD, {"folder": str(root)})
    digests = StoredFile.objects.values_list("digest", flat=True).distinct()
    count, missing = 0, 0
    for digest in digests.iterator(chunk_size=2000):
        count += 1
        missing += not path_of(StoredFile(digest=digest)).exists()
    if missing:
        return Sign("doctor_files_missing", BAD, {"count": count, "missing": missing})
    return Sign("doctor_files", facts={"count": count})


def _room() -> Sign:
    free = shutil.disk_usage(settings.WENMING_HOME).free
    facts = {"free": free // GIGABYTE, "folder": str(settings.WENMING_HOME)}
    if free < NONE_LEFT_GB * GIGABYTE:
        return Sign("doctor_no_room", BAD, facts)
    if free < SCARCE_GB * GIGABYTE:
        return Sign("doctor_little_room", NOTE, facts)
    return Sign("doctor_room", facts=facts)


def _key() -> Sign:
    if os.environ.get("WENMING_SECRET_KEY"):
        return Sign("doctor_key_given")
    kept = Path(settings.WENMING_HOME) / "secret_key"
    if kept.exists() and kept.stat().st_mode & 0o077:
        return Sign("doctor_key_open", BAD, {"file": str(kept)})
    return Sign("doctor_key_kept", facts={"file": str(kept)})


def _safety() -> Sign:
    if settings.DEBUG:
        return Sign("doctor_debug", BAD)
    if not settings.SECOND_FACTOR_NEEDED:
        return Sign("doctor_no_second_factor", NOTE)
    if not settings.HTTPS:
        return Sign("doctor_no_https", NOTE)
    return Sign("doctor_safety")


def _clock() -> Sign:
    with connection.cursor() as cursor:
        before = timezone.now()
        cursor.execute("SELECT clock_timestamp()")
        told: datetime = cursor.fetchone()[0]
    off = abs(told - before)
    if off > CLOCK_OFF:
        return Sign("doctor_clock_off", BAD, {"seconds": int(off.total_seconds())})
    now = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    return Sign("doctor_clock", facts={"now": now, "zone": settings.TIME_ZONE})


def _backup() -> Sign:
    kept = Path(settings.LAST_BACKUP)
    if not kept.exists():
        return Sign("doctor_no_backup", NOTE)
    made = datetime.fromisoformat(json.loads(kept.read_text())["made_at"])
    facts = {"made": timezone.localtime(made).strftime("%Y-%m-%d %H:%M")}
    if timezone.now() - made > BACKUP_LASTS:
        return Sign("doctor_backup_old", NOTE, facts)
    return Sign("doctor_backup", facts=facts)


def _fonts() -> Sign:
    program = shutil.which("fc-list")
    done = program and subprocess.run(
        [program, ":lang=zh-cn", "family"], capture_output=True, text=True, check=False
    )
    if not done or not done.stdout.strip():
        return Sign("doctor_no_fonts", NOTE)
    return Sign("doctor_fonts", facts={"count": len(set(done.stdout.splitlines()))})


_LOOKS: tuple[Callable[[], Sign], ...] = (
    _database, _tables, _worker, _work, _mail, _files, _room, _key, _safety, _clock, _backup,
    _fonts,
)  # fmt: skip
