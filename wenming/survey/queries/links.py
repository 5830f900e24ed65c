"""Which link a secret belongs to, and the batches of a round with what came in by them."""

from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet, Sum

from wenming.survey.models import AnswerLink, Fieldwork, LinkBatch
from wenming.survey.models.links import digest_of


def link_of(secret: str) -> AnswerLink | None:
    """The link of a secret (查找答题链接), whether it still works or not; None for no link."""
    related = ("batch__fieldwork__collection", "batch__fieldwork__instrument", "city")
    return AnswerLink.objects.select_related(*related).filter(digest=digest_of(secret)).first()


def batches_of(work: Fieldwork, rows: QuerySet[LinkBatch]) -> Sequence[LinkBatch]:
    """The batches of a survey (链接批次), the latest first, each with its numbers.

    Each has `n_links`, `n_answered` (links that were answered), `n_answers` and `n_shut`.
    """
    counted = rows.filter(fieldwork=work).annotate(
        n_links=Count("links"),
        n_answered=Count("links", filter=Q(links__n_answers__gt=0)),
        n_answers=Sum("links__n_answers", default=0),
        n_shut=Count("links", filter=Q(links__closed_at__isnull=False)),
    )
    return list(counted.select_related("made_by").order_by("-made_at"))
