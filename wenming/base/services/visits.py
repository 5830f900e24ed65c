"""Ends visits before their time: one's own, in another browser."""

from uuid import UUID

from django.db import transaction

from wenming.base.models import City, User, Visit
from wenming.base.services.audit import record
from wenming.core.errors import DomainError


class VisitGone(DomainError):
    """The visit had ended already."""

    code = "visit_gone"


@transaction.atomic
def end_visit(number: UUID, *, by: User, city: City | None) -> None:
    """End one of one's own visits (结束登录会话); its next request is sent to the log-in.

    Raises:
        VisitGone: it has ended meanwhile, or is somebody else's.
    """
    ended, _ = Visit.objects.filter(number=number, user=by).delete()
    if not ended:
        raise VisitGone
    record("account.visit_ended", by=by, city=city, subject=by, detail={"count": 1})


@transaction.atomic
def end_other_visits(here: str | None, *, by: User, city: City | None) -> int:
    """End all of one's visits but the present one (结束其他登录会话).

    Args:
        here: key of the session that stays.

    Returns:
        How many were ended.
    """
    others = Visit.objects.filter(user=by).exclude(session_key=here or "")
    ended, _ = others.delete()
    if ended:
        record("account.visit_ended", by=by, city=city, subject=by, detail={"count": ended})
    return ended
