"""What a list is: its columns, filters, order, actions, and what it says when it is empty."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from wenming.base.tables.columns import Column
from wenming.base.tables.filters import TableFilter
from wenming.core.permissions import Capability

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done with several rows at once (批量操作).

    Attributes:
        view: name of the view that takes `rows` by POST.
        capability: who holds it in the city at hand is offered the action.
        question: asked before it is done; "" when it can be undone easily.
    """

    key: str
    title: Text
    view: str
    capability: Capability
    question: Text = ""


@dataclass(frozen=True, slots=True)
class Empty:
    """What a list says as long as it has no row at all, and the button that begins it.

    Attributes:
        view, button: where it begins; "" when nothing can be begun here.
        capability: who holds it is shown the button.
    """

    title: Text
    advice: Text
    view: str = ""
    button: Text = ""
    capability: Capability | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """Something else that can be made of the rows that fit the filters (另存为).

    Attributes:
        view: name of the view that takes the filters of the list in its address.
    """

    title: Text
    view: str


@dataclass(frozen=True, slots=True)
class Table:
    """A list of rows of one kind (列表).

    Attributes:
        key: names saved views, files and the fragment; letters and hyphens.
        columns: the first one is the head of the row and carries its link.
        sort: key of a column, with a minus in front for the largest first; "" for the identity.
        address: the page of a row; None when it has none.
        opens_in_drawer: the link shows the page in a drawer first.
        papers: what stands below the files under "Export".
        size: rows of a page.
    """

    key: str
    title: Text
    columns: tuple[Column, ...]
    sort: str = ""
    filters: type[TableFilter] = TableFilter
    address: Callable[[Any], str] | None = None
    opens_in_drawer: bool = False
    actions: tuple[Action, ...] = ()
    empty: Empty | None = None
    papers: tuple[Paper, ...] = ()
    size: int = 50

    def column(self, key: str) -> Column | None:
        """A column by its key."""
        return next((column for column in self.columns if column.key == key), None)

    @property
    def usual(self) -> list[str]:
        """Keys of the columns that are shown unless others are chosen."""
        return [column.key for column in self.columns if not column.is_optional]
