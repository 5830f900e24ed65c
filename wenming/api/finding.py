"""Rows as a caller may see them; every read of an operation starts here."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from wenming.api.shapes import Asked
from wenming.base.access import city_of, person
from wenming.base.models import CityQuerySet, CityRow
from wenming.base.tables import TableFilter
from wenming.core.permissions import Capability

M = TypeVar("M", bound=Model)
C = TypeVar("C", bound=CityRow)
PAGING = frozenset({"after", "size"})


def seen(
    request: HttpRequest, model: type[C], capability: Capability | None = None
) -> CityQuerySet[C]:
    """The rows of the city of the token that the caller may see, or act on with a capability."""
    objects: CityQuerySet[C] = model._default_manager.all()  # type: ignore[assignment]
    return objects.visible_to(person(request), capability).for_city(city_of(request))


def one(rows: QuerySet[M], pk: UUID | None) -> M:
    """The one row with this identity, or 404."""
    return get_object_or_404(rows, pk=pk)


def one_or_none(rows: QuerySet[M], pk: UUID | None) -> M | None:
    """The row that was named; None where none was named, 404 where it is not to be seen."""
    return None if pk is None else one(rows, pk)


def narrowed(
    request: HttpRequest, filters: type[TableFilter], rows: QuerySet[M], asked: Asked
) -> QuerySet[M]:
    """The rows that fit the filters of the page; nothing for a choice that is not offered."""
    given = {
        name: _as_text(value)
        for name, value in asked.model_dump(exclude_unset=True).items()
        if name not in PAGING
    }
    form = filters(given, user=person(request), city=city_of(request))
    return form.narrow(rows) if form.is_valid() else rows.none()


def _as_text(value: Any) -> str:
    return "" if value is None else str(value)
