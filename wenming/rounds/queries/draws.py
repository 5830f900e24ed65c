"""What is known of sealed draws, each to whom it may be known."""

from django.db.models import QuerySet

from wenming.base.models import AuditEntry, City, User
from wenming.base.services.audit import subject_of
from wenming.rounds.models import Collection, DrawPick, DrawPickQuerySet, SealedDraw

CLOSED_COLUMNS = ("frame", "seed")
"""What no page reads unless it is for a keeper, or the draw is public."""


def released_picks(collection: Collection, person: User) -> DrawPickQuerySet:
    """The drawn units of a round that were released to a person and are to be looked at (下发点位).

    A keeper gets all that were released to anybody.

    Returns:
        By day, route and place in the list; each with its site and its release.
    """
    picks: DrawPickQuerySet = DrawPick.objects.for_city(collection.city).released_to(person)
    picks = picks.in_use().filter(draw__collection=collection)
    return picks.select_related("site", "release", "draw").order_by(
        "release__day", "release__route", "draw__made_at", "position"
    )


def is_keeper(draw: SealedDraw, person: User) -> bool:
    """Whether a person sees the whole list of a draw (抽样保管人)."""
    return draw.members.filter(person=person, is_keeper=True).exists()


def seen_draws(person: User, city: City) -> QuerySet[SealedDraw]:
    """The draws to whose teams a person belongs, without what only a keeper may read."""
    seen: QuerySet[SealedDraw] = SealedDraw.objects.visible_to(person).for_city(city)
    return seen.defer(*CLOSED_COLUMNS).select_related("collection", "made_by")


def public_draws() -> QuerySet[SealedDraw]:
    """Every draw as everybody may know it (抽样公示), the latest first."""
    announced = SealedDraw.objects.defer(*CLOSED_COLUMNS)
    return announced.select_related("city", "collection").order_by("-made_at", "pk")


def looks_of(draw: SealedDraw) -> QuerySet[AuditEntry]:
    """Who looked at the list of a draw, and at what of it (查看记录), the latest first."""
    looks = AuditEntry.objects.filter(subject=subject_of(draw), action="draw.look")
    return looks.select_related("actor").order_by("-number")
