"""Takes in the files that people bring (附件): recognised, cleaned, kept once by their content."""

import errno
import hashlib
import os
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from wenming.base.access import PermissionDenied
from wenming.base.images import CleanPicture, clean_picture
from wenming.base.models import Attachment, City, StoredFile, Unit, User
from wenming.base.services.audit import record
from wenming.core.errors import DomainError
from wenming.core.permissions import Capability
from wenming.files.kinds import KINDS, PICTURES, Kind, Recognised, recognise

LONGEST_NAME = 200
VARIANTS = ("clean", "preview", "thumbnail")
DEGREE = Decimal("0.0000001")


class StorageFull(DomainError):
    """There is no room left for files; nothing was stored."""

    code = "storage_full"


@dataclass(frozen=True, slots=True)
class _Incoming:
    """A file that was taken in and is not stored yet."""

    path: Path
    digest: str
    size: int
    found: Recognised
    picture: CleanPicture | None


def bring_in(
    upload: "UploadedFile[Any]",
    *,
    city: City,
    by: User,
    opened_by: Capability,
    unit: Unit | None = None,
) -> Attachment:
    """Take in a file (上传附件) that a person brings; nothing is kept when it is refused.

    Args:
        opened_by: the capability that opens it, in the whole city or where it reaches `unit`.
        unit: whose file it is; None for the city's.

    Raises:
        FileRefused, BadPicture: it is not what it says, too large, broken, or could run.
        StorageFull: the disk has no room.
        PermissionDenied: `by` holds no post in the city.
    """
    if city.pk not in {held.pk for held in by.cities}:
        raise PermissionDenied
    with incoming_room() as folder:
        incoming = _taken_in(upload, folder)
        with transaction.atomic():
            stored = _stored(incoming)
            attachment = Attachment.objects.create(
                city=city,
                file=stored,
                name=clean_name(upload.name or ""),
                opened_by=opened_by.value,
                unit=unit,
                brought_by=by,
            )
            detail = {"name": attachment.name, "digest": stored.digest, "size": stored.size}
            record("attachment.bring", by=by, city=city, subject=attachment, detail=detail)
    return attachment


def path_of(file: StoredFile) -> Path:
    """Where the bytes of a file lie (文件位置)."""
    return _place(file.digest)


def clean_name(name: str) -> str:
    """The name of a file without folders, control characters and excess; never blank."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(". ")
    stem, dot, ending = kept.rpartition(".")
    if len(kept) > LONGEST_NAME and dot:
        return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"
    return kept[:LONGEST_NAME] or "file"


@contextmanager
def incoming_room() -> Iterator[Path]:
    """A folder on the disk of the files, gone afterwards (收件暂存).

    Raises:
        StorageFull: what was done within found no room on the disk.
    """
    root = Path(settings.FILES_ROOT)
    try:
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=root, prefix="incoming-") as folder:
            yield Path(folder)
    except OSError as failed:
        if failed.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StorageFull from failed
        raise


def _taken_in(upload: "UploadedFile[Any]", folder: Path) -> _Incoming:
    path, digest = folder / "brought", hashlib.sha256()
    most = max(rule.megabytes for rule in KINDS.values()) * 1_000_000
    size = 0
    with path.open("wb") as target:
        for chunk in upload.chunks():
            size += len(chunk)
            digest.update(chunk)
            target.write(chunk)
            if size > most:
                break  # `recognise` refuses it with the sentence for its kind
    found = recognise(path, name=upload.name or "")
    picture = None
    if found.kind in PICTURES:
        (folder / "clean").mkdir()
        picture = clean_picture(path, into=folder / "clean")
    return _Incoming(path, digest.hexdigest(), size, found, picture)


def _stored(incoming: _Incoming) -> StoredFile:
    """The row of a file, and its bytes in their place; the same content is kept once."""
    stored, is_new = StoredFile.objects.get_or_create(
        digest=incoming.digest,
        source=None,
        defaults={
            "kind": incoming.found.kind.value,
            "size": incoming.size,
            **_seen(incoming.picture),
        },
    )
    _put(incoming.path, incoming.digest)
    if is_new and incoming.picture is not None:
        _store_variants(stored, incoming.picture)
    return stored


def _seen(picture: CleanPicture | None) -> dict[str, object]:
    if picture is None:
        return {}
    return {
        "width": picture.width,
        "height": picture.height,
        "looks": picture.looks,
        "taken_at": picture.taken_at,
        "longitude": _degrees(picture.longitude),
        "latitude": _degrees(picture.latitude),
    }


def _degrees(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(repr(value)).quantize(DEGREE)


def _store_variants(source: StoredFile, picture: CleanPicture) -> None:
    rows = []
    for variant in VARIANTS:
        path: Path = getattr(picture, variant)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        kind = picture.kind if variant == "clean" else Kind.JPEG.value
        size = path.stat().st_size
        rows.append(StoredFile(digest=digest, kind=kind, size=size, source=source, variant=variant))
        _put(path, digest)
    StoredFile.objects.bulk_create(rows)


def _put(path: Path, digest: str) -> None:
    """Put bytes into their place, whole or not at all, safe from a power cut."""
    place = _place(digest)
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as draft:
        with path.open("rb") as source:
            shutil.copyfileobj(source, draft)
        draft.flush()
        os.fsync(draft.fileno())
    Path(draft.name).replace(place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _place(digest: str) -> Path:
    return Path(settings.FILES_ROOT) / digest[:2] / digest[2:4] / digest


def sweep_files(*, before: float) -> int:
    """Take away files that no row names (清理孤立文件), left by work that was cut short.

    Args:
        before: only files last written before this moment, in seconds of the system's clock;
            a younger one may belong to a transaction that is still open.

    Returns:
        How many were taken away.
    """
    swept = 0
    for path in Path(settings.FILES_ROOT).glob("??/??/*"):
        old = path.stat().st_mtime < before
        if old and not StoredFile.objects.filter(digest=path.name[:64]).exists():
            path.unlink()
            swept += 1
    return swept
