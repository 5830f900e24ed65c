"""Editions of the framework: lists, content, items, comparison, and how they come into use."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query
from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from wenming.api.finding import one, one_or_none, seen
from wenming.api.operations import Deed, Room
from wenming.api.paging import PageAsked, page
from wenming.api.shapes import Given, Identity, Key, Number, Page, Shown, WordsShown
from wenming.base.access import person
from wenming.core.framework.canonical import plain
from wenming.core.lifecycle import EditionState
from wenming.core.permissions import Capability
from wenming.core.terms import Part
from wenming.framework.models import Edition, Item
from wenming.framework.queries.comparison import EditionDifference, side_by_side
from wenming.framework.queries.editions import edition_of
from wenming.framework.queries.items import item_sheet
from wenming.framework.services import drafts
from wenming.framework.views import editions as pages
from wenming.framework.views.seen_editions import found_edition, seen_editions

VIEW, EDIT = Capability.VIEW_FRAMEWORK, Capability.EDIT_FRAMEWORK
FILES = tuple(each.partition(";")[0] for each in pages.MEDIA_TYPES.values())
room = Room(tags=["Framework 测评体系"])


class EditionShown(Shown):
    """An edition of the framework."""

    id: UUID
    key: str
    title: WordsShown
    name: str = Field(description="What the city calls a draft; blank for the title")
    state: EditionState
    hash: str
    is_partial: bool
    items: int
    marks: dict[str, int] = Field(description="Limits by their source")
    put_in_use_at: datetime | None
    superseded_by: UUID | None

    @classmethod
    def of(cls, edition: Edition) -> "EditionShown":
        """From its row."""
        return cls(
            id=edition.pk,
            key=edition.key,
            title=WordsShown.of(edition.title),
            name=edition.name,
            state=EditionState(edition.state),
            hash=edition.hash,
            is_partial=edition.is_partial,
            items=edition.item_count,
            marks=edition.marks,
            put_in_use_at=edition.put_in_use_at,
            superseded_by=edition.superseded_by_id,
        )


class EditionsShown(Shown):
    """The editions of the city, those in use first."""

    rows: list[EditionShown]


class ContentShown(Shown):
    """The content of an edition: plain rows by table, as in its file."""

    id: UUID
    hash: str
    tables: dict[str, list[dict[str, str]]]


class ItemShown(Shown):
    """An item of an edition."""

    key: str
    title: WordsShown
    part: Part
    dimension: str
    indicator: str
    points: Number | None
    group: str
    methods: list[str]
    mark: str

    @classmethod
    def of(cls, item: Item) -> "ItemShown":
        """From its row."""
        return cls(
            key=item.key,
            title=WordsShown.of(item.title),
            part=Part(item.part),
            dimension=item.dimension,
            indicator=item.indicator,
            points=item.points,
            group=item.group,
            methods=item.methods,
            mark=item.mark,
        )


class ItemWhole(Shown):
    """An item with its criteria, sources, checklist lines and gates."""

    dimension: WordsShown
    indicator: WordsShown
    item: dict[str, Any]
    sources: list[str]
    lines: list[dict[str, Any]]
    gates: list[dict[str, Any]]


class ItemsAsked(PageAsked):
    """Which items to list."""

    text: str = Field("", max_length=100, pattern=r"^[^\x00]*$", description="Key, words or pinyin")
    dimension: str = Field("", max_length=100, pattern=r"^[^\x00]*$")
    part: Part | SkipJsonSchema[None] = None


class DifferenceShown(Shown):
    """One difference between two editions."""

    kind: str
    item: str
    title: WordsShown
    old: str
    new: str

    @classmethod
    def of(cls, found: EditionDifference) -> "DifferenceShown":
        """From a difference."""
        item = found.item.item
        return cls(
            kind=found.kind,
            item=item.key,
            title=WordsShown.of(item.title),
            old=found.old,
            new=found.new,
        )


class ComparisonShown(Shown):
    """All differences between two editions."""

    before: UUID
    after: UUID
    same: int = Field(description="Items that are the same in both")
    counts: dict[str, int]
    differences: list[DifferenceShown]


class UseGiven(Given):
    """The edition whose place the draft takes."""

    instead_of: Identity | None = Field(None, description="Null when both stay in use")


@room.deed(Deed("GET", "/editions", VIEW, "测评体系版本列表；草稿仅编辑者可见。", EditionsShown))
def list_editions(request: HttpRequest) -> EditionsShown:
    """The editions of the city; drafts only for whoever edits them."""
    return EditionsShown(rows=[EditionShown.of(each) for each in seen_editions(request)])


@room.deed(Deed("GET", "/editions/{uuid:pk}", VIEW, "版本概况。", EditionShown))
def show_edition(request: HttpRequest, pk: UUID) -> EditionShown:
    """One edition, without its content."""
    return EditionShown.of(one(seen_editions(request), pk))


@room.deed(Deed("GET", "/editions/{uuid:pk}/content", VIEW, "版本全部内容（按表）。", ContentShown))
def show_edition_content(request: HttpRequest, pk: UUID) -> ContentShown:
    """The content of an edition as plain rows by table; `hash` names it."""
    found = found_edition(request, pk)
    return ContentShown(id=found.pk, hash=found.hash, tables=found.content)


@room.deed(
    Deed("GET", "/editions/{uuid:pk}/file.{form}", VIEW, "导出版本文件。", "file", kinds=FILES)
)
def download_edition(request: HttpRequest, pk: UUID, form: Literal["yaml", "xlsx"]) -> HttpResponse:
    """An edition as a file that can be brought in again; `form` is yaml or xlsx."""
    return pages.edition_file(request, pk, form)


@room.deed(
    Deed(
        "GET",
        "/editions/{uuid:pk}/checklists/{key}/xlsform",
        VIEW,
        "一类点位的检查表（XLSForm）。",
        "file",
        kinds=FILES[:1],
    )
)
def download_checklist_form(request: HttpRequest, pk: UUID, key: Key) -> HttpResponse:
    """The checklist of the site type `key` as an XLSForm."""
    return pages.checklist_form(request, pk, key)


@room.deed(Deed("GET", "/editions/{uuid:pk}/items", VIEW, "测评内容列表。", Page[ItemShown]))
def list_edition_items(request: HttpRequest, pk: UUID, asked: Query[ItemsAsked]) -> Page[ItemShown]:
    """The items of an edition in its order."""
    edition = one(seen_editions(request), pk)
    rows = Item.objects.visible_to(person(request)).filter(edition=edition).found_by(asked.text)
    if asked.dimension:
        rows = rows.filter(dimension=asked.dimension)
    if asked.part:
        rows = rows.filter(part=asked.part)
    return page(rows, asked, ItemShown.of, order="position")


@room.deed(
    Deed("GET", "/editions/{uuid:pk}/items/{key}", VIEW, "一项测评内容的标准与规则。", ItemWhole)
)
def show_edition_item(request: HttpRequest, pk: UUID, key: Key) -> ItemWhole:
    """An item with its criteria, sources, checklist lines and gates."""
    found = item_sheet(found_edition(request, pk), key)
    if found is None:
        raise Http404
    return ItemWhole(
        dimension=WordsShown.of(found.dimension.title),
        indicator=WordsShown.of(found.indicator.title),
        item=_plain(found.item),
        sources=[text for _key, text in found.sources],
        lines=[_plain(line) for _checklist, line in found.lines],
        gates=[_plain(gate) for gate in found.gates],
    )


@room.deed(
    Deed(
        "GET",
        "/editions/{uuid:pk}/comparison/{uuid:other}",
        VIEW,
        "与另一版本比较。",
        ComparisonShown,
    )
)
def compare_editions(request: HttpRequest, pk: UUID, other: UUID) -> ComparisonShown:
    """What is new, gone, moved, renamed, worth more or less, harder or easier in `other`."""
    before, after = found_edition(request, pk), found_edition(request, other)
    found = side_by_side(edition_of(before), edition_of(after))
    return ComparisonShown(
        before=before.pk,
        after=after.pk,
        same=found.same,
        counts=found.counts,
        differences=[DifferenceShown.of(each) for each in found.differences],
    )


@room.deed(
    Deed("POST", "/editions/{uuid:pk}/use", EDIT, "启用草稿；启用后内容冻结。", EditionShown)
)
def put_edition_in_use(request: HttpRequest, pk: UUID, given: UseGiven) -> EditionShown:
    """Put a draft in use; from then on it is frozen."""
    draft = one(seen_editions(request), pk)
    earlier = one_or_none(seen(request, Edition), given.instead_of)
    return EditionShown.of(drafts.put_in_use(draft, by=person(request), instead_of=earlier))


@room.deed(Deed("DELETE", "/editions/{uuid:pk}", EDIT, "删除草稿。", None, 204))
def delete_draft_edition(request: HttpRequest, pk: UUID) -> None:
    """Throw a draft away; the file that it came from stays."""
    drafts.delete_draft(one(seen_editions(request), pk), by=person(request))


def _plain(value: object) -> dict[str, Any]:
    found = plain(value)
    return found if isinstance(found, dict) else {}
