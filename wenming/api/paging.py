"""Lists page by page, by key: rows that come or go meanwhile are not shown twice nor left out."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from pydantic import BaseModel, Field

from wenming.api.refusals import PageGone
from wenming.api.shapes import Asked, Page
from wenming.base.tables import paging

R = TypeVar("R", bound=BaseModel)
M = TypeVar("M", bound=Model)


class PageAsked(Asked):
    """Which page of a list, and how large."""

    after: str = Field(
        "", max_length=2000, pattern=r"^[A-Za-z0-9_-]*$", description="`next` of the page before"
    )
    size: int = Field(50, ge=1, le=200, description="Most rows of a page")


def page(
    rows: QuerySet[M],
    asked: PageAsked,
    show: Callable[[M], R],
    *,
    order: str = "pk",
    descending: bool = False,
) -> Page[Any]:
    """A page of rows as they are shown (接口分页).

    Raises:
        PageGone: `after` names no row of the list.
    """
    wanted = paging.Asked(after=asked.after)
    found = paging.page_of(rows, paging.Order(order, descending), wanted, size=asked.size)
    if asked.after and not found.has_before:
        raise PageGone
    shown = [show(row) for row in found.rows]
    next_page = found.last if found.has_after else None
    return Page[Any](rows=shown, total=rows.count(), next=next_page)
