"""The lists of a sealed draw: each look at one is written down together with its answer."""

from collections.abc import Sequence
from enum import StrEnum

from django.db import transaction

from wenming.base.access import PermissionDenied, check
from wenming.base.models import User
from wenming.base.services.audit import record
from wenming.core.permissions import Capability
from wenming.rounds.models import DrawPick, SealedDraw
from wenming.rounds.services.draws import check_keeper


class Look(StrEnum):
    """What of a sealed draw somebody looked at (查看内容)."""

    LIST = "list"  # 全部名单
    RELEASED = "released"  # 已下发名单
    FILE = "file"  # 名单文件


@transaction.atomic
def look_at_list(draw: SealedDraw, *, by: User, what: Look = Look.LIST) -> Sequence[DrawPick]:
    """Everything that was drawn (查看名单), by position; the look is written down.

    Whoever shows it answers within the same transaction.

    Raises:
        PermissionDenied: `by` does not keep the draw.
    """
    check_keeper(draw, by)
    picks = draw.picks.select_related("site__unit", "release", "stands_for").order_by("position")
    listed = list(picks)
    _write_down(draw, by, what)
    return listed


@transaction.atomic
def look_at_released(draw: SealedDraw, *, by: User) -> Sequence[DrawPick]:
    """What was released to a member of the team (查看下发名单), by day and route.

    Raises:
        PermissionDenied: `by` does not belong to the team.
    """
    check(by, Capability.VIEW_DRAW, draw)
    if not draw.members.filter(person=by).exists():
        raise PermissionDenied(capability=Capability.VIEW_DRAW.value)
    released = DrawPick.objects.filter(draw=draw).released_to(by)
    picks = released.select_related("site__unit", "release", "stands_for")
    listed = list(picks.order_by("release__day", "release__route", "position"))
    _write_down(draw, by, Look.RELEASED)
    return listed


def _write_down(draw: SealedDraw, by: User, what: Look) -> None:
    if draw.is_sealed:  # a list that is public is nobody's secret
        record("draw.look", by=by, city=draw.city, subject=draw, detail={"what": what.value})
