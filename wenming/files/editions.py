"""Editions and checklists in either form, chosen by the ending of the file."""

import errno
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from wenming.core.errors import BadInput, Place, Problem
from wenming.core.framework import Checklists, Edition, build_checklists, build_edition
from wenming.core.rows import Tables
from wenming.files import yaml_rows
from wenming.files.csv_rows import Columns
from wenming.files.edition_out import write_edition_yaml
from wenming.files.edition_rows import EDITION_TABLES, OPTIONAL_TABLES
from wenming.files.edition_workbook import write_edition_workbook
from wenming.files.workbook import workbook_tables

T = TypeVar("T")

CHECKLIST_TABLES: Mapping[str, Columns] = {
    "site_types": Columns(("key", "title_zh"), ("title_en", "how", "mark")),
    "lines": Columns(
        ("key", "site_type", "title_zh", "item"),
        ("title_en", "severity", "judge", "op", "value", "window", "mark"),
    ),
}
"""The tables of checklists with their columns; the sheets of their workbook."""


def _edition_workbook(path: Path, *, name: str | None, noted: list[Problem] | None) -> Tables:
    return workbook_tables(path, EDITION_TABLES, optional=OPTIONAL_TABLES, name=name, noted=noted)


def _checklist_workbook(path: Path, *, name: str | None, noted: list[Problem] | None) -> Tables:
    return workbook_tables(path, CHECKLIST_TABLES, name=name, noted=noted)


_EDITION_READERS: Mapping[str, Callable[..., Tables]] = {
    ".yaml": yaml_rows.edition_tables,
    ".yml": yaml_rows.edition_tables,
    ".xlsx": _edition_workbook,
}
_CHECKLIST_READERS: Mapping[str, Callable[..., Tables]] = {
    ".yaml": yaml_rows.checklist_tables,
    ".yml": yaml_rows.checklist_tables,
    ".xlsx": _checklist_workbook,
}
_EDITION_WRITERS: Mapping[str, Callable[[Edition, Path], None]] = {
    ".yaml": write_edition_yaml,
    ".yml": write_edition_yaml,
    ".xlsx": write_edition_workbook,
}


def edition_tables(
    path: Path, *, name: str | None = None, noted: list[Problem] | None = None
) -> Tables:
    """The plain rows of an edition, from YAML or from a workbook.

    Args:
        name: the name to blame; the path as given when None.
        noted: takes the mistakes instead, where the rows are wanted in spite of them.

    Raises:
        BadInput: one problem for each mistake, with its place.

    Source:
        docs/reference/edition-format.md.
    """
    return _by_ending(_EDITION_READERS, path, name)(path, name=name, noted=noted)


def checklist_tables(
    path: Path, *, name: str | None = None, noted: list[Problem] | None = None
) -> Tables:
    """The plain rows of checklists, from YAML or from a workbook.

    Args:
        name: the name to blame; the path as given when None.
        noted: takes the mistakes instead, where the rows are wanted in spite of them.

    Raises:
        BadInput: one problem for each mistake, with its place.

    Source:
        docs/reference/edition-format.md, section 3.
    """
    return _by_ending(_CHECKLIST_READERS, path, name)(path, name=name, noted=noted)


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


def write_edition(edition: Edition, path: Path) -> None:
    """Write an edition as YAML or as a workbook; reading it again gives the same edition.

    Args:
        path: of the file, which is replaced when it exists.

    Raises:
        BadInput: the ending names no form that can be written, the file cannot be
            written, or a text is longer than a cell of a workbook can hold.
    """
    write = _by_ending(_EDITION_WRITERS, path, str(path))
    try:
        write(edition, path)
    except OSError as failed:
        reason = errno.errorcode.get(failed.errno or 0, "EIO")
        problem = Problem("file_unwritable", Place(str(path)), {"reason": reason})
        raise BadInput([problem]) from failed


def _by_ending(choices: Mapping[str, T], path: Path, name: str | None) -> T:
    # A file that is kept by its content has its ending only in the name that it was brought by.
    ending = (path.suffix or Path(name or "").suffix).lower()
    if ending not in choices:
        facts: dict[str, object] = {"ending": ending, "allowed": ", ".join(choices)}
        raise BadInput([Problem("ending_unknown", Place(name or str(path)), facts)])
    return choices[ending]
