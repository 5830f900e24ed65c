"""Verifies a city: computes its frozen results again, and follows both chains."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from wenming import __version__
from wenming.base.access import check_city
from wenming.base.models import AuditEntry, AuditHead, City, User
from wenming.base.services.audit import record, subject_of, verify_chain
from wenming.core.errors import DomainError
from wenming.core.lifecycle import RunState
from wenming.core.permissions import Capability
from wenming.engine import as_json, assess
from wenming.framework.queries import checklists_of, edition_of
from wenming.scoring.models import Run, Verification
from wenming.scoring.queries.manifest import (
    StoredRow,
    differences,
    manifest_hash,
    manifest_of,
    part_hash,
)
from wenming.scoring.queries.recorded import evidence_of
from wenming.scoring.services.freezing import chain_hash

Told = Callable[[str, Mapping[str, object]], None]
MOST_KEPT = 500
OWN = frozenset({"scoring.run", "scoring.itemresult", "scoring.finding"})


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Something that is not as it was when it was written down (核验发现).

    Attributes:
        code: of the sentence.
        facts: to say it with; plain values only.
    """

    code: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification looked at, and what it found (核验结果).

    Attributes:
        results: frozen results that were looked at.
        entries: audit entries that were looked at.
    """

    results: int
    entries: int
    found: list[Discrepancy] = field(default_factory=list)


def _quiet(code: str, facts: Mapping[str, object]) -> None:
    """Tell nobody."""
    del code, facts


def verify_city(city: City, *, told: Told = _quiet) -> Verified:
    """Compute every frozen result of a city again and follow its chains (结果核验).

    Args:
        told: is called before each step with what is being done.

    Source: docs/methods/audit.md.
    """
    runs = frozen_runs(city)
    found = list(_of_results(city, runs))
    for run in runs:
        told("verifying_result", {"result": run.result_number})
        found += verify_run(run)
    told("verifying_audit", {})
    head = AuditHead.objects.filter(city=city).first()
    if head is not None:
        found += audit_discrepancies(head)
    return Verified(len(runs), head.entries.count() if head else 0, found)


def frozen_runs(city: City) -> list[Run]:
    """The frozen results of a city, corrected ones among them, in the order of their chain."""
    runs = Run.objects.for_city(city).exclude(state=RunState.PROVISIONAL)
    related = runs.select_related("round__edition", "round__checklist_set", "city")
    return list(related.order_by("result_order"))


def verify_run(run: Run) -> list[Discrepancy]:
    """What is no longer as it was when a result was frozen (结果核验), row by row.

    Only where every row that went in is the same is the result computed again: from other rows
    another result is no news.
    """
    found = list(_of_manifest(run))
    inputs = [each for each in found if each.facts.get("rows_of") not in OWN]
    return found if inputs else found + _of_digest(run)


def audit_discrepancies(head: AuditHead) -> list[Discrepancy]:
    """Where a chain of the audit does not hold (审计链核验)."""
    return [
        Discrepancy(
            each.code, {"number": each.number, "at": each.at.isoformat() if each.at else ""}
        )
        for each in verify_chain(head)
    ]


@transaction.atomic
def keep_verification(city: City, verified: Verified, *, by: User | None) -> Verification:
    """Keep what a verification found (核验记录).

    Raises:
        PermissionDenied: `by` may not verify the results of the city.
    """
    if by is not None:
        check_city(by, Capability.VERIFY_RESULTS, city)
    kept = Verification.objects.create(
        city=city,
        by=by,
        started_at=timezone.now(),
        engine_version=__version__,
        results=verified.results,
        entries=verified.entries,
        problems=[asdict(each) for each in verified.found[:MOST_KEPT]],
        problem_count=len(verified.found),
    )
    record(
        "verification.finish",
        by=by,
        city=city,
        subject=kept,
        detail={"results": verified.results, "problems": len(verified.found)},
    )
    return kept


def _of_results(city: City, runs: list[Run]) -> Iterator[Discrepancy]:
    """Where the chain of results is broken, or a result that the audit knows is gone."""
    before, expected = "", 1
    for run in runs:
        order = run.result_order or 0
        for number in range(expected, order):
            yield Discrepancy("result_missing", {"order": number})
        facts = {"result": run.result_number, "order": order}
        if run.chain_hash != chain_hash(run):
            yield Discrepancy("result_changed", facts)
        elif run.before != before and order == expected:
            yield Discrepancy("result_misplaced", facts)
        before, expected = run.chain_hash, order + 1
    known = {subject_of(run): run.chain_hash for run in runs}
    freezings = AuditEntry.objects.filter(head__city=city, action="run.freeze").order_by("number")
    for entry in freezings:
        facts = {"result": entry.detail.get("result_number", ""), "number": entry.number}
        if entry.subject not in known:
            yield Discrepancy("result_gone", facts)
        elif known[entry.subject] != entry.detail.get("chain_hash"):
            yield Discrepancy("result_not_as_recorded", facts)


def _of_manifest(run: Run) -> Iterator[Discrepancy]:
    present = manifest_of(run)
    kept = {part.table: part for part in run.manifest.order_by("position")}
    hashes = {}
    for table, rows in present.items():
        part = kept.pop(table, None)
        stored = [StoredRow(*row) for row in part.rows] if part else []
        hashes[table] = part_hash(stored)
        for each in differences(table, stored, rows):
            facts = {"result": run.result_number, "rows_of": table, "name": each.name}
            yield Discrepancy(each.code, facts | {"place": each.position + 1})
    if kept or manifest_hash(hashes) != run.manifest_hash:
        yield Discrepancy("manifest_changed", {"result": run.result_number})


def _of_digest(run: Run) -> list[Discrepancy]:
    facts = {"result": run.result_number, "engine": run.engine_version, "program": __version__}
    try:
        computed = digest_of(run)
    except DomainError as refused:
        return [Discrepancy("result_not_computable", facts | {"because": refused.code})]
    if computed == run.digest:
        return []
    facts |= {"kept": run.digest[:12], "computed": computed[:12]}
    is_other = run.engine_version != __version__
    return [Discrepancy("program_differs" if is_other else "digest_differs", facts)]


def digest_of(run: Run) -> str:
    """The digest that the stored rows behind a run give now (重算).

    Raises:
        DomainError: the rows cannot be assessed any more.
    """
    round_ = run.round
    assessed = assess(
        edition_of(round_.edition), evidence_of(round_), checklists_of(round_.checklist_set)
    )
    return str(as_json(assessed)["digest"])
