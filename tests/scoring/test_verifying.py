"""Sabotage for real: rows are changed behind the triggers, and verifying names each of them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from tests.cast import Cast, make_cast
from tests.scoring.small_round import change
from wenming.base.models import AuditHead
from wenming.base.services.audit import record
from wenming.scoring.models import Run, Verification
from wenming.scoring.services import freeze_run, load_folder
from wenming.scoring.services.verifying import Discrepancy, keep_verification, verify_city
from wenming.survey.models import AnswerSheet

pytestmark = pytest.mark.django_db

CHANGED = (
    "UPDATE {table} SET {assignment} WHERE id = (SELECT id FROM {table}"
    " WHERE {column}::text <> (SELECT {value}::text) ORDER BY position LIMIT 1)"
)
FIRST = "DELETE FROM {table} WHERE id = (SELECT id FROM {table} ORDER BY position LIMIT 1)"
OF_RUN = "DELETE FROM {table} WHERE run_id = %s"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def frozen(cast: Cast, folder: Path) -> Run:
    change(folder, "sites.csv", "R1,", "R0,main_road,空点,中心区,城东街道,\nR1,")
    run = freeze_run(load_folder(folder), by=cast.lin)
    for step in range(3):
        record("post.give", by=cast.lin, city=cast.city, detail={"step": step})
    return run


@contextmanager
def behind_the_triggers() -> Iterator[None]:
    """As somebody who has the database itself in hand."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = DEFAULT")


def sabotage(statement: str, *values: object) -> None:
    with behind_the_triggers(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount > 0


def take_out(run: Run) -> None:
    for table in (
        "scoring_itemresult",
        "scoring_finding",
        "scoring_manifestpart",
        "scoring_figurecheck",
    ):
        sabotage(OF_RUN.format(table=table), run.pk)
    sabotage("DELETE FROM scoring_run WHERE id = %s", run.pk)


def found_in(cast: Cast) -> list[Discrepancy]:
    return verify_city(cast.city).found


def told(found: list[Discrepancy]) -> list[tuple[object, ...]]:
    return [(each.code, each.facts.get("rows_of"), each.facts.get("name")) for each in found]


def test_what_is_untouched_is_clean(frozen: Run, cast: Cast) -> None:
    verified = verify_city(cast.city)
    assert (verified.results, verified.found) == (1, [])
    assert verified.entries == AuditHead.objects.get(city=cast.city).number


ROWS = {
    "inspection_observation": ("remark = 'x'", "inspection.observation", "road-1"),
    "survey_answersheet": ("values = '{}'", "survey.answersheet", "s"),
    "submission_document": ("outcome = 'rejected'", "submission.document", "W1 · 学习计划"),
    "statistic_statistic": ("value = 9", "statistic.statistic", "B2.1.2 · 2025"),
    "rounds_site": ("title = 'x'", "rounds.site", "R0 · 空点"),
    "inspection_panelmark": ("mark = 1", "inspection.panelmark", "B2.1.3"),
    "survey_question": ("yes = '[]'", "survey.question", "q01 · B1.1.2"),
    "framework_responsibility": ("role = 'lead'", "framework.responsibility", "B2.1.1 · 市公安局"),
    "scoring_figure": ("value = 4", "scoring.figure", "D1 · sites"),
    "scoring_itemresult": ("score = 0", "scoring.itemresult", "B1.1.2 · 市民满意度"),
    "scoring_finding": ("facts = '{}'", "scoring.finding", "split_differs"),
}


@pytest.mark.parametrize("table", ROWS)
def test_a_changed_row_is_named(frozen: Run, cast: Cast, table: str) -> None:
    assignment, kind, name = ROWS[table]
    column, _equals, value = assignment.partition(" = ")
    sabotage(CHANGED.format(table=table, assignment=assignment, column=column, value=value))
    (changed,) = told(found_in(cast))
    assert changed[:2] == ("stored_row_changed", kind)
    assert kind in {"framework.responsibility", "scoring.itemresult"} or name in str(changed[2])


@pytest.mark.parametrize("table", ROWS)
def test_a_deleted_row_is_named(frozen: Run, cast: Cast, table: str) -> None:
    sabotage(FIRST.format(table=table))
    (missing,) = told(found_in(cast))
    assert missing[:2] == ("stored_row_missing", ROWS[table][1])


def test_an_added_row_is_named(frozen: Run, cast: Cast) -> None:
    sabotage(
        "INSERT INTO survey_answersheet (id, city_id, round_id, key, values, position)"
        " SELECT gen_random_uuid(), city_id, round_id, 's1-copy', values, 900"
        " FROM survey_answersheet WHERE key = 's1'"
    )
    assert told(found_in(cast)) == [("stored_row_added", "survey.answersheet", "s1-copy")]


def test_rows_in_another_order_are_named(frozen: Run, cast: Cast) -> None:
    first, second = AnswerSheet.objects.order_by("position")[:2]
    for sheet, position in ((first, 900), (second, 0), (first, 1)):
        sabotage("UPDATE survey_answersheet SET position = %s WHERE id = %s", position, sheet.pk)
    assert told(found_in(cast)) == [
        ("stored_row_moved", "survey.answersheet", second.key),
        ("stored_row_moved", "survey.answersheet", first.key),
    ]


def content_of_edition(frozen: Run) -> dict[str, list[dict[str, str]]]:
    content: dict[str, list[dict[str, str]]] = frozen.round.edition.content
    return content


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        ("change", "stored_row_changed"),
        ("drop", "stored_row_missing"),
        ("swap", "stored_row_moved"),
    ],
)
def test_one_row_of_the_edition_is_named(frozen: Run, cast: Cast, deed: str, code: str) -> None:
    content = content_of_edition(frozen)
    rows = content["items"]
    if deed == "change":
        rows[0]["points"] = "3"
    elif deed == "drop":
        del rows[0]
    else:
        rows[0], rows[1] = rows[1], rows[0]
    sabotage(
        "UPDATE framework_edition SET content = %s::jsonb WHERE id = %s",
        json.dumps(content),
        frozen.round.edition_id,
    )
    found = told(found_in(cast))
    assert {each[:2] for each in found} == {(code, "framework.edition")}
    assert any("items · B1.1.1" in str(name) for _code, _table, name in found)


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE base_auditentry SET detail = '{}' WHERE number = %s", "audit_changed"),
        ("DELETE FROM base_auditentry WHERE number = %s", "audit_missing"),
    ],
)
def test_one_audit_row_is_named(frozen: Run, cast: Cast, statement: str, code: str) -> None:
    number = AuditHead.objects.get(city=cast.city).number - 1
    sabotage(statement, number)
    found = found_in(cast)
    assert (code, number) in [(each.code, each.facts["number"]) for each in found]


