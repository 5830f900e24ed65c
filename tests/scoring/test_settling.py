"""Findings are settled with a reason, met again by later runs, and asked for until they are."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, make_cast
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry, InboxEntry
from wenming.core.lifecycle import FactsMissing, SettlementState, TransitionNotAllowed
from wenming.rounds.models import Round
from wenming.scoring.models import Figure, Run, Settlement, SettlementVerdict
from wenming.scoring.queries.checking import Found, found_by, found_now
from wenming.scoring.services import begin_correction, freeze_run, load_folder, run_scoring
from wenming.scoring.services.checking import check_figures
from wenming.scoring.services.settling import (
    FindingGone,
    SettledMeanwhile,
    reopen_finding,
    settle_finding,
    settle_findings,
)

pytestmark = pytest.mark.django_db
REASON = "已与宣教组核实，材料多计 2 项"
WRONG = SettlementVerdict.PAPER_WRONG


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def run(cast: Cast, folder: Path) -> Run:
    return load_folder(folder)


@pytest.fixture
def finding(run: Run) -> Settlement:
    return Settlement.objects.filter(round=run.round).earliest("position")


def asked() -> "InboxEntry | None":
    return InboxEntry.objects.open().filter(code="findings_to_settle").first()


def test_what_a_run_finds_is_open_and_asked_of_the_office(run: Run, cast: Cast) -> None:
    found = found_by(run)
    assert found
    kept = Settlement.objects.filter(round=run.round).order_by("position")
    assert [each.fingerprint for each in kept] == [each.fingerprint for each in found]
    assert {each.state for each in kept} == {SettlementState.OPEN}
    entry = asked()
    assert entry is not None
    assert entry.facts["count"] == len(found)
    assert entry in InboxEntry.objects.visible_to(cast.lin)
    assert entry not in InboxEntry.objects.visible_to(cast.zhao)


def test_checking_without_a_run_finds_what_the_run_found(run: Run) -> None:
    assert found_now(run.round, run) == found_by(run)


def test_a_finding_is_settled_with_a_reason(finding: Settlement, cast: Cast) -> None:
    settled = settle_finding(finding, by=cast.lin, verdict=WRONG, reason=f" {REASON} ")
    assert (settled.state, settled.verdict, settled.reason) == ("settled", "paper_wrong", REASON)
    assert settled.settled_by == cast.lin
    entry = AuditEntry.objects.get(action="settlement.settle")
    assert (entry.detail["verdict"], entry.detail["reason"]) == ("paper_wrong", REASON)


def test_nothing_is_settled_without_a_reason(finding: Settlement, cast: Cast) -> None:
    with pytest.raises(FactsMissing):
        settle_finding(finding, by=cast.lin, verdict=WRONG, reason="  ")


def test_only_the_office_of_the_city_settles(finding: Settlement, cast: Cast) -> None:
    for who in (cast.zheng, cast.wang, cast.chen, cast.zhao, cast.wei, cast.wu):
        with pytest.raises(PermissionDenied):
            settle_finding(finding, by=who, verdict=WRONG, reason=REASON)


def test_the_second_to_settle_is_told_who_was_first(finding: Settlement, cast: Cast) -> None:
    settle_finding(finding, by=cast.lin, verdict=WRONG, reason=REASON)
    with pytest.raises(SettledMeanwhile) as refused:
        settle_finding(finding, by=cast.lin, verdict=SettlementVerdict.NOTED, reason="属实")
    assert refused.value.facts == {"person": cast.lin.name}


def test_all_settled_takes_the_matter_out_of_the_inbox(run: Run, cast: Cast) -> None:
    rows = list(Settlement.objects.filter(round=run.round))
    assert settle_findings(rows, by=cast.lin, verdict=WRONG, reason=REASON) == len(rows)
    assert asked() is None
    reopen_finding(rows[0], by=cast.lin, reason="结论有误")
    entry = asked()
    assert entry is not None
    assert entry.facts["count"] == 1


def test_several_change_the_inbox_once(run: Run, cast: Cast) -> None:
    rows = list(Settlement.objects.filter(round=run.round).order_by("position"))
    assert len(rows) > 1
    with CaptureQueriesContext(connection) as seen:
        settle_findings(rows, by=cast.lin, verdict=WRONG, reason=REASON)
    changed = [each for each in seen if 'UPDATE "base_inboxentry"' in each["sql"]]
    assert len(changed) == 1


def test_several_are_settled_all_or_none(run: Run, cast: Cast) -> None:
    rows = list(Settlement.objects.filter(round=run.round).order_by("pk"))
    assert len(rows) > 1
    settle_finding(rows[-1], by=cast.lin, verdict=WRONG, reason=REASON)
    with pytest.raises(SettledMeanwhile):
        settle_findings(rows, by=cast.lin, verdict=WRONG, reason=REASON)
    assert Settlement.objects.filter(state=SettlementState.SETTLED).count() == 1


def test_opening_again_needs_a_reason_and_a_settled_finding(
    finding: Settlement, cast: Cast
) -> None:
    with pytest.raises(TransitionNotAllowed):
        reopen_finding(finding, by=cast.lin, reason="再看")
    settle_finding(finding, by=cast.lin, verdict=WRONG, reason=REASON)
    with pytest.raises(FactsMissing):
        reopen_finding(finding, by=cast.lin, reason="")
    with pytest.raises(PermissionDenied):
        reopen_finding(finding, by=cast.zheng, reason="再看")
    opened = reopen_finding(finding, by=cast.lin, reason="再看")
    assert (opened.state, opened.verdict, opened.settled_by) == ("open", "", None)
    assert AuditEntry.objects.get(action="settlement.reopen").detail["reason"] == "再看"


def test_a_later_run_with_the_same_facts_meets_the_settlement_again(
    run: Run, finding: Settlement, cast: Cast
) -> None:
    settle_finding(finding, by=cast.lin, verdict=WRONG, reason=REASON)
    Figure.objects.filter(round=run.round).update(unit="件")  # other evidence, so another run
    again = run_scoring(Round.objects.get(pk=run.round_id), by=cast.lin)
    assert again.number == run.number + 1
    kept = {each.fingerprint for each in found_by(again)}
    finding.refresh_from_db()
    assert finding.state == SettlementState.SETTLED
    assert (finding.round is not None) == (finding.fingerprint in kept)


def test_other_facts_are_another_finding(run: Run, cast: Cast) -> None:
    split = Settlement.objects.get(round=run.round, code="split_differs")
    settle_finding(split, by=cast.lin, verdict=WRONG, reason=REASON)
    Figure.objects.filter(round=run.round, key=split.facts["key"]).update(value=1000)
    check_figures(run.round, by=cast.lin)
    other = Settlement.objects.get(round=run.round, code="split_differs")
    assert other.pk != split.pk
    assert other.state == SettlementState.OPEN
    split.refresh_from_db()
    assert (split.state, split.round) == ("settled", None)


def test_what_is_no_longer_found_is_not_settled(run: Run, finding: Settlement, cast: Cast) -> None:
    Figure.objects.filter(round=run.round).delete()
    check_figures(run.round, by=cast.lin)
    stale = Settlement.objects.filter(round=None, state=SettlementState.OPEN).first()
    assert stale is not None
    with pytest.raises(FindingGone):
        settle_finding(stale, by=cast.lin, verdict=WRONG, reason=REASON)


def test_only_the_office_checks(run: Run, cast: Cast) -> None:
    for who in (cast.zheng, cast.zhao, cast.wu):
        with pytest.raises(PermissionDenied):
            check_figures(run.round, by=who)


def test_a_revision_takes_the_settlements_over(run: Run, finding: Settlement, cast: Cast) -> None:
    settle_finding(finding, by=cast.lin, verdict=WRONG, reason=REASON)
    revision = begin_correction(freeze_run(run, by=cast.lin), by=cast.lin, reason="补录")
    run_scoring(revision, by=cast.lin)
    finding.refresh_from_db()
    assert (finding.state, finding.round) == ("settled", revision)
    run_scoring(Round.objects.get(pk=run.round_id))  # the earlier form says no more
    finding.refresh_from_db()
    assert finding.round == revision


def test_the_fingerprint_is_of_code_and_facts() -> None:
    one = Found("split_differs", {"key": "a", "sum": 40})
    assert one.fingerprint == Found("split_differs", {"sum": 40, "key": "a"}).fingerprint
    assert one.fingerprint != Found("split_differs", {"key": "a", "sum": 41}).fingerprint
    assert one.fingerprint != Found("list_differs", {"key": "a", "sum": 40}).fingerprint
