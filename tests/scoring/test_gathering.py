"""A round in work is scored as it stands, again and again, and its folder gives the same result."""

import io
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, fresh, log_in, make_cast, make_person
from tests.core.questionnaire.building import instrument, question
from tests.inspection.building import seen, sheet, shot, uploaded
from tests.scoring.small_round import write_small_round
from wenming.base.models import Job, User
from wenming.base.services.jobs import run_job
from wenming.core.evidence import build_evidence
from wenming.core.framework import build_checklists, build_edition
from wenming.core.permissions import PostKind
from wenming.core.terms import AssignmentRole, Method, Outcome, RoundKind, SheetSource, Words
from wenming.engine import as_json, assess
from wenming.files.rounds import read_round
from wenming.framework.services import store_checklists, store_edition
from wenming.inspection.models import SiteVisit
from wenming.inspection.services.deciding import accept_visit
from wenming.inspection.services.panels import (
    GivenMark,
    PanelPlan,
    close_panel,
    hand_in_marks,
    make_panel,
)
from wenming.inspection.services.planning import DayPlan, plan_visits
from wenming.inspection.services.taking import GivenPhoto, Taken, take_sheet
from wenming.rounds.models import Collection, RegisteredSite, Round
from wenming.rounds.services.collections import (
    CollectionPlan,
    Span,
    Standard,
    assign_person,
    open_collection,
    plan_collection,
)
from wenming.rounds.services.sites import SiteDetails, change_site, make_site, retire_site
from wenming.scoring.models import Figure, ReportedDocument, Run
from wenming.scoring.queries.gathered import latest_of, tables_of
from wenming.scoring.services import run_scoring
from wenming.scoring.services.freezing import CorrectionUnexplained, freeze_run
from wenming.scoring.services.loading import store_gathered
from wenming.scoring.services.verifying import verify_city
from wenming.statistic.services.entries import Figures, confirm_figure, enter_figure
from wenming.survey.models import Fieldwork, Sheet
from wenming.survey.services.instruments import (
    FieldDesign,
    bring_instrument,
    put_instrument_in_use,
    set_fieldwork,
)
from wenming.survey.services.sheets import SentSheet, accept_sheet, set_sheet_aside
from wenming.survey.services.sheets import take_sheet as take_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def collection(cast: Cast, tmp_path: Path) -> Collection:
    write_small_round(tmp_path)
    files = read_round(tmp_path)
    edition = store_edition(cast.city, build_edition(files.edition), files.edition)
    lists = store_checklists(cast.city, files.checklists, edition=edition)
    plan = CollectionPlan(
        "2026-5", RoundKind.SELF_TEST, Words("第五轮"), Span(date(2026, 10, 1), date(2026, 10, 31))
    )
    planned = plan_collection(cast.city, plan, standard=Standard(edition, lists), by=cast.lin)
    add_site(cast, "S1")
    return open_collection(planned, by=cast.lin)


def add_site(cast: Cast, key: str) -> None:
    details = SiteDetails(key, f"点位{key}", "main_road", unit=cast.units.streets)
    make_site(cast.city, details, by=cast.lin)


def gathered(collection: Collection) -> Round:
    return store_gathered(collection, tables_of(collection))


def test_what_did_not_change_is_not_stored_again(collection: Collection, cast: Cast) -> None:
    first = gathered(collection)
    assert (first.revision, first.collection, first.key) == (1, collection, "2026-5")
    assert [site.unit_name for site in first.sites.all()] == ["市城管局"]
    assert gathered(collection) == first
    add_site(cast, "S2")
    second = gathered(collection)
    assert second.revision == 2
    assert first.sites.count() == 1
    assert second.sites.count() == 2
    assert latest_of(collection) == second


def test_reported_figures_go_on_with_their_round(collection: Collection, cast: Cast) -> None:
    first = gathered(collection)
    of = {"city": cast.city, "round": first, "position": 0}
    ReportedDocument.objects.create(key="P1", title_zh="简报", **of)
    Figure.objects.create(key="F1", document="P1", value=42, split=[["甲", "14"]], **of)
    add_site(cast, "S2")
    second = gathered(collection)
    assert second.reported_documents.get().title_zh == "简报"
    figure = second.figures.get()
    assert (figure.value, figure.split) == (42, [["甲", "14"]])


