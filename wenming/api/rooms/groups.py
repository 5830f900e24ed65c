"""Working groups of the city."""

from uuid import UUID

from django.http import Http404, HttpRequest
from pydantic import Field

from wenming.api.finding import one, one_or_none, seen
from wenming.api.operations import Deed, Room
from wenming.api.rooms.units import EDIT, VIEW
from wenming.api.shapes import Given, Identity, Line, Name, Shown, WordsShown
from wenming.base.access import city_of, person
from wenming.base.models import Group, Unit
from wenming.base.services import groups
from wenming.core.terms import Words

room = Room(tags=["Organisation 组织架构"])


class GroupShown(Shown):
    """A working group."""

    id: UUID
    key: str
    title: WordsShown
    aliases: list[str]

    @classmethod
    def of(cls, group: Group) -> "GroupShown":
        """From its row."""
        title = WordsShown.of(group.title)
        return cls(id=group.pk, key=group.key, title=title, aliases=group.aliases)


class GroupsShown(Shown):
    """The working groups in their order."""

    rows: list[GroupShown]


class GroupGiven(Given):
    """The names of a working group."""

    title: Name
    title_en: Line = ""
    aliases: list[Name] = Field(default_factory=list, max_length=20)


class NewGroupGiven(GroupGiven):
    """A working group with its key, which never changes."""

    key: Name


class OrderGiven(Given):
    """The working groups in their new order."""

    order: list[Identity] = Field(min_length=1, max_length=200)


class IntoGroupGiven(Given):
    """Which units belong to which working group."""

    units: list[Identity] = Field(min_length=1, max_length=500)
    group: Identity | None = Field(description="Null takes them out of theirs")


class MovedShown(Shown):
    """What was done."""

    moved: int = Field(description="Units that belonged elsewhere before")


@room.deed(Deed("GET", "/groups", VIEW, "工作组列表。", GroupsShown))
def list_groups(request: HttpRequest) -> GroupsShown:
    """The working groups in their order."""
    rows = seen(request, Group).order_by("position", "key")
    return GroupsShown(rows=[GroupShown.of(each) for each in rows])


@room.deed(Deed("POST", "/groups", EDIT, "设立工作组。", GroupShown, 201))
def make_group(request: HttpRequest, given: NewGroupGiven) -> GroupShown:
    """Set up a working group behind the others."""
    made = groups.make_group(
        city_of(request),
        given.key.strip(),
        title=Words(given.title.strip(), given.title_en.strip()),
        aliases=given.aliases,
        by=person(request),
    )
    return GroupShown.of(made)


@room.deed(Deed("PUT", "/groups/{uuid:pk}", EDIT, "变更工作组名称。", GroupShown))
def change_group(request: HttpRequest, pk: UUID, given: GroupGiven) -> GroupShown:
    """Change the names of a working group."""
    changed = groups.change_group(
        one(seen(request, Group), pk),
        title=Words(given.title.strip(), given.title_en.strip()),
        aliases=given.aliases,
        by=person(request),
    )
    return GroupShown.of(changed)


@room.deed(Deed("DELETE", "/groups/{uuid:pk}", EDIT, "撤销没有单位和岗位的工作组。", None, 204))
def remove_group(request: HttpRequest, pk: UUID) -> None:
    """Remove a working group to which nothing belongs any more."""
    groups.remove_group(one(seen(request, Group), pk), by=person(request))


@room.deed(Deed("POST", "/groups/order", EDIT, "工作组排序。", GroupsShown))
def order_groups(request: HttpRequest, given: OrderGiven) -> GroupsShown:
    """Put the working groups in order; those that are not named follow in their old order."""
    named = [one(seen(request, Group), each).pk for each in dict.fromkeys(given.order)]
    groups.order_groups(city_of(request), named, by=person(request))
    return list_groups(request)


@room.deed(Deed("POST", "/units/group", EDIT, "单位划入工作组。", MovedShown))
def group_units(request: HttpRequest, given: IntoGroupGiven) -> MovedShown:
    """Have units belong to a working group, several at once, or to none."""
    group = one_or_none(seen(request, Group), given.group)
    wanted = set(given.units)
    units = list(seen(request, Unit).select_related("city").filter(pk__in=wanted))
    if len(units) < len(wanted):
        raise Http404
    city, by = city_of(request), person(request)
    return MovedShown(moved=groups.put_into_group(units, group, city=city, by=by))
