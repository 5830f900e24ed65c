"""`wenming demo` and `wenming serve`, for real: a database of their own and a page at the end."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
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


def test_the_demo_loads_and_serves_and_its_last_line_is_the_address(
    environment: dict[str, str],
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
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
    assert process.returncode == 0


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
