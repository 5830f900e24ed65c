"""The organisation tree: units, what is said of them, and what the office changes."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils.timezone import localdate
from ninja import Query
from pydantic import Field, Strict
from pydantic.json_schema import SkipJsonSchema

from wenming.api.finding import narrowed, one, one_or_none, seen
from wenming.api.operations import Deed, Room
from wenming.api.paging import PageAsked, page
from wenming.api.shapes import (
    Day,
    Given,
    Identity,
    Line,
    Name,
    Named,
    Page,
    Reason,
    Shown,
    WordsShown,
)
from wenming.base.access import city_of, person
from wenming.base.models import Group, ProvisionKind, Unit, UnitKind
from wenming.base.queries.units import listed_units
from wenming.base.services import organisation
from wenming.base.views.organisation import UnitFilter
from wenming.core.permissions import Capability

VIEW, EDIT = Capability.VIEW_ORGANISATION, Capability.EDIT_ORGANISATION
room = Room(tags=["Organisation 组织架构"])
Kind = Annotated[UnitKind, Strict(False)]


class UnitShown(Shown):
    """A unit of the organisation tree."""

    id: UUID
    name: WordsShown
    kind: UnitKind
    parent: Named | None
    group: Named | None
    is_active: bool

    @classmethod
    def of(cls, unit: Unit) -> "UnitShown":
        """From its row."""
        return cls(**_columns(unit))


class AliasShown(Shown):
    """Another name of a unit."""

    id: UUID
    name: str
    valid_from: date | None
    valid_until: date | None


class ProvisionShown(Shown):
    """Whether a unit's body, people or funds are in place; null as long as nobody has said."""

    kind: ProvisionKind
    in_place: bool | None
    note: str
    as_of: date | None


class LiaisonShown(Shown):
    """Who speaks for a unit."""

    id: UUID
    name: str
    post_title: str
    phone: str
    email: str


class UnitWhole(UnitShown):
    """A unit with all that is said of it."""

    names: list[AliasShown]
    provisions: list[ProvisionShown]
    liaison_persons: list[LiaisonShown]
    below: list[Named]


class UnitsAsked(PageAsked):
    """Which units to list."""

    text: str = Field(
        "", max_length=100, pattern=r"^[^\x00]*$", description="Name, former name, pinyin initials"
    )
    kind: UnitKind | SkipJsonSchema[None] = None
    group: UUID | SkipJsonSchema[None] = None
    state: Literal["active", "dissolved"] | SkipJsonSchema[None] = None


class UnitGiven(Given):
    """What is said of a unit."""

    name: Name
    name_en: Line = ""
    kind: Kind = UnitKind.UNIT
    group: Identity | None = None


class NewUnitGiven(UnitGiven):
    """A unit and its place in the tree."""

    parent: Identity | None = Field(None, description="Null for the top")


class MoveGiven(Given):
    """The unit below which another one is put."""

    parent: Identity | None = Field(description="Null for the top")


class DissolveGiven(Given):
    """Why a unit is dissolved."""

    reason: Reason


class MergeGiven(Given):
    """Into which unit another one is merged, and from when on it is no more."""

    into: Identity
    day: Day


@room.deed(
    Deed(
        "GET",
        "/units",
        VIEW,
        "单位列表，可按名称（含曾用名、拼音首字母）、类型、工作组筛选。",
        Page[UnitShown],
    )
)
def list_units(request: HttpRequest, asked: Query[UnitsAsked]) -> Page[UnitShown]:
    """Units by name; the filters are those of the page."""
    rows = listed_units(seen(request, Unit), day=localdate()).select_related("parent", "group")
    return page(narrowed(request, UnitFilter, rows, asked), asked, UnitShown.of, order="pinyin")


@room.deed(
    Deed("GET", "/units/{uuid:pk}", VIEW, "单位详情：别名、三落实、联络员、下级单位。", UnitWhole)
)
def show_unit(request: HttpRequest, pk: UUID) -> UnitWhole:
    """A unit with its names, what is in place, who speaks for it, and the units below."""
    return _whole(request, _found(request, pk))


@room.deed(Deed("POST", "/units", EDIT, "设立单位。", UnitWhole, 201))
def make_unit(request: HttpRequest, given: NewUnitGiven) -> UnitWhole:
    """Set up a unit in its place in the tree."""
    parent = one_or_none(seen(request, Unit), given.parent)
    made = organisation.make_unit(
        city_of(request), _details(request, given), parent=parent, by=person(request)
    )
    return _whole(request, made)


