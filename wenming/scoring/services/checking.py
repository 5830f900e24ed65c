"""Checks the figures of a round, and keeps what does not fit until somebody settles it."""

from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from wenming.base.access import check
from wenming.base.models import CityQuerySet, User
from wenming.base.services.inbox import Asked, Asking, ask, settle
from wenming.core.errors import DomainError
from wenming.core.lifecycle import SettlementState
from wenming.core.permissions import Capability
from wenming.rounds.models import Round
from wenming.scoring.models import FigureCheck, Run, Settlement
from wenming.scoring.queries.checking import Found, found_by, found_now, latest_run_of

MINUTES = 10


class RoundRevised(DomainError):
    """The round was revised; what does not fit is settled with its latest revision."""

    code = "round_revised"


@transaction.atomic
def check_figures(round_: Round, *, by: User) -> FigureCheck:
    """Check the figures of a round against themselves and its latest run (立即核对).

    What was settled before and is found again with the same facts stays settled.

    Raises:
        PermissionDenied: `by` may not settle findings of the city.
        RoundRevised: it is not the latest revision of the round.
    """
    check(by, Capability.SETTLE_FINDING, round_)
    latest = _later_revisions(round_).order_by("-revision").first()
    if latest is not None:
        raise RoundRevised(revision=latest.revision)
    kept = FigureCheck.objects.filter(round=round_).first()
    return keep_check(round_, by=by, is_after_change=bool(kept and kept.is_after_change))


def keep_check(round_: Round, *, by: User, is_after_change: bool) -> FigureCheck:
    """Check the figures as they stand now; the caller has asked whether `by` may."""
    run = latest_run_of(round_)
    _keep_findings(round_, found_now(round_, run), by=by)
    return _kept(round_, run, by=by, is_after_change=is_after_change and run is not None)


@transaction.atomic
def meet_findings(run: Run, *, by: User | None) -> None:
    """Take up what a run found; an earlier revision of a round that was revised says no more."""
    round_ = run.round
    if _later_revisions(round_).exists():
        return
    _keep_findings(round_, found_by(run), by=by)
    _kept(round_, run, by=by, is_after_change=False)


def _later_revisions(round_: Round) -> CityQuerySet[Round]:
    same = Round.objects.filter(city=round_.city_id, key=round_.key)
    return same.filter(revision__gt=round_.revision)


def _kept(round_: Round, run: Run | None, *, by: User | None, is_after_change: bool) -> FigureCheck:
    now = timezone.now()
    told = {"run": run, "by": by, "checked_at": now, "is_after_change": is_after_change}
    kept, _is_new = FigureCheck.objects.update_or_create(
        round=round_, defaults={**told, "city_id": round_.city_id}
    )
    return kept


def _keep_findings(round_: Round, found: Sequence[Found], *, by: User | None) -> None:
    """Settlements of the round as the latest check leaves them; none is ever deleted."""
    Round.objects.select_for_update().get(pk=round_.pk)
    of_round = Settlement.objects.filter(city=round_.city_id, round_key=round_.key)
    known = {each.fingerprint: each for each in of_round}
    now = {each.fingerprint: (place, each) for place, each in enumerate(found)}
    of_round.exclude(fingerprint__in=now).exclude(round=None).update(round=None)
    met = []
    for fingerprint, (place, each) in now.items():
        settlement = known.get(fingerprint)
        if settlement is None:
            settlement = Settlement(
                city_id=round_.city_id, round_key=round_.key, fingerprint=fingerprint,
                code=each.code, facts=each.facts, document=each.document,
            )  # fmt: skip
        settlement.round, settlement.position = round_, place
        met.append(settlement)
    new = [each for each in met if each.fingerprint not in known]
    Settlement.objects.bulk_create(new)
    old = [each for each in met if each.fingerprint in known]
    Settlement.objects.bulk_update(old, ["round", "position"])
    tell_office(round_, by=by)


def tell_office(round_: Round, *, by: User | None) -> None:
    """Ask the office for what is open, once a round; with nothing open the matter is closed."""
    for earlier in Round.objects.filter(city=round_.city_id, key=round_.key).exclude(pk=round_.pk):
        settle(earlier, code="findings_to_settle", by=by)
    is_open = Settlement.objects.filter(round=round_, state=SettlementState.OPEN)
    count = is_open.count()
    if not count:
        settle(round_, code="findings_to_settle", by=by)
        return
    wanted = Asking(
        "findings_to_settle",
        to=Asked(capability=Capability.SETTLE_FINDING),
        subject=round_,
        address=reverse("scoring:reconciliation", args=[round_.pk]) + "?state=open",
        facts={"count": count, "round": round_.title_zh, "round_en": round_.title_en},
        minutes=MINUTES * min(count, 6),
    )
    ask(wanted, city=round_.city, by=by)
