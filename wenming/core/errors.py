"""Errors as coded facts: what is wrong and where; `wenming.base.wording` makes the sentence."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar


class DomainError(Exception):
    """A rule of the field was broken.

    Attributes:
        code: which rule; a key of the wording table.
        facts: what the sentence needs, by name; plain values only.
    """

    code: ClassVar[str] = "domain_error"

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.code, facts)


class NothingToScore(DomainError):
    """An edition, a dimension or an indicator holds no item at all."""

    code = "nothing_to_score"


class NotReconcilable(DomainError):
    """Parts cannot be rounded so that they add up to the given total."""

    code = "not_reconcilable"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was read (位置).

    Attributes:
        file: the name of the file as the user gave it.
        sheet: the sheet of a workbook; empty elsewhere.
        line: line of the file or row of the sheet, from 1; 0 when unknown.
        column: the heading or key of the cell; empty for a whole row.
        address: the cell as a spreadsheet names it (`C7`), or the path in a YAML file.
    """

    file: str
    sheet: str = ""
    line: int = 0
    column: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in an input (输入问题): what, where, and the facts to say it with."""

    code: str
    place: Place
    facts: dict[str, object] = field(default_factory=dict)


class BadInput(DomainError):
    """An input has mistakes; all of them are told at once.

    Attributes:
        problems: at least one, in the order of file and line.
    """

    code = "bad_input"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(
            sorted(problems, key=lambda p: (p.place.file, p.place.sheet, p.place.line))
        )
        super().__init__(count=len(self.problems))
