"""Hands drawn units to the team by route and day, and lets replacements take their places."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from wenming.base.models import Unit, User
from wenming.base.services.audit import record
from wenming.core.errors import DomainError
from wenming.core.terms import DropReason
from wenming.rounds.models import DrawPick, DrawRelease, SealedDraw
from wenming.rounds.queries.conflicts import in_conflict
from wenming.rounds.services.conflicts import ConflictOfInterest
from wenming.rounds.services.draws import check_keeper, lock_draw


class ReleaseEmpty(DomainError):
    """Nothing was chosen, or nobody."""

    code = "draw_release_empty"


class ReleaseOutsideTeam(DomainError):
    """Somebody named does not belong to the team of the draw."""

    code = "draw_release_outside_team"


class PickNotInUse(DomainError):
    """What was chosen dropped out, or is a replacement whose turn has not come."""

    code = "draw_pick_not_in_use"


class DropNeedsNote(DomainError):
    """Another reason is said in words."""

    code = "draw_drop_needs_note"


@dataclass(frozen=True, slots=True)
class ReleaseWish:
    """How drawn units are handed out (下发安排).

    Attributes:
        people: None for the whole team.
    """

    route: str
    day: date
    people: Sequence[User] | None = None


@transaction.atomic
def release_picks(
    draw: SealedDraw, picks: Sequence[UUID], wish: ReleaseWish, *, by: User
) -> DrawRelease:
    """Hand drawn units to members for one route of one day (按路线按日下发).

    What was handed out before moves to the new route.

    Args:
        picks: identities.

    Raises:
        ReleaseEmpty: no unit or nobody was chosen.
        ReleaseOutsideTeam: somebody does not belong to the team.
        PickNotInUse: one dropped out, or is a replacement that is not used.
        ConflictOfInterest: a site belongs to the unit of somebody who would see it.
        PermissionDenied: `by` does not keep the draw.
    """
    check_keeper(draw, by)
    lock_draw(draw)
    if not picks or (wish.people is not None and not wish.people):
        raise ReleaseEmpty
    wanted = set(picks)
    chosen = list(draw.picks.in_use().filter(pk__in=wanted).select_related("site__unit"))
    if len(chosen) != len(wanted):
        raise PickNotInUse(count=len(wanted) - len(chosen))
    _refuse_outsiders(draw, wish)
    release = _release(draw, wish, by)
    if pair := _conflict(release, chosen):
        raise ConflictOfInterest(person=pair[0].name, unit=pair[1].name)
    DrawPick.objects.filter(pk__in=wanted).update(release=release)
    detail = {"picks": len(chosen), "day": wish.day.isoformat()}
    record("draw.release", by=by, city=draw.city, subject=draw, detail=detail)
    return release


@transaction.atomic
def replace_pick(
    pick: DrawPick, *, because: DropReason, by: User, note: str = ""
) -> DrawPick | None:
    """Note that a drawn unit drops out, and let the next replacement take its place (启用替补).

    Replacements are used in their order and never chosen. The next one is handed out as the
    dropped one was, unless it belongs to the unit of somebody who would see it.

    Returns:
        The replacement; None when the reserve is used up: the loss is reported, nothing else.

    Raises:
        PickNotInUse: it dropped out before, or is a replacement that is not used.
        DropNeedsNote: another reason than those named is not said in words.
        PermissionDenied: `by` does not keep the draw.
    """
    check_keeper(pick.draw, by)
    draw = SealedDraw.objects.select_for_update(of=("self",)).defer("frame").get(pk=pick.draw_id)
    fresh = draw.picks.in_use().filter(pk=pick.pk).first()
    if fresh is None:
        raise PickNotInUse(count=1)
    if because is DropReason.OTHER and not note.strip():
        raise DropNeedsNote
    fresh.dropped_because, fresh.dropped_note = because.value, note.strip()
    fresh.save(update_fields=["dropped_because", "dropped_note"])
    turn = _next_in_reserve(draw, fresh)
    if turn is not None:
        turn.stands_for = fresh
        turn.release = fresh.release
        if turn.release is not None and _conflict(turn.release, [turn]):
            turn.release = None
        turn.save(update_fields=["stands_for", "release"])
    detail = {"because": because.value}
    record("draw.replace", by=by, city=draw.city, subject=draw, detail=detail)
    return turn


def _release(draw: SealedDraw, wish: ReleaseWish, by: User) -> DrawRelease:
    made = DrawRelease.objects.create(
        city_id=draw.city_id,
        draw=draw,
        route=wish.route,
        day=wish.day,
        is_for_all=wish.people is None,
        released_by=by,
    )
    made.people.set(wish.people or [])
    return made


def _next_in_reserve(draw: SealedDraw, dropped: DrawPick) -> DrawPick | None:
    waiting = draw.picks.filter(
        is_replacement=True, stands_for__isnull=True, stratum=dropped.stratum
    )
    if draw.plan.get("second_stage"):  # each drawn cluster has a reserve of its own
        waiting = waiting.filter(psu=dropped.psu)
    return waiting.select_related("site__unit").order_by("position").first()


def _refuse_outsiders(draw: SealedDraw, wish: ReleaseWish) -> None:
    team = set(draw.members.values_list("person", flat=True))
    for person in wish.people or ():
        if person.pk not in team:
            raise ReleaseOutsideTeam(person=person.name)


def _conflict(release: DrawRelease, picks: Sequence[DrawPick]) -> tuple[User, Unit] | None:
    """Somebody who would see a site of their own unit, with that unit."""
    if release.is_for_all:
        members = release.draw.members.filter(is_keeper=False).select_related("person")
        people = {member.person_id: member.person for member in members}
    else:
        people = {person.pk: person for person in release.people.all()}
    units = {p.site.unit_id: p.site.unit for p in picks if p.site and p.site.unit}
    for person, unit in sorted(in_conflict(people.values(), units.values())):
        return people[person], units[unit]
    return None
