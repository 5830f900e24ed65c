"""Takes in photographs, whole or in pieces: an upload that broke off goes on where it was."""

import hashlib
import os
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from wenming.base.access import check
from wenming.base.models import Attachment, User
from wenming.base.services.attachments import bring_in, incoming_room
from wenming.core.errors import DomainError
from wenming.core.permissions import Capability
from wenming.files.kinds import PICTURES, recognise
from wenming.inspection.models import PhotoUpload, SiteVisit

LARGEST_PHOTO = 15_000_000
LARGEST_CHUNK = 1_000_000
UNFINISHED_LASTS = timedelta(days=60)


class UploadTooLarge(DomainError):
    """A photograph or a piece of it is larger than is taken."""

    code = "upload_too_large"


class UploadDiffers(DomainError):
    """Under the same identity another photograph was begun before."""

    code = "upload_differs"


class UploadOffset(DomainError):
    """A piece does not begin where the bytes that are there end; the facts say where that is."""

    code = "upload_offset"


class UploadBroken(DomainError):
    """The bytes are not those that were announced; they are to be sent again from the start."""

    code = "upload_broken"


class PhotoNotOne(DomainError):
    """What was uploaded is no photograph."""

    code = "photo_not_one"


@transaction.atomic
def begin_upload(visit: SiteVisit, pk: UUID, *, size: int, digest: str, by: User) -> PhotoUpload:
    """Begin an upload, or find where it broke off (开始续传).

    Args:
        pk: identity made on the phone.
        size: of the whole, in bytes.
        digest: SHA-256 of the whole.

    Raises:
        UploadTooLarge: the photograph is larger than 15 MB.
        UploadDiffers: the identity belongs to another photograph.
        PermissionDenied: `by` is none of the pair.
    """
    check(by, Capability.INSPECT, visit)
    if size > LARGEST_PHOTO:
        raise UploadTooLarge(bytes=size, most=LARGEST_PHOTO)
    wanted = {"visit": visit, "size": size, "digest": digest}
    found, _ = PhotoUpload.objects.get_or_create(
        pk=pk, defaults={**wanted, "city_id": visit.city_id, "begun_by": by}
    )
    return _same(found, PhotoUpload(begun_by=by, **wanted))


@transaction.atomic
def take_photo(visit: SiteVisit, pk: UUID, content: bytes, *, digest: str, by: User) -> PhotoUpload:
    """Take a photograph that comes whole (整张接收照片); sent again, it is the same.

    Args:
        pk: identity made on the phone.
        digest: SHA-256 of the content.

    Raises:
        UploadTooLarge: the content is larger than a piece may be, 1 MB.
        UploadBroken: the content is other than announced.
        UploadDiffers: the identity belongs to another photograph.
        UploadOffset: a part of it came in pieces before; it goes on there.
        PhotoNotOne, FileRefused, BadPicture: it is no photograph.
        StorageFull: the disk has no room.
        PermissionDenied: `by` is none of the pair.
    """
    check(by, Capability.INSPECT, visit)
    if len(content) > LARGEST_CHUNK:
        raise UploadTooLarge(bytes=len(content), most=LARGEST_CHUNK)
    if hashlib.sha256(content).hexdigest() != digest:
        raise UploadBroken
    wanted = PhotoUpload(
        pk=pk, city=visit.city, visit=visit, size=len(content), digest=digest, begun_by=by
    )
    PhotoUpload.objects.bulk_create([wanted], ignore_conflicts=True)
    fresh = _same(PhotoUpload.objects.select_for_update(of=("self",)).get(pk=pk), wanted)
    if fresh.attachment_id is not None:
        return fresh
    if fresh.offset:
        raise UploadOffset(offset=fresh.offset, size=fresh.size, is_done=False)
    fresh.city, fresh.offset = visit.city, fresh.size
    with incoming_room() as folder:
        place = folder / "photo"
        place.write_bytes(content)
        fresh.attachment = _photograph(place, fresh, by)
    fresh.save(update_fields=["offset", "attachment"])
    return fresh


def _same(found: PhotoUpload, wanted: PhotoUpload) -> PhotoUpload:
    """The upload that was found, when it is of the wanted photograph."""
    for name in ("visit_id", "size", "digest", "begun_by_id"):
        if getattr(found, name) != getattr(wanted, name):
            raise UploadDiffers
    return found


