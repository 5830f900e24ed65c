"""From a request and the rows that a person may see to the page of a list."""

import uuid
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers

from wenming.base.access import city_of, person
from wenming.base.models import SavedView
from wenming.base.queries.desk import views_of
from wenming.base.tables.addresses import Choice, choice_of
from wenming.base.tables.declaring import Table
from wenming.base.tables.exporting import exported
from wenming.base.tables.listed import Listed
from wenming.base.tables.listing import Listing
from wenming.base.tables.paging import Page, page_of, sorted_by

R = TypeVar("R", bound=Model)
Rows = QuerySet[Any] | Listed[Any]
FORMS = ("csv", "xlsx")
WITHOUT_VIEW = "none"


def list_page(
    request: HttpRequest,
    table: Table,
    rows: Rows,
    *,
    template: str = "base/list.html",
    **context: object,
) -> HttpResponseBase:
    """The page of a list (列表页): whole, as the part that htmx asks for, or as a file.

    Args:
        rows: everything that the person may see of it, in any order; of what is no row of a
            table, put together as `Listed`.
        template: includes `base/table.html`; of its own for a list with more around it.
    """
    form = table.filters(request.GET, user=person(request), city=city_of(request))
    choice = choice_of(request, table, form)
    if request.GET.get("form") in FORMS:
        return _file(request, choice, form.narrow(rows), whole=rows)
    views = views_of(person(request), city_of(request), table.key)
    wished = _wished_view(request, views)
    if wished is not None:
        return redirect(f"{request.path}?{wished.query}")
    narrowed = form.narrow(rows)
    listing = Listing(
        table=table,
        form=form,
        choice=choice,
        page=_page(narrowed, choice, size=table.size),
        total=narrowed.count(),
        views=views,
        actions=[each for each in table.actions if _holds(request, each.capability)],
        empty=table.empty,
    )
    return _drawn(request, listing, template, context)


def chosen_rows(request: HttpRequest, rows: QuerySet[R]) -> QuerySet[R]:
    """Those of `rows` whose boxes were ticked; what is not among them is passed over."""
    return rows.filter(pk__in=ticked(request.POST))


def ticked(given: QueryDict) -> list[uuid.UUID]:
    """The identities of ticked rows in what was sent; what is none is passed over."""
    identities = []
    for written in given.getlist("rows"):
        try:
            identities.append(uuid.UUID(written))
        except ValueError:
            continue
    return identities


def _drawn(
    request: HttpRequest, listing: Listing, template: str, context: dict[str, object]
) -> HttpResponseBase:
    is_part = request.headers.get("HX-Target") == f"list-{listing.key}"
    chosen = "base/parts/list.html" if is_part else template
    empty = listing.empty
    offers_start = (
        empty is not None
        and bool(empty.view)
        and (empty.capability is None or _holds(request, empty.capability))
    )
    response = render(
        request, chosen, {**context, "listing": listing, "offers_start": offers_start}
    )
    patch_vary_headers(response, ["HX-Target"])
    if is_part:
        response.headers["HX-Push-Url"] = listing.choice.address(
            after=listing.choice.page.after, before=listing.choice.page.before
        )
    return response


def _page(rows: Rows, choice: Choice, *, size: int) -> Page[Any]:
    if isinstance(rows, Listed):
        return rows.page(choice.order, choice.page, size=size)
    return page_of(rows, choice.order, choice.page, size=size)


def _file(request: HttpRequest, choice: Choice, narrowed: Rows, *, whole: Rows) -> HttpResponseBase:
    is_whole = request.GET.get("all") == "1"
    table = choice.table
    columns = [each for each in table.columns if is_whole or each.key in choice.columns]
    wanted = whole if is_whole else narrowed
    if isinstance(wanted, Listed):
        rows: Rows = wanted.sorted_by(choice.order)
    else:
        rows = sorted_by(wanted, choice.order)
    return exported(table, columns, rows, form=request.GET["form"])


def _wished_view(request: HttpRequest, views: list[SavedView]) -> SavedView | None:
    """The view that the address names, or the usual one of the person where it says nothing."""
    wished = request.GET.get("view", "")
    if wished:
        return next((view for view in views if str(view.pk) == wished), None)
    if request.GET:
        return None
    own = [view for view in views if view.is_default and view.user_id == person(request).pk]
    return own[0] if own else None


def _holds(request: HttpRequest, capability: Any) -> bool:
    return capability in person(request).capabilities(city_of(request))
