"""What programs do in a round: documents, register and panels by the rules of the desk."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.api.calling import Caller, token_of
from tests.cast import fresh, make_person
from tests.inspection.building import small_errand
from tests.submission.building import Desk, pdf, small_desk
from wenming.base.models import City, User
from wenming.core.lifecycle import EditionState, PanelState
from wenming.core.permissions import PostKind
from wenming.core.terms import AssignmentRole, Method
from wenming.files.register_workbook import write_register
from wenming.framework.models import Edition
from wenming.inspection.models import PanelItem, PanelSeat, PanelSession
from wenming.rounds.models import Collection, RegisteredSite
from wenming.rounds.services.collections import assign_person

pytestmark = pytest.mark.django_db


def program(user: User, city: City) -> Caller:
    return Caller(token_of(fresh(user), city))


def brought(caller: Caller, address: str, name: str, content: bytes) -> Any:
    heads = {"Authorization": f"Bearer {caller.secret}", "Accept-Language": "en"}
    file = pdf(name, content)
    return Client().post(f"/api/v1{address}", {"file": file}, headers=heads)


def test_a_document_is_brought_handed_in_and_decided_by_two_people() -> None:
    desk: Desk = small_desk()
    city = desk.field.cast.city
    zhao, li, lin = (program(each, city) for each in (desk.zhao, desk.li, desk.lin))
    requirement = f"/requirements/{desk.rule.pk}"
    file = brought(zhao, f"{requirement}/files", "制度.pdf", pdf().read()).json()["id"]
    document = {"file": file, "title": "学习制度", "dated_on": "2026-03-01", "has_seal": True}
    stolen = program(desk.qian, city).ask("POST", f"{requirement}/submissions", document)
    assert stolen.status_code == 404
    made = zhao.ask("POST", f"{requirement}/submissions", document)
    assert made.status_code == 201, made.content
    paper = f"/submissions/{made.json()['id']}"
    again = lin.ask("POST", f"{requirement}/submissions", document)
    assert again.status_code == 201, "the office cites what the unit handed in"
    early = lin.ask("POST", f"{paper}/review", {"action": "accept"})
    assert early.status_code == 409
    passed = li.ask("POST", f"{paper}/review", {"action": "pass_on"})
    assert passed.json()["state"] == "passed"
    assert lin.ask("POST", f"{paper}/review", {"action": "reject"}).status_code == 409
    done = lin.ask("POST", f"{paper}/review", {"action": "accept"}).json()
    assert [step["action"] for step in done["steps"]] == ["hand_in", "pass_on", "accept"]
    coverage = lin.ask("GET", f"/collections/{desk.collection.pk}/coverage").json()
    assert coverage["standings"]["accepted"] == 1
    missing = lin.ask("GET", f"/collections/{desk.collection.pk}/requirements?standing=missing")
    assert [row["id"] for row in missing.json()["rows"]] == [str(desk.photo.pk)]


def test_a_workbook_of_sites_is_answered_with_every_mistake_and_changes_nothing() -> None:
    errand = small_errand()
    office = program(errand.lin, errand.field.cast.city)
    before = RegisteredSite.objects.count()
    rows = [["S-8", "长安路", "无此类型", *[""] * 12], ["S-9", "", "主干道", *[""] * 12]]
    kept = brought(office, "/register-imports", "点位.xlsx", write_register(rows))
    assert kept.status_code == 201, kept.content
    assert kept.json()["mistakes"] >= 1
    assert all("点位" in each["where"] for each in kept.json()["problems"])
    taken = office.ask("POST", f"/register-imports/{kept.json()['id']}/accept")
    assert (taken.status_code, taken.json()["code"]) == (409, "register_import_mistakes")
    assert RegisteredSite.objects.count() == before


def test_a_round_is_not_planned_backwards_and_its_people_need_a_post() -> None:
    errand = small_errand()
    city, collection = errand.field.cast.city, errand.field.collection
    office = program(errand.lin, city)
    people = f"/collections/{collection.pk}/people"
    refused = office.ask("PUT", f"{people}/{errand.sun.pk}", {"roles": ["reviewer"]})
    assert (refused.status_code, refused.json()["code"]) == (409, "role_needs_post")
    assert office.ask("DELETE", f"{people}/{errand.gao.pk}").status_code == 204
    assert office.ask("DELETE", f"{people}/{errand.gao.pk}").status_code == 404
    Edition.objects.filter(pk=collection.edition_id).update(state=EditionState.IN_USE)
    plan = {
        "key": "2027-1", "kind": "mock", "title": "新一轮", "edition": str(collection.edition_id),
        "period_from": "2027-02-01", "period_to": "2027-01-01",
    }  # fmt: skip
    backwards = office.ask("POST", "/collections", plan)
    assert (backwards.status_code, backwards.json()["code"]) == (409, "collection_period_reversed")
    assert office.ask("POST", "/collections", plan | {"period_to": "2027-03-01"}).status_code == 201
    assert Collection.objects.get(key="2027-1").state == "planned"


def test_nobody_reads_the_marks_of_others_before_the_session_is_closed() -> None:
    errand = small_errand()
    city, collection = errand.field.cast.city, errand.field.collection
    other = make_person("tian", name="田甜", city=city, kind=PostKind.INSPECTOR)
    session = PanelSession.objects.create(
        city=city, collection=collection, method=Method.OVERALL, title="老城",
        held_on=date(2026, 10, 9), made_by=errand.lin,
    )  # fmt: skip
    PanelItem.objects.create(
        city=city, session=session, collection=collection, item="B1.1", title_zh="印象", top=100,
        position=0,
    )  # fmt: skip
    for person in (errand.sun, other):
        assign_person(collection, person, [AssignmentRole.ASSESSOR], by=errand.lin)
        PanelSeat.objects.create(city=city, session=session, person=person)
    sun, tian, office = (program(each, city) for each in (errand.sun, other, errand.lin))
    own, whole = f"/panels/{session.pk}/own-marks", f"/panels/{session.pk}"
    marks = {"marks": [{"item": "B1.1", "mark": "81.5"}]}
    assert office.ask("GET", own).status_code == 404
    assert sun.ask("POST", own, marks).json()["marks"][0]["mark"] == "81.5"
    assert sun.ask("POST", own, marks).status_code == 409, "a correction says why"
    assert tian.ask("GET", own).json()["marks"] == []
    assert [reader.ask("GET", whole).json()["spread"] for reader in (tian, office)] == [[], []]
    assert "81.5" not in tian.ask("GET", whole).content.decode()
    assert office.ask("POST", whole + "/close").json()["state"] == PanelState.CLOSED
    (spread,) = tian.ask("GET", whole).json()["spread"]
    assert (spread["mean"], spread["marks"][0]["assessor"]) == ("81.5", errand.sun.name)
