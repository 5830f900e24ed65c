"""Frozen results: numbered without a gap, chained, never changed, corrected by another run."""

from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests.cast import Cast, make_cast
from tests.scoring.small_round import change, write_small_round
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry
from wenming.core.lifecycle import RunState, TransitionNotAllowed
from wenming.inspection.models import Observation
from wenming.rounds.models import Round
from wenming.scoring.models import Finding, ItemResult, Run
from wenming.scoring.services import (
    CorrectionNotPossible,
    CorrectionUnexplained,
    RunOutdated,
    begin_correction,
    freeze_run,
    load_folder,
    run_scoring,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def frozen(cast: Cast, folder: Path) -> Run:
    return freeze_run(load_folder(folder), by=cast.lin)


def other_round(folder: Path, key: str) -> Path:
    change(folder, "round.yaml", "key: 2026-1", f"key: {key}")
    return folder


def test_a_frozen_run_is_numbered_and_written_down(frozen: Run, cast: Cast) -> None:
    year = timezone.localdate().year
    assert (frozen.state, frozen.result_number) == (RunState.FROZEN, f"{year}-001")
    assert frozen.frozen_by == cast.lin
    entry = AuditEntry.objects.get(action="run.freeze")
    assert entry.detail["chain_hash"] == frozen.chain_hash
    assert entry.detail["digest"] == frozen.digest


def test_results_are_chained_and_numbered_without_a_gap(
    frozen: Run, cast: Cast, folder: Path
) -> None:
    second = freeze_run(load_folder(other_round(folder, "2026-2")), by=cast.lin)
    assert second.result_number.endswith("-002")
    assert second.before == frozen.chain_hash != ""
    assert (frozen.result_order, second.result_order) == (1, 2)


def test_who_may_compute_may_not_freeze(cast: Cast, folder: Path) -> None:
    run = load_folder(folder)
    assert run_scoring(run.round, by=cast.wang) == run
    for who in (cast.wang, cast.zheng, cast.zhao, cast.chen, cast.wei, cast.wu):
        with pytest.raises(PermissionDenied):
            freeze_run(run, by=who)
    with pytest.raises(PermissionDenied):
        run_scoring(run.round, by=cast.zheng)


def test_a_run_is_not_frozen_twice(frozen: Run, cast: Cast) -> None:
    with pytest.raises(TransitionNotAllowed):
        freeze_run(frozen, by=cast.lin)


def test_a_run_of_other_evidence_or_program_is_not_frozen(cast: Cast, folder: Path) -> None:
    run = load_folder(folder)
    Observation.objects.filter(round=run.round).earliest("position").delete()
    with pytest.raises(RunOutdated):
        freeze_run(run, by=cast.lin)
    again = run_scoring(run.round)
    Run.objects.filter(pk=again.pk).update(engine_version="0.0.1")
    with pytest.raises(RunOutdated):
        freeze_run(again, by=cast.lin)


INPUTS = (
    "rounds_site",
    "inspection_observation",
    "inspection_panelmark",
    "survey_surveyplan",
    "survey_question",
    "survey_answersheet",
    "submission_document",
    "statistic_statistic",
    "scoring_reporteddocument",
    "scoring_figure",
    "scoring_itemresult",
    "scoring_finding",
    "scoring_manifestpart",
    "framework_responsibility",
)


@pytest.mark.parametrize("table", INPUTS)
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET city_id = city_id, {}"])
def test_the_database_refuses_to_change_what_is_frozen(
    frozen: Run, table: str, statement: str
) -> None:
    columns = connection.introspection.get_table_description(connection.cursor(), table)
    names = {column.name for column in columns}
    column = "position" if "position" in names else "lonely"
    value = "position = position + 1000" if column == "position" else "lonely = 'fail'"
    asked = statement.replace("{}", table, 1).replace("{}", value)
    with (
        pytest.raises(IntegrityError, match="frozen result"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(asked)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE scoring_run SET score = 100",
        "UPDATE scoring_run SET state = 'provisional', result_order = NULL, result_number = ''",
        "DELETE FROM scoring_run",
        "UPDATE rounds_round SET seed = 'other'",
        "UPDATE framework_checklistset SET content = '{}'",
        "UPDATE framework_edition SET content = '{}'",
    ],
)
def test_the_database_refuses_to_change_the_run_and_its_rules(frozen: Run, statement: str) -> None:
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_site_may_still_pass_to_another_unit(frozen: Run, cast: Cast) -> None:
    site = frozen.round.sites.earliest("position")
    site.unit = cast.units.archive
    site.save(update_fields=["unit"])


def test_a_provisional_run_may_go(cast: Cast, folder: Path) -> None:
    run = load_folder(folder)
    run.delete()
    assert not ItemResult.objects.exists()
    assert not Finding.objects.exists()


def test_other_evidence_of_a_frozen_round_becomes_its_next_revision(
    frozen: Run, cast: Cast, folder: Path
) -> None:
    change(folder, "statistics.csv", "13.180", "9.180")
    later = load_folder(folder)
    assert (later.round.key, later.round.revision) == (frozen.round.key, 2)
    assert load_folder(folder) == later
    frozen.refresh_from_db()
    assert frozen.state == RunState.FROZEN
    with pytest.raises(CorrectionUnexplained):
        freeze_run(later, by=cast.lin)
    corrected = freeze_run(later, by=cast.lin, reason="交警部门更正了数字")
    frozen.refresh_from_db()
    assert (frozen.state, frozen.corrected_by) == (RunState.CORRECTED, corrected)
    assert (corrected.corrects, corrected.correction) == (frozen, "交警部门更正了数字")
    assert corrected.result_number.endswith("-002")


def test_a_made_up_round_with_a_frozen_result_is_not_replaced(cast: Cast, tmp_path: Path) -> None:
    folder = write_small_round(tmp_path, is_synthetic=True)
    first = freeze_run(load_folder(folder), by=cast.lin)
    change(folder, "statistics.csv", "13.180", "9.180")
    assert load_folder(folder).round.revision == 2
    assert Run.objects.filter(pk=first.pk, state=RunState.FROZEN).exists()


def test_a_correction_begins_with_a_copy_of_every_row(
    frozen: Run, cast: Cast, folder: Path
) -> None:
    revision = begin_correction(frozen, by=cast.lin, reason="所报数字有误")
    assert (revision.revision, revision.revised_because) == (2, "所报数字有误")
    again = run_scoring(revision, by=cast.lin)
    assert again.digest == frozen.digest
    assert again.pk != frozen.pk
    assert load_folder(folder).round == revision
    with pytest.raises(CorrectionNotPossible):
        begin_correction(frozen, by=cast.lin, reason="再来一次")


def test_a_correction_needs_a_reason_and_the_right(frozen: Run, cast: Cast) -> None:
    with pytest.raises(CorrectionNotPossible):
        begin_correction(frozen, by=cast.lin, reason=" ")
    with pytest.raises(PermissionDenied):
        begin_correction(frozen, by=cast.wang, reason="想改")
    assert Round.objects.count() == 1