@room.deed(
    Deed("PUT", "/units/{uuid:pk}", EDIT, "变更单位资料；改名后原名保留为曾用名。", UnitWhole)
)
def change_unit(request: HttpRequest, pk: UUID, given: UnitGiven) -> UnitWhole:
    """Change what is said of a unit; a new name holds from today, the old one stays an alias."""
    details, today = _details(request, given), localdate()
    changed = organisation.change_unit(_found(request, pk), details, by=person(request), day=today)
    return _whole(request, changed)


@room.deed(Deed("POST", "/units/{uuid:pk}/move", EDIT, "调整隶属关系，连同下级单位。", UnitWhole))
def move_unit(request: HttpRequest, pk: UUID, given: MoveGiven) -> UnitWhole:
    """Put a unit with all below it under another one."""
    unit, parent = _found(request, pk), one_or_none(seen(request, Unit), given.parent)
    return _whole(request, organisation.move_unit(unit, parent, by=person(request)))


@room.deed(Deed("POST", "/units/{uuid:pk}/dissolve", EDIT, "撤销单位；已有记录保留。", UnitWhole))
def dissolve_unit(request: HttpRequest, pk: UUID, given: DissolveGiven) -> UnitWhole:
    """Dissolve a unit; what it did stays."""
    unit = _found(request, pk)
    gone = organisation.dissolve_unit(unit, by=person(request), reason=given.reason)
    return _whole(request, gone)


@room.deed(Deed("POST", "/units/{uuid:pk}/reactivate", EDIT, "恢复已撤销的单位。", UnitWhole))
def reactivate_unit(request: HttpRequest, pk: UUID) -> UnitWhole:
    """Bring a dissolved unit back."""
    unit = _found(request, pk)
    return _whole(request, organisation.reactivate_unit(unit, by=person(request)))


@room.deed(
    Deed("POST", "/units/{uuid:pk}/merge", EDIT, "并入另一单位；返回保留的单位。", UnitWhole)
)
def merge_unit(request: HttpRequest, pk: UUID, given: MergeGiven) -> UnitWhole:
    """Merge a unit into another one; the answer is the unit that remains."""
    unit, into = _found(request, pk), one(seen(request, Unit), given.into)
    stays = organisation.merge_units(unit, into, by=person(request), day=given.day)
    return _whole(request, stays)


def found_unit(request: HttpRequest, pk: UUID) -> Unit:
    """A unit that the caller sees, or 404."""
    return one(seen(request, Unit).select_related("group", "parent", "city"), pk)


_found = found_unit


def _details(request: HttpRequest, given: UnitGiven) -> organisation.UnitDetails:
    group = one_or_none(seen(request, Group), given.group)
    return organisation.UnitDetails(
        name=given.name.strip(), kind=given.kind, group=group, name_en=given.name_en.strip()
    )


def _columns(unit: Unit) -> dict[str, Any]:
    return {
        "id": unit.pk,
        "name": WordsShown.of(unit.title),
        "kind": UnitKind(unit.kind),
        "parent": Named.of(unit.parent),
        "group": Named.of(unit.group),
        "is_active": unit.is_active,
    }


def whole_unit(request: HttpRequest, unit: Unit) -> UnitWhole:
    """A unit with all that is said of it, as the caller may see it."""
    below = seen(request, Unit).filter(parent=unit).order_by("pinyin")
    return UnitWhole(
        **_columns(unit),
        names=[
            AliasShown(
                id=each.pk,
                name=each.name,
                valid_from=each.valid_from,
                valid_until=each.valid_until,
            )
            for each in unit.names.order_by("pinyin", "pk")
        ],
        provisions=[
            ProvisionShown(
                kind=ProvisionKind(each.kind),
                in_place=each.in_place,
                note=each.note,
                as_of=each.as_of,
            )
            for each in unit.provisions.order_by("kind")
        ],
        liaison_persons=[
            LiaisonShown(
                id=each.pk,
                name=each.name,
                post_title=each.post_title,
                phone=each.phone,
                email=each.email,
            )
            for each in unit.liaison_persons.order_by("name", "pk")
        ],
        below=[Named(id=each.pk, name=each.name) for each in below],
    )


_whole = whole_unit
