"""Running the real command, and folders that are broken in one place."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
EDITIONS = EXAMPLES / "editions"


def run(*words: object, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own; Chinese unless the environment says otherwise."""
    return subprocess.run(
        [sys.executable, "-m", "wenming.cli", *(str(word) for word in words)],
        cwd=cwd,
        env=os.environ
        | {"PYTHONPATH": str(ROOT), "WENMING_LANG": "zh", "COLUMNS": "120"}
        | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def copy_of(name: str, into: Path) -> Path:
    """A copy of an example that a test may break, with its editions beside it."""
    shutil.copytree(EDITIONS, into / "editions", dirs_exist_ok=True)
    return Path(shutil.copytree(EXAMPLES / name, into / name))


def change_line(file: Path, line: int, change: Callable[[str], str]) -> None:
    """Change one line of a text file, counted from 1."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[line - 1] = change(lines[line - 1])
    file.write_text("".join(lines), encoding="utf-8")
