"""A sheet is taken once, whole, and not before it is right; what comes back can be corrected."""

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.inspection.building import (
    Errand,
    ago,
    all_well,
    seen,
    sheet,
    shot,
    small_errand,
    uploaded,
)
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry, InboxEntry
from wenming.core.errors import BadInput
from wenming.core.evidence.visits import PhotoSource
from wenming.core.lifecycle import FactsMissing, TransitionNotAllowed, VisitState
from wenming.core.terms import Outcome
from wenming.inspection.models import SiteVisit, VisitSheet
from wenming.inspection.queries.day import day_out
from wenming.inspection.queries.gathered import rows_of
from wenming.inspection.services.deciding import RemarkUnknownLine, accept_visit, return_visit
from wenming.inspection.services.taking import (
    InstanceDiffers,
    VersionUnfit,
    VisitTaken,
    WrongSite,
    take_sheet,
)
from wenming.rounds.services.collections import CollectionNotOpen, close_collection

pytestmark = pytest.mark.django_db
FAILS = seen("r1", Outcome.NOT_CONFORM)


@pytest.fixture
def errand() -> Errand:
    return small_errand()


def codes(refused: pytest.ExceptionInfo[BadInput]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_a_sheet_is_taken_with_every_line_and_what_it_comes_to(errand: Errand) -> None:
    taken = take_sheet(errand.visit, sheet(), by=errand.sun)
    assert (taken.visit.state, taken.is_repeated) == (VisitState.SUBMITTED, False)
    rows = taken.sheet.records.order_by("position").values_list(
        "line", "recorded", "outcome", "value"
    )
    assert list(rows) == [
        ("r1", "conform", "conform", None),
        ("r2", "", "conform", Decimal(0)),
        ("r3", "", "conform", Decimal(0)),
        ("r4", "", "conform", Decimal("0.9")),
        ("r5", "conform", "conform", None),
    ]
    assert AuditEntry.objects.filter(action="sitevisit.submit").count() == 1


def test_however_often_it_is_sent_a_sheet_is_taken_once(errand: Errand) -> None:
    given = sheet()
    first = take_sheet(errand.visit, given, by=errand.sun)
    again = take_sheet(errand.visit, given, by=errand.sun)
    assert again.is_repeated
    assert again.sheet == first.sheet
    accept_visit(first.visit, by=errand.lin)
    close_collection(errand.field.collection, by=errand.lin)
    assert take_sheet(errand.visit, given, by=errand.sun).visit.state == VisitState.ACCEPTED
    assert VisitSheet.objects.count() == 1


def test_another_content_under_the_same_instance_is_refused(errand: Errand) -> None:
    given = sheet()
    taken = take_sheet(errand.visit, given, by=errand.sun)
    accept_visit(taken.visit, by=errand.lin)
    with pytest.raises(InstanceDiffers):
        take_sheet(errand.visit, replace(given, note="另一份"), by=errand.sun)
    assert VisitSheet.objects.get().digest == given.digest


def test_the_second_of_the_pair_comes_too_late(errand: Errand) -> None:
    take_sheet(errand.visit, sheet(), by=errand.sun)
    with pytest.raises(VisitTaken) as refused:
        take_sheet(errand.visit, sheet(), by=errand.gao)
    assert refused.value.facts["person"] == "孙强"


def test_only_the_pair_hands_in(errand: Errand) -> None:
    for other in (errand.lin, errand.field.cast.zhou, errand.field.cast.wu):
        with pytest.raises(PermissionDenied):
            take_sheet(errand.visit, sheet(), by=other)


def test_every_mistake_is_told_at_once(errand: Errand) -> None:
    records = all_well(
        r1=seen("r1", Outcome.NOT_OBSERVED),
        r2=seen("r2"),
        r3=seen("r3", number=3, seen_at=ago(-60)),
        r4=seen("r4", number=11, base=10),
    )
    records[-1] = seen("r9", Outcome.CONFORM)
    given = sheet(records=records, finished_at=ago(30), begun_at=ago(20))
    with pytest.raises(BadInput) as refused:
        take_sheet(errand.visit, given, by=errand.sun)
    assert set(codes(refused)) == {
        "sheet_reason_missing", "sheet_answer_missing", "sheet_in_future", "sheet_value_unfit",
        "sheet_line_unknown", "sheet_line_missing", "sheet_ends_before_start",
    }  # fmt: skip
    assert not VisitSheet.objects.exists()


def test_a_sheet_of_another_site_or_version_is_refused(errand: Errand) -> None:
    with pytest.raises(WrongSite):
        take_sheet(errand.visit, sheet(site="S2"), by=errand.sun)
    with pytest.raises(VersionUnfit):
        take_sheet(errand.visit, sheet(version=2), by=errand.sun)


def test_a_failing_line_needs_a_photograph_that_is_there(errand: Errand) -> None:
    given = sheet(records=all_well(r1=FAILS))
    with pytest.raises(BadInput) as refused:
        take_sheet(errand.visit, given, by=errand.sun)
    assert codes(refused) == ["photo_needed"]
    with pytest.raises(BadInput) as refused:
        take_sheet(errand.visit, replace(given, photos=[shot(uuid4(), "r1")]), by=errand.sun)
    assert codes(refused) == ["photo_not_there"]
    upload = uploaded(errand.visit, errand.sun)
    whole = replace(given, photos=[shot(upload.pk, "r1")])
    taken = take_sheet(errand.visit, whole, by=errand.sun)
    assert taken.sheet.photos.get().attachment == upload.attachment


def test_people_who_are_counted_by_the_clock_are_not_photographed(errand: Errand) -> None:
    records = all_well(r3=seen("r3", number=4, seconds=60))
    assert take_sheet(errand.visit, sheet(records=records), by=errand.sun).sheet.photos.count() == 0


def test_that_nobody_was_seen_is_known_only_when_the_time_is_over(errand: Errand) -> None:
    records = all_well(r3=seen("r3", number=0, seconds=59))
    with pytest.raises(BadInput) as refused:
        take_sheet(errand.visit, sheet(records=records), by=errand.sun)
    assert codes(refused) == ["sheet_observed_too_short"]
    records = all_well(r3=seen("r3", number=1, seconds=5))
    assert take_sheet(errand.visit, sheet(records=records), by=errand.sun)


def test_a_critical_line_takes_no_photograph_from_the_gallery(errand: Errand) -> None:
    upload = uploaded(errand.visit, errand.sun)
    records = all_well(r5=seen("r5", Outcome.NOT_CONFORM))
    photos = [shot(upload.pk, "r5", PhotoSource.GALLERY)]
    with pytest.raises(BadInput) as refused:
        take_sheet(errand.visit, sheet(records=records, photos=photos), by=errand.sun)
    assert codes(refused) == ["photo_from_gallery"]


def test_nothing_is_taken_in_for_a_round_that_is_closed(errand: Errand) -> None:
    close_collection(errand.field.collection, by=errand.lin)
    with pytest.raises(CollectionNotOpen):
        take_sheet(errand.visit, sheet(), by=errand.sun)


def test_what_is_returned_appears_on_the_phone_and_is_corrected(errand: Errand) -> None:
    upload = uploaded(errand.visit, errand.sun)
    given = sheet(records=all_well(r1=FAILS), photos=[shot(upload.pk, "r1")])
    taken = take_sheet(errand.visit, given, by=errand.sun)
    with pytest.raises(FactsMissing):
        return_visit(taken.visit, because=" ", by=errand.lin)
    with pytest.raises(RemarkUnknownLine):
        return_visit(taken.visit, because="请核", remarks={"r9": "？"}, by=errand.lin)
    back = return_visit(taken.visit, because="照片模糊", remarks={"r1": "重拍"}, by=errand.lin)
    assert (back.state, back.version) == (VisitState.RETURNED, 2)
    assert InboxEntry.objects.filter(code="visit_returned", settled_at=None).count() == 2

    (shown,) = day_out(errand.gao, errand.visit.city).errands
    assert (shown.visit.remarks, shown.photographed) == ([{"line": "r1", "text": "重拍"}], ["r1"])
    assert [row.line for row in shown.records] == ["r1", "r2", "r3", "r4", "r5"]

    again = sheet(version=2, records=all_well(r1=FAILS))  # the photograph of before is kept
    corrected = take_sheet(errand.visit, again, by=errand.gao)
    assert corrected.visit.state == VisitState.SUBMITTED
    assert corrected.sheet.photos.get().attachment == upload.attachment
    assert taken.sheet.photos.count() == 1
    assert not InboxEntry.objects.filter(code="visit_returned", settled_at=None).exists()


def test_a_site_that_cannot_be_visited_is_reported_with_a_reason(errand: Errand) -> None:
    given = sheet(records=[], not_possible="closed", note="施工围挡")
    taken = take_sheet(errand.visit, given, by=errand.sun)
    assert (taken.visit.state, taken.visit.not_possible) == (VisitState.NOT_POSSIBLE, "closed")
    assert rows_of(errand.field.collection)["observations"] == []
    again = return_visit(taken.visit, because="再去一次", by=errand.lin)
    assert take_sheet(again, sheet(version=2), by=errand.sun).visit.state == VisitState.SUBMITTED


def test_only_what_was_accepted_is_evidence(errand: Errand) -> None:
    upload = uploaded(errand.visit, errand.sun)
    given = sheet(records=all_well(r1=FAILS), photos=[shot(upload.pk, "r1")])
    taken = take_sheet(errand.visit, given, by=errand.sun)
    assert rows_of(errand.field.collection)["observations"] == []
    with pytest.raises(PermissionDenied):
        accept_visit(taken.visit, by=errand.sun)
    accept_visit(taken.visit, by=errand.lin)
    rows = rows_of(errand.field.collection)["observations"]
    assert [row["line"] for row in rows] == ["r1", "r2", "r3", "r4", "r5"]
    assert rows[0] == {
        "site": "S1",
        "line": "r1",
        "time": timezone.localtime(FAILS.seen_at).isoformat(timespec="seconds"),
        "outcome": "not_conform",
        "value": "",
        "inspector": "孙强、高远",
        "remark": "",
        "photo": upload.digest,
    }
    assert (rows[3]["outcome"], rows[3]["value"]) == ("", "0.9")
    with pytest.raises(TransitionNotAllowed):
        accept_visit(SiteVisit.objects.get(), by=errand.lin)


def test_neither_units_nor_inspectors_of_others_see_a_visit(errand: Errand) -> None:
    cast = errand.field.cast
    for outsider in (cast.zhao, cast.qian, cast.chen, cast.zhou, cast.wu):
        assert not SiteVisit.objects.visible_to(outsider).exists()
    for insider in (errand.sun, errand.gao, cast.lin):
        assert SiteVisit.objects.visible_to(insider).exists()