def test_audit_rows_that_change_places_are_named(frozen: Run, cast: Cast) -> None:
    last = AuditHead.objects.get(city=cast.city).number
    for old, new in ((last, 9000), (last - 1, last), (9000, last - 1)):
        sabotage("UPDATE base_auditentry SET number = %s WHERE number = %s", new, old)
    assert {each.facts["number"] for each in found_in(cast)} >= {last - 1, last}


def test_a_result_that_is_taken_out_is_missed(frozen: Run, cast: Cast) -> None:
    take_out(frozen)
    assert [each.code for each in found_in(cast)] == ["result_gone"]


def test_a_hole_in_the_chain_of_results_is_named(frozen: Run, cast: Cast, folder: Path) -> None:
    change(folder, "round.yaml", "key: 2026-1", "key: 2026-2")
    freeze_run(load_folder(folder), by=cast.lin)
    take_out(frozen)
    assert {"result_missing", "result_gone"} <= {each.code for each in found_in(cast)}


def test_another_number_of_a_result_is_named(frozen: Run, cast: Cast) -> None:
    sabotage("UPDATE scoring_run SET result_number = '2026-777'")
    assert "result_changed" in {each.code for each in found_in(cast)}


def test_another_digest_is_named_although_every_row_is_there(frozen: Run, cast: Cast) -> None:
    sabotage("UPDATE scoring_run SET digest = repeat('0', 64)")
    codes = {each.code for each in found_in(cast)}
    assert {"result_changed", "stored_row_changed", "digest_differs"} <= codes


def test_a_manifest_that_was_made_to_fit_is_named(frozen: Run, cast: Cast) -> None:
    sabotage("DELETE FROM scoring_manifestpart WHERE \"table\" = 'rounds.site'")
    assert "manifest_changed" in {each.code for each in found_in(cast)}


def test_what_was_found_is_kept(frozen: Run, cast: Cast) -> None:
    sabotage("UPDATE statistic_statistic SET value = 9")
    kept = keep_verification(cast.city, verify_city(cast.city), by=cast.wei)
    assert Verification.objects.visible_to(cast.wei).get() == kept
    assert kept.problems[0]["facts"]["name"] == "B2.1.2 · 2025"
