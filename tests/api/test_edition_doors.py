"""Editions by a program: brought with mistakes, corrected, compared, renamed, carried over."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.api.calling import Caller
from tests.cast import Cast
from tests.framework.editions.building import changed, draft_of, small_in_use
from tests.scoring.small_round import CHECKLISTS, EDITION
from wenming.base.models import User
from wenming.core.terms import Role
from wenming.framework.models import ResponsibilityPlan
from wenming.framework.services.assigning import Assignment, assign
from wenming.framework.services.plans import begin_draft, issue_plan

pytestmark = pytest.mark.django_db
As = Callable[[User], Caller]
BROKEN = changed(("key: B2.1.1", "key: B1.1.1"))
NEXT = changed(("key: small", "key: next"), ("key: B2.1.1", "key: B2.1.9"))


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, settings: LazySettings) -> None:
    settings.FILES_ROOT = tmp_path / "files"


def sent(caller: Caller, address: str, **files: str) -> Any:
    heads = {"Authorization": f"Bearer {caller.secret}", "Accept-Language": "en"}
    named = {
        name: SimpleUploadedFile(f"{name}.yaml", text.encode()) for name, text in files.items()
    }
    return Client().post(f"/api/v1{address}", named, headers=heads)


def issued(cast: Cast) -> ResponsibilityPlan:
    draft = begin_draft(small_in_use(cast.city, cast.lin), by=cast.lin)
    lead = Assignment("B2.1.1", cast.units.streets, Role.LEAD, due=date(2026, 12, 1), target="A")
    draft = assign(draft, [lead], by=cast.lin, version=draft.version)
    return issue_plan(draft, by=cast.lin, title="分解表", version=draft.version)


def test_a_broken_file_is_corrected_until_it_can_be_compared_and_taken(cast: Cast, as_: As) -> None:
    office, in_use = as_(cast.lin), small_in_use(cast.city, cast.lin)
    kept = sent(office, "/edition-imports", edition=BROKEN, checklists=CHECKLISTS).json()
    address = f"/edition-imports/{kept['id']}"
    assert (bool(kept["problems"]), kept["checklists"]) == (True, "checklists.yaml")
    copy = office.ask("GET", f"{address}/annotated/edition")
    assert kept["problems"][0]["message"] in copy.content.decode()
    early = office.ask("GET", f"{address}/comparison/{in_use.pk}")
    assert (early.status_code, early.json()["code"]) == (409, "import_has_problems")
    listed = office.ask("GET", "/edition-imports").json()["rows"]
    assert [(each["id"], each["mistakes"]) for each in listed] == [
        (kept["id"], len(kept["problems"]))
    ]
    assert sent(office, f"{address}/correction").status_code == 422
    mended = sent(office, f"{address}/correction", edition=NEXT).json()
    assert (mended["problems"], mended["mended"]) == ([], len(kept["problems"]))
    found = office.ask("GET", f"{address}/comparison/{in_use.pk}").json()
    assert "B2.1.9" in {each["item"] for each in found["differences"]}
    draft = office.ask("POST", f"{address}/accept", {}).json()
    assert office.ask("GET", "/edition-imports").json()["total"] == 0
    taken = sent(office, f"{address}/correction", edition=EDITION)
    assert (taken.status_code, taken.json()["code"]) == (409, "import_taken")
    lists = office.ask("GET", f"/editions/{draft['id']}/checklists.yaml")
    assert lists.status_code == 200


def test_a_draft_gets_a_name_and_what_is_in_use_keeps_its_own(cast: Cast, as_: As) -> None:
    office, in_use = as_(cast.lin), small_in_use(cast.city, cast.lin)
    draft = draft_of(NEXT, city=cast.city, by=cast.lin)
    named = office.ask("PUT", f"/editions/{draft.pk}/name", {"name": "修订稿"})
    assert (named.status_code, named.json()["name"]) == (200, "修订稿")
    frozen = office.ask("PUT", f"/editions/{in_use.pk}/name", {"name": "修订稿"})
    assert (frozen.status_code, frozen.json()["code"]) == (409, "edition_not_draft")
    assert as_(cast.wu).ask("PUT", f"/editions/{draft.pk}/name", {"name": "x"}).status_code == 404
    early = {"successor": str(draft.pk)}
    refused = office.ask("POST", f"/editions/{in_use.pk}/supersede", early)
    assert (refused.status_code, refused.json()["code"]) == (409, "edition_not_replaceable")
    gone = office.ask("POST", f"/editions/{in_use.pk}/supersede", {})
    assert (gone.status_code, gone.json()["state"]) == (200, "superseded")
    assert as_(cast.wu).ask("POST", f"/editions/{in_use.pk}/supersede", {}).status_code == 404


def test_blank_workbooks_of_editions_are_given_out(cast: Cast, as_: As) -> None:
    for what in ("edition", "checklists"):
        answer = as_(cast.lin).ask("GET", f"/edition-templates/{what}.xlsx")
        assert answer.content.startswith(b"PK")
    assert as_(cast.zhao).ask("GET", "/edition-templates/edition.xlsx").status_code == 403
    assert as_(cast.lin).ask("GET", "/edition-templates/all.xlsx").status_code == 422


def test_responsibilities_are_carried_over_as_they_were_decided(cast: Cast, as_: As) -> None:
    plan = issued(cast)
    new, office = draft_of(NEXT, city=cast.city, by=cast.lin), as_(cast.lin)
    address = f"/editions/{new.pk}/migration/{plan.pk}"
    rows = office.ask("GET", address).json()["rows"]
    (rekeyed,) = [each for each in rows if each["kind"] == "rekeyed"]
    assert (rekeyed["after"]["item"], rekeyed["before"]["item"]) == ("B2.1.9", "B2.1.1")
    assert (rekeyed["responsibilities"], rekeyed["needs_a_look"]) == (1, True)
    strange = {"continued": [{"item": "B2.1.9", "continues": "Z9"}]}
    refused = office.ask("POST", address, strange)
    assert (refused.status_code, refused.json()["code"]) == (409, "plan_item_unknown")
    decided = {"continued": [{"item": "B2.1.9", "continues": "B2.1.1"}]}
    assert as_(cast.wu).ask("POST", address, decided).status_code == 404
    assert as_(cast.zhao).ask("POST", address, decided).status_code == 403
    made = office.ask("POST", address, decided)
    assert (made.status_code, made.json()["carried"]) == (201, 1), made.content
    held = office.ask("GET", f"/plans/{made.json()['plan']['id']}/responsibilities").json()
    assert [(each["item"], each["due"]) for each in held["rows"]] == [("B2.1.9", "2026-12-01")]
    twice = office.ask("POST", address, decided)
    assert (twice.status_code, twice.json()["code"]) == (409, "plan_draft_exists")
