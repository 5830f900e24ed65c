"""What is known of the gates, and which items do not apply: typed, kept, scored by."""

import pytest
from django.test import Client

from tests.cast import log_in
from tests.rounds.building import Field, small_field
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry
from wenming.rounds.models import Collection
from wenming.rounds.queries.gathered import round_rows
from wenming.rounds.services.collections import CollectionClosed, close_collection
from wenming.rounds.services.facts import FactUnknown, FactWithoutReason, GateSaid, set_facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def field() -> Field:
    return small_field()


@pytest.fixture
def office(client: Client, field: Field) -> Client:
    return log_in(client, field.cast.lin)


def kept(field: Field) -> Collection:
    return Collection.objects.get(pk=field.collection.pk)


def page_of(field: Field) -> str:
    return f"/collections/{field.collection.pk}/facts/"


def typed(**more: str) -> dict[str, str]:
    blank = {f"{name}_{n}": "" for name in ("item", "because") for n in range(3)}
    gates = {"holds_0": "yes", "why_0": "2025 年复查合格", "holds_1": "", "why_1": ""}
    return blank | gates | more


def test_what_was_typed_is_kept_and_goes_into_the_evidence(office: Client, field: Field) -> None:
    answer = office.post(page_of(field), typed(item_0="B1.2", because_0="内陆城市"))
    assert answer.status_code == 302
    rows = round_rows(kept(field))
    assert rows["not_applicable"] == [{"item": "B1.2", "reason": "内陆城市"}]
    assert [(each["gate"], each["holds"]) for each in rows["gates"]] == [("PC1", "true")]
    entry = AuditEntry.objects.filter(action="collection.facts").get()
    assert entry.detail["not_applicable"] == [{"item": "B1.2", "reason": "内陆城市"}]
    shown = office.get(f"/collections/{field.collection.pk}/").content.decode()
    assert "近岸海域水质" in shown
    assert "2025 年复查合格" in shown


def test_the_form_shows_what_is_known_and_takes_it_away(office: Client, field: Field) -> None:
    gates = [GateSaid("N1", False, "未发生")]
    set_facts(field.collection, gates, {"B1.2": "内陆"}, by=field.cast.lin)
    page = office.get(page_of(field)).content.decode()
    assert 'value="未发生"' in page
    assert 'value="内陆"' in page
    office.post(page_of(field), typed(holds_0="", why_0=""))
    assert (kept(field).gates, kept(field).not_applicable) == ([], [])


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"why_0": ""}, "请说明依据"),
        ({"item_0": "B1.2"}, "请说明该项目不适用的理由"),
        ({"because_0": "内陆"}, "请选择该理由对应的项目"),
        ({"item_0": "B1.2", "because_0": "x", "item_1": "B1.2", "because_1": "y"}, "重复"),
    ],
)
def test_what_lacks_is_told_beside_its_field_and_nothing_is_lost(
    office: Client, field: Field, more: dict[str, str], said: str
) -> None:
    answer = office.post(page_of(field), typed(why_1="待核") | more)
    page = answer.content.decode()
    assert said in page
    assert 'value="待核"' in page
    assert kept(field).gates == []


def test_a_service_refuses_what_is_not_in_the_edition(field: Field) -> None:
    with pytest.raises(FactUnknown):
        set_facts(field.collection, [GateSaid("PC9", True, "x")], {}, by=field.cast.lin)
    with pytest.raises(FactUnknown):
        set_facts(field.collection, [], {"B9": "x"}, by=field.cast.lin)
    with pytest.raises(FactWithoutReason):
        set_facts(field.collection, [], {"B1.1": " "}, by=field.cast.lin)
    with pytest.raises(PermissionDenied):
        set_facts(field.collection, [], {}, by=field.cast.sun)


def test_a_closed_round_is_not_changed(field: Field) -> None:
    close_collection(field.collection, by=field.cast.lin)
    with pytest.raises(CollectionClosed):
        set_facts(field.collection, [], {"B1.1": "x"}, by=field.cast.lin)
