"""The audit on screen: in words, narrowed, verified; and that every action has its words."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

import wenming
from tests.cast import Cast, log_in, make_cast, open_session
from wenming.base.models import AdministratorRequest, AuditEntry
from wenming.base.services.audit import record
from wenming.base.services.organisation import dissolve_unit, rename_unit
from wenming.base.wording.audit import ACTIONS
from wenming.base.wording.deeds import deed, deed_name
from wenming.core.lifecycle import Machine

PACKAGE = Path(wenming.__file__).parent
LATIN = re.compile(r"[A-Za-z]{2,}")


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def auditor(client: Client, cast: Cast) -> Client:
    return log_in(client, cast.wei)


def recorded() -> Iterator[str]:
    """Every action that a source records by its name, and every step of a life cycle."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            if isinstance(node, ast.Call) and name == "record" and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    yield str(first.value)
    for model in apps.get_models():
        machine = getattr(model, "machine", None)
        if isinstance(machine, Machine):
            for _state, action in machine.steps:
                yield f"{model._meta.model_name}.{_value(action)}"


def _value(action: StrEnum) -> str:
    return action.value


@pytest.mark.parametrize("action", sorted(set(recorded())))
def test_every_action_that_is_recorded_has_words(action: str) -> None:
    assert action in ACTIONS


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_the_words_of_an_action_are_said_in_both_languages(action: str) -> None:
    assert not LATIN.findall(deed(action, {}, "zh"))
    assert deed(action, {}, "en") != action
    assert deed_name(action, "zh")


def test_an_action_that_the_program_no_longer_knows_is_shown_as_it_is() -> None:
    assert deed("case.dispatch", {"to": "x"}, "zh") == "case.dispatch"


@pytest.mark.django_db
def test_only_who_may_see_the_audit_sees_it(client: Client, cast: Cast) -> None:
    record("unit.reactivate", by=cast.lin, city=cast.city, subject=cast.units.police)
    entry = AuditEntry.objects.get()
    pages = [reverse("base:audit"), reverse("base:audit_sessions")]
    for address in [*pages, reverse("base:audit_entry", args=[entry.pk])]:
        for who in cast.people:
            expected = 200 if who == cast.wei else 403
            assert log_in(client, who).get(address).status_code == expected


@pytest.mark.django_db
def test_entries_of_another_city_are_not_found(auditor: Client, cast: Cast) -> None:
    record("unit.reactivate", by=cast.wu, city=cast.other_city, subject=cast.units.abroad)
    entry = AuditEntry.objects.get()
    assert auditor.get(reverse("base:audit_entry", args=[entry.pk])).status_code == 404
    assert "吴敏" not in auditor.get(reverse("base:audit")).content.decode()


@pytest.mark.django_db
def test_an_entry_says_who_did_what_to_what(auditor: Client, cast: Cast) -> None:
    rename_unit(cast.units.police, "市公安局（新）", by=cast.lin, day=date(2026, 3, 1))
    page = auditor.get(reverse("base:audit")).content.decode()
    assert "市公安局更名为市公安局（新）" in page
    assert "林晓" in page
    assert "单位 市公安局（新）" in page
    entry = AuditEntry.objects.get(action="unit.rename")
    assert entry.hash in auditor.get(reverse("base:audit_entry", args=[entry.pk])).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "is_shown"),
    [("actor=林", True), ("actor=lx", True), ("actor=赵", False), ("action=unit.dissolve", True),
     ("action=unit.merge", True), ("subject=公安", True), ("subject=档案", False),
     ("first=2020-01-01", True), ("first=2099-01-01", False), ("last=2020-01-01", False),
     ("request=abc", False)],
)  # fmt: skip
def test_the_audit_is_narrowed(auditor: Client, cast: Cast, query: str, *, is_shown: bool) -> None:
    dissolve_unit(cast.units.police, by=cast.lin, reason="机构改革")
    page = auditor.get(f"{reverse('base:audit')}?{query}").content.decode()
    assert ("撤销单位，原因：机构改革" in page) is is_shown


@pytest.mark.django_db
def test_a_file_of_the_audit_holds_the_hashes(auditor: Client, cast: Cast) -> None:
    dissolve_unit(cast.units.police, by=cast.lin, reason="机构改革")
    answer = auditor.get(f"{reverse('base:audit')}?form=csv&all=1")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert AuditEntry.objects.get().hash in text
    assert "unit.dissolve" in text


@pytest.mark.django_db
def test_many_entries_cost_no_more_than_few(
    auditor: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _each in range(60):
        record("unit.reactivate", by=cast.lin, city=cast.city, subject=cast.units.police)
    with django_assert_max_num_queries(11):
        auditor.get(reverse("base:audit"))


@pytest.mark.django_db
def test_the_chain_is_verified_with_numbers(auditor: Client, cast: Cast) -> None:
    for _each in range(3):
        record("unit.reactivate", by=cast.lin, city=cast.city, subject=cast.units.police)
    page = auditor.post(reverse("base:audit_verify")).content.decode()
    assert "审计链完整" in page
    assert "3 条记录" in page
    assert AuditEntry.objects.get(action="audit.verify").detail == {"entries": 3, "faults": 0}


@pytest.mark.django_db
def test_a_changed_entry_is_named(auditor: Client, cast: Cast) -> None:
    for _each in range(3):
        record("unit.reactivate", by=cast.lin, city=cast.city, subject=cast.units.police)
    with connection.cursor() as cursor:  # as somebody would who has the database in hand
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE base_auditentry SET action = 'unit.merge' WHERE number = 2")
        cursor.execute("SET LOCAL session_replication_role = origin")
    page = auditor.post(reverse("base:audit_verify")).content.decode()
    assert "审计链异常" in page
    assert "第 2 条" in page


@pytest.mark.django_db
def test_a_session_is_shown_with_each_of_its_requests(client: Client, cast: Cast) -> None:
    begun = open_session(log_in(client, cast.feng), cast.feng, cast.city)
    client.get(reverse("base:people"))
    assert AdministratorRequest.objects.filter(session=begun).count() == 1
    log_in(client, cast.wei)
    assert "例行维护" in client.get(reverse("base:audit_sessions")).content.decode()
    page = client.get(reverse("base:audit_session", args=[begun.pk])).content.decode()
    assert "/people/" in page
