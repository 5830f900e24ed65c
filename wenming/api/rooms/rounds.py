"""Rounds of collection and their sites."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from wenming.api.finding import one, seen
from wenming.api.operations import Deed, Room
from wenming.api.paging import PageAsked, page
from wenming.api.shapes import Page, Shown, WordsShown
from wenming.core.permissions import Capability
from wenming.rounds.models import Round, Site

C = Capability
room = Room(tags=["Scoring 计分"])


class RoundShown(Shown):
    """A round of collection."""

    id: UUID
    key: str
    revision: int = Field(description="Counts its forms; a correction begins the next")
    title: WordsShown
    edition: UUID
    period_from: date | None
    period_to: date | None
    assessed_on: date | None
    is_synthetic: bool

    @classmethod
    def of(cls, found: Round) -> "RoundShown":
        """From its row."""
        return cls(
            id=found.pk,
            key=found.key,
            revision=found.revision,
            title=WordsShown.of(found.title),
            edition=found.edition_id,
            period_from=found.period_from,
            period_to=found.period_to,
            assessed_on=found.assessed_on,
            is_synthetic=found.is_synthetic,
        )


class SiteShown(Shown):
    """A site of the register of a round."""

    id: UUID
    key: str
    site_type: str
    title: str
    county: str
    street: str
    unit: UUID | None
    unit_name: str

    @classmethod
    def of(cls, site: Site) -> "SiteShown":
        """From its row."""
        return cls(
            id=site.pk,
            key=site.key,
            site_type=site.site_type,
            title=site.title,
            county=site.county,
            street=site.street,
            unit=site.unit_id,
            unit_name=site.unit_name,
        )


@room.deed(Deed("GET", "/rounds", C.VIEW_RUNS, "轮次列表。", Page[RoundShown]))
def list_rounds(request: HttpRequest, asked: Query[PageAsked]) -> Page[RoundShown]:
    """The rounds of the city, the latest first."""
    return page(seen(request, Round), asked, RoundShown.of, order="loaded_at", descending=True)


@room.deed(Deed("GET", "/rounds/{uuid:pk}", C.VIEW_RUNS, "一个轮次。", RoundShown))
def show_round(request: HttpRequest, pk: UUID) -> RoundShown:
    """One round."""
    return RoundShown.of(one(seen(request, Round), pk))


@room.deed(Deed("GET", "/rounds/{uuid:pk}/sites", C.VIEW_EVIDENCE, "点位清单。", Page[SiteShown]))
def list_sites(request: HttpRequest, pk: UUID, asked: Query[PageAsked]) -> Page[SiteShown]:
    """The sites of a round that the caller may see."""
    found = one(seen(request, Round), pk)
    return page(seen(request, Site).filter(round=found), asked, SiteShown.of, order="position")
