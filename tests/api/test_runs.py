"""Runs by a program: started, frozen once, corrected, compared as far as the caller sees."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from tests.api.calling import Caller
from tests.cast import Cast, fresh
from tests.scoring.small_round import write_small_round
from wenming.base.models import AuditEntry, Job, User
from wenming.base.services.jobs import run_job
from wenming.base.services.tokens import make_token
from wenming.core.permissions import Capability
from wenming.scoring.models import Run, Verification
from wenming.scoring.queries import GapBy, gap_rows
from wenming.scoring.services import freeze_run, load_folder, run_scoring
from wenming.statistic.models import Statistic

As = Callable[[User], Caller]
REASON = {"reason": "交警部门更正了数字"}


@pytest.fixture
def run(cast: Cast, tmp_path: Path) -> Run:
    return load_folder(write_small_round(tmp_path))


@pytest.fixture
def later(run: Run) -> Run:
    """A run of the same round, after its deaths in traffic were counted again."""
    Statistic.objects.filter(round=run.round).update(value=Decimal("9.180"))
    return run_scoring(run.round)


def done(caller: Caller, job: Any) -> Any:
    """What the program reads of a job once the worker is through."""
    run_job(UUID(job["id"]))
    return caller.ask("GET", f"/jobs/{job['id']}").json()


def narrow(cast: Cast, *allowed: Capability) -> Caller:
    """A token of the office that allows only this."""
    today = timezone.localdate()
    wanted = [Capability.USE_API, *allowed]
    _, secret = make_token(fresh(cast.lin), "窄", city=cast.city, capabilities=wanted, until=today)
    return Caller(secret)


def test_a_round_is_scored_once_however_often_it_is_asked(cast: Cast, as_: As, run: Run) -> None:
    caller, address = as_(cast.lin), f"/rounds/{run.round_id}/runs"
    Statistic.objects.filter(round=run.round).update(value=Decimal("9.180"))
    first, again = (caller.ask("POST", address) for _ in range(2))
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json()["id"] == again.json()["id"]
    ended = done(caller, first.json())
    assert ended["outcome"] == "succeeded"
    shown = caller.ask("GET", f"/runs/{ended['result']['facts']['run']}").json()
    assert (shown["number"], shown["state"], shown["by"]) == (2, "provisional", "林晓")
    assert shown["result_number"] == ""
    assert shown["run_before"] == str(run.pk)
    assert caller.ask("GET", f"/runs/{run.pk}").json()["newer"] == shown["id"]


@pytest.mark.parametrize("by", [GapBy.STREET, GapBy.COUNTY, GapBy.SITE_TYPE])
def test_gaps_of_places_tell_what_was_seen_there(cast: Cast, as_: As, run: Run, by: GapBy) -> None:
    listed = as_(cast.lin).ask("GET", f"/runs/{run.pk}/gaps/{by}").json()["rows"]
    columns = ("key", "county", "visited", "checks", "passing_checks")
    wanted = [{name: getattr(row, name) for name in columns} for row in gap_rows(run, by)]
    assert [{name: row[name] for name in columns} for row in listed] == wanted
    assert [row["sites"] for row in listed] == [row.register for row in gap_rows(run, by)]
    assert sum(row["sites"] for row in listed) == run.round.sites.count() > 0
    assert sum(row["checks"] for row in listed) > 0


def test_what_somebody_else_has_begun_is_not_begun_twice(cast: Cast, as_: As, run: Run) -> None:
    address = f"/rounds/{run.round_id}/runs"
    assert as_(cast.lin).ask("POST", address).status_code == 202
    late = as_(cast.wang).ask("POST", address)
    assert (late.status_code, late.json()["code"]) == (409, "job_already_open")
    assert Job.objects.count() == 1


def test_a_job_does_not_tell_the_score_to_a_token_without_that_right(
    cast: Cast, as_: As, run: Run
) -> None:
    caller = narrow(cast, Capability.USE_DESK, Capability.RUN_SCORING, Capability.VIEW_RUNS)
    ended = done(caller, caller.ask("POST", f"/rounds/{run.round_id}/runs").json())
    assert ended["result"]["facts"] == {"run": str(run.pk), "number": 1}
    listed = caller.ask("GET", "/jobs").json()["rows"]
    assert "score" not in listed[0]["result"]["facts"]
    whole = as_(cast.lin).ask("GET", f"/jobs/{ended['id']}").json()
    assert whole["result"]["facts"]["score"]


def test_a_run_is_frozen_once(cast: Cast, as_: As, run: Run) -> None:
    caller, address = as_(cast.lin), f"/runs/{run.pk}/freeze"
    frozen = caller.ask("POST", address, {})
    assert frozen.status_code == 200
    said = frozen.json()
    number = f"{timezone.localdate().year}-001"
    assert (said["state"], said["result_number"], said["frozen_by"]) == ("frozen", number, "林晓")
    assert said["chain_hash"] == Run.objects.get(pk=run.pk).chain_hash
    assert {each["table"] for each in said["manifest"]} >= {"scoring.figure", "rounds.site"}
    second = caller.ask("POST", address, {})
    assert (second.status_code, second.json()["code"]) == (409, "transition_not_allowed")
    assert AuditEntry.objects.filter(action="run.freeze").count() == 1


def test_a_freeze_asked_again_under_its_key_is_answered_again(
    cast: Cast, as_: As, run: Run
) -> None:
    caller, address = as_(cast.lin), f"/runs/{run.pk}/freeze"
    first = caller.ask("POST", address, {}, Idempotency_Key="freeze-1")
    again = caller.ask("POST", address, {}, Idempotency_Key="freeze-1")
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()


def test_who_may_score_may_not_freeze_and_a_token_only_with_that_right(
    cast: Cast, as_: As, run: Run
) -> None:
    mere = narrow(cast, Capability.VIEW_RUNS, Capability.RUN_SCORING)
    for caller in (as_(cast.wang), mere):
        refused = caller.ask("POST", f"/runs/{run.pk}/freeze", {})
        assert refused.status_code == 403
        assert refused.json()["facts"] == {"capability": "freeze_run"}
    assert Run.objects.get().state == "provisional"


def test_a_run_of_other_evidence_is_not_frozen(cast: Cast, as_: As, run: Run, later: Run) -> None:
    refused = as_(cast.lin).ask("POST", f"/runs/{run.pk}/freeze", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "run_outdated")


def test_a_result_is_corrected_by_the_next_revision(cast: Cast, as_: As, run: Run) -> None:
    caller = as_(cast.lin)
    caller.ask("POST", f"/runs/{run.pk}/freeze", {})
    assert caller.ask("POST", f"/runs/{run.pk}/correction", {}).status_code == 422
    begun = caller.ask("POST", f"/runs/{run.pk}/correction", REASON)
    assert (begun.status_code, begun.json()["revision"]) == (201, 2)
    again = caller.ask("POST", f"/runs/{run.pk}/correction", REASON)
    assert (again.status_code, again.json()["code"]) == (409, "correction_not_possible")
    revision = begun.json()["id"]
    assert caller.ask("GET", f"/runs/{run.pk}").json()["next_revision"] == revision
    Statistic.objects.filter(round=revision).update(value=Decimal("9.180"))
    ended = done(caller, caller.ask("POST", f"/rounds/{revision}/runs").json())
    address = f"/runs/{ended['result']['facts']['run']}"
    unexplained = caller.ask("POST", f"{address}/freeze", {})
    assert (unexplained.status_code, unexplained.json()["code"]) == (409, "correction_unexplained")
    assert caller.ask("POST", f"{address}/freeze", REASON).json()["corrects"] == str(run.pk)
    assert caller.ask("GET", f"/runs/{run.pk}").json()["state"] == "corrected"
    assert as_(cast.zheng).ask("GET", address).json()["correction"] == REASON["reason"]
    assert as_(cast.zhao).ask("GET", address).json()["correction"] is None


def test_runs_are_listed_by_round_and_state(cast: Cast, as_: As, run: Run, later: Run) -> None:
    freeze_run(later, by=cast.lin)
    caller = as_(cast.zhao)

    def listed(query: str) -> list[int]:
        return [each["number"] for each in caller.ask("GET", f"/runs?{query}").json()["rows"]]

    assert listed("") == [2, 1]
    assert listed("state=frozen") == [2]
    assert listed("round=2026-1&state=provisional") == [1]
    assert listed("round=2026-9") == []
    assert caller.ask("GET", "/runs?state=gone").status_code == 422


def test_the_office_reads_how_far_two_runs_lie_apart(
    cast: Cast, as_: As, run: Run, later: Run
) -> None:
    caller = as_(cast.lin)
    forth, back = (
        caller.ask("GET", f"/runs/{one}/comparison/{other}").json()
        for one, other in ((later.pk, run.pk), (run.pk, later.pk))
    )
    assert forth == back
    assert (forth["later"]["number"], forth["earlier"]["number"]) == (2, 1)
    assert forth["totals"]["verdict"] == "same_round"
    assert forth["changes"] == {"better": 1}
    assert later.score is not None
    assert run.score is not None
    assert forth["totals"]["gain"] == pytest.approx(float(later.score - run.score))
    changed = caller.ask("GET", f"/runs/{later.pk}/comparison/{run.pk}/items?change=changed").json()
    assert [(each["key"], each["change"]) for each in changed["rows"]] == [("B2.1.2", "better")]
    assert caller.ask("GET", f"/runs/{run.pk}/comparison/{run.pk}").status_code == 404


def test_a_unit_compares_its_own_items_and_no_total(
    cast: Cast, as_: As, run: Run, later: Run
) -> None:
    caller, address = as_(cast.zhao), f"/runs/{later.pk}/comparison/{run.pk}"
    said = caller.ask("GET", address)
    assert said.status_code == 200
    assert (said.json()["totals"], said.json()["changes"]) == (None, {})
    assert str(later.score) not in said.content.decode()
    rows = caller.ask("GET", f"{address}/items").json()["rows"]
    assert [each["key"] for each in rows] == ["B2.1.1"]
    assert caller.ask("GET", f"/runs/{later.pk}/items/B2.1.2/history").status_code == 404
    assert as_(cast.wei).ask("GET", f"{address}/items").json()["total"] == 0


def test_an_item_is_read_over_all_runs(cast: Cast, as_: As, run: Run, later: Run) -> None:
    said = as_(cast.lin).ask("GET", f"/runs/{run.pk}/items/B2.1.2/history").json()
    assert [(each["run_number"], each["value"], each["state"]) for each in said["rows"]] == [
        (2, 9.18, "met"),
        (1, 13.18, "not_met"),
    ]


def test_a_verification_is_started_and_read(cast: Cast, as_: As, run: Run) -> None:
    freeze_run(run, by=cast.lin)
    caller = as_(cast.wei)
    ended = done(caller, caller.ask("POST", "/verifications").json())
    pk = ended["result"]["facts"]["verification"]
    said = caller.ask("GET", f"/verifications/{pk}").json()
    assert (said["results"], said["problem_count"], said["problems"]) == (1, 0, [])
    assert [each["id"] for each in caller.ask("GET", "/verifications").json()["rows"]] == [pk]
    assert as_(cast.zheng).ask("POST", "/verifications").status_code == 403


def test_what_a_verification_found_is_said_with_advice(cast: Cast, as_: As) -> None:
    found = Verification.objects.create(
        city=cast.city, started_at=timezone.now(), results=1, entries=1, problem_count=1,
        problems=[{"code": "result_missing", "facts": {"order": 3}}],
    )  # fmt: skip
    (problem,) = as_(cast.lin).ask("GET", f"/verifications/{found.pk}").json()["problems"]
    assert "3" in problem["message"]
    assert problem["advice"] not in ("", "result_missing")
