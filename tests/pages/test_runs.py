"""Runs on screen: who sees what of them, scoring, freezing, correcting and verifying."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, log_in, make_cast
from tests.scoring.small_round import write_small_round
from wenming.base.models import AuditEntry, Job
from wenming.base.services.jobs import run_job
from wenming.base.templatetags.desk import moment
from wenming.base.wording.results import RESULT_LABELS
from wenming.core.lifecycle import RunState
from wenming.inspection.models import Observation
from wenming.rounds.models import Round
from wenming.scoring.models import Run, Verification
from wenming.scoring.services import freeze_run, load_folder, run_scoring, verifying

pytestmark = pytest.mark.django_db
Ceiling = Callable[[int], AbstractContextManager[object]]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def run(cast: Cast, tmp_path: Path) -> Run:
    return load_folder(write_small_round(tmp_path))


@pytest.fixture
def office(cast: Cast) -> Client:
    return log_in(Client(), cast.lin)


def record_of(run: Run) -> str:
    return reverse("scoring:record", args=[run.pk])


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_a_unit_sees_that_there_is_a_run_but_not_what_the_city_scores(cast: Cast, run: Run) -> None:
    score = f"{run.score:.2f}"
    addresses = [reverse("scoring:runs"), record_of(run)]
    for who in (cast.lin, cast.zheng, cast.wang):
        assert all(score in text(log_in(Client(), who).get(each)) for each in addresses)
    for who in (cast.zhao, cast.chen, cast.wei):
        browser = log_in(Client(), who)
        for address in addresses:
            answer = browser.get(address)
            assert answer.status_code == 200
            assert score not in text(answer)
        file = b"".join(browser.get(addresses[0] + "?form=csv&all=1").streaming_content)  # type: ignore[attr-defined]
        assert score not in file.decode()
        assert score not in text(browser.get(addresses[0] + "?sort=score&columns=score"))


def test_who_is_let_in(cast: Cast, run: Run) -> None:
    for view, people in (
        ("score", (cast.lin, cast.wang)),
        ("freeze", (cast.lin,)),
        ("correct", (cast.lin,)),
        ("verifications", (cast.lin, cast.wang, cast.wei)),
    ):
        takes_run = view in ("freeze", "correct")
        address = reverse(f"scoring:{view}", args=[run.pk] if takes_run else [])
        assert Client().get(address).status_code == 302
        for who in cast.at_home:
            wanted = 200 if who in people else 403
            assert log_in(Client(), who).get(address).status_code == wanted, (view, who)
    assert log_in(Client(), cast.sun).get(record_of(run)).status_code == 403
    assert log_in(Client(), cast.wu).get(record_of(run)).status_code == 404


def test_a_round_is_scored_in_the_background(cast: Cast, run: Run, office: Client) -> None:
    Observation.objects.filter(round=run.round).earliest("position").delete()
    answer = office.post(reverse("scoring:score"), {"round": str(run.round_id)})
    job = Job.objects.get(kind="score_round")
    assert answer.headers["Location"] == reverse("base:job", args=[job.pk])
    run_job(job.pk)
    job.refresh_from_db()
    newer = Run.objects.get(number=run.number + 1)
    assert job.result["address"] == record_of(newer)
    assert newer.by == cast.lin
    assert office.get(job.result["address"]).status_code == 200


def test_a_round_of_another_city_is_not_scored(cast: Cast, run: Run) -> None:
    neighbour = log_in(Client(), cast.wu)
    answer = neighbour.post(reverse("scoring:score"), {"round": str(run.round_id)})
    assert answer.status_code == 422
    assert not Job.objects.exists()


def test_a_run_is_frozen_after_a_second_confirmation(run: Run, office: Client) -> None:
    address = reverse("scoring:freeze", args=[run.pk])
    assert "定稿不能撤回" in text(office.get(address))
    assert office.post(address).headers["Location"] == record_of(run)
    run.refresh_from_db()
    assert run.state == RunState.FROZEN
    page = text(office.get(record_of(run)))
    assert run.result_number in page
    assert run.chain_hash in page
    assert "结果的存证" in page
    again = office.post(address)
    assert again.status_code == 422
    assert run.result_number in text(again)


def test_an_outdated_run_is_not_frozen_and_the_page_says_what_to_do(
    run: Run, office: Client
) -> None:
    Observation.objects.filter(round=run.round).earliest("position").delete()
    answer = office.post(reverse("scoring:freeze", args=[run.pk]))
    assert answer.status_code == 422
    assert reverse("scoring:score") + f"?round={run.round_id}" in text(answer)
    run.refresh_from_db()
    assert run.state == RunState.PROVISIONAL


def test_a_correction_needs_a_reason_and_ends_in_a_new_result(
    cast: Cast, run: Run, office: Client
) -> None:
    frozen = freeze_run(run, by=cast.lin)
    address = reverse("scoring:correct", args=[run.pk])
    assert office.post(address, {"reason": " "}).status_code == 422
    assert office.post(address, {"reason": "点位登记有误"}).headers["Location"] == record_of(run)
    revision = Round.objects.get(key=run.round.key, revision=2)
    assert office.post(address, {"reason": "再来一次"}).status_code == 422
    assert f"?round={revision.pk}" in text(office.get(record_of(run)))
    Observation.objects.filter(round=revision).earliest("position").delete()
    office.post(reverse("scoring:score"), {"round": str(revision.pk)})
    run_job(Job.objects.get(kind="score_round").pk)
    newer = Run.objects.get(round=revision)
    freezing = reverse("scoring:freeze", args=[newer.pk])
    assert office.post(freezing).status_code == 422
    assert office.post(freezing, {"reason": "点位登记有误"}).status_code == 302
    frozen.refresh_from_db()
    assert frozen.state == RunState.CORRECTED
    assert record_of(newer) in text(office.get(record_of(frozen)))
    assert "点位登记有误" in text(office.get(record_of(newer)))
    assert "点位登记有误" not in text(log_in(Client(), cast.zhao).get(record_of(newer)))


def test_a_provisional_run_is_not_corrected(run: Run, office: Client) -> None:
    address = reverse("scoring:correct", args=[run.pk])
    assert office.post(address, {"reason": "无"}).status_code == 422
    assert Round.objects.filter(key=run.round.key).count() == 1


def test_the_state_of_a_run_stands_on_each_of_its_pages(
    cast: Cast, run: Run, office: Client
) -> None:
    pages = [reverse(f"scoring:{each}", args=[run.pk]) for each in ("overview", "items", "gaps")]
    assert all("暂定" in text(office.get(page)) for page in pages)
    freeze_run(run, by=cast.lin)
    run.refresh_from_db()
    assert all(run.result_number in text(office.get(page)) for page in pages)


def test_an_item_tells_how_it_stood_in_other_runs(cast: Cast, run: Run, office: Client) -> None:
    Observation.objects.filter(round=run.round).earliest("position").delete()
    newer = run_scoring(run.round)
    row = newer.items.get(key="B2.1.1")
    earlier = reverse("scoring:item", args=[run.pk, row.key])
    address = reverse("scoring:item", args=[newer.pk, row.key])
    assert earlier in text(office.get(address))
    assert earlier in text(log_in(Client(), cast.zhao).get(address))  # Zhao's unit leads it
    assert log_in(Client(), cast.qian).get(address).status_code == 404


def test_verifying_what_is_whole_says_so(cast: Cast, run: Run, office: Client) -> None:
    freeze_run(run, by=cast.lin)
    answer = office.post(reverse("scoring:verify"))
    job = Job.objects.get(kind="verify_results")
    assert answer.headers["Location"] == reverse("base:job", args=[job.pk])
    run_job(job.pk)
    job.refresh_from_db()
    assert "全部与定稿时一致" in text(office.get(job.result["address"]))
    assert log_in(Client(), cast.wu).get(job.result["address"]).status_code == 404


def test_a_changed_row_is_named_with_what_to_do(cast: Cast, run: Run, office: Client) -> None:
    freeze_run(run, by=cast.lin)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE inspection_observation SET remark = 'x' WHERE position = 0")
        cursor.execute("UPDATE base_auditentry SET detail = '{}' WHERE number = 1")
        cursor.execute("SET session_replication_role = DEFAULT")
    office.post(reverse("scoring:verify"))
    run_job(Job.objects.get(kind="verify_results").pk)
    kept = Verification.objects.get()
    codes = {each["code"] for each in kept.problems}
    assert codes == {"stored_row_changed", "audit_changed", "result_not_as_recorded"}
    page = text(office.get(reverse("scoring:verification", args=[kept.pk])))
    named = [each["facts"]["name"] for each in kept.problems if "name" in each["facts"]]
    assert named
    assert all(name in page for name in named)
    assert "备份" in page
    changed = AuditEntry.objects.get(number=1)
    assert moment(changed.at) in page  # in the city's time, as every other page writes it


def test_every_discrepancy_has_its_advice() -> None:
    source = Path(verifying.__file__).read_text(encoding="utf-8")
    raised = set(re.findall(r'Discrepancy\(\s*"(\w+)"', source))
    assert len(raised) > 5
    assert raised <= RESULT_LABELS["verification_advice"].keys()


def test_what_is_not_there_is_not_found(office: Client, run: Run) -> None:
    for view in ("record", "freeze", "correct", "verification"):
        assert office.get(reverse(f"scoring:{view}", args=[uuid4()])).status_code == 404


@pytest.mark.parametrize(("view", "most"), [("runs", 12), ("record", 14), ("verifications", 10)])
def test_a_page_keeps_to_its_ceiling(
    run: Run, office: Client, view: str, most: int, django_assert_max_num_queries: Ceiling
) -> None:
    address = record_of(run) if view == "record" else reverse(f"scoring:{view}")
    office.get(address)
    with django_assert_max_num_queries(most):
        assert office.get(address).status_code == 200


def test_the_list_is_filtered_and_written_as_a_file(run: Run, office: Client) -> None:
    address = reverse("scoring:runs")
    assert record_of(run) not in text(office.get(address + "?state=frozen"))
    assert record_of(run) in text(office.get(address + f"?state=provisional&round={run.round.key}"))
    file = b"".join(office.get(address + "?form=csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert str(run.number) in file
    assert run.digest not in file
