"""One digest for one round: on every run, in any order of rows, on every Python version."""

import json
import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.running import EXAMPLES, ROOT, copy_of, run

OTHERS = [
    python
    for version in ("3.11", "3.12", "3.13", "3.14")
    for python in sorted(Path("~/.pyenv/versions").expanduser().glob(f"{version}*/bin/python"))
] + [Path(found) for name in ("python3.11", "python3.12", "python3.13", "python3.14")
     if (found := shutil.which(name)) and "shims" not in found]  # fmt: skip


def digest_of(folder: Path) -> str:
    shown = run("assess", folder, "--json")
    assert shown.returncode == 0, shown.stderr
    return str(json.loads(shown.stdout)["digest"])


@pytest.fixture(scope="module")
def digest() -> str:
    return digest_of(EXAMPLES / "demo")


def test_the_digest_is_the_same_on_every_run(digest: str) -> None:
    assert digest_of(EXAMPLES / "demo") == digest


@pytest.mark.parametrize("seed", [1, 2])
def test_shuffled_rows_give_the_same_digest(tmp_path: Path, digest: str, seed: int) -> None:
    folder = copy_of("demo", tmp_path)
    order = random.Random(seed)
    for file in folder.glob("*.csv"):
        head, *rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
        order.shuffle(rows)
        file.write_text("".join([head, *rows]), encoding="utf-8")
    assert digest_of(folder) == digest


def test_a_changed_cell_gives_another_digest(tmp_path: Path, digest: str) -> None:
    folder = copy_of("demo", tmp_path)
    file = folder / "statistics.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("5.9", "5.8", 1), encoding="utf-8")
    assert digest_of(folder) != digest


@pytest.mark.parametrize("python", OTHERS, ids=lambda python: python.parent.parent.name)
def test_every_python_version_gives_the_same_digest(python: Path, digest: str) -> None:
    """Uses interpreters that have the packages already; a test downloads nothing."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONHOME"}
    environment |= {"PYTHONPATH": str(ROOT)}
    ready = [str(python), "-c", "import numpy, scipy, yaml, xlsxwriter, python_calamine"]
    if subprocess.run(ready, capture_output=True, check=False, env=environment).returncode:
        pytest.skip(f"{python} has none of the packages that the command needs")
    words = [str(python), "-m", "wenming.cli", "assess", str(EXAMPLES / "demo"), "--json"]
    shown = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, check=True)
    assert json.loads(shown.stdout)["digest"] == digest
