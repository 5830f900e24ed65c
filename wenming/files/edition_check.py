"""Every mistake of an edition or of checklists at once: of the form and of the content."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from wenming.core.errors import BadInput, Place, Problem
from wenming.core.framework import Checklists, Edition, build_checklists, build_edition
from wenming.core.rows import Tables
from wenming.files.editions import checklist_tables, edition_tables

T = TypeVar("T")

_WHOLE_SHEET = frozenset({"sheet_missing", "sheet_empty", "header_missing"})
_FOLLOWS = frozenset(
    {
        *("nothing_below", "unknown_key", "item_without_criterion", "table_empty"),
        *("criterion_without_conditions", "criterion_without_limits", "one_row_expected"),
        "checklists_empty",
    }
)
"""What is only the consequence of a table that cannot be read."""


@dataclass(frozen=True, slots=True)
class Checked(Generic[T]):
    """What a file came to when it was checked.

    Attributes:
        tables: the plain rows; empty when the file could not be read at all.
        built: None as long as there are problems.
        problems: in the order of file, sheet and line; empty when all is well.
    """

    tables: Tables
    built: T | None
    problems: tuple[Problem, ...]


def check_edition(path: Path, *, name: str) -> Checked[Edition]:
    """Check the file of an edition (测评体系), from YAML or from a workbook.

    Args:
        name: the name to blame.
    """
    return _checked(path, name, edition_tables, lambda tables: build_edition(tables, file=name))


def check_checklists(path: Path, *, name: str) -> Checked[Checklists]:
    """Check the file of checklists (检查表), from YAML or from a workbook.

    A file that names no site type is a mistake: whoever has none leaves the file out.

    Args:
        name: the name to blame.
    """

    def build(tables: Tables) -> Checklists:
        if not tables["site_types"]:
            raise BadInput([Problem("checklists_empty", Place(name))])
        return build_checklists(tables)

    return _checked(path, name, checklist_tables, build)


def _checked(
    path: Path, name: str, read: Callable[..., Tables], build: Callable[[Tables], T]
) -> Checked[T]:
    noted: list[Problem] = []
    try:
        tables = read(path, name=name, noted=noted)
    except BadInput as refused:
        return Checked({}, None, BadInput([*refused.problems, *noted]).problems)
    built = None
    try:
        built = build(tables)
    except BadInput as refused:
        noted += list(_new(refused.problems, noted))
    if noted:
        return Checked(tables, None, BadInput(noted).problems)
    return Checked(tables, built, ())


def _new(found: Sequence[Problem], noted: Sequence[Problem]) -> Iterator[Problem]:
    """The mistakes of the content that do not merely follow from those of the form."""
    is_torn = any(problem.code in _WHOLE_SHEET for problem in noted)
    told = {problem.place.address for problem in noted if problem.place.address}
    missing = {
        (problem.place.sheet, problem.facts.get("column"))
        for problem in noted
        if problem.code in {"column_missing", "column_unknown"}
    }
    for problem in found:
        place = problem.place
        follows = is_torn and problem.code in _FOLLOWS
        if not (follows or place.address in told or (place.sheet, place.column) in missing):
            yield problem
