"""The address of a list as its reader chose it: filters, order, columns, page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.http import urlencode

from wenming.base.tables.declaring import Table
from wenming.base.tables.filters import TableFilter
from wenming.base.tables.paging import Asked, Order

IDENTITY = "pk"
LONGEST_MARK = 2000


@dataclass(frozen=True, slots=True)
class Choice:
    """How a reader wants to see a list; everything of it stands in the address.

    Attributes:
        filters: written values by field.
        sort: key of a column, with a minus in front for descending; "" for the identity.
        columns: keys of the columns to show, in the order of the table.
    """

    path: str
    table: Table
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: str = ""
    columns: Sequence[str] = ()
    page: Asked = field(default_factory=Asked)

    @property
    def order(self) -> Order:
        """By which field or annotation to sort."""
        column = self.table.column(self.sort.lstrip("-"))
        path = column.sort if column else IDENTITY
        return Order(path or IDENTITY, self.sort.startswith("-"))

    @property
    def query(self) -> str:
        """The address behind its question mark, without the page; what is usual is left out."""
        return urlencode(self._kept, doseq=True)

    def address(self, **changes: str) -> str:
        """The address with some things changed; a blank one is left out."""
        wanted: dict[str, Sequence[str] | str] = {**self._kept, **changes}
        text = urlencode({name: value for name, value in wanted.items() if value}, doseq=True)
        return f"{self.path}?{text}" if text else self.path

    @property
    def _kept(self) -> dict[str, Sequence[str] | str]:
        kept: dict[str, Sequence[str] | str] = dict(self.filters)
        if self.sort != self.table.sort:
            kept["sort"] = self.sort
        if list(self.columns) != self.table.usual:
            kept["columns"] = ",".join(self.columns)
        return kept


def choice_of(request: HttpRequest, table: Table, filters: TableFilter) -> Choice:
    """What the address asks for; what makes no sense in it is passed over."""
    asked = request.GET
    wished = asked.get("sort", "")
    column = table.column(wished.lstrip("-"))
    sort = wished if column is not None and column.sort else table.sort
    return Choice(
        path=request.path,
        table=table,
        filters=filters.written,
        sort=sort,
        columns=_columns(table, asked.getlist("columns")),
        page=Asked(
            after=asked.get("after", "")[:LONGEST_MARK],
            before=asked.get("before", "")[:LONGEST_MARK],
        ),
    )


def _columns(table: Table, written: Sequence[str]) -> list[str]:
    """The chosen columns; the first one always, since it names the row."""
    wished = {key for part in written for key in part.split(",")}
    known = [column.key for column in table.columns]
    if not wished.intersection(known[1:]):
        return table.usual
    return [key for key in known if key in wished or key == known[0]]