def test_a_frozen_result_is_corrected_where_its_evidence_was_made(
    collection: Collection, cast: Cast, client: Client
) -> None:
    first = freeze_run(run_scoring(gathered(collection), by=cast.lin), by=cast.lin)
    assert gathered(collection) == first.round  # nothing was mended yet
    add_site(cast, "S2")
    mended = run_scoring(gathered(collection), by=cast.lin)
    with pytest.raises(CorrectionUnexplained):
        freeze_run(mended, by=cast.lin)
    second = freeze_run(mended, by=cast.lin, reason="漏录一处点位")
    first.refresh_from_db()
    assert (second.corrects, first.corrected_by, first.state) == (first, second, "corrected")
    assert (first.round.sites.count(), second.round.sites.count()) == (1, 2)
    assert verify_city(cast.city).found == []
    address = f'href="/collections/{collection.pk}/"'
    page = log_in(client, cast.lin).get(f"/runs/{second.pk}/correct/").content.decode()
    assert address in page


def test_the_folder_of_a_gathered_round_is_assessed_to_the_same_digest(
    collection: Collection, cast: Cast, client: Client, tmp_path: Path
) -> None:
    run = run_scoring(gathered(collection), by=cast.lin)
    answer = log_in(client, cast.lin).get(f"/rounds/{run.round_id}/folder.zip")
    zipfile.ZipFile(io.BytesIO(answer.content)).extractall(tmp_path / "taken")
    files = read_round(tmp_path / "taken" / "2026-5")
    edition, lists = build_edition(files.edition), build_checklists(files.checklists or {})
    result = as_json(assess(edition, build_evidence(files.tables, edition, lists), lists))
    assert result["digest"] == run.digest
    again = client.get(f"/rounds/{run.round_id}/folder.zip")
    assert again.content == answer.content


def test_the_office_has_a_round_scored_from_its_page(
    collection: Collection, cast: Cast, client: Client
) -> None:
    log_in(client, cast.lin)
    page = client.get(f"/collections/{collection.pk}/").content.decode()
    address = f"/collections/{collection.pk}/score/"
    assert address in page
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302
    job = Job.objects.get()
    run_job(job.pk)
    job.refresh_from_db()
    assert job.outcome == "succeeded"
    run = Run.objects.get()
    assert run.round.collection == collection
    assert (
        f"/runs/{run.pk}/record/" in client.get(f"/collections/{collection.pk}/").content.decode()
    )


def planned(collection: Collection, cast: Cast) -> SiteVisit:
    assign_person(collection, cast.sun, [AssignmentRole.INSPECTOR], by=cast.lin)
    gao = make_person("gao", name="高远", city=cast.city, kind=PostKind.INSPECTOR)
    assign_person(collection, gao, [AssignmentRole.INSPECTOR], by=cast.lin)
    site = RegisteredSite.objects.get(key="S1")
    day = DayPlan(timezone.localdate(), (fresh(cast.sun), gao))
    (visit,) = plan_visits(collection, [site], day, by=cast.lin)
    return visit


def handed_in(visit: SiteVisit, cast: Cast, *photos: GivenPhoto) -> Taken:
    records = [seen("road-1", number=0), seen("road-2", Outcome.CONFORM)]
    return take_sheet(visit, sheet(records=records, photos=list(photos)), by=cast.sun)


def visited(collection: Collection, cast: Cast) -> None:
    taken = handed_in(planned(collection, cast), cast)
    accept_visit(taken.visit, by=cast.lin)


def take_sheet_of(work: Fieldwork, n: int, *, by: User) -> Sheet:
    """A sheet of household n; the third is not satisfied."""
    at = timezone.now() - timedelta(hours=1)
    given = SentSheet(
        UUID(int=n), SheetSource.HOUSEHOLD, at, at + timedelta(minutes=12),
        {"sat": "no" if n == 3 else "yes"}, {"community": f"社区{n}"},
    )  # fmt: skip
    return take_answers(work, given, by=by)[0]


