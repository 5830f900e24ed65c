"""Scores a round from the rows of the database and keeps the explained result."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from wenming import __version__
from wenming.base.access import check
from wenming.base.models import City, Unit, User, pinyin_key
from wenming.base.queries.units import units_by_name
from wenming.base.services.audit import record
from wenming.core.permissions import Capability
from wenming.engine import as_json, assess
from wenming.files.rounds import read_round
from wenming.framework.queries import checklists_of, edition_of, units_concerned_by
from wenming.rounds.models import Round
from wenming.scoring.models import Finding, ItemResult, Run
from wenming.scoring.queries import evidence_of
from wenming.scoring.services.checking import meet_findings
from wenming.scoring.services.loading import load_round

Plain = dict[str, Any]
Told = Callable[[str], None]


def _quiet(code: str) -> None:
    """Tell nobody."""
    del code


def load_folder(folder: Path) -> Run:
    """Load the folder of a round (docs/reference/round-format.md) and score it.

    Doing it again with the same folder and the same program stores nothing.

    Raises:
        BadInput: mistakes in the files, all of them.
        RoundAlreadyScored: see `load_round`.
    """
    return run_scoring(load_round(read_round(folder)))


def run_scoring(round_: Round, *, by: User | None = None, told: Told = _quiet) -> Run:
    """Score a round from the rows of the database (计分) and keep the explained result.

    The same edition, evidence and program give the same result; when it is already the
    latest of the round, that run is returned and nothing is stored.

    Args:
        by: who has it computed; None for the command.
        told: is called with the code of what is being done.

    Raises:
        PermissionDenied: `by` may not score rounds of the city.
        DomainError: the evidence cannot be assessed; see `engine.assess`.
    """
    if by is not None:
        check(by, Capability.RUN_SCORING, round_)
    started = timezone.now()
    told("reading_round")
    edition, checklists = edition_of(round_.edition), checklists_of(round_.checklist_set)
    evidence = evidence_of(round_)
    told("scoring_round")
    result = as_json(assess(edition, evidence, checklists))
    told("keeping_run")
    run = _store_run(round_, result, started=started, by=by)
    meet_findings(run, by=by)
    return run


@transaction.atomic
def _store_run(round_: Round, result: Plain, *, started: datetime, by: User | None) -> Run:
    city = City.objects.select_for_update().get(pk=round_.city_id)
    latest = Run.objects.for_city(city).filter(round=round_).order_by("-number").first()
    if latest and (latest.digest, latest.engine_version) == (result["digest"], __version__):
        return latest
    last = Run.objects.for_city(city).aggregate(last=Max("number"))["last"] or 0
    sums = ("score", "points", "low", "high", "coverage", "lost")
    run = Run.objects.create(
        city=city,
        round=round_,
        number=last + 1,
        by=by,
        started_at=started,
        finished_at=timezone.now(),
        engine_version=__version__,
        edition_hash=result["edition"]["hash"],
        evidence_hash=result["evidence"],
        digest=result["digest"],
        summary={name: each for name, each in result.items() if name not in ("items", "findings")},
        **{name: _exact(result[name]) for name in sums},
    )
    _store_results(run, result)
    if by is not None:
        detail = {"number": run.number, "round": round_.key, "digest": run.digest}
        record("run.compute", by=by, city=city, subject=run, detail=detail)
    return run


def _store_results(run: Run, result: Plain) -> None:
    units = units_by_name(run.city)
    concerned = units_concerned_by(run.round.responsibility_plan)
    ItemResult.objects.bulk_create(
        _item_result(
            run, item, position, units.get(item["lead"] or ""), concerned.get(item["key"], ())
        )
        for position, item in enumerate(result["items"])
    )
    Finding.objects.bulk_create(
        Finding(
            city=run.city,
            run=run,
            code=finding["code"],
            facts={name: each for name, each in finding.items() if name != "code"},
            position=position,
        )
        for position, finding in enumerate(result["findings"])
    )


def _item_result(
    run: Run, item: Plain, position: int, lead: Unit | None, concerned: Iterable[UUID]
) -> ItemResult:
    title = item["title"]
    numbers = ("value", "low", "high", "p_true", "p_repeat", "points", "score", "lost", "gap")
    same = ("key", "dimension", "indicator", "part", "group", "methods", "state", "grade")
    found = {name for criterion in item["criteria"] for name in criterion["site_types"]}
    return ItemResult(
        city_id=run.city_id,
        run=run,
        title_zh=title["zh"],
        title_en=title["en"],
        site_types=sorted(found),
        certain=item["certain"],
        unit=item["unit"],
        lead=lead,
        lead_name=item["lead"] or "",
        units=sorted({*concerned, *([lead.pk] if lead else [])}),
        due=date.fromisoformat(item["due"]) if item["due"] else None,
        detail=item,
        search=f"{item['key']} {title['zh']} {title['en']} {pinyin_key(title['zh'])}".lower(),
        position=position,
        **{name: item[name] for name in same},
        **{name: _exact(item[name]) for name in numbers},
    )


def _exact(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(repr(number))
