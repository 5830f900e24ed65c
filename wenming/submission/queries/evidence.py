"""Documents as the engine knows them."""

from wenming.core import evidence as records
from wenming.core.errors import Place
from wenming.core.terms import Method, Review
from wenming.rounds.models import Round


def documents_of(round_: Round) -> tuple[records.DocumentReview, ...]:
    """The documents of a round with their reviews (材料审核), in canonical order."""
    place = Place("documents.csv")
    return tuple(
        records.DocumentReview(
            key=each.key,
            item=each.item,
            condition=each.condition,
            requirement=each.requirement,
            method=Method(each.method),
            title=each.title,
            kind=each.kind,
            outcome=Review(each.outcome),
            reason=each.reason,
            reviewer=each.reviewer,
            reviewed_on=each.reviewed_on,
            unit=each.unit_name,
            place=place,
        )
        for each in round_.documents.select_related("unit").order_by("position")
    )
