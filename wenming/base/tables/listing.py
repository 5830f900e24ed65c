"""A list as a page shows it: heads, rows, ways to go on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from wenming.base.models import SavedView
from wenming.base.tables.addresses import Choice
from wenming.base.tables.columns import Column
from wenming.base.tables.declaring import Action, Empty, Table, Text
from wenming.base.tables.filters import TableFilter
from wenming.base.tables.paging import END, Page


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of a column.

    Attributes:
        address: sorts by it, or the other way round; "" when it does not sort.
        sorted: `ascending`, `descending`, or "" when the list is sorted by another.
    """

    column: Column
    address: str
    sorted: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: text, or a part that draws it."""

    column: Column
    text: str

    @property
    def template(self) -> str:
        """The part that draws it; "" for none."""
        return self.column.template


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as the page shows it.

    Attributes:
        row: the row itself, for cells that draw themselves.
        address: its page; "" for none.
    """

    row: object
    address: str
    head: Cell
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything that `base/table.html` draws (列表).

    Attributes:
        total: rows that fit the filters.
        views: kept ways to look at this list, the person's own and shared ones.
        actions: those that the person is offered.
        empty: what to say when there is no row; None for the usual sentence.
    """

    table: Table
    form: TableFilter
    choice: Choice
    page: Page[Any]
    total: int
    views: Sequence[SavedView]
    actions: Sequence[Action] = field(default_factory=list)
    empty: Empty | None = None

    @property
    def key(self) -> str:
        """The key of the list."""
        return self.table.key

    @property
    def title(self) -> Text:
        """What the list is called."""
        return self.table.title

    @property
    def is_filtered(self) -> bool:
        """Whether anything was chosen in the filters."""
        return bool(self.choice.filters)

    @property
    def columns(self) -> Sequence[Column]:
        """The columns that are shown."""
        return [column for column in self.table.columns if column.key in self.choice.columns]

    @property
    def heads(self) -> Iterator[Head]:
        """The headings."""
        for column in self.columns:
            yield self._head(column)

    @property
    def rows(self) -> Iterator[ShownRow]:
        """The rows of the page."""
        columns = self.columns
        for row in self.page.rows:
            first = Cell(columns[0], columns[0].printed(row))  # names the box of the row, too
            others = [
                Cell(column, "" if column.template else column.printed(row))
                for column in columns[1:]
            ]
            address = self.table.address(row) if self.table.address else ""
            yield ShownRow(row, address, first, others)

    @property
    def width(self) -> int:
        """How many columns there are, with that of the checkboxes."""
        return len(self.columns) + bool(self.actions)

    @property
    def first_page(self) -> str:
        """The address of the first page; "" when this is it."""
        return self.choice.address() if self.page.has_before else ""

    @property
    def page_before(self) -> str:
        """The address of the page before; "" when there is none."""
        return self.choice.address(before=self.page.first) if self.page.has_before else ""

    @property
    def page_after(self) -> str:
        """The address of the page after; "" when there is none."""
        return self.choice.address(after=self.page.last) if self.page.has_after else ""

    @property
    def last_page(self) -> str:
        """The address of the last page; "" when this is it."""
        return self.choice.address(before=END) if self.page.has_after else ""

    @property
    def unfiltered(self) -> str:
        """The address without any filter, and without the view that one may have made usual."""
        return f"{self.choice.path}?view=none"

    @property
    def files(self) -> Sequence[tuple[str, str]]:
        """Form and address of what is seen as a file."""
        return [(form, self.choice.address(form=form)) for form in ("xlsx", "csv")]

    @property
    def whole_files(self) -> Sequence[tuple[str, str]]:
        """Form and address of everything as a file."""
        return [(form, f"{self.choice.path}?form={form}&all=1") for form in ("xlsx", "csv")]

    @property
    def papers(self) -> Sequence[tuple[Text, str]]:
        """Title and address of what else is made of the rows that fit."""
        query = self.choice.query
        return [
            (each.title, f"{reverse(each.view)}?{query}" if query else reverse(each.view))
            for each in self.table.papers
        ]

    def _head(self, column: Column) -> Head:
        if not column.sort:
            return Head(column, "", "")
        is_current = self.choice.sort.lstrip("-") == column.key
        is_descending = self.choice.sort.startswith("-")
        if is_current:
            wished = column.key if is_descending else f"-{column.key}"
            return Head(
                column,
                self.choice.address(sort=wished),
                "descending" if is_descending else "ascending",
            )
        wished = f"-{column.key}" if column.starts_largest else column.key
        return Head(column, self.choice.address(sort=wished), "")
