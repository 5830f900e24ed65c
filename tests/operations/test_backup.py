"""Backup → empty machine → restore → verify, with the real programs; and what a restore refuses."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.installation import Installation, installed
from wenming.config import postgres

FILL = """
from django.core.files.uploadedfile import SimpleUploadedFile
from wenming.scoring.services import load_folder
from pathlib import Path
from wenming.base.models import City, Message, Post, User
from wenming.base.services.attachments import bring_in, path_of
from wenming.core.permissions import Capability, PostKind
from django.core.management import call_command
call_command("migrate", verbosity=0)
load_folder(Path("examples/dongying"))
city = City.objects.get()
lin = User.objects.create_user("lin", name="林晓")
Post.objects.create(city=city, user=lin, kind=PostKind.OFFICE)
lin = User.objects.get(pk=lin.pk)
for number in range(3):
    upload = SimpleUploadedFile(f"{number}.csv", f"a,b\\n1,{number}\\n".encode())
    kept = bring_in(upload, city=city, by=lin, opened_by=Capability.VIEW_FRAMEWORK)
print(path_of(kept.file))
Message.objects.create(channel="email", address="x@example.com", code="mail_reset", facts={"n": 1})
"""
SUMMARY = """
from wenming.base.models import Attachment, AuditHead, User
from wenming.base.services.audit import verify_chain
from wenming.base.services.attachments import path_of
from wenming.scoring.models import Run
import hashlib, json
told = {
    "runs": [[str(r.pk), r.number, r.digest] for r in Run.objects.order_by("number")],
    "audit": [[h.number, h.hash] for h in AuditHead.objects.order_by("pk")],
    "tampered": sum(len(verify_chain(h)) for h in AuditHead.objects.all()),
    "people": list(User.objects.values_list("username", "password")),
    "files": {a.name: hashlib.sha256(path_of(a.file).read_bytes()).hexdigest() == a.file.digest
              for a in Attachment.objects.all()},
}
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def city() -> Iterator[tuple[Installation, Path]]:
    """An installation with a scored round, a person and three files; and one file's place."""
    with installed() as filled:
        yield filled, Path(filled.script(FILL).strip().splitlines()[-1])


@pytest.fixture(scope="module")
def archive(city: tuple[Installation, Path]) -> Path:
    target = city[0].home / "backup.tar"
    done = city[0].run("backup", target)
    assert done.returncode == 0, done.stderr
    assert "The secret key is not in it" in done.stdout
    return target


def summary(installation: Installation) -> dict[str, object]:
    told: dict[str, object] = json.loads(installation.script(SUMMARY).splitlines()[-1])
    return told


def test_an_empty_machine_has_everything_after_the_restore_and_it_verifies(
    city: tuple[Installation, Path], archive: Path
) -> None:
    before = summary(city[0])
    assert before["tampered"] == 0
    assert len(before["files"]) == 3
    with installed() as empty:
        shutil.copy(city[0].home / "secret_key", empty.home / "secret_key")
        whole = empty.run("restore", archive, "--check")
        assert whole.returncode == 0, whole.stderr
        assert "The archive is whole" in whole.stdout
        done = empty.run("restore", archive)
        assert done.returncode == 0, done.stderr
        assert summary(empty) == before
        if "verify" in empty.run("--help").stdout.split():
            verified = empty.run("verify")
            assert verified.returncode == 0, verified.stdout + verified.stderr
        # What waited to be sent may have been sent by the old machine since.
        with postgres.running(empty.home):
            assert empty.ask("SELECT failure, facts FROM base_message") == [("restored", {})]
        again = empty.run("restore", archive)
        assert again.returncode == 2
        assert "a backup never overwrites anything" in again.stderr


def test_a_machine_with_another_key_is_told_so(archive: Path) -> None:
    with installed() as empty:
        done = empty.run("restore", archive)
        assert done.returncode == 1
        assert "The secret key here is not the one of the backup" in done.stderr


def test_a_damaged_archive_leaves_the_machine_empty(archive: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.tar"
    content = bytearray(archive.read_bytes())
    content[len(content) // 3] ^= 1
    damaged.write_bytes(content)
    with installed() as empty:
        done = empty.run("restore", damaged)
        assert done.returncode == 2
        assert "The backup is damaged: database.dump" in done.stderr
        tables = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
        assert "0" in empty.script(f"""
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("{tables}")
    print(cursor.fetchone()[0])
""")
        assert not (empty.home / "files").exists()


def test_a_file_that_is_missing_is_named_and_the_rest_is_kept(
    city: tuple[Installation, Path], archive: Path
) -> None:
    installation, place = city
    aside = place.rename(installation.home / "aside")
    try:
        done = installation.run("backup", installation.home / "poorer.tar")
        assert done.returncode == 1
        assert place.name[:12] in done.stderr
        doctor = installation.run("doctor", "--json")
        told = {each["code"]: each for each in json.loads(doctor.stdout)}
        assert told["doctor_files_missing"]["facts"] == {"count": 3, "missing": 1}
        assert doctor.returncode == 1
    finally:
        aside.rename(place)
