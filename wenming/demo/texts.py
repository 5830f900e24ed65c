"""The YAML files and the README of the invented city; those that never change lie in `parts/`."""

from collections.abc import Iterator
from pathlib import Path

from wenming.demo.questions import columns

_PARTS = Path(__file__).parent / "parts"


def part(name: str) -> str:
    """The text of a file that is the same for every seed."""
    return (_PARTS / name).read_text(encoding="utf-8")


def design_text() -> str:
    """`design.yaml`: the design of the survey, and its questions."""
    return part("design.yaml") + "".join(_questions())


def _questions() -> Iterator[str]:
    for name, asked in columns():
        condition = f", condition: {asked.condition}" if asked.condition else ""
        yes = ", ".join(asked.yes)
        text = f'{{zh: {asked.zh}, en: "{asked.en}"}}'
        answers = f"yes: [{yes}], no: [{asked.no}]"
        yield f"  {name}: {{item: {asked.item}{condition}, text: {text}, {answers}}}\n"
