"""Pages of a list by key: the page after a row is asked for by that row, never by counting.

Rows that come or go while somebody pages are neither shown twice nor left out, and the last page
costs what the first one costs. What is not known stands last in both directions.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Field, ForeignKey, Model, Q, QuerySet
from django.db.models.expressions import OrderBy

R = TypeVar("R", bound=Model)
T = TypeVar("T")
Place = tuple[Any, Any]
KEY = "keyset_value"
END = "end"


@dataclass(frozen=True, slots=True)
class Order:
    """By which field or annotation a list is sorted.

    Attributes:
        path: with `__` for relations; "pk" for the identity alone.
    """

    path: str
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """Which page is asked for: after a row, before a row, the last one, or the first.

    Attributes:
        after, before: as `Page.last` and `Page.first` name a row; "" for no such wish. A name
            that means nothing asks for the first page; `before` may be `END`.
    """

    after: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list, in its order (页).

    Attributes:
        first, last: names of its outer rows; "" when it is empty.
        has_before, has_after: whether there are rows beyond them.
    """

    rows: list[T]
    first: str
    last: str
    has_before: bool
    has_after: bool


def page_of(rows: QuerySet[R], order: Order, asked: Asked, *, size: int) -> Page[R]:
    """A page of a list (分页).

    Args:
        rows: in any order.
        size: most rows of a page.
    """
    keyed = rows.annotate(**{KEY: F(order.path)})
    place = _place(keyed, asked.before or asked.after)
    backwards = bool(asked.before) and (place is not None or asked.before == END)
    is_known = _is_known(rows.model, order.path)
    window = keyed
    if place is not None:
        window = keyed.filter(_beyond(place, order, backwards=backwards, is_known=is_known))
    ordering = _ordering(order, backwards=backwards, is_known=is_known)
    found = list(window.order_by(*ordering)[: size + 1])
    if place is not None and not found:
        return page_of(rows, order, Asked(), size=size)
    has_more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    return Page(
        rows=found,
        first=_name(found[0]) if found else "",
        last=_name(found[-1]) if found else "",
        has_before=has_more if backwards else place is not None,
        has_after=place is not None if backwards else has_more,
    )


def _beyond(place: Place, order: Order, *, backwards: bool, is_known: bool) -> Q:
    """The rows on the far side of a place, in the direction of reading."""
    value, identity = place
    ahead = "lt" if order.is_descending != backwards else "gt"
    next_one = Q(**{f"pk__{'lt' if backwards else 'gt'}": identity})
    if value is None:
        beside = Q(**{f"{KEY}__isnull": True}) & next_one
        return beside | Q(**{f"{KEY}__isnull": False}) if backwards else beside
    beyond = Q(**{f"{KEY}__{ahead}": value}) | (Q(**{KEY: value}) & next_one)
    if is_known:
        return Q(**{f"{KEY}__{ahead}e": value}) & beyond  # a plain bound that an index can use
    return beyond if backwards else beyond | Q(**{f"{KEY}__isnull": True})


def _ordering(order: Order, *, backwards: bool, is_known: bool) -> list[OrderBy | str]:
    """Unknown values last, or first when reading backwards; the identity breaks ties."""
    unknown = {} if is_known else {"nulls_first" if backwards else "nulls_last": True}
    key = F(KEY)
    by_key = key.desc(**unknown) if order.is_descending != backwards else key.asc(**unknown)
    return [by_key, "-pk" if backwards else "pk"]


def _is_known(model: type[Model], path: str) -> bool:
    """Whether a value can never be missing; of an annotation nobody knows."""
    if path == "pk":
        return True
    for name in path.split("__"):
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        if not isinstance(field, Field) or field.null:
            return False
        if isinstance(field, ForeignKey):
            model = field.remote_field.model
    return True


def _name(row: Model) -> str:
    """What names a row in an address: its value and its identity."""
    value = getattr(row, KEY)
    written = value.isoformat() if isinstance(value, date) else value
    text = json.dumps([None if value is None else str(written), str(row.pk)])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _place(keyed: QuerySet[Any], name: str) -> Place | None:
    """Value and identity from the name of a row; None for a name that means nothing."""
    if name in ("", END):
        return None
    try:
        packed = base64.urlsafe_b64decode(name + "=" * (-len(name) % 4))
        value, identity = json.loads(packed)
        output = keyed.query.annotations[KEY].output_field
        if not (_is_name(identity) and (value is None or _is_name(value))):
            return None
        return (
            None if value is None else output.to_python(value),
            keyed.model._meta.pk.to_python(identity),
        )
    except (binascii.Error, ValueError, TypeError, ValidationError):
        return None


def _is_name(part: object) -> bool:
    """Whether a part could have been written by `_name`: text that the database can hold."""
    return isinstance(part, str) and "\0" not in part


def sorted_by(rows: QuerySet[R], order: Order) -> QuerySet[R]:
    """All rows in the order in which their pages show them."""
    keyed = rows.annotate(**{KEY: F(order.path)})
    is_known = _is_known(rows.model, order.path)
    ordered: QuerySet[R] = keyed.order_by(*_ordering(order, backwards=False, is_known=is_known))
    return ordered
