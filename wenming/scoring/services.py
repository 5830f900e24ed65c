"""Loads rounds and scores them; each function is one action, whole or not at all."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from wenming import __version__
from wenming.base.models import City, Group, Unit, pinyin_key
from wenming.base.services import take_up_city, take_up_groups, take_up_units
from wenming.core import evidence as records
from wenming.core.errors import DomainError
from wenming.core.evidence import build_evidence
from wenming.core.framework import Checklists, build_checklists, build_edition
from wenming.core.framework.canonical import digest
from wenming.core.framework.checklist import NO_CHECKLISTS
from wenming.core.rows import Tables
from wenming.engine import as_json, assess
from wenming.engine.report import evidence_hash
from wenming.files.rounds import RoundFiles, read_round
from wenming.framework.queries import checklists_of, edition_of
from wenming.framework.services import store_checklists, store_edition, store_responsibilities
from wenming.inspection.services import store_observations, store_panel_marks
from wenming.rounds.models import Round
from wenming.rounds.services import store_round, store_sites
from wenming.scoring.models import Figure, Finding, ItemResult, ReportedDocument, Run
from wenming.scoring.queries import evidence_of
from wenming.statistic.services import store_statistics
from wenming.submission.services import store_documents
from wenming.survey.services import store_survey

Plain = dict[str, Any]


class RoundAlreadyScored(DomainError):
    """A round that was scored cannot be replaced by other evidence under the same key."""

    code = "round_already_scored"


def load_folder(folder: Path) -> Run:
    """Load the folder of a round (docs/reference/round-format.md) and score it.

    Doing it again with the same folder and the same program stores nothing.

    Raises:
        BadInput: mistakes in the files, all of them.
        RoundAlreadyScored: see `load_round`.
    """
    return run_scoring(load_round(read_round(folder)))


@transaction.atomic
def load_round(files: RoundFiles) -> Round:
    """Store a round (轮次) with its edition, units, sites and evidence.

    A round that is the same, in whatever order its rows stand, is left as it is. One that
    differs is replaced whole as long as nothing was scored from it. A made-up round is
    replaced with its runs, because no published number stands on them.

    Raises:
        BadInput: mistakes in the rows, all of them.
        RoundAlreadyScored: a round of the same key with other content has a run.
    """
    edition = build_edition(files.edition)
    checklists = build_checklists(files.checklists) if files.checklists else NO_CHECKLISTS
    evidence = build_evidence(files.tables, edition, checklists)
    city = take_up_city(evidence.plan.city)
    stored_edition = store_edition(city, edition, files.edition)
    checklist_set = store_checklists(city, files.checklists)
    content_hash = digest(
        [
            stored_edition.hash,
            checklist_set.hash if checklist_set else "",
            evidence_hash(evidence),
            _documents_of(files.tables),
        ]
    )
    earlier = Round.objects.for_city(city).filter(key=evidence.plan.key).first()
    if earlier is not None and earlier.content_hash == content_hash:
        return earlier
    if earlier is not None:
        _make_room(earlier)
    units = _take_up_units(city, evidence)
    stored = store_round(
        city,
        evidence,
        edition=stored_edition,
        checklist_set=checklist_set,
        responsibility_plan=store_responsibilities(
            stored_edition, evidence.responsibilities, units=units
        ),
        content_hash=content_hash,
    )
    _store_evidence(stored, evidence, units=units, checklists=checklists)
    _store_reported(stored, evidence, files.tables)
    return stored


def _make_room(earlier: Round) -> None:
    if earlier.runs.exists() and not earlier.is_synthetic:
        raise RoundAlreadyScored(round=earlier.key, city=earlier.city.name_zh)
    earlier.runs.all().delete()
    earlier.delete()


def _take_up_units(city: City, evidence: records.Evidence) -> dict[str, Unit]:
    groups = take_up_groups(city, evidence.groups, evidence.aliases)
    rows = evidence.responsibilities or ()
    of_units: dict[str, Group] = {}
    for row in rows:
        if row.group in groups:
            of_units.setdefault(row.unit, groups[row.group])
    names = [row.unit for row in rows]
    names += [site.unit for site in evidence.sites]
    names += [document.unit for document in evidence.documents]
    return take_up_units(city, names, groups=of_units)


def _store_evidence(
    round_: Round, evidence: records.Evidence, *, units: dict[str, Unit], checklists: Checklists
) -> None:
    sites = store_sites(round_, evidence.sites, units=units)
    store_observations(round_, evidence.observations, sites=sites, checklists=checklists)
    store_panel_marks(round_, evidence.panel)
    store_survey(round_, evidence.survey, evidence.answers)
    store_documents(round_, evidence.documents, units=units)
    store_statistics(round_, evidence.statistics)


def _documents_of(tables: Tables) -> list[dict[str, str]]:
    return [dict(row.values) for row in tables.get("reported_documents", ())]


def _store_reported(round_: Round, evidence: records.Evidence, tables: Tables) -> None:
    ReportedDocument.objects.bulk_create(
        ReportedDocument(
            city_id=round_.city_id,
            round=round_,
            key=row.text("key"),
            title_zh=row.text("title_zh"),
            title_en=row.text("title_en"),
            as_of=row.text("as_of"),
            position=position,
        )
        for position, row in enumerate(tables.get("reported_documents", ()))
    )
    Figure.objects.bulk_create(
        Figure(
            city_id=round_.city_id,
            round=round_,
            key=each.key,
            title_zh=each.title.zh,
            title_en=each.title.en,
            document=each.document,
            value=each.value,
            unit=each.unit,
            of=each.of,
            means=each.means,
            lower_bound=each.lower_bound,
            base=each.base,
            compared_with=each.data,
            split=[[part, str(value)] for part, value in each.split],
            split_by=each.split_by,
            members=list(each.members),
            position=position,
        )
        for position, each in enumerate(evidence.figures)
    )


def run_scoring(round_: Round) -> Run:
    """Score a round from the rows of the database (计分) and keep the explained result.

    The same edition, evidence and program give the same result; when it is already the
    latest of the round, that run is returned and nothing is stored.

    Raises:
        DomainError: the evidence cannot be assessed; see `engine.assess`.
    """
    started = timezone.now()
    result = as_json(
        assess(edition_of(round_.edition), evidence_of(round_), checklists_of(round_.checklist_set))
    )
    return _store_run(round_, result, started=started)


@transaction.atomic
def _store_run(round_: Round, result: Plain, *, started: datetime) -> Run:
    city = City.objects.select_for_update().get(pk=round_.city_id)
    latest = Run.objects.for_city(city).filter(round=round_).order_by("-number").first()
    if latest and (latest.digest, latest.engine_version) == (result["digest"], __version__):
        return latest
    last = Run.objects.for_city(city).aggregate(last=Max("number"))["last"] or 0
    run = Run.objects.create(
        city=city,
        round=round_,
        number=last + 1,
        started_at=started,
        finished_at=timezone.now(),
        engine_version=__version__,
        edition_hash=result["edition"]["hash"],
        evidence_hash=result["evidence"],
        digest=result["digest"],
        summary={name: each for name, each in result.items() if name not in ("items", "findings")},
        **{
            name: _exact(result[name])
            for name in ("score", "points", "low", "high", "coverage", "lost")
        },
    )
    units = {unit.name: unit for unit in Unit.objects.for_city(city)}
    ItemResult.objects.bulk_create(
        _item_result(run, item, position, units.get(item["lead"] or ""))
        for position, item in enumerate(result["items"])
    )
    Finding.objects.bulk_create(
        Finding(
            city=city,
            run=run,
            code=finding["code"],
            facts={name: each for name, each in finding.items() if name != "code"},
            position=position,
        )
        for position, finding in enumerate(result["findings"])
    )
    return run


def _item_result(run: Run, item: Plain, position: int, lead: Unit | None) -> ItemResult:
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
        due=date.fromisoformat(item["due"]) if item["due"] else None,
        detail=item,
        search=f"{item['key']} {title['zh']} {title['en']} {pinyin_key(title['zh'])}".lower(),
        position=position,
        **{name: item[name] for name in same},
        **{name: _exact(item[name]) for name in numbers},
    )


def _exact(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(repr(number))