@transaction.atomic
def append_chunk(upload: PhotoUpload, chunk: bytes, *, offset: int, by: User) -> PhotoUpload:
    """Take the next piece (接收分片); it is on the disk before it is acknowledged.

    Raises:
        UploadOffset: the piece begins elsewhere, or reaches beyond the end.
        UploadTooLarge: the piece is larger than 1 MB.
        StorageFull: the disk has no room.
        PermissionDenied: it is somebody else's.
    """
    fresh = _locked(upload, by)
    if len(chunk) > LARGEST_CHUNK:
        raise UploadTooLarge(bytes=len(chunk), most=LARGEST_CHUNK)
    is_over = fresh.attachment_id is not None or offset + len(chunk) > fresh.size
    if offset != fresh.offset or is_over:
        is_done = fresh.attachment_id is not None
        raise UploadOffset(offset=fresh.offset, size=fresh.size, is_done=is_done)
    with incoming_room():
        _write(place_of(fresh), chunk, offset)
    fresh.offset = offset + len(chunk)
    fresh.save(update_fields=["offset"])
    return fresh


@transaction.atomic
def finish_upload(upload: PhotoUpload, *, by: User) -> PhotoUpload:
    """Make a photograph of the bytes that are there (完成续传); finished again, it is the same.

    Raises:
        UploadOffset: bytes are missing.
        UploadBroken: they are others than announced; the upload begins anew.
        PhotoNotOne, FileRefused, BadPicture: they are no photograph.
        StorageFull: the disk has no room.
        PermissionDenied: it is somebody else's.
    """
    fresh = _locked(upload, by)
    if fresh.attachment_id is not None:
        return fresh
    if fresh.offset != fresh.size:
        raise UploadOffset(offset=fresh.offset, size=fresh.size, is_done=False)
    place = place_of(fresh)
    fresh.attachment = _photograph(place, fresh, by)
    fresh.save(update_fields=["attachment"])
    transaction.on_commit(lambda: place.unlink(missing_ok=True))
    return fresh


def _photograph(place: Path, upload: PhotoUpload, by: User) -> Attachment:
    name = f"{upload.pk}.jpg"
    if recognise(place, name=name).kind not in PICTURES:
        raise PhotoNotOne
    with place.open("rb") as opened:
        brought = UploadedFile(File(opened), name=name, size=upload.size)
        return bring_in(brought, city=upload.city, by=by, opened_by=Capability.VIEW_VISITS)


def restart_broken(upload: PhotoUpload, *, by: User) -> None:
    """Refuse bytes that are not those that were announced (校验续传内容).

    Raises:
        UploadBroken: they differ; the upload was set back to its beginning.
        PermissionDenied: it is somebody else's.
    """
    with transaction.atomic():
        fresh = _locked(upload, by)
        if fresh.attachment_id is not None or _is_sound(fresh):
            return
        fresh.offset = 0
        fresh.save(update_fields=["offset"])
    raise UploadBroken


def forget_unfinished(now: datetime) -> int:
    """Take away uploads that nobody has gone on with for long (清理未完成续传), with their bytes.

    A phone that comes back later begins such a photograph anew; it keeps it until it is taken.

    Returns:
        How many.
    """
    old = PhotoUpload.objects.filter(attachment=None, begun_at__lt=now - UNFINISHED_LASTS)
    forgotten = 0
    for pk in list(old.values_list("pk", flat=True)):
        with transaction.atomic():
            upload = old.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
            if upload is None:
                continue
            place = place_of(upload)
            upload.delete()
            place.unlink(missing_ok=True)
            forgotten += 1
    return forgotten


def place_of(upload: PhotoUpload) -> Path:
    """Where the bytes of an upload lie as long as it is on its way (续传暂存位置)."""
    return Path(settings.FILES_ROOT) / "uploads" / str(upload.pk)


def _locked(upload: PhotoUpload, by: User) -> PhotoUpload:
    check(by, Capability.INSPECT, upload)
    return PhotoUpload.objects.select_for_update(of=("self",)).get(pk=upload.pk)


def _write(place: Path, chunk: bytes, offset: int) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(place, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.ftruncate(handle, offset)  # what a broken attempt left behind goes
        os.pwrite(handle, chunk, offset)
        os.fsync(handle)
    finally:
        os.close(handle)


def _is_sound(upload: PhotoUpload) -> bool:
    """Whether what was acknowledged is there; once all of it is, whether it is what was told."""
    place = place_of(upload)
    if not place.exists() or place.stat().st_size < upload.offset:
        return upload.offset == 0
    if upload.offset < upload.size:
        return True
    with place.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest() == upload.digest
