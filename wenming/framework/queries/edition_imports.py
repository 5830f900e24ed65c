"""What is wrong with an import, as its page shows it, and what it would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wenming.base.models import Attachment, Import
from wenming.base.services.attachments import path_of
from wenming.core.errors import Place, Problem
from wenming.core.framework import Edition
from wenming.files.annotated import Say, annotated_text, annotated_workbook
from wenming.files.edition_check import check_edition
from wenming.framework.services.edition_imports import MOST_PROBLEMS, blamed_name


@dataclass(frozen=True, slots=True)
class ToldProblem:
    """A mistake with what the last correction made of it.

    Attributes:
        is_new: it was not there before the last correction.
    """

    problem: Problem
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class SheetProblems:
    """The mistakes of one sheet, or of one file that has none (问题清单)."""

    file: str
    sheet: str
    problems: Sequence[ToldProblem]


@dataclass(frozen=True, slots=True)
class ToldProblems:
    """Everything that is wrong with an import (问题总览).

    Attributes:
        count: how many mistakes are kept.
        is_cut: there are more than are kept.
        mended: mistakes that the last correction took away, the first of them.
        mended_count: how many it took away.
        new_count: how many came with it.
        attempts: how often the file was brought.
    """

    sheets: Sequence[SheetProblems]
    count: int
    is_cut: bool
    mended: Sequence[Problem]
    mended_count: int
    new_count: int
    attempts: int


def problems_of(kept: Import) -> list[Problem]:
    """The mistakes (输入问题) that are kept with an import, in their order."""
    return [problem_from(each) for each in kept.problems]


def problem_from(kept: Mapping[str, Any]) -> Problem:
    """A mistake (输入问题) as it was kept."""
    return Problem(kept["code"], Place(**kept["place"]), dict(kept["facts"]))


def told_problems(kept: Import) -> ToldProblems:
    """The mistakes (问题清单) of an import by sheet, with what was mended and what is new."""
    new = set(kept.options.get("new", ()))
    problems = [ToldProblem(each, n in new) for n, each in enumerate(problems_of(kept))]
    return ToldProblems(
        sheets=_by_sheet(problems),
        count=len(problems),
        is_cut=len(problems) >= MOST_PROBLEMS,
        mended=[problem_from(each) for each in kept.options.get("mended", ())],
        mended_count=kept.options.get("mended_count", 0),
        new_count=len(new),
        attempts=kept.options.get("attempts", 1),
    )


def _by_sheet(problems: Sequence[ToldProblem]) -> list[SheetProblems]:
    """Mistakes by file and sheet, in the order in which they are met."""
    found: dict[tuple[str, str], list[ToldProblem]] = {}
    for each in problems:
        place = each.problem.place
        found.setdefault((place.file, place.sheet), []).append(each)
    return [SheetProblems(file, sheet, listed) for (file, sheet), listed in found.items()]


def edition_in(kept: Import) -> Edition | None:
    """The edition (测评体系版本) that an import holds; None while it has mistakes."""
    if kept.problems:
        return None
    return check_edition(path_of(kept.attachment.file), name=kept.attachment.name).built


def annotated(kept: Import, file: Attachment, say: Say) -> tuple[str, bytes]:
    """A brought file with its mistakes written into it (批注副本), and a name for it.

    Args:
        file: that of the edition or that of the checklists.

    Raises:
        BadInput: the file cannot be opened at all.
    """
    blamed = blamed_name(kept, file)
    mine = [each for each in problems_of(kept) if each.place.file == blamed]
    stem, _dot, ending = file.name.rpartition(".")
    write = annotated_workbook if ending.lower() == "xlsx" else annotated_text
    content = write(path_of(file.file), mine, name=file.name, say=say)
    return f"{stem}-annotated.{ending}", content
