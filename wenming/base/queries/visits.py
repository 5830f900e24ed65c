"""Where a person is logged in now."""

from django.db.models import QuerySet
from django.utils import timezone

from wenming.base.models import User, Visit


def open_visits(user: User) -> QuerySet[Visit]:
    """The visits of a person that go on (进行中的登录会话), the one used last first."""
    going_on = Visit.objects.filter(user=user, expire_date__gt=timezone.now())
    return going_on.order_by("-seen_at")
