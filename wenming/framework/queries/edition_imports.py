"""What is wrong with an import, as its page shows it, and what it would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wenming.base.models import Import
from wenming.base.services.attachments import path_of
from wenming.core.errors import Place, Problem
from wenming.core.framework import Edition
from wenming.files.annotated import Say, annotated_text, annotated_workbook
from wenming.files.edition_check import check_edition


@dataclass(frozen=True, slots=True)
class SheetProblems:
    """The mistakes of one sheet, or of one file that has none (问题清单)."""

    file: str
    sheet: str
    problems: Sequence[Problem]


def problems_of(kept: Import) -> list[Problem]:
    """The mistakes (输入问题) that are kept with an import, in their order."""
    return [problem_from(each) for each in kept.problems]


def problem_from(kept: Mapping[str, Any]) -> Problem:
    """A mistake (输入问题) as it was kept."""
    return Problem(kept["code"], Place(**kept["place"]), dict(kept["facts"]))


def by_sheet(problems: Sequence[Problem]) -> list[SheetProblems]:
    """Mistakes (输入问题) by file and sheet, in the order in which they are met."""
    found: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        found.setdefault((problem.place.file, problem.place.sheet), []).append(problem)
    return [SheetProblems(file, sheet, listed) for (file, sheet), listed in found.items()]


def edition_in(kept: Import) -> Edition | None:
    """The edition (测评体系版本) that an import holds; None while it has mistakes."""
    if kept.problems:
        return None
    return check_edition(path_of(kept.attachment.file), name=kept.attachment.name).built


def annotated(kept: Import, say: Say) -> tuple[str, bytes]:
    """The brought file with its mistakes written into it (批注副本), and a name for it.

    Raises:
        BadInput: the file cannot be opened at all.
    """
    name = kept.attachment.name
    mine = [each for each in problems_of(kept) if each.place.file == name]
    stem, _dot, ending = name.rpartition(".")
    write = annotated_workbook if ending.lower() == "xlsx" else annotated_text
    content = write(path_of(kept.attachment.file), mine, name=name, say=say)
    return f"{stem}-annotated.{ending}", content
