"""A photograph comes in pieces, goes on where it broke off, and is one or is refused."""

import hashlib
from uuid import uuid4

import pytest

from tests.inspection.building import CHUNK, Errand, picture, small_errand, uploaded
from wenming.base.access import PermissionDenied
from wenming.files.kinds import FileRefused
from wenming.inspection.models import PhotoUpload
from wenming.inspection.services.uploads import (
    LARGEST_CHUNK,
    LARGEST_PHOTO,
    UNFINISHED_LASTS,
    PhotoNotOne,
    UploadBroken,
    UploadDiffers,
    UploadOffset,
    UploadTooLarge,
    append_chunk,
    begin_upload,
    finish_upload,
    forget_unfinished,
    place_of,
    restart_broken,
    take_photo,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def errand() -> Errand:
    return small_errand()


def begun(errand: Errand, content: bytes, digest: str = "") -> PhotoUpload:
    digest = digest or hashlib.sha256(content).hexdigest()
    return begin_upload(errand.visit, uuid4(), size=len(content), digest=digest, by=errand.sun)


def test_an_upload_goes_on_where_it_broke_off(errand: Errand) -> None:
    content = picture(700)
    upload = append_chunk(begun(errand, content), content[:CHUNK], offset=0, by=errand.sun)
    again = begin_upload(
        errand.visit, upload.pk, size=upload.size, digest=upload.digest, by=errand.sun
    )
    assert again.offset == CHUNK
    with pytest.raises(UploadOffset) as refused:
        append_chunk(again, content[:10], offset=0, by=errand.sun)
    assert refused.value.facts["offset"] == CHUNK
    with pytest.raises(UploadOffset):
        finish_upload(again, by=errand.sun)
    with place_of(again).open("ab") as half:
        half.write(b"what a power cut left behind")
    again = append_chunk(again, content[CHUNK:], offset=CHUNK, by=errand.sun)
    restart_broken(again, by=errand.sun)
    done = finish_upload(again, by=errand.sun)
    assert done.attachment is not None
    assert done.attachment.file.digest == upload.digest
    assert finish_upload(done, by=errand.sun).attachment == done.attachment


def test_an_upload_that_nobody_goes_on_with_is_swept_and_may_begin_anew(errand: Errand) -> None:
    content = picture(700)
    left = append_chunk(begun(errand, content), content[:CHUNK], offset=0, by=errand.sun)
    done = take_photo(errand.visit, uuid4(), content, digest=digest_of(content), by=errand.sun)
    assert forget_unfinished(left.begun_at + UNFINISHED_LASTS) == 0
    assert place_of(left).exists()
    assert forget_unfinished(done.begun_at + UNFINISHED_LASTS * 2) == 1
    assert not place_of(left).exists()
    assert PhotoUpload.objects.get() == done
    again = begin_upload(errand.visit, left.pk, size=left.size, digest=left.digest, by=errand.sun)
    assert again.offset == 0


def test_damaged_bytes_begin_anew(errand: Errand) -> None:
    content = picture()
    upload = begun(errand, content, digest="0" * 64)
    upload = append_chunk(upload, content[:CHUNK], offset=0, by=errand.sun)
    for offset in range(CHUNK, len(content), CHUNK):
        upload = append_chunk(
            upload, content[offset : offset + CHUNK], offset=offset, by=errand.sun
        )
    with pytest.raises(UploadBroken):
        restart_broken(upload, by=errand.sun)
    assert PhotoUpload.objects.get().offset == 0


def test_bytes_that_the_disk_lost_begin_anew(errand: Errand) -> None:
    content = picture()
    upload = append_chunk(begun(errand, content), content[:1000], offset=0, by=errand.sun)
    place_of(upload).unlink()
    with pytest.raises(UploadBroken):
        restart_broken(upload, by=errand.sun)
    assert PhotoUpload.objects.get().offset == 0


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n" + b"x" * 3000, b"MZ\x90\x00" + b"\0" * 3000, b"\0"]
)
def test_what_is_no_photograph_is_refused(errand: Errand, content: bytes) -> None:
    with pytest.raises((PhotoNotOne, FileRefused)):
        uploaded(errand.visit, errand.sun, content)
    assert PhotoUpload.objects.get().attachment is None


def test_too_large_is_refused_before_a_byte_is_sent(errand: Errand) -> None:
    with pytest.raises(UploadTooLarge):
        begin_upload(errand.visit, uuid4(), size=LARGEST_PHOTO + 1, digest="0" * 64, by=errand.sun)


def test_an_identity_belongs_to_one_photograph_of_one_person(errand: Errand) -> None:
    upload = begun(errand, picture())
    with pytest.raises(UploadDiffers):
        begin_upload(errand.visit, upload.pk, size=1, digest=upload.digest, by=errand.sun)
    with pytest.raises(UploadDiffers):
        begin_upload(errand.visit, upload.pk, size=upload.size, digest=upload.digest, by=errand.gao)
    with pytest.raises(PermissionDenied):
        append_chunk(upload, b"x", offset=0, by=errand.gao)
    with pytest.raises(PermissionDenied):
        begin_upload(errand.visit, uuid4(), size=9, digest="0" * 64, by=errand.lin)


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_a_photograph_that_comes_whole_is_taken_once(errand: Errand) -> None:
    content, pk = picture(), uuid4()
    taken = take_photo(errand.visit, pk, content, digest=digest_of(content), by=errand.sun)
    assert taken.attachment is not None
    assert taken.attachment.file.digest == digest_of(content)
    assert taken.offset == taken.size == len(content)
    again = take_photo(errand.visit, pk, content, digest=digest_of(content), by=errand.sun)
    assert again.attachment_id == taken.attachment_id
    asked = {"size": len(content), "digest": digest_of(content)}
    assert begin_upload(errand.visit, pk, **asked, by=errand.sun).attachment_id is not None
    assert PhotoUpload.objects.count() == 1


def test_a_whole_photograph_goes_on_in_pieces_where_some_are_there(errand: Errand) -> None:
    content = picture(700)
    upload = append_chunk(begun(errand, content), content[:CHUNK], offset=0, by=errand.sun)
    with pytest.raises(UploadOffset) as refused:
        take_photo(errand.visit, upload.pk, content, digest=upload.digest, by=errand.sun)
    assert refused.value.facts["offset"] == CHUNK
    announced = begun(errand, other := picture())
    taken = take_photo(errand.visit, announced.pk, other, digest=announced.digest, by=errand.sun)
    assert taken.attachment is not None


def test_a_whole_photograph_is_refused_as_pieces_are(errand: Errand) -> None:
    content, pk = picture(), uuid4()
    large = b"x" * (LARGEST_CHUNK + 1)
    no_picture = b"%PDF-1.7\n" + b"x" * 3000
    for refused, sent, digest, by in (
        (UploadTooLarge, large, digest_of(large), errand.sun),
        (UploadBroken, content, "0" * 64, errand.sun),
        (FileRefused, no_picture, digest_of(no_picture), errand.sun),
        (PermissionDenied, content, digest_of(content), errand.lin),
    ):
        with pytest.raises(refused):
            take_photo(errand.visit, pk, sent, digest=digest, by=by)
    assert not PhotoUpload.objects.filter(attachment__isnull=False).exists()
    take_photo(errand.visit, pk, content, digest=digest_of(content), by=errand.sun)
    other = picture()
    with pytest.raises(UploadDiffers):
        take_photo(errand.visit, pk, other, digest=digest_of(other), by=errand.sun)
