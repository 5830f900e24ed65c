"""Responsibilities carried over to another edition: proposed, decided one by one, made at once."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, log_in, make_cast
from tests.framework.editions.building import changed, draft_of, small_in_use
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry, Unit
from wenming.core.succession import Kinship
from wenming.core.terms import Role
from wenming.framework.models import Edition, ResponsibilityPlan
from wenming.framework.queries.migration import proposed
from wenming.framework.services.assigning import Assignment, UnknownItem, assign
from wenming.framework.services.drafts import supersede
from wenming.framework.services.migration import EditionsApart, migrate_plan
from wenming.framework.services.plans import DraftExists, begin_draft, issue_plan

pytestmark = pytest.mark.django_db

NEW = changed(
    ("key: small", "key: new"),
    ("key: B2.1.1", "key: B2.1.9"),
    (
        "key: B2.1.3\n            title: {zh: 整体印象",
        "key: B2.1.7\n            title: {zh: 夜间照明",
    ),
)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def old(cast: Cast) -> ResponsibilityPlan:
    """An issued plan: the streets lead B2.1.1, the police supports it and leads B1.1.1."""
    edition = small_in_use(cast.city, cast.lin)
    draft = begin_draft(edition, by=cast.lin)
    units = cast.units
    cells = [
        Assignment("B2.1.1", units.streets, Role.LEAD, due=date(2026, 12, 1), target="A"),
        Assignment("B2.1.1", units.police, Role.SUPPORTING),
        Assignment("B1.1.1", units.police, Role.LEAD),
        Assignment("B1.1.1", units.archive, Role.RESPONSIBLE, condition=1),
    ]
    draft = assign(draft, cells, by=cast.lin, version=draft.version)
    return issue_plan(draft, by=cast.lin, title="分解表", version=draft.version)


@pytest.fixture
def new(cast: Cast, old: ResponsibilityPlan) -> Edition:
    """The next edition: one key is another, one item is new, one is gone."""
    del old
    return draft_of(NEW, city=cast.city, by=cast.lin)


def rows(plan: ResponsibilityPlan) -> set[tuple[str, int, str, str]]:
    return set(plan.responsibilities.values_list("item", "condition", "unit__name", "role"))


def test_every_item_is_proposed_what_it_continues(old: ResponsibilityPlan, new: Edition) -> None:
    kinds = {
        (each.succession.after or each.succession.before).item.key: each.kind  # type: ignore[union-attr]
        for each in proposed(old, new)
    }
    assert kinds == {
        "B1.1.1": Kinship.SAME,
        "B1.1.2": Kinship.SAME,
        "B2.1.9": Kinship.REKEYED,
        "B2.1.2": Kinship.SAME,
        "B2.1.7": Kinship.NEW,
        "B2.1.3": Kinship.GONE,
    }


def test_the_decisions_become_one_draft(cast: Cast, old: ResponsibilityPlan, new: Edition) -> None:
    continued = {"B1.1.1": "B1.1.1", "B2.1.9": "B2.1.1", "B2.1.7": "", "B2.1.2": "B2.1.2"}
    made = migrate_plan(old, new, continued, by=cast.lin)
    assert made.plan.is_draft
    assert made.plan.edition == new
    assert rows(made.plan) == {
        ("B2.1.9", 0, "市城管局", "lead"),
        ("B2.1.9", 0, "市公安局", "supporting"),
        ("B1.1.1", 0, "市公安局", "lead"),
        ("B1.1.1", 1, "市档案馆", "responsible"),
    }
    assert (made.carried, made.dissolved, made.reworded) == (4, 0, 0)
    lead = made.plan.responsibilities.get(item="B2.1.9", role="lead")
    assert (lead.due, lead.target) == (date(2026, 12, 1), "A")
    old.refresh_from_db()
    assert not old.is_draft
    assert AuditEntry.objects.filter(action="plan.migrate").count() == 1


def test_a_refused_item_begins_without_anybody(
    cast: Cast, old: ResponsibilityPlan, new: Edition
) -> None:
    made = migrate_plan(old, new, {"B2.1.9": "", "B1.1.1": "B1.1.1"}, by=cast.lin)
    assert {item for item, *_others in rows(made.plan)} == {"B1.1.1"}


def test_one_item_may_give_its_units_to_two(
    cast: Cast, old: ResponsibilityPlan, new: Edition
) -> None:
    made = migrate_plan(old, new, {"B2.1.9": "B2.1.1", "B2.1.7": "B2.1.1"}, by=cast.lin)
    assert made.carried == 4


def test_dissolved_units_and_reworded_conditions_are_left_and_counted(
    cast: Cast, old: ResponsibilityPlan
) -> None:
    other = changed(("required: 2", "required: 3"), ("key: small", "key: new"))
    new = draft_of(other, city=cast.city, by=cast.lin)
    Unit.objects.filter(pk=cast.units.streets.pk).update(is_active=False)
    made = migrate_plan(old, new, {"B1.1.1": "B1.1.1", "B2.1.1": "B2.1.1"}, by=cast.lin)
    assert (made.carried, made.dissolved, made.reworded) == (2, 1, 1)


def test_a_plan_moves_only_within_its_city_to_another_living_edition(
    cast: Cast, old: ResponsibilityPlan, new: Edition
) -> None:
    abroad = draft_of(NEW, city=cast.other_city, by=cast.wu)
    unissued = begin_draft(new, by=cast.lin)
    for plan, edition in ((old, old.edition), (unissued, old.edition)):
        with pytest.raises(EditionsApart):
            migrate_plan(plan, edition, {}, by=cast.lin)
    with pytest.raises(PermissionDenied):
        migrate_plan(old, abroad, {}, by=cast.lin)
    with pytest.raises(EditionsApart):
        migrate_plan(old, abroad, {}, by=cast.wu)
    over = supersede(small_in_use(cast.other_city, cast.wu), by=cast.wu)
    with pytest.raises(EditionsApart):
        migrate_plan(old, over, {}, by=cast.wu)


def test_what_no_edition_has_is_refused_and_nothing_is_made(
    cast: Cast, old: ResponsibilityPlan, new: Edition
) -> None:
    for wrong in ({"Z9": "B1.1.1"}, {"B1.1.1": "Z9"}):
        with pytest.raises(UnknownItem):
            migrate_plan(old, new, wrong, by=cast.lin)
    assert not new.plans.exists()


def test_of_two_people_the_second_finds_a_draft(
    cast: Cast, old: ResponsibilityPlan, new: Edition
) -> None:
    migrate_plan(old, new, {"B1.1.1": "B1.1.1"}, by=cast.lin)
    with pytest.raises(DraftExists):
        migrate_plan(old, new, {"B2.1.9": "B2.1.1"}, by=cast.lin)
    assert {item for item, *_others in rows(new.plans.get())} == {"B1.1.1"}


@pytest.mark.parametrize("who", ["zhao", "chen", "zheng", "wang"])
def test_only_the_office_migrates(
    client: Client, cast: Cast, old: ResponsibilityPlan, new: Edition, who: str
) -> None:
    with pytest.raises(PermissionDenied):
        migrate_plan(old, new, {}, by=getattr(cast, who))
    log_in(client, getattr(cast, who))
    address = reverse("framework:migrate_plan", args=[new.pk, old.pk])
    assert client.get(address).status_code == 403


def test_the_page_wants_a_decision_on_what_is_uncertain(
    client: Client, cast: Cast, old: ResponsibilityPlan, new: Edition
) -> None:
    log_in(client, cast.lin)
    chosen = client.get(reverse("framework:migrate", args=[new.pk]))
    address = reverse("framework:migrate_plan", args=[new.pk, old.pk])
    assert chosen["Location"] == address
    form = client.get(address).context["form"]
    sent = {row.take.html_name: row.take.value() for row in form.rows}
    unsure = next(row for row in form.rows if row.decide is not None)
    assert unsure.proposal.succession.after.item.key == "B2.1.9"
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert "请对此项作出决定" in refused.content.decode()
    assert not new.plans.exists()
    strange = sent | {form.rows[0].take.html_name: "Z9", unsure.decide.html_name: "take"}
    assert "没有测评内容“Z9”" in client.post(address, strange).content.decode()
    done = client.post(address, sent | {unsure.decide.html_name: "take"}, follow=True)
    plan = new.plans.get()
    assert done.redirect_chain[-1][0] == reverse("framework:matrix", args=[plan.pk])
    assert ("B2.1.9", 0, "市城管局", "lead") in rows(plan)
    assert client.get(address).context["draft"] == plan


def test_another_city_gets_404(
    client: Client, cast: Cast, old: ResponsibilityPlan, new: Edition
) -> None:
    log_in(client, cast.wu)
    address = reverse("framework:migrate_plan", args=[new.pk, old.pk])
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
