"""Begins the correction of a frozen result: a next form of its round that may be changed."""

import uuid
from collections.abc import Mapping

from django.db import models, transaction

from wenming.base.access import check
from wenming.base.models import Attachment, User
from wenming.base.services.audit import record
from wenming.core.errors import DomainError
from wenming.core.lifecycle import RunState
from wenming.core.permissions import Capability
from wenming.inspection.models import Observation, PanelMark
from wenming.rounds.models import Round, Site
from wenming.scoring.models import Figure, ReportedDocument, Run
from wenming.statistic.models import Statistic
from wenming.submission.models import Document
from wenming.survey.models import AnswerSheet, Question, SurveyPlan

COPIED: tuple[type[models.Model], ...] = (
    Site,
    PanelMark,
    SurveyPlan,
    Question,
    AnswerSheet,
    Document,
    Statistic,
    ReportedDocument,
    Figure,
    Observation,
)
"""What a round brought in; observations come after the sites that they were made at."""


class CorrectionNotPossible(DomainError):
    """Only a standing result is corrected, once at a time, and for a reason."""

    code = "correction_not_possible"


@transaction.atomic
def begin_correction(run: Run, *, by: User, reason: str) -> Round:
    """Copy the round of a frozen result into its next revision (更正), which may be changed.

    The result stands until a run of the revision is frozen; its own rows are never touched.

    Returns:
        The revision, with every row of the round.

    Raises:
        PermissionDenied: `by` may not freeze runs of the city.
        CorrectionNotPossible: no reason, not a standing result, or a revision is begun already.
    """
    check(by, Capability.FREEZE_RUN, run)
    locked = Round.objects.select_for_update().get(pk=run.round_id)
    later = Round.objects.filter(city=run.city_id, key=locked.key, revision__gt=locked.revision)
    state = Run.objects.values_list("state", flat=True).get(pk=run.pk)
    if not reason.strip() or state != RunState.FROZEN or later.exists():
        raise CorrectionNotPossible(result=run.result_number)
    revision = Round.objects.get(pk=locked.pk)
    _make_new(revision)
    revision.revision, revision.revised_because = locked.revision + 1, reason.strip()
    revision.save(force_insert=True)
    _copy_rows(locked, revision)
    detail = {"result": run.result_number, "reason": reason.strip(), "round": locked.key}
    record("round.revise", by=by, city=run.city, subject=revision, detail=detail)
    return revision


def _copy_rows(earlier: Round, revision: Round) -> None:
    sites: Mapping[uuid.UUID, uuid.UUID] = {}
    for model in COPIED:
        rows = list(model._default_manager.filter(round=earlier))
        copied = {row.pk: _make_new(row) for row in rows}
        for row in rows:
            row.round = revision  # type: ignore[attr-defined]
            if isinstance(row, Observation):
                row.site_id = sites[row.site_id]
        model._default_manager.bulk_create(rows, batch_size=2000)
        if model is Site:
            sites = copied
        if model is ReportedDocument:
            _copy_files(copied)


def copy_paper_files(earlier: Round, later: Round) -> None:
    """Have the file of each paper stand with the paper of the same key in a later revision."""
    keys = dict(later.reported_documents.values_list("key", "pk"))
    papers = earlier.reported_documents.values_list("pk", "key")
    _copy_files({pk: keys[key] for pk, key in papers if key in keys})


def _copy_files(copied: Mapping[uuid.UUID, uuid.UUID]) -> None:
    """The file of each paper stands with its copy, too; those that it replaced do not."""
    kind = ReportedDocument._meta.label_lower
    known = {f"{kind}:{earlier}": f"{kind}:{later}" for earlier, later in copied.items()}
    latest = {}
    for file in Attachment.objects.filter(subject__in=known).order_by("brought_at", "pk"):
        latest[file.subject] = file
    for file in latest.values():
        _make_new(file)
        file.subject = known[file.subject]
    Attachment.objects.bulk_create(latest.values())


def _make_new(row: models.Model) -> uuid.UUID:
    row.pk = uuid.uuid4()
    identity: uuid.UUID = row.pk
    return identity
