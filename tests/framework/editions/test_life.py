"""The life of an edition: draft, in use and frozen, superseded; who may, and who comes too late."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, log_in, make_cast
from tests.framework.editions.building import changed, draft_of, small_draft, small_in_use
from tests.framework.editions.building import loaded as load
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry
from wenming.core.lifecycle import EditionState, TransitionNotAllowed
from wenming.framework.models import Edition, Item
from wenming.framework.services.drafts import (
    EditionInPlans,
    EditionNotDraft,
    EditionSupersedesItself,
    delete_draft,
    put_in_use,
    rename_edition,
    supersede,
)
from wenming.framework.services.plans import begin_draft

pytestmark = pytest.mark.django_db

LATER = changed(("key: small", "key: later"))


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("number").values_list("action", flat=True))


def test_a_draft_is_renamed_and_the_deed_is_recorded(cast: Cast) -> None:
    draft = rename_edition(small_draft(cast.city, cast.lin), "  2026 修订稿 ", by=cast.lin)
    assert (draft.name, draft.title_zh) == ("2026 修订稿", "小体系")
    assert actions()[-1] == "edition.rename"


def test_a_draft_is_deleted_with_its_items_and_its_file_stays(cast: Cast) -> None:
    draft = small_draft(cast.city, cast.lin)
    file = draft.file
    delete_draft(draft, by=cast.lin)
    assert not Item.objects.exists()
    assert file is not None
    file.refresh_from_db()
    assert actions()[-1] == "edition.delete"


def test_a_draft_for_which_duties_were_assigned_is_not_deleted(cast: Cast) -> None:
    draft = small_draft(cast.city, cast.lin)
    begin_draft(draft, by=cast.lin)
    with pytest.raises(EditionInPlans):
        delete_draft(draft, by=cast.lin)


def test_an_edition_is_put_in_use_instead_of_another(cast: Cast) -> None:
    old = small_in_use(cast.city, cast.lin)
    used = put_in_use(draft_of(LATER, city=cast.city, by=cast.lin), by=cast.lin, instead_of=old)
    old.refresh_from_db()
    assert used.state == EditionState.IN_USE
    assert used.put_in_use_at is not None
    assert (old.state, old.superseded_by) == (EditionState.SUPERSEDED, used)
    assert actions()[-2:] == ["edition.put_in_use", "edition.supersede"]


def test_an_edition_goes_out_of_use_with_or_without_a_successor(cast: Cast) -> None:
    old = small_in_use(cast.city, cast.lin)
    draft = draft_of(LATER, city=cast.city, by=cast.lin)
    with pytest.raises(EditionSupersedesItself):
        supersede(old, by=cast.lin, successor=draft)
    with pytest.raises(EditionSupersedesItself):
        supersede(old, by=cast.lin, successor=old)
    assert supersede(old, by=cast.lin).superseded_by is None


def test_it_takes_no_place_of_itself_or_of_another_city(cast: Cast) -> None:
    abroad = small_in_use(cast.other_city, cast.wu)
    draft = small_draft(cast.city, cast.lin)
    for other in (draft, abroad):
        with pytest.raises(EditionSupersedesItself):
            put_in_use(draft, by=cast.lin, instead_of=other)
    draft.refresh_from_db()
    assert draft.is_draft


def test_of_two_people_the_second_finds_it_in_use(cast: Cast) -> None:
    draft = small_draft(cast.city, cast.lin)
    stale = Edition.objects.get(pk=draft.pk)
    put_in_use(draft, by=cast.lin)
    with pytest.raises(TransitionNotAllowed):
        put_in_use(stale, by=cast.lin)
    with pytest.raises(EditionNotDraft):
        rename_edition(stale, "x", by=cast.lin)
    with pytest.raises(EditionNotDraft):
        delete_draft(stale, by=cast.lin)


@pytest.mark.parametrize("who", ["zhao", "chen", "zheng", "wang", "feng", "wu"])
def test_only_the_office_of_the_city_changes_an_edition(cast: Cast, who: str) -> None:
    draft, user = small_draft(cast.city, cast.lin), getattr(cast, who)
    for refused in (
        lambda: rename_edition(draft, "x", by=user),
        lambda: delete_draft(draft, by=user),
        lambda: put_in_use(draft, by=user),
    ):
        with pytest.raises(PermissionDenied):
            refused()
    used = put_in_use(draft, by=cast.lin)
    with pytest.raises(PermissionDenied):
        supersede(used, by=user)


FROZEN = ["key", "title_zh", "title_en", "hash"]


@pytest.mark.parametrize("column", FROZEN)
def test_the_database_refuses_to_change_a_frozen_edition(cast: Cast, column: str) -> None:
    used = small_in_use(cast.city, cast.lin)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Edition.objects.filter(pk=used.pk).update(**{column: "x"})


def test_the_database_refuses_other_content_items_and_an_end(cast: Cast) -> None:
    used = small_in_use(cast.city, cast.lin)
    item = used.items.get(key="B1.1.1")
    for change in (
        lambda: Edition.objects.filter(pk=used.pk).update(content={}),
        lambda: Edition.objects.filter(pk=used.pk).update(item_count=1),
        lambda: Item.objects.filter(pk=item.pk).update(points=9),
        lambda: Item.objects.filter(pk=item.pk).update(title_zh="x"),
        lambda: Item.objects.filter(pk=item.pk).delete(),
        lambda: Edition.objects.filter(pk=used.pk).delete(),
        lambda: _copy(item),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    used.refresh_from_db()
    assert used.items.count() == used.item_count == 5


def test_a_frozen_edition_does_not_become_a_draft_again(cast: Cast) -> None:
    used = small_in_use(cast.city, cast.lin)
    back = {"state": EditionState.DRAFT}
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=used.pk).update(**back)


def test_what_is_not_content_may_still_be_said_of_it(cast: Cast) -> None:
    from tests.framework.editions.building import EDITION_A

    used = load(cast.city, EDITION_A)
    Edition.objects.filter(pk=used.pk).update(name="现行")
    used.refresh_from_db()
    assert used.name == "现行"


def _copy(item: Item) -> None:
    Item.objects.create(
        city_id=item.city_id, edition_id=item.edition_id, key="Z9", part=item.part,
        dimension=item.dimension, indicator=item.indicator, title_zh="x", position=99,
    )  # fmt: skip


def test_the_office_puts_it_in_use_only_after_a_second_look(client: Client, cast: Cast) -> None:
    old = small_in_use(cast.city, cast.lin)
    draft = draft_of(LATER, city=cast.city, by=cast.lin)
    address = reverse("framework:edition_use", args=[draft.pk])
    log_in(client, cast.lin)
    assert "启用“小体系”" in client.get(address).content.decode()
    assert client.post(address, {"instead_of": str(old.pk)}).status_code == 422
    draft.refresh_from_db()
    assert draft.is_draft
    sent = client.post(address, {"instead_of": str(old.pk), "is_sure": "on"}, follow=True)
    assert "已启用" in sent.content.decode()
    old.refresh_from_db()
    assert old.state == EditionState.SUPERSEDED
    again = client.post(address, {"is_sure": "on"})
    assert again.status_code in (200, 422)
    assert "mistakes" in again.content.decode()


def test_names_ends_and_deletions_go_through_their_pages(client: Client, cast: Cast) -> None:
    draft = small_draft(cast.city, cast.lin)
    log_in(client, cast.lin)
    client.post(reverse("framework:edition_rename", args=[draft.pk]), {"name": "新名"})
    draft.refresh_from_db()
    assert draft.name == "新名"
    gone = reverse("framework:edition_delete", args=[draft.pk])
    assert client.post(gone).status_code == 422
    assert client.post(gone, {"is_sure": "on"}).status_code == 302
    assert not Edition.objects.filter(pk=draft.pk).exists()
    used = small_in_use(cast.city, cast.lin)
    out = reverse("framework:edition_supersede", args=[used.pk])
    assert client.post(out, {"is_sure": "on"}).status_code == 302
    used.refresh_from_db()
    assert used.state == EditionState.SUPERSEDED
