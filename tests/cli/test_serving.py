"""`wenming demo` and `wenming serve`, for real: a database of their own and a page at the end."""

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import ROOT, change_line, copy_of, run
from tests.operations.installation import PASSWORD, Visitor
from wenming.config import postgres
from wenming.demo.people import LOGINS


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    """A home that the database's own user can enter, which pytest's folders are not."""
    home = Path(tempfile.mkdtemp(prefix="wenming-demo-"))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WENMING_")}
    kept.pop("DATABASE_URL", None)
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    yield kept | {"WENMING_HOME": str(home), "PYTHONPATH": str(ROOT)}
    postgres.stop(home)
    shutil.rmtree(home)


def test_the_demo_works_through_its_rounds_and_serves_them(
    environment: dict[str, str], tmp_path: Path
) -> None:
    words = [sys.executable, "-m", "wenming.cli", "--lang", "zh", "demo", "--port", "18450"]
    process = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True)  # fmt: skip
    assert process.stdout is not None
    try:
        lines = []
        for line in process.stdout:
            lines.append(line)
            if line.startswith("http"):
                break
        address = lines[-1].strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address), lines
        assert any("就绪：得分 80." in line for line in lines)
        office = Visitor(int(address.rstrip("/").rpartition(":")[2]))
        assert any(PASSWORD in line for line in lines)
        told = {line.split()[0] for line in lines if line.strip()}
        assert {login.username for login in LOGINS} <= told
        office.log_in("office")
        _, _, first_page = office.try_once("/")
        assert "演示市" in office.get(first_page)
        rounds_are_assessed_to_the_same_digest(office, tmp_path)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
    assert process.returncode == 0


def rounds_are_assessed_to_the_same_digest(office: Visitor, folder: Path) -> None:
    """The round that is over, the loaded one and the half-way one, each as a folder of its own."""
    keys = set()
    for record in set(re.findall(r"/runs/[0-9a-f-]{36}/record/", office.get("/runs/"))):
        page = office.get(record)
        (address,) = set(re.findall(r"/rounds/[0-9a-f-]{36}/folder.zip", page))
        with office.opener.open(office.base + address, timeout=60) as answer:
            packed = zipfile.ZipFile(io.BytesIO(answer.read()))
        packed.extractall(folder)
        (key,) = {n.split("/")[0] for n in packed.namelist() if n.endswith("/round.yaml")}
        assessed = run("assess", folder / key, "--json")
        digest = json.loads(assessed.stdout)["digest"]
        assert f"<code>{digest}</code>" in page, key
        keys.add(key)
    assert keys == {"2026-2", "2026-3", "2026-4"}


def test_a_round_of_ones_own_is_loaded_once_and_another_is_refused(
    environment: dict[str, str], tmp_path: Path
) -> None:
    folder = copy_of("dongying", tmp_path)
    first, again = (run("load", folder, **environment) for _ in range(2))
    assert (first.returncode, again.returncode) == (0, 0), first.stderr
    assert first.stdout.splitlines()[-1] == again.stdout.splitlines()[-1]
    change_line(folder / "statistics.csv", 2, lambda line: line.replace("13.18", "9.18"))
    other = run("load", folder, **environment)
    assert other.returncode == 2
    assert len(other.stderr.splitlines()) == 1
    assert "Traceback" not in other.stderr


def test_a_setting_that_is_wrong_is_one_line() -> None:
    shown = run("serve", WENMING_DEBUG="maybe")
    assert shown.returncode == 2
    assert len(shown.stderr.splitlines()) == 1
    assert "WENMING_DEBUG" in shown.stderr
