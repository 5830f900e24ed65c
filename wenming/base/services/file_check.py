"""Reads every stored file of a city again and compares it with its digest (文件核验)."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from django.db.models import Q, QuerySet

from wenming.base.models import City, Job, StoredFile
from wenming.base.services.attachments import path_of
from wenming.base.services.progress import Progress

NAMED = 50  # more damaged files than this are counted, not named


def check_files(job: Job, progress: Progress) -> Mapping[str, object]:
    """Read all files of the city of a job (文件核验).

    Returns:
        A sentence with the number of files, of those that are missing and of those that changed,
        and the beginning of the digests of what is wrong.
    """
    files = files_of(job.city)
    progress.total = files.count()
    progress.step(0, "checking_files")
    missing: list[str] = []
    changed: list[str] = []
    for file in files.order_by("pk").iterator(chunk_size=500):
        found = digest_of(path_of(file))
        if found is None:
            missing.append(file.digest[:12])
        elif found != file.digest:
            changed.append(file.digest[:12])
        progress.step()
    wrong = [*missing, *changed]
    facts = {"count": progress.done, "missing": len(missing), "changed": len(changed)}
    code = "files_wrong" if wrong else "files_whole"
    return {"code": code, "facts": facts | {"digests": wrong[:NAMED]}}


def files_of(city: City) -> QuerySet[StoredFile]:
    """The stored files of a city (文件), with the copies that were made of its pictures."""
    brought = Q(attachments__city=city) | Q(source__attachments__city=city)
    return StoredFile.objects.filter(brought).distinct()


def digest_of(path: Path) -> str | None:
    """The SHA-256 of a file (摘要) in hexadecimal digits; None when there is no such file."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None
