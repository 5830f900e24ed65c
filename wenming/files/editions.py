"""Editions and checklists in either form, chosen by the ending of the file."""

from collections.abc import Callable, Mapping
from pathlib import Path

from wenming.core.errors import BadInput, Place, Problem
from wenming.core.framework import Checklists, Edition, build_checklists, build_edition
from wenming.core.rows import Tables
from wenming.files import yaml_rows

_EDITION_READERS: Mapping[str, Callable[..., Tables]] = {
    ".yaml": yaml_rows.edition_tables,
    ".yml": yaml_rows.edition_tables,
}
_CHECKLIST_READERS: Mapping[str, Callable[..., Tables]] = {
    ".yaml": yaml_rows.checklist_tables,
    ".yml": yaml_rows.checklist_tables,
}


def edition_tables(path: Path, *, name: str | None = None) -> Tables:
    """The plain rows of an edition, from YAML or from a workbook.

    Args:
        name: the name to blame; the path as given when None.

    Raises:
        BadInput: one problem for each mistake, with its place.

    Source:
        docs/reference/edition-format.md.
    """
    return _by_ending(_EDITION_READERS, path, name)


def checklist_tables(path: Path, *, name: str | None = None) -> Tables:
    """The plain rows of checklists, from YAML or from a workbook.

    Args:
        name: the name to blame; the path as given when None.

    Raises:
        BadInput: one problem for each mistake, with its place.

    Source:
        docs/reference/edition-format.md, section 3.
    """
    return _by_ending(_CHECKLIST_READERS, path, name)


def read_edition(path: Path) -> Edition:
    """Read an edition, from YAML or from a workbook.

    Raises:
        BadInput: one problem for each mistake, with its place.
    """
    return build_edition(edition_tables(path), file=str(path))


def read_checklists(path: Path) -> Checklists:
    """Read checklists, from YAML or from a workbook.

    Raises:
        BadInput: one problem for each mistake, with its place.
    """
    return build_checklists(checklist_tables(path))


def _by_ending(
    readers: Mapping[str, Callable[..., Tables]], path: Path, name: str | None
) -> Tables:
    ending = path.suffix.lower()
    if ending not in readers:
        facts: dict[str, object] = {"ending": ending, "allowed": ", ".join(readers)}
        raise BadInput([Problem("ending_unknown", Place(name or str(path)), facts)])
    return readers[ending](path, name=name)
