"""Says when each method of a round is worked at, and how many sites are to be visited."""

from collections.abc import Mapping

from django.db import transaction

from wenming.base.models import User
from wenming.base.services.audit import record
from wenming.core.errors import DomainError
from wenming.core.terms import Method
from wenming.rounds.models import Collection, CollectionPart
from wenming.rounds.queries.collections import titles_in
from wenming.rounds.services.collections import PeriodReversed, Span, changeable
from wenming.rounds.services.facts import FactUnknown


class CalendarOutside(DomainError):
    """The days of a method do not lie within the round."""

    code = "collection_calendar_outside"


@transaction.atomic
def set_calendar(collection: Collection, spans: Mapping[Method, Span], *, by: User) -> None:
    """Say when each method is worked at (轮次日程); a method without a span has no dates.

    Raises:
        FactUnknown: the round does not use a method.
        PeriodReversed: a method would end before it begins.
        CalendarOutside: days do not lie within the round.
        CollectionClosed: it was closed.
        PermissionDenied: `by` may not lead rounds of the city.
    """
    fresh = changeable(collection, by)
    for method, span in spans.items():
        _refuse_wrong(fresh, method, span)
    fresh.parts.all().delete()
    CollectionPart.objects.bulk_create(
        CollectionPart(
            city_id=fresh.city_id,
            collection=fresh,
            method=method,
            starts_on=span.first,
            ends_on=span.last,
        )
        for method, span in spans.items()
    )
    record("collection.calendar", by=by, city=fresh.city, subject=fresh)


@transaction.atomic
def set_site_numbers(collection: Collection, numbers: Mapping[str, int], *, by: User) -> Collection:
    """Say how many sites of each type are to be visited (考察点位数量); none is left out.

    Raises:
        FactUnknown: the checklists of the round have no such type of site.
        CollectionClosed: it was closed.
        PermissionDenied: `by` may not lead rounds of the city.
    """
    fresh = changeable(collection, by)
    if strange := numbers.keys() - titles_in(fresh.checklist_set).keys():
        raise FactUnknown(key=min(strange))
    fresh.site_numbers = {key: n for key, n in sorted(numbers.items()) if n}
    fresh.save(update_fields=["site_numbers"])
    detail = {"sites": sum(fresh.site_numbers.values())}
    record("collection.numbers", by=by, city=fresh.city, subject=fresh, detail=detail)
    return fresh


def _refuse_wrong(collection: Collection, method: Method, span: Span) -> None:
    if not collection.uses(method):
        raise FactUnknown(key=method.value)
    if span.last < span.first:
        raise PeriodReversed
    if span.first < collection.period_from or span.last > collection.period_to:
        raise CalendarOutside
