"""The chain of the audit: it only grows, and whoever touches it is found out."""

import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from tests.cast import Cast, fresh, log_in, make_cast, open_session
from wenming.base.models import AdministratorRequest, AuditEntry, AuditHead
from wenming.base.services import record, verify_chain
from wenming.base.services.audit import hash_of, in_request


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def chain(cast: Cast, length: int = 5) -> AuditHead:
    """A chain of some entries, whose head is given back."""
    for n in range(length):
        record("unit.renamed", by=cast.lin, city=cast.city, detail={"to": f"单位{n}"})
    return AuditHead.objects.get(city=cast.city)


def forge(statement: Callable[[], object]) -> None:
    """Do what only the owner of the database could: with the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE base_auditentry DISABLE TRIGGER append_only")
        statement()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE base_auditentry ENABLE TRIGGER append_only")


def entry(head: AuditHead, number: int) -> AuditEntry:
    return head.entries.get(number=number)


def found(head: AuditHead) -> list[tuple[str, int]]:
    return [(each.code, each.number) for each in verify_chain(AuditHead.objects.get(pk=head.pk))]


def test_an_untouched_chain_holds_and_counts_without_a_gap(cast: Cast) -> None:
    head = chain(cast)
    assert list(head.entries.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert found(head) == []


def test_each_city_has_a_chain_of_its_own(cast: Cast) -> None:
    home = chain(cast, 2)
    abroad = record("unit.renamed", by=cast.wu, city=cast.other_city).head
    nowhere = record("account.first_made", by=None, city=None).head
    assert [home.entries.count(), abroad.number, nowhere.number] == [2, 1, 1]
    assert [found(home), found(abroad), found(nowhere)] == [[], [], []]


@pytest.mark.parametrize(
    "change",
    [
        {"action": "unit.made"}, {"detail": {"to": "别的"}}, {"actor": None}, {"subject": "x"},
        {"request": "forged-request"}, {"at": None},
    ],
)  # fmt: skip
def test_a_changed_entry_is_named(cast: Cast, change: dict[str, object]) -> None:
    head = chain(cast)
    if "at" in change:
        change = {"at": entry(head, 5).at}
    forge(lambda: head.entries.filter(number=3).update(**change))
    assert found(head) == [("audit_changed", 3)]


def test_an_entry_changed_with_its_own_hash_breaks_the_next(cast: Cast) -> None:
    head = chain(cast)
    third = entry(head, 3)
    third.detail = {"to": "别的"}
    third.hash = hash_of(third, city_id=head.city_id)
    forge(third.save)
    assert found(head) == [("audit_reordered", 4)]


@pytest.mark.parametrize("number", [1, 3, 5])
def test_a_removed_entry_is_named(cast: Cast, number: int) -> None:
    head = chain(cast)
    forge(entry(head, number).delete)
    assert ("audit_missing", number) in found(head)


def test_two_entries_that_changed_places_are_named(cast: Cast) -> None:
    head = chain(cast)

    def swap() -> None:
        for old, new in ((2, 90), (3, 2), (90, 3)):
            head.entries.filter(number=old).update(number=new)

    forge(swap)
    assert {number for _code, number in found(head)} >= {2, 3}


def test_a_head_that_was_set_back_is_named(cast: Cast) -> None:
    head = chain(cast)
    fourth = entry(head, 4)
    AuditHead.objects.filter(pk=head.pk).update(number=4, hash=fourth.hash)
    assert found(head) == [("audit_head_changed", 4)]


def test_cutting_off_the_end_is_named(cast: Cast) -> None:
    head = chain(cast)
    forge(entry(head, 5).delete)
    assert found(head) == [("audit_missing", 5)]


def test_an_entry_moved_to_another_city_is_named(cast: Cast) -> None:
    home, abroad = chain(cast), record("unit.renamed", by=cast.wu, city=cast.other_city).head
    forge(lambda: home.entries.filter(number=1).update(head=abroad, number=2))
    assert found(home)[0] == ("audit_missing", 1)
    assert ("audit_changed", 2) in found(abroad)


@pytest.mark.parametrize("word", ["update", "delete"])
def test_the_database_refuses_to_touch_an_entry(cast: Cast, word: str) -> None:
    rows = chain(cast).entries.all()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(action="x") if word == "update" else rows._raw_delete(rows.db)
    assert rows.count() == 5


def test_the_database_refuses_to_touch_a_request_of_a_session(cast: Cast, client: Client) -> None:
    open_session(log_in(client, cast.feng), cast.feng, cast.city)
    client.get("/")
    kept = AdministratorRequest.objects.all()
    assert kept.count() == 1
    for touch in (lambda: kept.update(status=200), lambda: kept._raw_delete(kept.db)):
        with pytest.raises(IntegrityError), transaction.atomic():
            touch()


@pytest.mark.parametrize("table", ["base_auditentry", "base_administratorrequest"])
def test_the_database_refuses_to_empty_the_audit(cast: Cast, table: str) -> None:
    chain(cast)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER never_emptied")
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(f"TRUNCATE {table} CASCADE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER never_emptied")
    assert AuditEntry.objects.count() == 5


def test_an_entry_carries_the_number_of_its_request(cast: Cast) -> None:
    with in_request("request-number-7"):
        made = record("unit.renamed", by=cast.lin, city=cast.city)
    assert made.request == "request-number-7"
    assert record("unit.renamed", by=cast.lin, city=cast.city).request == ""


def test_what_is_no_plain_value_is_kept_as_text(cast: Cast) -> None:
    made = record("x", by=cast.lin, city=cast.city, detail={"unit": cast.units.police.pk, "n": 3})
    again = AuditEntry.objects.get(pk=made.pk)
    assert again.detail == {"unit": str(cast.units.police.pk), "n": 3}
    assert found(made.head) == []


@pytest.mark.django_db(transaction=True)
def test_entries_of_many_at_once_get_numbers_without_a_gap(transactional_db: None) -> None:
    cast = make_cast()
    start = threading.Barrier(4)

    def write() -> None:
        by = fresh(cast.lin)
        start.wait()
        for _ in range(5):
            record("unit.renamed", by=by, city=cast.city)
        connection.close()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    head = AuditHead.objects.get(city=cast.city)
    assert head.number == 20
    assert found(head) == []
