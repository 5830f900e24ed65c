"""Working groups of the city."""

from uuid import UUID

from django.http import HttpRequest
from pydantic import Field

from wenming.api.finding import one, seen
from wenming.api.operations import Deed, Room
from wenming.api.rooms.units import EDIT, VIEW
from wenming.api.shapes import Given, Line, Name, Shown, WordsShown
from wenming.base.access import city_of, person
from wenming.base.models import Group
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
