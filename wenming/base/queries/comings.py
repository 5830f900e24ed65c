"""When a person came in lately, and who tried in vain."""

from django.db.models import QuerySet

from wenming.base.models import AuditEntry, User
from wenming.base.services.audit import subject_of

COMINGS = ("account.login", "account.login_failed", "factor.wrong_code")


def latest_comings(user: User, *, most: int = 5) -> QuerySet[AuditEntry]:
    """The latest log-ins of a person (最近登录), successful or not, the last one first."""
    own = AuditEntry.objects.filter(subject=subject_of(user), action__in=COMINGS)
    return own.order_by("-number")[:most]
