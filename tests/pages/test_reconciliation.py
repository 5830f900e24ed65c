"""The reconciliation desk: who sees it, what it says, and how findings are settled on it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import log_in, make_person
from tests.pages.shown import Shown
from wenming.core.permissions import PostKind
from wenming.scoring.models import Run, Settlement
from wenming.scoring.services import run_scoring

pytestmark = pytest.mark.django_db
REASON = "宣教组口头多报，已核实"
SUM = "42 ≠ 14 + 14 + 5 + 7 = 40"


def desk_of(run: Run) -> str:
    return reverse("scoring:reconciliation", args=[run.round_id])


def split_of(run: Run) -> Settlement:
    return Settlement.objects.get(round=run.round, code="split_differs")


def test_the_desk_shows_the_figures_beside_the_sum(neighbour: Client, pages: Shown) -> None:
    page = " ".join(neighbour.get(desk_of(pages.other)).content.decode().split())
    assert SUM in page
    assert page.count("社会事业组 <b>14</b>") == 1


def test_the_desk_asks_the_database_few_questions(reader: Client, pages: Shown) -> None:
    reader.get(desk_of(pages.run))
    with CaptureQueriesContext(connection) as seen:
        assert reader.get(desk_of(pages.run)).status_code == 200
    assert len(seen) <= 25, [each["sql"][:120] for each in seen]


@pytest.mark.parametrize(
    ("kind", "status"),
    [(PostKind.LEADER, 200), (PostKind.ASSESSOR, 200), (PostKind.INSPECTOR, 403)],
)
def test_who_sees_the_desk(pages: Shown, kind: PostKind, status: int) -> None:
    person = make_person("someone", name="某", city=pages.other.city, kind=kind)
    client = log_in(Client(), person)
    assert client.get(desk_of(pages.other)).status_code == status
    finding = reverse("scoring:finding", args=[split_of(pages.other).pk])
    assert client.get(finding).status_code == status
    said = {"verdict": "paper_wrong", "reason": REASON}
    settle = reverse("scoring:settle_finding", args=[split_of(pages.other).pk])
    assert client.post(settle, said).status_code == 403
    assert client.post(reverse("scoring:settle_findings"), said).status_code == 403


def test_the_desk_of_another_city_is_not_there(reader: Client, pages: Shown) -> None:
    assert reader.get(desk_of(pages.other)).status_code == 404
    finding = reverse("scoring:finding", args=[split_of(pages.other).pk])
    assert reader.get(finding).status_code == 404


def test_a_settled_finding_is_still_settled_after_another_run(
    neighbour: Client, pages: Shown
) -> None:
    run = pages.other
    address = reverse("scoring:settle_finding", args=[split_of(run).pk])
    refused = neighbour.post(address, {"verdict": "paper_wrong", "reason": ""})
    assert refused.status_code == 422
    said = {"verdict": "paper_wrong", "reason": REASON}
    assert neighbour.post(address, said).status_code == 302
    late = neighbour.post(address, {"verdict": "noted", "reason": "属实"})
    assert late.status_code == 422
    assert "先行处理" in late.content.decode()
    run_scoring(run.round)
    assert split_of(run).verdict == "paper_wrong"
    page = neighbour.get(reverse("scoring:findings", args=[run.pk])).content.decode()
    assert "材料有误" in page
    again = reverse("scoring:reopen_finding", args=[split_of(run).pk])
    assert neighbour.post(again, {"reason": "再核"}).status_code == 302
    assert split_of(run).state == "open"


def test_several_are_settled_with_one_reason(neighbour: Client, pages: Shown) -> None:
    rows = [str(each.pk) for each in Settlement.objects.filter(round=pages.other.round)]
    address = reverse("scoring:settle_findings")
    form = neighbour.post(address, {"rows": rows})
    assert form.status_code == 200
    assert form.content.decode().count('name="rows"') == len(rows)
    said = {"rows": rows, "verdict": "noted", "reason": REASON}
    assert neighbour.post(address, said).status_code == 302
    left = Settlement.objects.filter(round=pages.other.round, state="open")
    assert not left.exists()


def test_the_list_is_filtered_and_exported(neighbour: Client, pages: Shown) -> None:
    address = desk_of(pages.other)
    some = neighbour.get(address + "?code=split_differs")
    assert some.context["listing"].total == 1
    file = b"".join(neighbour.get(address + "?form=csv&all=1").streaming_content).decode()
    assert "分项与合计不符" in file
