"""Settles what does not fit with a verdict and a reason, and opens it again."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from wenming.base.models import User
from wenming.base.transitions import transition
from wenming.core.errors import DomainError
from wenming.core.lifecycle import SettlementAction, SettlementState
from wenming.rounds.models import Round
from wenming.scoring.models import Settlement, SettlementVerdict
from wenming.scoring.services.checking import tell_office


class SettledMeanwhile(DomainError):
    """Somebody else settled the finding first."""

    code = "finding_settled_meanwhile"


class FindingGone(DomainError):
    """The finding is no longer found: the figures were changed."""

    code = "finding_gone"


@transaction.atomic
def settle_finding(
    settlement: Settlement, *, by: User, verdict: SettlementVerdict, reason: str
) -> Settlement:
    """Settle a finding (处理核对发现) with a verdict and the reason for it.

    Raises:
        PermissionDenied, FactsMissing: see `transition`; the reason may not be blank.
        SettledMeanwhile: somebody settled it first.
        FindingGone: the figures were changed, and the latest check does not find it.
    """
    settled = _settled(settlement, by=by, verdict=verdict, reason=reason)
    _tell([settled], by=by)
    return settled


@transaction.atomic
def settle_findings(
    settlements: Iterable[Settlement], *, by: User, verdict: SettlementVerdict, reason: str
) -> int:
    """Settle several findings with one verdict and reason (批量处理), all or none.

    Returns:
        How many there were.

    Raises:
        PermissionDenied, FactsMissing, SettledMeanwhile, FindingGone: see `settle_finding`.
    """
    ordered = sorted(settlements, key=lambda each: str(each.pk))
    settled = [_settled(each, by=by, verdict=verdict, reason=reason) for each in ordered]
    _tell(settled, by=by)
    return len(settled)


@transaction.atomic
def reopen_finding(settlement: Settlement, *, by: User, reason: str) -> Settlement:
    """Open a settled finding again (重新打开), with the reason; the earlier verdict is audited.

    Raises:
        PermissionDenied, TransitionNotAllowed, FactsMissing: see `transition`.
    """
    opened = transition(
        settlement, SettlementAction.REOPEN, by=by, reason=reason.strip(), verdict="",
        settled_by=None, settled_at=None,
    )  # fmt: skip
    _tell([opened], by=by)
    return opened


def _settled(
    settlement: Settlement, *, by: User, verdict: SettlementVerdict, reason: str
) -> Settlement:
    known = Settlement.objects.select_for_update(of=("self",))
    now = known.select_related("settled_by").get(pk=settlement.pk)
    if now.state == SettlementState.SETTLED:
        raise SettledMeanwhile(person=now.settled_by.name if now.settled_by else "")
    if now.round_id is None:
        raise FindingGone
    return transition(
        now, SettlementAction.SETTLE, by=by, verdict=verdict.value, reason=reason.strip(),
        settled_by=by, settled_at=timezone.now(),
    )  # fmt: skip


def _tell(settlements: Iterable[Settlement], *, by: User) -> None:
    """Ask the office for what is left, once for each round."""
    named = {each.round_id for each in settlements if each.round_id is not None}
    for round_ in Round.objects.filter(pk__in=named).select_related("city"):
        tell_office(round_, by=by)
