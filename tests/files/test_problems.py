"""The list of problem codes and the code that raises them say the same."""

import re
from pathlib import Path

import wenming.files
from wenming.files.problems import PROBLEMS

RAISED = re.compile(
    r"\b(?:Problem|_?note|_refusal|_fault)\(\s*\"(\w+)\"|code = \"(\w+)\" if .* else \"(\w+)\""
)


def raised() -> set[str]:
    """Every code that stands in the sources of the room."""
    folder = Path(wenming.files.__file__).parent
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    return {code for match in RAISED.findall(text) for code in match if code}


def test_every_code_that_is_raised_is_listed_and_every_listed_code_is_raised() -> None:
    assert raised() == set(PROBLEMS)


def test_codes_and_facts_are_plain_names() -> None:
    for code, facts in PROBLEMS.items():
        assert all(re.fullmatch(r"[a-z0-9_]+", name) for name in (code, *facts)), code
