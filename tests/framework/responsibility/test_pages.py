"""The pages of responsibilities: who opens which, what each shows, what it costs."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.cast import log_in, make_unit
from tests.framework.building import Small, issued_of, person, small_city
from wenming.base.models import Group, User
from wenming.core.permissions import PostKind
from wenming.core.terms import Role
from wenming.framework.models import Responsibility, ResponsibilityPlan
from wenming.framework.services.assigning import Assignment, assign
from wenming.framework.services.objections import raise_objection
from wenming.framework.services.plans import begin_draft

pytestmark = pytest.mark.django_db
Ceiling = Callable[[int], AbstractContextManager[object]]


@dataclass
class Room:
    """The small city with a plan in force, a draft after it, and people of other posts."""

    small: Small
    plan: ResponsibilityPlan
    draft: ResponsibilityPlan
    lead: User
    leader: User
    inspector: User
    abroad: User


@pytest.fixture
def room() -> Room:
    small = small_city()
    plan = issued_of(small)
    draft = begin_draft(small.edition, by=small.office, based_on=plan)
    other = Group.objects.create(city=small.city, key="build", title_zh="城市建设组", position=1)
    lead = person(small.city, "chen", PostKind.GROUP_LEAD, group=other)
    return Room(
        small,
        plan,
        draft,
        lead=lead,
        leader=person(small.city, "zheng", PostKind.LEADER),
        inspector=person(small.city, "sun", PostKind.INSPECTOR),
        abroad=small_city("邻市").office,
    )


def opened(user: User, name: str, *args: object, **asked: str) -> int:
    address = reverse(f"framework:{name}", args=args)
    return log_in(Client(), user).get(address, asked).status_code


def text(user: User, name: str, *args: object, **asked: str) -> str:
    answer = log_in(Client(), user).get(reverse(f"framework:{name}", args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_plan_in_force_is_opened_by_whoever_sees_responsibilities(room: Room) -> None:
    for name in ("matrix", "plan_rows"):
        for who in (room.small.office, room.leader, room.lead, room.small.zhao, room.small.qian):
            assert opened(who, name, room.plan.pk) == 200
        assert opened(room.inspector, name, room.plan.pk) == 403
        assert opened(room.abroad, name, room.plan.pk) == 404


def test_a_draft_is_the_offices_alone(room: Room) -> None:
    for name in ("matrix", "plan_rows", "plan_workbook"):
        assert opened(room.small.office, name, room.draft.pk) == 200
        for who in (room.leader, room.lead, room.small.zhao, room.abroad):
            assert opened(who, name, room.draft.pk) == 404


@pytest.mark.parametrize(
    "name", ["plan_findings", "plan_changes", "issue_plan", "discard_plan", "import_plan"]
)
def test_what_changes_a_plan_is_opened_by_the_office_alone(room: Room, name: str) -> None:
    assert opened(room.small.office, name, room.draft.pk) == 200
    for who in (room.leader, room.lead, room.small.zhao, room.inspector):
        assert opened(who, name, room.draft.pk) == 403
    assert opened(room.abroad, name, room.draft.pk) == 404


def test_a_unit_sees_its_own_rows_and_a_lead_those_of_the_group(room: Room) -> None:
    whole = text(room.leader, "matrix", room.plan.pk)
    assert "市公安局" in whole
    assert "市市场监管局" in whole
    own = text(room.small.qian, "matrix", room.plan.pk)
    assert "市市场监管局" in own
    assert "市公安局" not in own
    assert "内容A2" not in own
    nothing = text(room.lead, "matrix", room.plan.pk)
    assert "市公安局" not in nothing
    assert "内容A1" not in nothing


def test_what_others_lead_is_not_called_without_a_lead(room: Room) -> None:
    """The market only supports A1; the police, whose rows it does not see, leads it."""
    page = text(room.small.qian, "matrix", room.plan.pk)
    assert 'class="mark" data-mark' in page
    assert 'class="mark none" data-mark' not in page


def test_the_subtree_of_a_unit_is_its_own(room: Room) -> None:
    small = room.small
    below = make_unit(small.city, "交警支队", parent=small.police, group=small.police.group)
    draft = assign(
        room.draft,
        [Assignment("A3", below, Role.LEAD)],
        by=small.office,
        version=room.draft.version,
    )
    assert draft.responsibilities.visible_to(small.zhao).filter(unit=below).exists()
    assert not draft.responsibilities.visible_to(small.qian).filter(unit=below).exists()


def test_cells_are_painted_by_a_script_and_what_stands_there_is_told(room: Room) -> None:
    office = log_in(Client(), room.small.office)
    answer = office.post(
        reverse("framework:assign", args=[room.draft.pk]),
        {"version": 0, "role": "lead", "cells": [f"A3|{room.small.parks.pk}"]},
        headers={"accept": "application/json"},
    )
    assert answer.json() == {
        "version": 1,
        "cells": [["A3", str(room.small.parks.pk), "lead"]],
        "rows": {"A3": [1, 1]},
    }


def test_a_script_that_comes_too_late_is_told_and_shown_what_stands_there(room: Room) -> None:
    cells = [Assignment("A3", room.small.market, Role.LEAD)]
    assign(room.draft, cells, by=room.small.office, version=0)
    answer = log_in(Client(), room.small.office).post(
        reverse("framework:assign", args=[room.draft.pk]),
        {"version": 0, "role": "lead", "cells": [f"A3|{room.small.parks.pk}"]},
        headers={"accept": "application/json"},
    )
    assert answer.status_code == 409
    told = answer.json()
    assert "A3" in told["refusal"]
    assert told["version"] == 1
    assert told["cells"] == [["A3", str(room.small.market.pk), "lead"]]


def test_without_script_a_refusal_keeps_what_was_ticked(room: Room) -> None:
    cells = [Assignment("A3", room.small.market, Role.LEAD)]
    assign(room.draft, cells, by=room.small.office, version=0)
    matrix = reverse("framework:matrix", args=[room.draft.pk])
    said = {"version": 0, "role": "supporting", "items": ["A3"], "units": [room.small.parks.pk]}
    answer = log_in(Client(), room.small.office).post(
        reverse("framework:assign", args=[room.draft.pk]), said | {"next": f"{matrix}?text=A3"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'name="items" value="A3" checked' in page
    assert f'name="units" value="{room.small.parks.pk}" checked' in page
    assert 'value="supporting" checked' in page
    assert "内容A1" not in page  # the filter stands as well


def test_without_script_many_cells_are_assigned_and_undone(room: Room) -> None:
    office, small = log_in(Client(), room.small.office), room.small
    matrix = reverse("framework:matrix", args=[room.draft.pk])
    said = {"version": 0, "role": "responsible", "items": ["A2", "A3"], "next": f"{matrix}?text=A"}
    units = {"units": [small.market.pk, small.parks.pk]}
    answer = office.post(reverse("framework:assign", args=[room.draft.pk]), said | units)
    assert answer.headers["Location"] == f"{matrix}?text=A"
    assert room.draft.responsibilities.filter(role="responsible").count() == 4
    office.post(reverse("framework:undo_step", args=[room.draft.pk]), {"version": 1})
    assert not room.draft.responsibilities.filter(role="responsible").exists()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"items": ["A1"], "due": "31.12.2026"}, "2026-12-31"),
        ({"items": ["A1"]}, "限期"),
        ({"due": "2026-12-31"}, "测评内容"),
    ],
)
def test_terms_that_say_too_little_are_refused_in_a_sentence(
    room: Room, said: dict[str, object], sentence: str
) -> None:
    address = reverse("framework:set_terms", args=[room.draft.pk])
    answer = log_in(Client(), room.small.office).post(address, {"version": 0, **said})
    assert answer.status_code == 409
    assert sentence in answer.content.decode().split("data-matrix-sentence>")[1].split("<")[0]


def test_nobody_else_paints(room: Room) -> None:
    cell = {"version": 0, "role": "lead", "cells": [f"A3|{room.small.parks.pk}"]}
    for who, status in ((room.small.zhao, 403), (room.leader, 403), (room.abroad, 404)):
        for name in ("assign", "set_terms", "undo_step"):
            answer = log_in(Client(), who).post(
                reverse(f"framework:{name}", args=[room.draft.pk]), cell
            )
            assert answer.status_code == status
    assert not Responsibility.objects.filter(item="A3").exists()


def test_filters_of_the_matrix(room: Room) -> None:
    office, draft, small = room.small.office, room.draft.pk, room.small
    assert "内容A1" not in text(office, "matrix", draft, fault="plan_nobody")
    assert "内容A3" in text(office, "matrix", draft, fault="plan_nobody")
    of_market = text(office, "matrix", draft, unit=str(small.market.pk))
    assert "内容A1" in of_market
    assert "内容A2" not in of_market
    assert "内容A2" not in text(office, "matrix", draft, role="supporting")
    assert "data-unit" in text(office, "matrix", draft, fault="no-such-fault")


def test_findings_lead_to_the_place_where_they_are_mended(room: Room) -> None:
    page = text(room.small.office, "plan_findings", room.draft.pk)
    assert f"/responsibilities/{room.draft.pk}/?text=A3" in page
    issued = text(room.small.office, "plan_findings", room.plan.pk)
    assert f"/responsibilities/{room.draft.pk}/?text=A3" in issued  # mended in the draft
    file = log_in(Client(), room.small.office).get(
        reverse("framework:plan_findings", args=[room.draft.pk]), {"form": "xlsx"}
    )
    book = load_workbook(BytesIO(file.content))
    assert [cell.value for cell in book.active["B"]][1:] == ["A3", "", ""]


def test_what_changed_is_told_before_a_plan_is_issued(room: Room) -> None:
    small = room.small
    cells = [Assignment("A2", small.police, None), Assignment("A2", small.market, Role.LEAD)]
    assign(room.draft, cells, by=small.office, version=0)
    for name in ("plan_changes", "issue_plan"):
        page = text(small.office, name, room.draft.pk)
        assert "内容A2" in page.split("<table")[1]
        assert "内容A1" not in page.split("<table")[1]
    assert "第一份" in text(small.office, "plan_changes", room.plan.pk)


def test_an_objection_is_opened_by_both_sides_only(room: Room) -> None:
    row = room.plan.responsibilities.get(item="A2", unit=room.small.police)
    raised = raise_objection(row, by=room.small.zhao, reason="职能在市场监管局")
    for who in (room.small.office, room.small.zhao, room.leader):
        assert opened(who, "objection", raised.pk) == 200
    for who in (room.small.qian, room.lead, room.abroad):
        assert opened(who, "objection", raised.pk) == 404
    assert "内容A2" in text(room.small.zhao, "objection", raised.pk)


def test_the_sheet_of_a_unit_is_closed_to_other_units(room: Room) -> None:
    police = room.small.police.pk
    for form in ("docx", "xlsx"):
        assert opened(room.small.zhao, "unit_sheet", police, form) == 200
        for who in (room.small.qian, room.abroad):
            assert opened(who, "unit_sheet", police, form) == 404
    assert opened(room.small.zhao, "unit_sheet", police, "pdf") == 404
    assert opened(room.small.qian, "unit_duties", police) == 404


CEILINGS = {
    "matrix": 16,
    "plan_rows": 14,
    "plan_findings": 16,
    "plan_changes": 14,
    "issue_plan": 20,
    "import_plan": 12,
}


@pytest.mark.parametrize("name", CEILINGS)
def test_a_page_asks_the_database_a_fixed_number_of_times(
    room: Room, django_assert_max_num_queries: Ceiling, name: str
) -> None:
    small = room.small
    units = [make_unit(small.city, f"第{n}局", group=small.police.group) for n in range(20)]
    cells = [Assignment(key, unit, Role.SUPPORTING) for key in ("A1", "A2") for unit in units]
    assign(room.draft, cells, by=small.office, version=0)
    office = log_in(Client(), small.office)
    with django_assert_max_num_queries(CEILINGS[name]):
        office.get(reverse(f"framework:{name}", args=[room.draft.pk]))


def test_nobody_is_let_in_without_logging_in(room: Room) -> None:
    answer = Client().get(reverse("framework:matrix", args=[room.plan.pk]))
    assert answer.status_code == 302


def test_a_draft_of_the_small_city_is_begun_from_the_pages(room: Room) -> None:
    office, small = log_in(Client(), room.small.office), room.small
    office.post(reverse("framework:discard_plan", args=[room.draft.pk]))
    office.post(reverse("framework:begin_plan", args=[small.edition.pk]), {"based_on": "empty"})
    (draft,) = small.edition.plans.filter(state="draft")
    assert not draft.responsibilities.exists()
