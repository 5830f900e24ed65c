"""Freezes a run: numbers the result, chains it to the one before, and lists what stands behind."""

from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from wenming import __version__
from wenming.base.access import check
from wenming.base.models import City, User
from wenming.base.transitions import transition
from wenming.core.errors import DomainError
from wenming.core.framework.canonical import digest
from wenming.core.lifecycle import RUN, RunAction, RunState
from wenming.core.permissions import Capability
from wenming.engine.report import evidence_hash
from wenming.scoring.models import ManifestPart, Run
from wenming.scoring.queries.manifest import manifest_hash, manifest_of, part_hash
from wenming.scoring.queries.recorded import evidence_of


class RunOutdated(DomainError):
    """The run is not what the stored rows and this program give now."""

    code = "run_outdated"


class CorrectionUnexplained(DomainError):
    """Another result of the round is frozen; to take its place needs a reason."""

    code = "correction_unexplained"


@transaction.atomic
def freeze_run(run: Run, *, by: User, reason: str = "") -> Run:
    """Make a run the result of its round (定稿): numbered, chained, never changed again.

    A frozen result of the same round is corrected by it, and stays readable.

    Args:
        reason: why the earlier result is corrected; "" where there is none.

    Raises:
        PermissionDenied: `by` may not freeze runs of the city.
        TransitionNotAllowed: the run is frozen already.
        RunOutdated: evidence or program have changed since it was computed.
        CorrectionUnexplained: there is an earlier result, and no reason is given.
    """
    check(by, Capability.FREEZE_RUN, run)
    city = City.objects.select_for_update().get(pk=run.city_id)
    run = Run.objects.select_related("round__edition", "round__checklist_set").get(pk=run.pk)
    RUN.step(run.state, RunAction.FREEZE, given=["result_number"])
    standing = standing_result(run)
    _refuse_outdated(run)
    if standing is not None and not reason.strip():
        raise CorrectionUnexplained(result=standing.result_number)
    now = timezone.now()
    last = Run.objects.for_city(city).exclude(result_order=None).order_by("-result_order").first()
    run.city = city
    run.frozen_at, run.frozen_by = now, by
    run.result_order = (last.result_order or 0) + 1 if last else 1
    run.result_number = _next_number(city, timezone.localtime(now).year)
    run.before = last.chain_hash if last else ""
    run.corrects, run.correction = standing, reason.strip() if standing else ""
    run.manifest_hash = _keep_manifest(run)
    run.chain_hash = chain_hash(run)
    names = ("frozen_at", "frozen_by", "result_order", "result_number", "manifest_hash", "before",
             "chain_hash", "corrects", "correction")  # fmt: skip
    facts = {name: getattr(run, name) for name in names}
    frozen = transition(run, RunAction.FREEZE, by=by, digest=run.digest, **facts)
    if standing is not None:
        transition(standing, RunAction.CORRECT, by=by, corrected_by=frozen, reason=run.correction)
    return frozen


def standing_result(run: Run) -> Run | None:
    """The frozen result of the same round, whatever its revision; None where there is none."""
    same = Run.objects.filter(city=run.city_id, round__key=run.round.key, state=RunState.FROZEN)
    return same.exclude(pk=run.pk).first()


def chain_hash(run: Run) -> str:
    """The SHA-256 of a frozen result with that of the result before it, in hexadecimal.

    Source: docs/methods/audit.md.
    """
    return digest(
        [
            run.before,
            str(run.city_id),
            run.result_order,
            run.result_number,
            run.round.key,
            run.round.revision,
            run.engine_version,
            run.edition_hash,
            run.evidence_hash,
            run.digest,
            run.manifest_hash,
            _moment(run.frozen_at),
            str(run.frozen_by_id or ""),
            str(run.corrects_id or ""),
            run.correction,
        ]
    )


def _moment(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else ""


def _refuse_outdated(run: Run) -> None:
    present = evidence_hash(evidence_of(run.round))
    if run.engine_version != __version__ or present != run.evidence_hash:
        raise RunOutdated(number=run.number)


def _next_number(city: City, year: int) -> str:
    of_year = Run.objects.for_city(city).filter(result_number__startswith=f"{year}-")
    last = of_year.aggregate(last=Max("result_number"))["last"]
    return f"{year}-{int(last.partition('-')[2]) + 1 if last else 1:03}"


def _keep_manifest(run: Run) -> str:
    found = manifest_of(run)
    hashes = {table: part_hash(rows) for table, rows in found.items()}
    ManifestPart.objects.bulk_create(
        ManifestPart(
            city_id=run.city_id,
            run=run,
            table=table,
            rows=rows,
            row_count=len(rows),
            hash=hashes[table],
            position=position,
        )
        for position, (table, rows) in enumerate(found.items())
    )
    return manifest_hash(hashes)
