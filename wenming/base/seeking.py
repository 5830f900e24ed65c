"""Search over everything: each room says what it finds, the desk puts it side by side."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from wenming.base.models import City, User
from wenming.core.permissions import Capability


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that a search found (搜索结果).

    Attributes:
        kind: what it is, in a word; "" where the heading says it.
        where: what helps to tell it from others of the same name.
    """

    title: str
    address: str
    kind: str = ""
    where: str = ""


Finder = Callable[[User, City, str, int], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Source:
    """A room that is searched (搜索来源).

    Attributes:
        key: names it in the address.
        find: takes the person, the city, the text and how many are wanted; it starts at
            `visible_to` the person.
    """

    key: str
    title: str | Promise
    capability: Capability
    find: Finder


@dataclass(frozen=True, slots=True)
class Found:
    """What one source found.

    Attributes:
        has_more: there are more than are shown.
    """

    source: Source
    hits: Sequence[Hit]
    has_more: bool


def found_by(user: User, city: City, text: str, *, each: int, only: str = "") -> Sequence[Found]:
    """What all sources that the person may search find (全局搜索); empty ones left out.

    Args:
        each: how many of one source.
        only: key of the one source to search; "" for all.
    """
    sources: Sequence[Source] = import_string(settings.DESK_SEARCHED)
    allowed = user.capabilities(city)
    found = []
    for source in sources:
        if source.capability in allowed and only in ("", source.key):
            hits = list(source.find(user, city, text, each + 1))
            if hits:
                found.append(Found(source, hits[:each], len(hits) > each))
    return found
