"""Makes sealed draws, says who belongs to their teams, and makes them public."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from wenming.base.access import PermissionDenied, check, check_city
from wenming.base.models import Attachment, City, User
from wenming.base.services.audit import record, subject_of
from wenming.base.transitions import transition
from wenming.core.errors import DomainError
from wenming.core.lifecycle import CollectionState, DrawAction
from wenming.core.permissions import Capability
from wenming.rounds.models import Collection, DrawMember, DrawPick, RegisteredSite, SealedDraw
from wenming.rounds.queries.draw_files import frame_rows, plan_of, published_rows
from wenming.rounds.queries.draws import is_keeper
from wenming.rounds.services.collections import CollectionClosed
from wenming.stats.sampling import Announcement, Draw, Pick, Plan, canonical_bytes, make_draw
from wenming.stats.sampling import verify as differences_of

SEED_BYTES = 32
BATCH = 2_000


class DrawMemberNeedsPost(DomainError):
    """The person holds no post with which draws are seen, or kept."""

    code = "draw_member_needs_post"


class DrawNeedsKeeper(DomainError):
    """A draw without a keeper could not be released or made public by anybody."""

    code = "draw_needs_keeper"


class DrawNotNamed(DomainError):
    """Whoever makes a draw public says its name, so that no other one is meant."""

    code = "draw_not_named"


class DrawAltered(DomainError):
    """What is stored is not what was announced; somebody changed it past the program."""

    code = "draw_altered"


@dataclass(frozen=True, slots=True)
class DrawWish:
    """What shall be drawn (抽样任务).

    Attributes:
        rows: the frame, as text by column.
        label: the column by which people call a row; "" for none.
        of_register: the keys of the frame are numbers of sites of the register.
        source: the file of the frame, where somebody brought one.
    """

    title: str
    rows: Sequence[Mapping[str, str]]
    plan: Plan
    collection: Collection | None = None
    label: str = ""
    of_register: bool = False
    source: Attachment | None = None


@transaction.atomic
def make_sealed_draw(city: City, wish: DrawWish, *, by: User) -> SealedDraw:
    """Draw, seal and announce (密封抽样); nobody chooses the seed.

    Who makes it is its first keeper.

    Raises:
        CollectionClosed: the round takes in nothing more.
        DrawError: nothing can be drawn like this.
        PermissionDenied: `by` may not draw in the city.
    """
    check_city(by, Capability.DRAW, city)
    if wish.collection is not None:
        check(by, Capability.DRAW, wish.collection)
        if wish.collection.state == CollectionState.CLOSED:
            raise CollectionClosed(round=wish.collection.title_zh)
    seed = secrets.token_bytes(SEED_BYTES)
    drawn = make_draw(wish.rows, wish.plan, seed)
    made = SealedDraw.objects.create(
        city=city,
        collection=wish.collection,
        title=wish.title,
        frame=canonical_bytes(wish.rows, key=wish.plan.key).decode(),
        plan=wish.plan.to_json(),
        seed=seed.hex(),
        commitment=drawn.commitment,
        frame_hash=drawn.frame_hash,
        plan_hash=drawn.plan_hash,
        of_register=wish.of_register,
        made_by=by,
    )
    DrawMember.objects.create(city=city, draw=made, person=by, is_keeper=True)
    store_picks(made, drawn, wish)
    if wish.source is not None:
        Attachment.objects.filter(pk=wish.source.pk).update(subject=subject_of(made))
    detail = {"title": wish.title, "commitment": drawn.commitment}
    record("draw.make", by=by, city=city, subject=made, detail=detail)
    return made


def store_picks(draw: SealedDraw, drawn: Draw, wish: DrawWish) -> None:
    """Store what was drawn (抽样名单入库): the drawn ones, then the replacements."""
    names = {row[wish.plan.key]: row.get(wish.label, "") for row in wish.rows}
    sites: dict[str, RegisteredSite] = {}
    if wish.of_register:
        keys = [pick.key for pick in (*drawn.selected, *drawn.replacements)]
        known = RegisteredSite.objects.for_city(draw.city).filter(key__in=keys)
        sites = {site.key: site for site in known}

    def stored(pick: Pick, position: int, *, is_replacement: bool) -> DrawPick:
        return DrawPick(
            city_id=draw.city_id,
            draw=draw,
            key=pick.key,
            label=names.get(pick.key, ""),
            stratum=pick.stratum,
            psu=pick.psu,
            position=position,
            probability="" if pick.probability is None else str(pick.probability),
            is_replacement=is_replacement,
            site=sites.get(pick.key),
        )

    selected = [stored(each, n, is_replacement=False) for n, each in enumerate(drawn.selected)]
    reserve = [
        stored(each, n, is_replacement=True)
        for n, each in enumerate(drawn.replacements, start=len(selected))
    ]
    DrawPick.objects.bulk_create([*selected, *reserve], batch_size=BATCH)


@transaction.atomic
def join_draw(draw: SealedDraw, person: User, *, by: User, as_keeper: bool = False) -> DrawMember:
    """Take a person into the team of a draw (加入抽样组), or change what they see of it.

    Raises:
        DrawMemberNeedsPost: the person could not see it, or not keep it.
        DrawNeedsKeeper: the last keeper would become an ordinary member.
        PermissionDenied: `by` does not keep the draw.
    """
    check_keeper(draw, by)
    needed = Capability.DRAW if as_keeper else Capability.VIEW_DRAW
    if not person.may(needed, city=draw.city):
        raise DrawMemberNeedsPost(person=person.name)
    lock_draw(draw)
    if not as_keeper:
        _refuse_last(draw, person)
    member, _ = DrawMember.objects.update_or_create(
        draw=draw, person=person, defaults={"city_id": draw.city_id, "is_keeper": as_keeper}
    )
    detail = {"person": person.name}
    record("draw.join", by=by, city=draw.city, subject=draw, detail=detail)
    return member


@transaction.atomic
def leave_draw(member: DrawMember, *, by: User) -> None:
    """Take a person out of the team of a draw (退出抽样组).

    Raises:
        DrawNeedsKeeper: it is the last keeper.
        PermissionDenied: `by` does not keep the draw.
    """
    draw, person = member.draw, member.person
    check_keeper(draw, by)
    lock_draw(draw)
    _refuse_last(draw, person)
    DrawMember.objects.filter(pk=member.pk).delete()
    record("draw.leave", by=by, city=draw.city, subject=draw, detail={"person": person.name})


@transaction.atomic
def reveal_draw(draw: SealedDraw, *, named: str, by: User) -> SealedDraw:
    """Make frame, plan, seed and list of a draw public (公开抽样), for good.

    Args:
        named: the name of the draw, written once more.

    Raises:
        DrawNotNamed: another name was written.
        DrawAltered: the stored draw is not the announced one.
        TransitionNotAllowed, PermissionDenied: see `transition`; or `by` does not keep it.
    """
    check_keeper(draw, by)
    if named.strip() != draw.title.strip():
        raise DrawNotNamed
    check_seal(SealedDraw.objects.get(pk=draw.pk))
    return transition(draw, DrawAction.REVEAL, by=by, revealed_at=timezone.now())


def check_seal(draw: SealedDraw) -> None:
    """Refuse a draw that is no more the one that was announced (封存核验).

    Raises:
        DrawAltered: frame, plan, seed or list were changed in the database.
    """
    announced = Announcement(draw.commitment, draw.frame_hash, draw.plan_hash)
    listed = published_rows(draw, draw.picks.order_by("position"))
    found = differences_of(
        frame_rows(draw), plan_of(draw), bytes.fromhex(draw.seed), announced, listed
    )
    if found:
        raise DrawAltered(count=len(found))


def check_keeper(draw: SealedDraw, by: User) -> None:
    """Refuse whoever does not keep a draw (抽样保管权限).

    Raises:
        PermissionDenied: `by` may not draw in the city, or is no keeper of this draw.
    """
    check(by, Capability.DRAW, draw)
    if not is_keeper(draw, by):
        raise PermissionDenied(capability=Capability.DRAW.value)


def lock_draw(draw: SealedDraw) -> None:
    """Let nobody else act on a draw until the transaction ends (抽样加锁)."""
    SealedDraw.objects.select_for_update(of=("self",)).only("pk").get(pk=draw.pk)


def _refuse_last(draw: SealedDraw, person: User) -> None:
    keepers = set(draw.members.filter(is_keeper=True).values_list("person", flat=True))
    if keepers == {person.pk}:
        raise DrawNeedsKeeper(person=person.name)
