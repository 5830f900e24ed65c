"""Brings the figures of a paper from a file: looked at as a whole, taken over whole or not."""

from django.db import transaction
from django.db.models import Max

from wenming.base.access import check
from wenming.base.models import Attachment, Import, User
from wenming.base.services.attachments import path_of
from wenming.base.services.audit import record, subject_of
from wenming.base.services.imports import keep_problems
from wenming.core.errors import DomainError
from wenming.core.permissions import Capability
from wenming.scoring.models import Figure, ReportedDocument
from wenming.scoring.queries.figure_imports import CheckedFigures, check_figures_file
from wenming.scoring.services.checking import keep_check
from wenming.scoring.services.figures import (
    next_place,
    open_for_changes,
    store_change,
    store_figure,
)

KIND = "figures"
MOST_KEPT = 2_000


class FiguresHaveMistakes(DomainError):
    """The file has mistakes, perhaps because the paper was changed since it was checked."""

    code = "figures_import_mistakes"


class FiguresTakenOver(DomainError):
    """The file was taken over already, perhaps in another window a moment ago."""

    code = "figures_import_taken"


class PaperGone(DomainError):
    """The paper of the file was removed meanwhile."""

    code = "paper_gone"


@transaction.atomic
def bring_figures(attachment: Attachment, paper: ReportedDocument, *, by: User) -> Import:
    """Keep a file of the figures of a paper (导入所报数字), whether or not it is right.

    Raises:
        PermissionDenied: `by` may not edit figures of the city.
    """
    check(by, Capability.EDIT_FIGURES, paper)
    brought = Import.objects.create(
        city=paper.city, kind=KIND, attachment=attachment, brought_by=by,
        options={"paper": str(paper.pk)},
    )  # fmt: skip
    checked = check_figures(brought, paper)
    keep_problems(brought, checked.problems[:MOST_KEPT])
    facts = {
        "name": attachment.name, "paper": paper.title_zh, "problems": len(checked.problems),
    }  # fmt: skip
    record("figures_import.bring", by=by, city=paper.city, subject=brought, detail=facts)
    return brought


def check_figures(
    brought: Import, paper: ReportedDocument, *, language: str = "zh"
) -> CheckedFigures:
    """What a file would do to the figures of its paper as both stand now (导入核查)."""
    path, name = path_of(brought.attachment.file), brought.attachment.name
    return check_figures_file(paper, path, name=name, language=language)


@transaction.atomic
def take_over_figures(brought: Import, *, by: User) -> CheckedFigures:
    """Make the figures of a paper what a file says (采用导入文件); all of it or nothing.

    The round is checked once, when all of them are stored.

    Returns:
        What was done.

    Raises:
        PermissionDenied: `by` did not bring the file, or may not edit figures.
        PaperGone: the paper was removed meanwhile.
        FiguresFrozen: a frozen result stands on the figures of the round.
        FiguresTakenOver: somebody was faster.
        FiguresHaveMistakes: the file has mistakes, perhaps since the paper was changed.
    """
    check(by, Capability.USE_DESK, brought)
    papers = ReportedDocument.objects.for_city(brought.city).select_related("round__city")
    paper = papers.filter(pk=brought.options["paper"]).first()
    if paper is None:
        raise PaperGone
    open_for_changes(paper.round, by=by)
    fresh = Import.objects.select_for_update(of=("self",)).select_related("attachment__file")
    kept = fresh.get(pk=brought.pk)
    if kept.subject:
        raise FiguresTakenOver(file=kept.attachment.name)
    checked = check_figures(kept, paper)
    if checked.problems:
        raise FiguresHaveMistakes(count=len(checked.problems))
    _store(checked, paper, by=by)
    keep_check(paper.round, by=by, is_after_change=True)
    kept.subject, kept.problems = subject_of(paper), []
    kept.save(update_fields=["subject", "problems"])
    facts = {
        "file": kept.attachment.name, "paper": paper.title_zh, "new": checked.new,
        "changed": len(checked.changes) - checked.new,
    }  # fmt: skip
    record("figures_import.take_over", by=by, city=paper.round.city, subject=kept, detail=facts)
    return checked


def _store(checked: CheckedFigures, paper: ReportedDocument, *, by: User) -> None:
    last = Figure.objects.filter(round=paper.round_id).aggregate(last=Max("position"))["last"]
    place = next_place(last)
    for step in checked.steps:
        if step.figure is None:
            store_figure(paper, step.entry, key=step.key, position=place, by=by)
            place += 1
        else:
            store_change(step.figure, step.entry, key=step.key, by=by)