def test_an_accepted_visit_is_scored_down_to_its_photograph(
    collection: Collection, cast: Cast
) -> None:
    visit = planned(collection, cast)
    photo = uploaded(visit, cast.sun)
    taken = handed_in(visit, cast, shot(photo.pk, "road-1"))
    assert not gathered(collection).observations.exists()
    accept_visit(taken.visit, by=cast.lin)
    round_ = gathered(collection)
    first = round_.observations.get(line="road-1")
    stored = taken.sheet.photos.get().attachment.file
    assert (first.outcome, first.photo, first.inspector) == ("conform", stored.digest, "孙强、高远")
    run = run_scoring(round_, by=cast.lin)
    assert run.items.get(key="B2.1.1").state == "met"


def test_a_site_counts_by_the_checklist_that_was_used_there(
    collection: Collection, cast: Cast
) -> None:
    visited(collection, cast)
    site = RegisteredSite.objects.get(key="S1")
    later = SiteDetails("S1", "改作他用", "bus_stop", unit=cast.units.streets)
    change_site(site, later, by=cast.lin)
    retire_site(site, day=date(2026, 9, 1), by=cast.lin)
    run = run_scoring(gathered(collection), by=cast.lin)
    assert run.round.sites.get().site_type == "main_road"
    assert run.items.get(key="B2.1.1").state == "met"


def test_confirmed_figures_and_accepted_sheets_are_scored(
    collection: Collection, cast: Cast
) -> None:
    figure = Figures("B2.1.2", 0, "2025", Decimal("9.5"), "统计年鉴第 12 页", "人/万台车")
    entered = enter_figure(collection, figure, by=cast.lin)
    form = instrument(
        question("sat", "select_one", choices="yn", item="B1.1.2", yes="yes", no="no")
    )
    used = put_instrument_in_use(bring_instrument(form, city=cast.city, by=cast.lin), by=cast.lin)
    design = FieldDesign((), ("community",), (), "")
    work = set_fieldwork(collection, used, design=design, by=cast.lin)
    assign_person(collection, cast.zhou, [AssignmentRole.INTERVIEWER], by=cast.lin)
    sheets = [take_sheet_of(work, n, by=fresh(cast.zhou)) for n in range(1, 5)]
    untested = gathered(collection)
    assert (untested.statistics.count(), untested.answer_sheets.count()) == (0, 0)
    confirm_figure(entered, by=cast.wang)
    for each in sheets[:3]:
        accept_sheet(each, by=cast.lin)
    set_sheet_aside(sheets[3], because="代答", by=cast.lin)
    round_ = gathered(collection)
    assert (round_.statistics.get().value, round_.answer_sheets.count()) == (Decimal("9.5"), 3)
    run = run_scoring(round_, by=cast.lin)
    assert run.items.get(key="B2.1.2").state == "met"
    satisfied = run.items.get(key="B1.1.2")
    assert round(satisfied.value, 4) == Decimal("66.6667")
    assert satisfied.state == "not_met"


def test_the_marks_of_a_closed_panel_are_scored(collection: Collection, cast: Cast) -> None:
    people = [cast.sun, cast.li]
    for person in people:
        assign_person(collection, person, [AssignmentRole.ASSESSOR], by=cast.lin)
    wish = PanelPlan(Method.OVERALL, "老城片区", date(2026, 10, 8), ["B2.1.3"], people)
    session = make_panel(collection, wish, by=cast.lin)
    for person, mark in zip(people, ("80", "91"), strict=True):
        given = {"B2.1.3": GivenMark(Decimal(mark))}
        hand_in_marks(session.seats.get(person=person), given, by=fresh(person))
    assert not gathered(collection).panel_marks.exists()
    close_panel(session, by=cast.lin)
    run = run_scoring(gathered(collection), by=cast.lin)
    rated = run.items.get(key="B2.1.3")
    assert (rated.value, rated.state) == (Decimal("85.5"), "not_met")


def test_whoever_scores_no_rounds_takes_no_folder(
    collection: Collection, cast: Cast, client: Client
) -> None:
    round_ = gathered(collection)
    for person in (cast.zhao, cast.sun, cast.zheng):
        log_in(client, person)
        assert client.get(f"/rounds/{round_.pk}/folder.zip").status_code == 403
        assert client.post(f"/collections/{collection.pk}/score/").status_code == 403
    assert log_in(client, cast.wu).get(f"/rounds/{round_.pk}/folder.zip").status_code == 404
