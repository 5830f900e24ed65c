"""The city's register of sites: list, one site, its changes, and workbooks of sites."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query
from ninja.files import UploadedFile
from pydantic import Field

from wenming.api.finding import narrowed, one, one_or_none, seen
from wenming.api.operations import Deed, Room
from wenming.api.paging import PageAsked, page
from wenming.api.refusals import said_of
from wenming.api.shapes import Day, Given, Identity, Line, Mistake, Name, Page, Shown
from wenming.base.access import city_of, person
from wenming.base.models import Import, Unit
from wenming.base.services.attachments import bring_in
from wenming.core.permissions import Capability
from wenming.files.datum import Datum, locate
from wenming.rounds.models import RegisteredSite, RegisterQuerySet
from wenming.rounds.queries.collections import checklists_in_force, titles_in
from wenming.rounds.services import register_imports
from wenming.rounds.services import sites as services
from wenming.rounds.tables.register import filter_of

VIEW, EDIT = Capability.VIEW_EVIDENCE, Capability.EDIT_REGISTER
ONE, BROUGHT = "/register/{uuid:pk}", "/register-imports/{uuid:pk}"
MOST_SHOWN = 500
room = Room(tags=["Register of sites 点位库"])

Size = Annotated[str, Field(pattern=r"^[0-9]{1,12}(\.[0-9]{1,6})?$")]
SAME = ("key", "title", "site_type", "more_types", "address", "county", "street", "keeper",
        "keeper_phone", "note")  # fmt: skip


class SitePlaceShown(Shown):
    """Where a site is, as it was given and in WGS-84, in degrees."""

    datum: Datum = Field(description="What the given numbers refer to")
    given_longitude: float
    given_latitude: float
    longitude: float
    latitude: float


class RegisteredSiteShown(Shown):
    """A site of the register."""

    id: UUID
    key: str = Field(description="Number of the site, unique in the city")
    title: str
    site_type: str
    more_types: list[str]
    address: str
    county: str
    street: str
    unit: UUID | None
    unit_name: str
    keeper: str
    keeper_phone: str
    size: str | None = Field(description="What a draw by size goes by, with every digit")
    note: str
    place: SitePlaceShown | None
    retired_on: date | None = Field(description="First day on which it is no site any more")
    changed_at: datetime

    @classmethod
    def of(cls, site: RegisteredSite) -> "RegisteredSiteShown":
        """From its row."""
        columns: dict[str, Any] = {name: getattr(site, name) for name in SAME}
        place = site.place
        return cls(
            id=site.pk,
            unit=site.unit_id,
            unit_name=site.unit_name,
            size=None if site.size is None else f"{site.size:f}",
            place=SitePlaceShown(
                datum=place.datum,
                given_longitude=place.given_longitude,
                given_latitude=place.given_latitude,
                longitude=place.longitude,
                latitude=place.latitude,
            )
            if place
            else None,
            retired_on=site.retired_on,
            changed_at=site.changed_at,
            **columns,
        )


class RegisterAsked(PageAsked):
    """Which sites of the register; a filter takes only what the sites of the caller have."""

    text: str | None = Field(None, max_length=60, description="Part of name, number, address, unit")
    site_type: str | None = Field(None, max_length=100)
    county: str | None = Field(None, max_length=100)
    street: str | None = Field(None, max_length=100)
    unit: UUID | None = None
    placed: str | None = Field(None, pattern="^(yes|no)$", description="`yes` or `no`")
    use: str | None = Field(None, pattern="^(now|gone)$", description="`now` or `gone`")


class SitePlaceGiven(Given):
    """Where a site is."""

    datum: Datum = Field(strict=False)
    longitude: float = Field(ge=-180, le=180, strict=False)
    latitude: float = Field(ge=-90, le=90, strict=False)


class SiteGiven(Given):
    """Everything that the register says of a site; what is left out is blank."""

    key: Annotated[Name, Field(max_length=40)]
    title: Name
    site_type: Name = Field(description="One of the checklists in force; else 404")
    more_types: list[Name] = Field(default_factory=list, max_length=50)
    address: Annotated[Line, Field(max_length=200)] = ""
    county: Annotated[Line, Field(max_length=100)] = ""
    street: Annotated[Line, Field(max_length=100)] = ""
    unit: Identity | None = None
    keeper: Annotated[Line, Field(max_length=50)] = ""
    keeper_phone: Annotated[Line, Field(max_length=40)] = ""
    size: Size | None = Field(None, description="Above 0; blank for unknown")
    note: Line = ""
    place: SitePlaceGiven | None = None

    def details(self, request: HttpRequest) -> services.SiteDetails:
        """What was said, as the service takes it; 404 for a type or unit that is not there."""
        types = titles_in(checklists_in_force(city_of(request)))
        if not {self.site_type, *self.more_types} <= types.keys():
            raise Http404
        units = seen(request, Unit).filter(is_active=True)
        same = {name: getattr(self, name) for name in SAME}
        where = self.place
        size = Decimal(self.size) if self.size else None
        return services.SiteDetails(
            unit=one_or_none(units, self.unit),
            size=size or None,
            place=locate(where.longitude, where.latitude, where.datum) if where else None,
            **same,
        )


class RetiredGiven(Given):
    """From when on a site is no site any more."""

    day: Day


class SiteChangeShown(Shown):
    """One difference between a workbook and the register."""

    key: str
    title: str
    what: str = Field(description="Heading of the column; blank for a new site")
    before: str
    after: str


class RegisterImportShown(Shown):
    """A workbook of sites, and what it would do to the register as both stand now."""

    id: UUID
    file: str
    is_taken: bool
    mistakes: int
    problems: list[Mistake] = Field(description="With their cells; none when it can be taken over")
    sites: int = Field(description="How many sites it would make or change")
    changes: list[SiteChangeShown] = Field(description="The first 500")


@room.deed(Deed("GET", "/register", VIEW, "点位库。", Page[RegisteredSiteShown]))
def list_registered_sites(
    request: HttpRequest, asked: Query[RegisterAsked]
) -> Page[RegisteredSiteShown]:
    """The sites of the register that the caller sees, by name."""
    rows = seen_register(request)
    titles = titles_in(checklists_in_force(city_of(request)))
    found = narrowed(request, filter_of(rows, titles), rows, asked)
    return page(found, asked, RegisteredSiteShown.of, order="pinyin")


@room.deed(Deed("GET", ONE, VIEW, "一处点位。", RegisteredSiteShown))
def show_registered_site(request: HttpRequest, pk: UUID) -> RegisteredSiteShown:
    """One site of the register."""
    return RegisteredSiteShown.of(one(seen_register(request), pk))


@room.deed(Deed("POST", "/register", EDIT, "点位入库。", RegisteredSiteShown, 201))
def add_registered_site(request: HttpRequest, given: SiteGiven) -> RegisteredSiteShown:
    """Take a site into the register; 409 where the number is in use."""
    city, by = city_of(request), person(request)
    return RegisteredSiteShown.of(services.make_site(city, given.details(request), by=by))


@room.deed(Deed("PUT", ONE, EDIT, "修改点位。", RegisteredSiteShown))
def change_registered_site(request: HttpRequest, pk: UUID, given: SiteGiven) -> RegisteredSiteShown:
    """Say anew what the register says of a site; rounds that looked at it stay."""
    site = one(seen_register(request), pk)
    done = services.change_site(site, given.details(request), by=person(request))
    return RegisteredSiteShown.of(done)


@room.deed(Deed("POST", ONE + "/retire", EDIT, "停用点位。", RegisteredSiteShown))
def retire_registered_site(
    request: HttpRequest, pk: UUID, given: RetiredGiven
) -> RegisteredSiteShown:
    """Take a site out of the register from a day on; what was seen there stays."""
    site = one(seen_register(request), pk)
    return RegisteredSiteShown.of(services.retire_site(site, day=given.day, by=person(request)))


@room.deed(Deed("POST", ONE + "/restore", EDIT, "恢复点位。", RegisteredSiteShown))
def restore_registered_site(request: HttpRequest, pk: UUID) -> RegisteredSiteShown:
    """Take a site back into the register."""
    site = one(seen_register(request), pk)
    return RegisteredSiteShown.of(services.restore_site(site, by=person(request)))


@room.deed(
    Deed("POST", "/register-imports", EDIT, "导入点位表，返回全部错误。", RegisterImportShown, 201)
)
def bring_register(request: HttpRequest, file: UploadedFile) -> RegisterImportShown:
    """Bring in a workbook of sites; kept with every mistake it has; nothing is changed yet."""
    city, by = city_of(request), person(request)
    kept = bring_in(file, city=city, by=by, opened_by=EDIT)
    return _shown(register_imports.bring_register(kept, city=city, by=by))


@room.deed(Deed("GET", BROUGHT, EDIT, "点位表的错误和变动。", RegisterImportShown))
def show_register_import(request: HttpRequest, pk: UUID) -> RegisterImportShown:
    """A workbook with its mistakes, or with what it would change."""
    return _shown(_found(request, pk))


@room.deed(Deed("POST", BROUGHT + "/accept", EDIT, "采用无错误的点位表。", RegisterImportShown))
def accept_register_import(request: HttpRequest, pk: UUID) -> RegisterImportShown:
    """Take a workbook without mistakes over: all of it or nothing."""
    register_imports.take_over_register(_found(request, pk), by=person(request))
    return _shown(_found(request, pk))


def seen_register(request: HttpRequest) -> RegisterQuerySet:
    """The sites of the register that the caller sees."""
    rows: RegisterQuerySet = RegisteredSite.objects.visible_to(person(request))
    return rows.for_city(city_of(request)).select_related("city")


def _found(request: HttpRequest, pk: UUID) -> Import:
    rows = seen(request, Import).filter(kind=register_imports.KIND)
    return one(rows.select_related("attachment__file", "city"), pk)


def _shown(kept: Import) -> RegisterImportShown:
    checked = register_imports.checked_register(kept)
    return RegisterImportShown(
        id=kept.pk,
        file=kept.attachment.name,
        is_taken=bool(kept.subject),
        mistakes=len(checked.problems),
        problems=[Mistake(**said_of(each)) for each in checked.problems[:MOST_SHOWN]],
        sites=len(checked.sites),
        changes=[
            SiteChangeShown(
                key=each.key,
                title=each.title,
                what=each.what,
                before=each.before,
                after=each.after,
            )
            for each in checked.changes[:MOST_SHOWN]
        ],
    )
