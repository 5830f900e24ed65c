"""What a topic report rests on, on a round to be read by hand."""

from decimal import Decimal
from uuid import uuid4

import pytest

from tests.cast import make_person
from wenming.base.models import Group, Unit
from wenming.core.permissions import PostKind
from wenming.scoring.models import Run
from wenming.scoring.queries import SeenRun, seen_by
from wenming.scoring.queries.topic import TopicOf, TopicScope, topic_of
from wenming.scoring.topic_forms import TopicForm, offered

pytestmark = pytest.mark.django_db


@pytest.fixture
def seen(run: Run) -> SeenRun:
    return seen_by(make_person("reader", name="林晓", city=run.city, kind=PostKind.OFFICE), run)


def of_unit(run: Run, unit: Unit) -> SeenRun:
    clerk = make_person("clerk", name="韩梅", city=run.city, kind=PostKind.UNIT, unit=unit)
    return seen_by(clerk, run)


def scopes(seen: SeenRun) -> list[str]:
    return [scope.address for _title, listed in offered(seen) for scope in listed]


def test_a_unit_is_charged_for_what_it_leads(run: Run, seen: SeenRun) -> None:
    """市公安局 leads B2.1.2, which loses its point, and supports B2.1.1."""
    police = Unit.objects.get(name="市公安局")
    found = topic_of(seen, TopicScope(TopicOf.UNIT, str(police.pk), police.name))
    assert [row.key for row in found.rows] == ["B2.1.2"]
    assert [row.key for row in found.supported] == ["B2.1.1"]
    assert (found.sums.points, found.sums.lost, found.sums.coverage) == (1, 1, 1)


def test_a_street_has_the_items_that_fail_there(seen: SeenRun) -> None:
    west = topic_of(seen, TopicScope(TopicOf.STREET, "中心区|城西街道", "城西街道"))
    assert [row.key for row in west.rows] == ["B2.1.1"]
    assert (west.sums.lost, west.areas[0].checks) == (Decimal("0.8"), 2)
    east = topic_of(seen, TopicScope(TopicOf.STREET, "中心区|城东街道", "城东街道"))
    assert (list(east.rows), east.areas[0].visited) == ([], 1)


def test_dimensions_of_the_city_hold_all_of_its_items(run: Run, seen: SeenRun) -> None:
    city = topic_of(seen, TopicScope(TopicOf.CITY, "", "全市")).sums
    parts = [topic_of(seen, TopicScope(TopicOf.DIMENSION, key, key)).sums for key in ("B1", "B2")]
    assert city.lost == sum(each.lost for each in parts)
    assert city.points == sum(each.points or 0 for each in parts) == 10
    assert city.states == {
        state: sum(each.states[state] for each in parts) for state in city.states
    }


def test_a_unit_may_have_a_report_of_itself_only(run: Run) -> None:
    police = Unit.objects.get(name="市公安局")
    own = of_unit(run, police)
    assert scopes(own) == [f"unit:{police.pk}"]
    other = Unit.objects.get(name="市城管局")
    for wanted in ("city:", "dimension:B2", f"unit:{other.pk}", f"unit:{uuid4()}", "street:a|b"):
        assert TopicForm({"about": wanted}, seen=own).scope is None
    mine = TopicForm({"about": f"unit:{police.pk}"}, seen=own).scope
    assert mine is not None
    found = topic_of(own, mine)
    assert [row.key for row in found.rows] == ["B2.1.2"]
    assert list(found.areas) == [], "streets are sums over the city"


def test_the_lead_of_a_group_may_have_one_of_the_group(run: Run) -> None:
    unit = Unit.objects.get(name="市公安局")
    unit.group = Group.objects.get(city=run.city, key="城建")
    unit.save()
    lead = make_person(
        "lead", name="陈立", city=run.city, kind=PostKind.GROUP_LEAD, group=unit.group
    )
    assert scopes(seen_by(lead, run)) == ["group:城建"]
