"""What the audit shows to whoever may see it: entries with the names of their subjects."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import (
    Case,
    Count,
    F,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.fields import UUIDField
from django.db.models.functions import Cast, Substr

from wenming.base.models import (
    AdministratorSession,
    AuditEntry,
    AuditHead,
    City,
    Group,
    Unit,
    User,
)
from wenming.base.services.audit import Tampering, verify_chain
from wenming.core.permissions import Capability

VIEW = Capability.VIEW_AUDIT
_NAMED: Sequence[tuple[type[Model], str]] = (
    (Unit, "name"),
    (User, "name"),
    (Group, "title_zh"),
    (City, "name_zh"),
)


def entries_of(user: User, city: City) -> QuerySet[AuditEntry]:
    """The entries of the audit (审计记录) of a city, each with `subject_name`.

    Returns:
        None at all for whoever may not see the audit there. A subject that is gone, or of a kind
        without a name, has "".
    """
    if not user.may(VIEW, city=city):
        return AuditEntry.objects.none()
    entries = AuditEntry.objects.filter(head__city=city).select_related("actor")
    cases = [_case(model, name) for model, name in _NAMED]
    named = Case(*cases, default=Value(""), output_field=TextField())
    return entries.annotate(subject_name=named)


def actions_of(user: User, city: City) -> Sequence[str]:
    """The actions that were ever recorded in a city (操作类型), for the filter of the audit."""
    entries = entries_of(user, city).order_by("action")
    return list(entries.values_list("action", flat=True).distinct())


def sessions_of(user: User, city: City) -> QuerySet[AdministratorSession]:
    """The administrator sessions (管理会话) of a city, each with `request_count`."""
    if not user.may(VIEW, city=city):
        return AdministratorSession.objects.none()
    sessions = AdministratorSession.objects.filter(city=city).select_related("user")
    return sessions.annotate(request_count=Count("requests"))


@dataclass(frozen=True, slots=True)
class Verified:
    """What the verification of one chain came to (核验结果).

    Attributes:
        is_of_city: False for the chain of what belongs to no city.
        entries: how many were looked at.
        faults: at most a few hundred are worth showing; all are given.
    """

    is_of_city: bool
    entries: int
    last_hash: str
    faults: Sequence[Tampering]


def verified_chains(user: User, city: City) -> Sequence[Verified]:
    """Every place where the chain of a city, or that of no city, does not hold (审计链核验).

    Every entry is read and its hash computed again: about 30,000 entries a second.
    """
    if not user.may(VIEW, city=city):
        return []
    heads = [*AuditHead.objects.filter(city=city), *AuditHead.objects.filter(city=None)]
    return [
        Verified(head.city_id is not None, head.entries.count(), head.hash, verify_chain(head))
        for head in heads
    ]


def _case(model: type[Model], name: str) -> When:
    """The name of a subject of one kind; the identity is read only where the kind fits."""
    start = f"{model._meta.label_lower}:"
    identity = Cast(Substr(OuterRef("subject"), len(start) + 1), UUIDField())
    found = model._default_manager.filter(pk=identity).values(name)[:1]
    return When(subject__startswith=start, then=Subquery(found))


def neighbours_of(entry: AuditEntry) -> tuple[AuditEntry | None, AuditEntry | None]:
    """The entries before and after one in its chain (相邻记录)."""
    near = AuditEntry.objects.filter(head=entry.head_id)
    numbers = {each.number: each for each in near.filter(number__in=_beside(entry))}
    return numbers.get(entry.number - 1), numbers.get(entry.number + 1)


def of_same_request(entry: AuditEntry) -> Sequence[AuditEntry]:
    """What else was done by the request that made an entry (同一请求), in order."""
    if not entry.request:
        return []
    same = AuditEntry.objects.filter(head=entry.head_id, request=entry.request)
    return list(same.exclude(pk=entry.pk).order_by(F("number"))[:100])


def _beside(entry: AuditEntry) -> tuple[int, int]:
    return entry.number - 1, entry.number + 1
