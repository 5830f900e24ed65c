"""Files that people bring in: recognised, kept once, and shown to whom they belong."""

import errno
import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.framework.building import Small, person, small_city
from wenming.base.access import PermissionDenied
from wenming.base.images import BadPicture
from wenming.base.models import Attachment, AuditEntry, StoredFile
from wenming.base.services.attachments import (
    StorageFull,
    bring_in,
    clean_name,
    path_of,
    sweep_files,
)
from wenming.core.permissions import Capability, PostKind
from wenming.files.kinds import FileRefused

pytestmark = pytest.mark.django_db
OPENED_BY = Capability.VIEW_EVIDENCE


@pytest.fixture(autouse=True)
def _files(settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def small() -> Small:
    return small_city()


def text(name: str = "记录.txt", content: str = "一段文字") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode())


def picture(name: str = "现场.jpg") -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.effect_noise((900, 600), 60).convert("RGB").save(drawn, "JPEG")
    return SimpleUploadedFile(name, drawn.getvalue())


def bring(small: Small, upload: SimpleUploadedFile, **rest: object) -> Attachment:
    wanted = {"city": small.city, "by": small.zhao, "opened_by": OPENED_BY, "unit": small.police}
    return bring_in(upload, **{**wanted, **rest})


def test_a_file_is_kept_by_its_content_and_recorded(small: Small) -> None:
    attachment = bring(small, text())
    content = "一段文字".encode()
    assert attachment.file.digest == hashlib.sha256(content).hexdigest()
    assert path_of(attachment.file).read_bytes() == content
    assert AuditEntry.objects.get(action="attachment.bring").detail["name"] == "记录.txt"


def test_on_a_full_disk_nothing_is_kept_and_it_is_said(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("wenming.base.services.attachments.shutil.copyfileobj", full)
    with pytest.raises(StorageFull):
        bring(small, text())
    assert not Attachment.objects.exists()
    assert not StoredFile.objects.exists()


def test_the_same_content_is_kept_once(small: Small) -> None:
    first, second = bring(small, text("一.txt")), bring(small, text("二.txt"))
    assert first.file == second.file
    assert {first.name, second.name} == {"一.txt", "二.txt"}


def test_a_picture_gets_smaller_copies(small: Small) -> None:
    attachment = bring(small, picture())
    variants = dict(attachment.file.variants.values_list("variant", "kind"))
    assert variants == {"clean": "jpeg", "preview": "jpeg", "thumbnail": "jpeg"}
    thumbnail = attachment.file.variants.get(variant="thumbnail")
    assert max(Image.open(path_of(thumbnail)).size) == 320


@pytest.mark.parametrize(
    ("upload", "refusal"),
    [
        (SimpleUploadedFile("网页.html", b"<html><script>1</script></html>"), FileRefused),
        (SimpleUploadedFile("表.xlsx", b"not a workbook at all, only text"), FileRefused),
        (
            SimpleUploadedFile("坏.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 500),
            (BadPicture, FileRefused),
        ),
        (SimpleUploadedFile("空.txt", b""), FileRefused),
    ],
)
def test_a_bad_file_is_refused_and_leaves_nothing(
    small: Small, upload: SimpleUploadedFile, refusal: type[Exception], settings
) -> None:
    with pytest.raises(refusal):
        bring(small, upload)
    assert not StoredFile.objects.exists()
    assert [path for path in Path(settings.FILES_ROOT).rglob("*") if path.is_file()] == []


def test_nobody_brings_files_into_a_city_without_a_post(small: Small) -> None:
    stranger = person(small_city("别的市").city, "wu", PostKind.OFFICE)
    with pytest.raises(PermissionDenied):
        bring(small, text(), by=stranger)


def test_only_those_it_belongs_to_open_it(small: Small, client: Client) -> None:
    attachment = bring(small, picture())
    address = reverse("base:file", args=[attachment.pk])
    other = person(small_city("别的市").city, "wu", PostKind.OFFICE)
    expected = {small.zhao: 200, small.office: 200, small.qian: 404, other: 404}
    for user, status in expected.items():
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        assert client.get(address).status_code == status, user
    client.logout()
    assert client.get(address).status_code == 302


def test_a_file_is_handed_over_and_a_clean_picture_shown(small: Small, client: Client) -> None:
    attachment = bring(small, picture("现场 “一”.jpg"))
    client.force_login(small.zhao, "allauth.account.auth_backends.AuthenticationBackend")
    whole = client.get(reverse("base:file", args=[attachment.pk]))
    assert whole["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    small_one = client.get(reverse("base:file_variant", args=[attachment.pk, "thumbnail"]))
    assert small_one["Content-Disposition"].startswith("inline")
    assert small_one["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in small_one["Content-Security-Policy"]
    again = client.get(
        reverse("base:file", args=[attachment.pk]), headers={"If-None-Match": whole["ETag"]}
    )
    assert again.status_code == 304
    unknown = client.get(reverse("base:file_variant", args=[attachment.pk, "huge"]))
    assert unknown.status_code == 404


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\照片\\一.jpg", "一.jpg"),
        ("a\nb\u202etxt.jpg", "abtxt.jpg"),
        ("", "file"),
        ("长" * 300 + ".pdf", "长" * 196 + ".pdf"),
    ],
)
def test_a_name_loses_what_could_mislead(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_files_without_a_row_are_swept(small: Small, settings) -> None:
    kept = bring(small, text())
    orphan = Path(settings.FILES_ROOT) / "ab" / "cd" / ("ab" * 32)
    orphan.parent.mkdir(parents=True)
    orphan.write_text("left over")
    assert sweep_files(before=0) == 0
    assert sweep_files(before=orphan.stat().st_mtime + 1) == 1
    assert path_of(kept.file).exists()
