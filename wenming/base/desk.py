"""What stands around every page: navigation by right, the city, the inbox, the way to help.

`wenming.config` holds the tables; here they are only read, so that nothing below knows what
stands above it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from wenming.base.appearance import size_of, theme_of
from wenming.base.models import City, InboxEntry, Post, User
from wenming.core.permissions import Capability, PostKind

Text = str | Promise
IN_BAR = 4
"""Entries of the bar at the foot of a phone, beside “more”."""

DRAWER = "drawer"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the navigation (导航项).

    Attributes:
        name: of the view that it leads to.
        capability: who holds it in the city at hand is shown the entry.
        short: title on a phone.
        section: heading under which it stands; "" for above all headings.
        count: how much waits there; at most one cheap query.
        keeps: arguments of the address that are taken from the page at hand.
        otherwise: view and arguments where the page at hand has no such arguments.
        rooms: names of views, by their beginning, on which the entry is the current one.
    """

    name: str
    capability: Capability
    title: Text
    short: Text = ""
    section: Text = ""
    count: Callable[["Desk"], int] | None = None
    keeps: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as a page shows it, with its address."""

    address: str
    title: Text
    short: Text
    section: Text
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class Section:
    """Entries under one heading."""

    title: Text
    links: Sequence[Link] = field(default_factory=list)


class Desk:
    """The desk of one person in one city (工作台); asked only for what a page shows."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def user(self) -> User | None:
        """Who is logged in."""
        user = getattr(self.request, "user", None)
        return user if isinstance(user, User) else None

    @cached_property
    def city(self) -> City | None:
        """The city in which the person works now."""
        city: City | None = getattr(self.request, "city", None)
        return city

    @property
    def cities(self) -> Sequence[City]:
        """The cities between which the person can change."""
        return self.user.cities if self.user else []

    @cached_property
    def posts(self) -> Sequence[Post]:
        """The posts of the person in this city."""
        held = self.user.posts_held if self.user else []
        return [post for post in held if self.city and post.city_id == self.city.pk]

    @cached_property
    def capabilities(self) -> frozenset[Capability]:
        """What the person may do in this city."""
        return self.user.capabilities(self.city) if self.user else frozenset()

    @cached_property
    def waiting(self) -> int:
        """How much is asked of the person and still open."""
        if self.user is None or self.city is None:
            return 0
        return InboxEntry.objects.visible_to(self.user).for_city(self.city).open().count()

    @cached_property
    def links(self) -> Sequence[Link]:
        """The entries of the navigation that the person is shown, in order."""
        navigation: Sequence[Entry] = import_string(settings.DESK_NAVIGATION)
        return [self._link(entry) for entry in navigation if entry.capability in self.capabilities]

    @property
    def sections(self) -> Iterator[Section]:
        """The same under their headings."""
        for title, links in groupby(self.links, key=lambda link: str(link.section)):
            yield Section(title, list(links))

    @property
    def bar(self) -> Sequence[Link]:
        """The entries at the foot of a phone."""
        return self.links[:IN_BAR]

    @property
    def is_beyond_bar(self) -> bool:
        """Whether the current entry stands behind “more”."""
        return any(link.is_current for link in self.links[IN_BAR:])

    @cached_property
    def is_in_drawer(self) -> bool:
        """Whether the page is asked for as a part, to be shown in a drawer."""
        return self.request.headers.get("HX-Target") == DRAWER

    @property
    def frame(self) -> str:
        """The template that stands around a page: the shell, or only the drawer."""
        return "drawer.html" if self.is_in_drawer else "base.html"

    @property
    def is_without_second_factor(self) -> bool:
        """Whether this is a demonstration in which nobody is asked for a second factor."""
        return not settings.SECOND_FACTOR_NEEDED

    @property
    def other_login(self) -> str:
        """The name of the issuer by whom people may log in, too; "" for none."""
        return settings.OIDC.name if settings.OIDC else ""

    @property
    def help(self) -> str:
        """The address of the help for the page at hand."""
        pages: Mapping[str, str] = import_string(settings.DESK_HELP)
        fitting = [name for name in pages if self._view.startswith(name)]
        page = pages[max(fitting, key=len)] if fitting else ""
        return reverse("base:help", args=[page]) if page else reverse("base:help_pages")

    @property
    def start(self) -> str:
        """The address on which the person's day begins."""
        pages: Mapping[PostKind, tuple[str, ...]] = import_string(settings.DESK_START)
        kinds = {post.kind for post in self.posts}
        fitting = (page for kind, page in pages.items() if kind in kinds)
        name, *arguments = next(fitting, ("base:inbox",))
        return reverse(name, args=arguments)

    @cached_property
    def _view(self) -> str:
        match = self.request.resolver_match
        return match.view_name if match else ""

    def _link(self, entry: Entry) -> Link:
        return Link(
            address=self._address(entry),
            title=entry.title,
            short=entry.short or entry.title,
            section=entry.section,
            count=entry.count(self) if entry.count else 0,
            is_current=self._view == entry.name or self._view.startswith(entry.rooms),
        )

    def _address(self, entry: Entry) -> str:
        match = self.request.resolver_match
        given: Mapping[str, Any] = match.kwargs if match else {}
        if all(name in given for name in entry.keeps):
            return reverse(entry.name, kwargs={name: given[name] for name in entry.keeps})
        name, *arguments = entry.otherwise
        return reverse(name, args=arguments)


def desk(request: HttpRequest) -> dict[str, object]:
    """What every template is given: the desk, and how the person wants pages to look."""
    return {"desk": Desk(request), "theme": theme_of(request), "size": size_of(request)}
