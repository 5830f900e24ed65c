"""Every operation × every person: who is let in, who is refused, who finds nothing there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pkgutil import iter_modules

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Model
from django.http import HttpResponseBase
from django.test import Client
from ninja import NinjaAPI
from pytest_django import DjangoDbBlocker

from tests.access.world import Side, World, built, in_its_city
from tests.api.calling import Caller, token_of
from tests.api.operations import DONE, EXAMPLES, Example
from wenming.api import rooms
from wenming.api.urls import api, refuse_open_operations
from wenming.base.models import (
    AdministratorSession,
    CalendarDay,
    CityRow,
    Group,
    Import,
    Unit,
    UnitName,
    User,
)
from wenming.base.queries.audit import sessions_of
from wenming.core.lifecycle import EditionState
from wenming.core.permissions import Capability
from wenming.framework.models import Edition

pytestmark = pytest.mark.django_db
OPERATIONS = {
    operation.operation_id: operation.view_func.capability
    for bound in api._get_bound_routers()
    for view in bound.path_operations.values()
    for operation in view.operations
}


@dataclass
class Programs:
    """Both cities, and for everybody a token that allows all that its person may do."""

    world: World
    callers: Mapping[str, Caller]


@pytest.fixture(scope="module")
def programs(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Programs]:
    with built(django_db_blocker, tmp_path_factory.mktemp("neighbour")) as world:
        with django_db_blocker.unblock():
            for side in (world.home, world.abroad):
                _more_rows(side)
            callers = {
                who: Caller(token_of(user, world.home.city)) for who, user in world.people.items()
            }
            callers["neighbour"] = Caller(token_of(world.abroad.office, world.abroad.city))
        yield Programs(world, callers)


def _more_rows(side: Side) -> None:
    """What only operations ask for: a second unit, an alias, a group, a draft, an import."""
    city, edition = side.city, side.rows["edition"]
    unit = side.rows["unit"]
    CalendarDay.objects.create(city=city, day=date(2026, 7, 1), kind="holiday")
    attachment = side.rows["attachment"]
    side.rows |= {
        "other_unit": Unit.objects.for_city(city).exclude(pk=unit.pk).earliest("pinyin"),
        "alias": UnitName.objects.create(city=city, unit=unit, name="曾用名", pinyin="x"),
        "inspector": side.rows["panel seat"].person,  # type: ignore[attr-defined]
        "group": Group.objects.for_city(city).earliest("position"),
        "edition_draft": Edition.objects.create(
            city=city, key="draft", title_zh="草稿", hash="d" * 64, content={},
            state=EditionState.DRAFT,
        ),
        "figures_import": side.rows["figures import"],
        "edition_import": Import.objects.create(
            city=city, kind="edition", attachment=attachment, brought_by=side.office,
            problems=[{"code": "cell_blank", "place": {"file": "a.yaml"}, "facts": {}}],
        ),
    }  # fmt: skip
    assert isinstance(edition, Edition)


def asked(caller: Caller, example: Example, side: Side) -> HttpResponseBase:
    body, address = example.body(side), example.address(side)
    if isinstance(body, SimpleUploadedFile):
        heads = {"Authorization": f"Bearer {caller.secret}"}
        return Client().post(f"/api/v1{address}", {example.field: body}, headers=heads)
    answer: HttpResponseBase = caller.ask(example.method, address, body)
    if getattr(answer, "streaming", False):
        list(answer)  # a file is sent, and closed, only when it is read
    return answer


def wanted(capability: Capability, example: Example, user: User, side: Side, home: Side) -> int:
    """200 for being let in, 403, or 404."""
    again = in_its_city(user, home.city)
    if not again.may(capability, city=home.city):
        return 403
    if example.also is not None and not again.may(example.also, city=home.city):
        return 404
    needed = example.needed(side)
    first = needed[:1] if example.by else []
    is_found = all(_sees(again, row, home, example.by) for row in first) and all(
        _sees(again, row, home, None) for row in needed[len(first) :]
    )
    return 200 if is_found else 404


def _sees(user: User, row: Model, home: Side, capability: Capability | None) -> bool:
    if isinstance(row, AdministratorSession):
        return sessions_of(user, home.city).filter(pk=row.pk).exists()
    assert isinstance(row, CityRow)
    seen = type(row)._default_manager.visible_to(user, capability).for_city(home.city)
    return bool(seen.filter(pk=row.pk).exists())


def is_as_wanted(answer: HttpResponseBase, status: int, example: Example) -> bool:
    if status != 200:
        return answer.status_code == status
    return answer.status_code in DONE or (example.may_clash and answer.status_code == 409)


def test_every_operation_has_an_example() -> None:
    assert sorted(set(OPERATIONS) ^ set(EXAMPLES)) == [], "list them in tests/api/operations.py"


def test_all_that_is_done_at_one_address_belongs_to_one_room() -> None:
    places = [place for bound in api._get_bound_routers() for place in bound.path_operations]
    twice = {place for place in places if places.count(place) > 1}
    assert twice == set(), "only the first room would be asked: declare them in the same one"


def test_no_two_forms_bear_the_same_name() -> None:
    """In the description the later one would silently take the place of the first."""
    forms = [
        name
        for module in iter_modules(rooms.__path__)
        for name, form in vars(import_module(f"{rooms.__name__}.{module.name}")).items()
        if isinstance(form, type) and form.__module__ == f"{rooms.__name__}.{module.name}"
    ]
    assert sorted({name for name in forms if forms.count(name) > 1}) == []


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_everybody_gets_what_is_theirs_and_nothing_else(programs: Programs, name: str) -> None:
    example, world, wrong, let_in = EXAMPLES[name], programs.world, [], 0
    for who, user in world.people.items():
        for side in (world.home, world.abroad):
            if side is world.abroad and not example.rows + example.named:
                continue
            status = wanted(OPERATIONS[name], example, user, side, world.home)
            with transaction.atomic():
                answer = asked(programs.callers[who], example, side)
                transaction.set_rollback(True)
            let_in += answer.status_code in DONE
            if not is_as_wanted(answer, status, example):
                said = getattr(answer, "content", b"")[:200].decode()
                wrong.append(f"{who} at {side.city}: {answer.status_code}, not {status}: {said}")
    assert wrong == []
    assert let_in or example.may_clash, "nobody may do it: the example proves nothing"


@pytest.mark.parametrize("name", sorted(name for name, each in EXAMPLES.items() if each.rows))
def test_the_neighbour_finds_nothing_of_this_city(programs: Programs, name: str) -> None:
    answer = asked(programs.callers["neighbour"], EXAMPLES[name], programs.world.home)
    assert answer.status_code in (403, 404)


def test_nobody_is_let_in_without_a_token(programs: Programs) -> None:
    for name, example in EXAMPLES.items():
        answer = asked(Caller("wm_none"), example, programs.world.home)
        assert answer.status_code == 401, name


def test_an_operation_without_a_capability_keeps_the_program_from_starting() -> None:
    open_api = NinjaAPI(urls_namespace="open")
    open_api.get("/open")(lambda request: None)
    with pytest.raises(ImproperlyConfigured):
        refuse_open_operations(open_api)
