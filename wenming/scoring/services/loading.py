"""Takes a round from its files into the database, with everything that it brought in."""

from django.db import transaction

from wenming.base.models import City, Group, Unit
from wenming.base.services import take_up_areas, take_up_city, take_up_groups, take_up_units
from wenming.core import evidence as records
from wenming.core.errors import DomainError
from wenming.core.evidence import build_evidence
from wenming.core.framework import Checklists, build_checklists, build_edition
from wenming.core.framework.canonical import digest
from wenming.core.framework.checklist import NO_CHECKLISTS
from wenming.core.lifecycle import RunState
from wenming.core.rows import Tables
from wenming.engine.report import evidence_hash
from wenming.files.rounds import RoundFiles
from wenming.framework.models import ChecklistSet, Edition
from wenming.framework.queries import checklists_of, edition_of
from wenming.framework.services import store_checklists, store_edition, store_responsibilities
from wenming.inspection.services import store_observations, store_panel_marks
from wenming.rounds.models import Collection, Round
from wenming.rounds.services import Version, store_round, store_sites
from wenming.scoring.models import Figure, ReportedDocument
from wenming.scoring.services.revising import copy_paper_files
from wenming.statistic.services import store_statistics
from wenming.submission.services import store_documents
from wenming.survey.services import store_survey


class RoundAlreadyScored(DomainError):
    """A round that was scored cannot be replaced by other evidence under the same key."""

    code = "round_already_scored"


@transaction.atomic
def load_round(files: RoundFiles) -> Round:
    """Store a round (轮次) with its edition, units, sites and evidence.

    A round that is the same, in whatever order its rows stand, is left as it is. One that
    differs is replaced whole as long as nothing was scored from it. A made-up round is
    replaced with its runs, because no published number stands on them. Once a result of the
    round was frozen, its rows stay, and what differs becomes the next revision of the round.

    Raises:
        BadInput: mistakes in the rows, all of them.
        RoundAlreadyScored: a round of the same key with other content has a run.
    """
    edition = build_edition(files.edition)
    checklists = build_checklists(files.checklists) if files.checklists else NO_CHECKLISTS
    evidence = build_evidence(files.tables, edition, checklists)
    city = take_up_city(evidence.plan.city)
    stored_edition = store_edition(city, edition, files.edition)
    first = None if stored_edition.checklists_id else stored_edition
    checklist_set = store_checklists(city, files.checklists, edition=first)
    hashed = (files.tables, evidence)
    content_hash = _content_hash(*hashed, edition=stored_edition, checklists=checklist_set)
    of_key = Round.objects.for_city(city).filter(key=evidence.plan.key)
    earlier = of_key.order_by("-revision").first()
    if earlier is not None and earlier.content_hash == content_hash:
        return earlier
    version = _next_version(earlier, content_hash)
    units = _take_up_units(city, evidence)
    stored = store_round(
        city,
        evidence,
        edition=stored_edition,
        checklist_set=checklist_set,
        responsibility_plan=store_responsibilities(
            stored_edition, evidence.responsibilities, units=units
        ),
        version=version,
    )
    _store_evidence(stored, evidence, units=units, checklists=checklists)
    _store_reported(stored, evidence, files.tables)
    return stored


@transaction.atomic
def store_gathered(collection: Collection, tables: Tables) -> Round:
    """Store the evidence of a round as it stands now (汇集证据), as one whole.

    Evidence that is the same as the last time is left as it is; other evidence becomes the next
    revision of the round, and what the earlier ones gave stays.

    Args:
        tables: see `wenming.scoring.queries.gathered.tables_of`.

    Raises:
        BadInput: rows that the engine cannot read, all of them.
    """
    Collection.objects.select_for_update(of=("self",)).get(pk=collection.pk)
    edition, lists = collection.edition, collection.checklist_set
    checklists = checklists_of(lists)
    evidence = build_evidence(tables, edition_of(edition), checklists)
    content_hash = _content_hash(tables, evidence, edition=edition, checklists=lists)
    of_key = Round.objects.for_city(collection.city).filter(key=collection.key)
    earlier = of_key.order_by("-revision").first()
    if earlier is not None and earlier.content_hash == content_hash:
        return earlier
    revision = earlier.revision + 1 if earlier is not None else 1
    units = _take_up_units(collection.city, evidence)
    stored = store_round(
        collection.city,
        evidence,
        edition=edition,
        checklist_set=lists,
        responsibility_plan=collection.responsibility_plan,
        version=Version(content_hash, revision),
    )
    Round.objects.filter(pk=stored.pk).update(collection=collection)
    stored.collection = collection
    _store_evidence(stored, evidence, units=units, checklists=checklists)
    _store_reported(stored, evidence, tables)
    if earlier is not None:
        copy_paper_files(earlier, stored)
    return stored


def _content_hash(
    tables: Tables,
    evidence: records.Evidence,
    *,
    edition: Edition,
    checklists: ChecklistSet | None,
) -> str:
    papers = [dict(row.values) for row in tables.get("reported_documents", ())]
    lines = checklists.hash if checklists else ""
    return digest([edition.hash, lines, evidence_hash(evidence), papers])


def _next_version(earlier: Round | None, content_hash: str) -> Version:
    """Which revision other evidence becomes; what it takes the place of is taken away."""
    if earlier is None:
        return Version(content_hash)
    if earlier.runs.exclude(state=RunState.PROVISIONAL).exists():
        return Version(content_hash, earlier.revision + 1)
    _make_room(earlier)
    return Version(content_hash, earlier.revision, earlier.revised_because)


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
    areas = take_up_areas(round_.city, [(site.county, site.street) for site in evidence.sites])
    sites = store_sites(round_, evidence.sites, units=units, areas=areas)
    store_observations(round_, evidence.observations, sites=sites, checklists=checklists)
    store_panel_marks(round_, evidence.panel)
    store_survey(round_, evidence.survey, evidence.answers)
    store_documents(round_, evidence.documents, units=units)
    store_statistics(round_, evidence.statistics)


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
