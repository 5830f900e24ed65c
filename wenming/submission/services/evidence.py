"""Stores documents and their reviews."""

from collections.abc import Mapping, Sequence

from wenming.base.models import Unit
from wenming.core import evidence as records
from wenming.rounds.models import Round
from wenming.submission.models import Document


def store_documents(
    round_: Round, documents: Sequence[records.DocumentReview], *, units: Mapping[str, Unit]
) -> None:
    """Store documents with what their review came to (材料审核).

    Args:
        documents: in canonical order.
        units: by name.
    """
    Document.objects.bulk_create(
        Document(
            city_id=round_.city_id,
            round=round_,
            key=each.key,
            item=each.item,
            condition=each.condition,
            requirement=each.requirement,
            method=each.method,
            title=each.title,
            kind=each.kind,
            outcome=each.outcome,
            reason=each.reason,
            reviewer=each.reviewer,
            reviewed_on=each.reviewed_on,
            unit=units.get(each.unit),
            unit_name=each.unit,
            position=position,
        )
        for position, each in enumerate(documents)
    )
