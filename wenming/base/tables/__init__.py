"""Lists: filtered, sorted, paged by key, kept as views, written as files; all in the address."""

from wenming.base.tables.columns import Column
from wenming.base.tables.declaring import Action, Empty, Paper, Table
from wenming.base.tables.filters import TableFilter
from wenming.base.tables.listed import Listed
from wenming.base.tables.listing import Listing
from wenming.base.tables.pages import chosen_rows, list_page, ticked
from wenming.base.tables.paging import Asked, Order, page_of

__all__ = [
    "Action",
    "Asked",
    "Column",
    "Empty",
    "Listed",
    "Listing",
    "Order",
    "Paper",
    "Table",
    "TableFilter",
    "chosen_rows",
    "list_page",
    "page_of",
    "ticked",
]
