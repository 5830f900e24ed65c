"""Sealed draws: those of one's teams, what was released, and what is announced of every draw."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query
from pydantic import Field

from wenming.api.finding import one
from wenming.api.operations import Deed, Room
from wenming.api.paging import PageAsked, page
from wenming.api.shapes import Page, Shown, WordsShown
from wenming.base.access import city_of, person
from wenming.core.permissions import Capability
from wenming.rounds.models import DrawPick, SealedDraw
from wenming.rounds.queries.draw_files import published_draw
from wenming.rounds.queries.draws import public_draws, seen_draws
from wenming.rounds.services.draw_lists import look_at_released

C = Capability
room = Room(tags=["Collection 采集"])


class AnnouncedDraw(Shown):
    """What everybody may know of a draw from the moment it is made."""

    title: str
    city: WordsShown
    collection: WordsShown | None
    state: str = Field(description="sealed or revealed")
    made_at: datetime
    revealed_at: datetime | None
    commitment: str = Field(description="SHA-256 over frame, plan and seed; docs/methods/draws.md")
    frame_hash: str
    plan_hash: str

    @classmethod
    def columns(cls, draw: SealedDraw) -> dict[str, Any]:
        """What its row says."""
        same = ("title", "state", "made_at", "revealed_at", "commitment", "frame_hash", "plan_hash")
        columns: dict[str, Any] = {name: getattr(draw, name) for name in same}
        round_ = draw.collection
        return columns | {
            "city": WordsShown.of(draw.city.name),
            "collection": WordsShown.of(round_.title) if round_ else None,
        }

    @classmethod
    def of(cls, draw: SealedDraw) -> "AnnouncedDraw":
        """From its row."""
        return cls(**cls.columns(draw))


class VerifiableDraw(AnnouncedDraw):
    """A draw with all that is needed to draw it again; blank as long as it is sealed."""

    frame: str | None = Field(description="frame.csv, as `wenming draw verify` reads it")
    plan: dict[str, Any] | None = Field(description="plan.json")
    draw: dict[str, Any] | None = Field(description="draw.json, with seed and list")


class DrawShown(AnnouncedDraw):
    """A draw to whose team the caller belongs; what was drawn does not stand here."""

    id: UUID
    collection_id: UUID | None
    made_by: str

    @classmethod
    def of(cls, draw: SealedDraw) -> "DrawShown":
        """From its row."""
        own: dict[str, Any] = {
            "id": draw.pk,
            "collection_id": draw.collection_id,
            "made_by": draw.made_by.name,
        }
        return cls(**cls.columns(draw), **own)


class ReleasedPick(Shown):
    """A drawn unit that was released to the caller."""

    key: str
    name: str
    cluster: str = Field(description="Its first-stage unit, or the unit itself")
    site: UUID | None = Field(description="In the register")
    day: date | None
    route: str
    dropped_because: str = Field(description="Blank as long as it is to be looked at")

    @classmethod
    def of(cls, pick: DrawPick) -> "ReleasedPick":
        """From its row."""
        release = pick.release
        return cls(
            key=pick.key,
            name=pick.name,
            cluster=pick.psu,
            site=pick.site_id,
            day=release.day if release else None,
            route=release.route if release else "",
            dropped_because=pick.dropped_because,
        )


class ReleasedPicks(Shown):
    """All that was released to the caller, by day and route."""

    rows: list[ReleasedPick]


@room.deed(Deed("GET", "/draws", C.VIEW_DRAW, "本人参与的密封抽样。", Page[DrawShown]))
def list_draws(request: HttpRequest, asked: Query[PageAsked]) -> Page[DrawShown]:
    """The draws to whose teams the caller belongs, the latest first."""
    rows = seen_draws(person(request), city_of(request)).select_related(
        "city", "collection", "made_by"
    )
    return page(rows, asked, DrawShown.of, order="made_at", descending=True)


@room.deed(Deed("GET", "/draws/{uuid:pk}", C.VIEW_DRAW, "一次密封抽样。", DrawShown))
def show_draw(request: HttpRequest, pk: UUID) -> DrawShown:
    """One draw to whose team the caller belongs."""
    rows = seen_draws(person(request), city_of(request)).select_related(
        "city", "collection", "made_by"
    )
    return DrawShown.of(one(rows, pk))


@room.deed(
    Deed("GET", "/draws/{uuid:pk}/released", C.VIEW_DRAW, "下发给本人的抽中单元。", ReleasedPicks)
)
def list_released_picks(request: HttpRequest, pk: UUID) -> ReleasedPicks:
    """What was released to the caller; the look is written down."""
    draw = one(seen_draws(person(request), city_of(request)), pk)
    with transaction.atomic():
        picks = look_at_released(draw, by=person(request))
        return ReleasedPicks(rows=[ReleasedPick.of(pick) for pick in picks])


@room.deed(Deed("GET", "/announced-draws", C.USE_API, "抽样公示列表。", Page[AnnouncedDraw]))
def list_announced_draws(request: HttpRequest, asked: Query[PageAsked]) -> Page[AnnouncedDraw]:
    """Every announced draw, the latest first; the public page shows the same without a token."""
    del request
    rows = public_draws().order_by()
    return page(rows, asked, AnnouncedDraw.of, order="made_at", descending=True)


@room.deed(
    Deed("GET", "/announced-draws/{slug:commitment}", C.USE_API, "抽样核验数据。", VerifiableDraw)
)
def show_announced_draw(request: HttpRequest, commitment: str) -> VerifiableDraw:
    """What was announced of a draw and, once it is public, all that is needed to draw it again."""
    del request
    found = get_object_or_404(public_draws(), commitment=commitment)
    is_open = not found.is_sealed
    return VerifiableDraw(
        **VerifiableDraw.columns(found),
        frame=found.frame if is_open else None,
        plan=found.plan if is_open else None,
        draw=dict(published_draw(found)) if is_open else None,
    )
