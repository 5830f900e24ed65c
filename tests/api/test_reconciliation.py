"""Figures and findings by a program: entered digit for digit, checked, settled once."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.api.calling import Caller
from tests.cast import Cast
from tests.scoring.small_round import write_small_round
from wenming.base.models import AuditEntry, User
from wenming.files.figures_template import write_figures
from wenming.scoring.models import Figure, ReportedDocument, Run, Settlement
from wenming.scoring.services import begin_correction, freeze_run, load_folder, run_scoring

As = Callable[[User], Caller]
PARTS = [{"part": "社会事业组", "value": "14"}, {"part": "城市建设管理组", "value": "26"}]
GIVEN = {"title": "不达标指标", "value": "42", "unit": "项", "parts": PARTS}
VERDICT = {"verdict": "paper_wrong", "reason": "已与宣教组核实，材料多计 2 项"}


@pytest.fixture
def run(cast: Cast, tmp_path: Path) -> Run:
    return load_folder(write_small_round(tmp_path))


@pytest.fixture
def office(cast: Cast, as_: As, run: Run) -> Caller:
    return as_(cast.lin)


@pytest.fixture
def paper(office: Caller, run: Run) -> str:
    made = office.ask("POST", f"/rounds/{run.round_id}/papers", {"title": "第一次调度会讲话"})
    assert made.status_code == 201
    return str(made.json()["id"])


def entered(office: Caller, paper: str, **given: Any) -> Any:
    answer = office.ask("POST", f"/papers/{paper}/figures", GIVEN | given)
    assert answer.status_code == 201, answer.content
    return answer.json()


def codes(office: Caller, run: Run) -> set[tuple[str, str]]:
    rows = office.ask("GET", f"/rounds/{run.round_id}/findings").json()["rows"]
    return {(each["code"], each["facts"].get("title", "")) for each in rows}


def test_a_figure_is_kept_digit_for_digit_and_checked_at_once(
    office: Caller, paper: str, run: Run
) -> None:
    figure = entered(office, paper)
    assert (figure["digits"], figure["value"], figure["parts"]) == ("42", 42, PARTS)
    assert ("split_differs", "不达标指标") in codes(office, run)
    rate = entered(office, paper, title="满意率", value="85.30", unit="%", parts=[], base=1200)
    assert (rate["digits"], rate["base"]) == ("85.30", 1200)
    listed = office.ask("GET", f"/rounds/{run.round_id}/figures").json()["rows"]
    assert [each["id"] for each in listed][1:] == [figure["id"], rate["id"]]


@pytest.mark.parametrize("value", ["", "4 2", "1e3", "٣", "12345678901234567", 42, None])
def test_what_is_no_number_of_digits_is_refused(office: Caller, paper: str, value: object) -> None:
    answer = office.ask("POST", f"/papers/{paper}/figures", GIVEN | {"value": value})
    assert answer.status_code == 422
    assert [each["where"] for each in answer.json()["problems"]] == ["body.value"]


def test_a_part_names_a_whole_in_its_paper_and_a_like_in_another(
    office: Caller, paper: str, run: Run
) -> None:
    whole = entered(office, paper)
    part = entered(office, paper, title="其中", value="50", parts=[], of=whole["key"])
    assert part["of"] == whole["key"]
    assert ("part_exceeds_whole", "其中") in codes(office, run)
    own = Figure.objects.get(document="D1").key
    assert entered(office, paper, title="点位", parts=[], key=own)["key"] == own
    for wrong in ({"of": "nothing"}, {"of": own + "x"}, {"key": "nothing"}):
        answer = office.ask("POST", f"/papers/{paper}/figures", GIVEN | wrong)
        assert answer.status_code == 404, wrong
    again = office.ask("POST", f"/papers/{paper}/figures", GIVEN | {"key": own})
    assert (again.status_code, again.json()["code"]) == (409, "figure_exists")
    itself = GIVEN | {"of": whole["key"], "version": whole["version"]}
    assert office.ask("PUT", f"/figures/{whole['id']}", itself).status_code == 404


def test_what_is_said_of_a_whole_or_of_parts_needs_them(office: Caller, paper: str) -> None:
    figure = entered(office, paper, parts=[], counts_tested=True, every_group=True)
    assert (figure["counts_tested"], figure["every_group"]) == (False, False)


def test_the_second_to_change_a_figure_is_refused(office: Caller, paper: str, run: Run) -> None:
    figure = entered(office, paper)
    address = f"/figures/{figure['id']}"
    body = GIVEN | {"value": "40", "version": figure["version"]}
    changed = office.ask("PUT", address, body)
    assert (changed.status_code, changed.json()["digits"]) == (200, "40")
    assert ("split_differs", "不达标指标") not in codes(office, run)
    late = office.ask("PUT", address, body | {"value": "39"})
    assert (late.status_code, late.json()["code"]) == (409, "figure_changed_meanwhile")
    fresh = office.ask("GET", address).json()
    assert fresh["version"] == changed.json()["version"] != figure["version"]


def test_figures_under_a_frozen_result_are_shut(
    cast: Cast, office: Caller, paper: str, run: Run
) -> None:
    figure = entered(office, paper, parts=[])
    frozen = freeze_run(run_scoring(run.round), by=cast.lin)
    shut = {
        ("POST", f"/rounds/{run.round_id}/papers"): {"title": "又一份"},
        ("PUT", f"/papers/{paper}"): {"title": "更名"},
        ("DELETE", f"/papers/{paper}"): None,
        ("POST", f"/papers/{paper}/figures"): GIVEN,
        ("PUT", f"/figures/{figure['id']}"): GIVEN | {"version": figure["version"]},
        ("DELETE", f"/figures/{figure['id']}"): None,
    }
    for (method, address), body in shut.items():
        refused = office.ask(method, address, body)
        assert (refused.status_code, refused.json()["code"]) == (409, "figures_frozen"), address
    said = office.ask("GET", f"/rounds/{run.round_id}/reconciliation").json()
    assert said["frozen"] == frozen.result_number


def test_figures_are_brought_from_a_file_and_taken_over_whole(
    office: Caller, paper: str, run: Run, settings: Any, tmp_path: Path
) -> None:
    settings.FILES_ROOT = tmp_path / "files"
    rows = [{"title": "不达标指标", "value": "42"}, {"title": "满意率", "value": "85.30%"}]
    wrong = sent(office, paper, [*rows, {"title": "坏数字", "value": "很多"}])
    assert len(wrong["problems"]) == 1
    late = office.ask("POST", f"/figure-imports/{wrong['id']}/accept")
    assert (late.status_code, late.json()["code"]) == (409, "figures_import_mistakes")
    brought = sent(office, paper, rows)
    assert (brought["problems"], brought["is_taken"]) == ([], False)
    assert [(each["title"], each["is_new"]) for each in brought["changes"]] == [
        ("不达标指标", True),
        ("满意率", True),
    ]
    taken = office.ask("POST", f"/figure-imports/{brought['id']}/accept")
    assert (taken.status_code, taken.json()["is_taken"], taken.json()["same"]) == (200, True, 2)
    listed = office.ask("GET", f"/rounds/{run.round_id}/figures").json()["rows"]
    assert [each["digits"] for each in listed][1:] == ["42", "85.30"]
    again = office.ask("POST", f"/figure-imports/{brought['id']}/accept")
    assert (again.status_code, again.json()["code"]) == (409, "figures_import_taken")


def sent(office: Caller, paper: str, rows: Sequence[Mapping[str, str]]) -> Any:
    file = SimpleUploadedFile("数字.xlsx", write_figures(rows, language="zh", own=[]))
    heads = {"Authorization": f"Bearer {office.secret}"}
    address = f"/api/v1/papers/{paper}/figure-imports"
    answer = Client().post(address, {"figures": file}, headers=heads)
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_a_removed_paper_takes_its_figures_along(office: Caller, paper: str, run: Run) -> None:
    figure = entered(office, paper)
    assert office.ask("DELETE", f"/papers/{paper}").status_code == 204
    assert office.ask("GET", f"/figures/{figure['id']}").status_code == 404
    papers = office.ask("GET", f"/rounds/{run.round_id}/papers").json()["rows"]
    assert [each["key"] for each in papers] == ["D1"]
    assert ReportedDocument.objects.count() == 1


def test_a_finding_is_settled_once(cast: Cast, office: Caller, run: Run) -> None:
    first = office.ask("GET", f"/rounds/{run.round_id}/findings?state=open").json()["rows"][0]
    address = f"/findings/{first['id']}"
    settled = office.ask("POST", f"{address}/settle", VERDICT).json()
    assert (settled["state"], settled["verdict"]) == ("settled", "paper_wrong")
    assert (settled["settled_by"], settled["reason"]) == (cast.lin.name, VERDICT["reason"])
    late = office.ask("POST", f"{address}/settle", VERDICT | {"verdict": "noted"})
    assert (late.status_code, late.json()["code"]) == (409, "finding_settled_meanwhile")
    assert late.json()["facts"] == {"person": cast.lin.name}
    assert AuditEntry.objects.filter(action="settlement.settle").count() == 1
    assert office.ask("GET", address).json()["figures"]
    of_run = office.ask("GET", f"/runs/{run.pk}/findings").json()["rows"]
    made = {each["settlement"]["id"]: each["settlement"]["state"] for each in of_run}
    assert made[first["id"]] == "settled"


def test_several_are_settled_all_or_none(office: Caller, run: Run) -> None:
    rows = [str(each.pk) for each in Settlement.objects.order_by("pk")]
    assert len(rows) > 1
    gone = "00000000-0000-4000-8000-000000000000"
    strange = office.ask("POST", "/findings/settle", VERDICT | {"findings": [*rows, gone]})
    assert strange.status_code == 404
    office.ask("POST", f"/findings/{rows[-1]}/settle", VERDICT)
    late = office.ask("POST", "/findings/settle", VERDICT | {"findings": rows})
    assert (late.status_code, late.json()["code"]) == (409, "finding_settled_meanwhile")
    said = office.ask("GET", f"/rounds/{run.round_id}/reconciliation").json()
    assert (said["settled"], said["open"]) == (1, len(rows) - 1)
    done = office.ask("POST", "/findings/settle", VERDICT | {"findings": rows[:-1]})
    assert done.json() == {"settled": len(rows) - 1}


def test_a_settled_finding_is_opened_again_for_a_reason(office: Caller, run: Run) -> None:
    address = f"/findings/{Settlement.objects.earliest('position').pk}"
    early = office.ask("POST", f"{address}/reopen", {"reason": "再看"})
    assert (early.status_code, early.json()["code"]) == (409, "transition_not_allowed")
    office.ask("POST", f"{address}/settle", VERDICT)
    assert office.ask("POST", f"{address}/reopen", {"reason": " "}).status_code == 422
    opened = office.ask("POST", f"{address}/reopen", {"reason": "结论有误"}).json()
    assert (opened["state"], opened["verdict"], opened["reason"]) == ("open", None, "结论有误")


def test_figures_are_checked_now_in_the_latest_revision(
    cast: Cast, office: Caller, run: Run
) -> None:
    address = f"/rounds/{run.round_id}"
    checked = office.ask("POST", f"{address}/check").json()
    assert (checked["check"]["by"], checked["check"]["run"]) == (cast.lin.name, str(run.pk))
    freeze_run(run, by=cast.lin)
    revision = begin_correction(Run.objects.get(), by=cast.lin, reason="站点录重")
    before = set(Settlement.objects.values_list("pk", "round"))
    refused = office.ask("POST", f"{address}/check")
    assert (refused.status_code, refused.json()["code"]) == (409, "round_revised")
    assert refused.json()["facts"] == {"revision": 2}
    assert set(Settlement.objects.values_list("pk", "round")) == before
    assert office.ask("GET", f"{address}/reconciliation").json()["newest"] == str(revision.pk)
    assert office.ask("POST", f"/rounds/{revision.pk}/check").json()["open"] > 0


def test_findings_are_listed_by_state_paper_and_verdict(office: Caller, run: Run) -> None:
    rows = list(Settlement.objects.order_by("position"))
    office.ask("POST", f"/findings/{rows[0].pk}/settle", VERDICT)

    def listed(query: str) -> int:
        total: int = office.ask("GET", f"/rounds/{run.round_id}/findings?{query}").json()["total"]
        return total

    assert listed("") == len(rows)
    assert listed("state=settled") == listed("verdict=paper_wrong") == 1
    assert listed("verdict=noted") == 0
    assert listed("document=D1") == sum(each.document == "D1" for each in rows)
    assert listed("code=nothing") == 0


def test_whoever_may_only_look_settles_and_enters_nothing(
    cast: Cast, as_: As, run: Run, paper: str
) -> None:
    leader, finding = as_(cast.zheng), Settlement.objects.earliest("position")
    assert leader.ask("GET", f"/findings/{finding.pk}").status_code == 200
    assert leader.ask("POST", f"/findings/{finding.pk}/settle", VERDICT).status_code == 403
    assert leader.ask("POST", f"/papers/{paper}/figures", GIVEN).status_code == 403
    assert as_(cast.zhao).ask("GET", f"/findings/{finding.pk}").status_code == 403
    assert as_(cast.wu).ask("POST", f"/findings/{finding.pk}/settle", VERDICT).status_code == 404
