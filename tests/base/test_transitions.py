"""The one door of a state: refusals, the record, and the second person who comes too late."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from tests.cast import Cast, fresh, make_cast
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry, AuditHead
from wenming.base.services import verify_chain
from wenming.base.transitions import transition
from wenming.core.lifecycle import (
    FactsMissing,
    ObjectionAction,
    ObjectionState,
    TransitionNotAllowed,
)
from wenming.framework.models import Edition, Objection, Responsibility, ResponsibilityPlan


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def raised(cast: Cast) -> Objection:
    """An objection of Zhao's unit, raised and not ruled yet."""
    city, unit = cast.city, cast.units.streets
    edition = Edition.objects.create(city=city, key="e", title_zh="小体系", hash="e", content={})
    plan = ResponsibilityPlan.objects.create(city=city, edition=edition, hash="p")
    duty = Responsibility.objects.create(
        city=city, plan=plan, item="B2.1.1", unit=unit, role="lead", position=0
    )
    return Objection.objects.create(
        city=city, responsibility=duty, unit=unit, item=duty.item, role=duty.role,
        reason="不属于本单位职责", raised_by=cast.zhao,
    )  # fmt: skip


def test_a_step_is_stored_with_its_facts_and_written_down(cast: Cast) -> None:
    row = transition(
        raised(cast),
        ObjectionAction.DISMISS,
        by=fresh(cast.lin),
        ruling="三定方案已列明",
        note="会",
    )
    row.refresh_from_db()
    assert (row.state, row.ruling) == (ObjectionState.DISMISSED, "三定方案已列明")
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.actor) == ("objection.dismiss", cast.lin)
    assert entry.subject == f"framework.objection:{row.pk}"
    assert entry.detail == {
        "from": "raised", "to": "dismissed", "ruling": "三定方案已列明", "note": "会"
    }  # fmt: skip


@pytest.mark.parametrize("blank", ["", None])
def test_a_step_without_its_facts_changes_and_records_nothing(
    cast: Cast, blank: str | None
) -> None:
    row = raised(cast)
    with pytest.raises(FactsMissing) as refused:
        transition(row, ObjectionAction.UPHOLD, by=fresh(cast.lin), ruling=blank)
    assert refused.value.facts["missing"] == ["ruling"]
    row.refresh_from_db()
    assert row.state == ObjectionState.RAISED
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("who", ["zhao", "qian", "chen", "feng", "wu"])
def test_only_who_may_take_the_step_takes_it(cast: Cast, who: str) -> None:
    row = raised(cast)
    with pytest.raises(PermissionDenied):
        transition(row, ObjectionAction.UPHOLD, by=fresh(getattr(cast, who)), ruling="改派")
    row.refresh_from_db()
    assert row.state == ObjectionState.RAISED
    assert not AuditEntry.objects.exists()


def test_the_second_person_meets_the_new_state(cast: Cast) -> None:
    row = raised(cast)
    stale = Objection.objects.get(pk=row.pk)
    transition(row, ObjectionAction.UPHOLD, by=fresh(cast.lin), ruling="改派")
    assert stale.state == ObjectionState.RAISED, "what the second person still sees"
    with pytest.raises(TransitionNotAllowed):
        transition(stale, ObjectionAction.WITHDRAW, by=fresh(cast.zhao))
    assert AuditEntry.objects.count() == 1


def test_what_is_rolled_back_leaves_no_entry(cast: Cast) -> None:
    row = raised(cast)

    def withdraw_and_fail() -> None:
        with transaction.atomic():
            transition(row, ObjectionAction.WITHDRAW, by=fresh(cast.zhao))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        withdraw_and_fail()
    row.refresh_from_db()
    assert row.state == ObjectionState.RAISED
    assert not AuditEntry.objects.exists()
    assert all(verify_chain(head) == [] for head in AuditHead.objects.all())


def test_the_database_refuses_a_state_that_no_table_knows(cast: Cast) -> None:
    row = raised(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(pk=row.pk).update(state="forgotten")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_act_at_once_one_wins_and_one_is_told(transactional_db: None) -> None:
    cast = make_cast()
    row = raised(cast)
    ready, told = threading.Barrier(2), []

    def act(action: ObjectionAction, who: str, **facts: str) -> None:
        by = fresh(getattr(cast, who))
        mine = Objection.objects.get(pk=row.pk)
        ready.wait()
        try:
            transition(mine, action, by=by, **facts)
            told.append("done")
        except TransitionNotAllowed:
            told.append("too late")
        finally:
            connection.close()

    both = [
        threading.Thread(target=act, args=(ObjectionAction.WITHDRAW, "zhao")),
        threading.Thread(
            target=act, args=(ObjectionAction.DISMISS, "lin"), kwargs={"ruling": "维持"}
        ),
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(told) == ["done", "too late"]
    assert AuditEntry.objects.count() == 1
