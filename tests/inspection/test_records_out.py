"""The records of a round as a file: line by line, by name, for whoever sees them."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from tests.cast import log_in
from tests.inspection.building import Errand, all_well, seen, sheet, shot, small_errand, uploaded
from wenming.core.terms import Outcome
from wenming.inspection.services.taking import take_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def errand() -> Errand:
    """The visit is done: one line failed, with a remark that looks like a formula."""
    made = small_errand()
    photo = uploaded(made.visit, made.sun)
    failing = seen("r1", Outcome.NOT_CONFORM, remark='=HYPERLINK("x")，有"小广告"')
    aside = seen("r4", Outcome.NOT_OBSERVED, reason="weather")
    given = sheet(records=all_well(r1=failing, r4=aside), photos=[shot(photo.pk, "r1")])
    take_sheet(made.visit, given, by=made.sun)
    return made


def table(answer: Any) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_every_line_is_written_with_its_names(errand: Errand, client: Client) -> None:
    address = f"/collections/{errand.field.collection.pk}/visits/records.csv"
    log_in(client, errand.lin)
    rows = table(client.get(address))
    assert [row["编号"] for row in rows] == ["r1", "r2", "r3", "r4", "r5"]
    first, aside = rows[0], rows[3]
    assert (first["检查项"], first["督查员"]) == ("立面整洁", "高远、孙强")
    assert first["结果"] == "不符合"
    assert first["备注"] == '\'=HYPERLINK("x")，有"小广告"'
    assert (aside["结果"], aside["未观察原因"]) == ("未观察到", "天气原因")
    assert rows[1]["数值"] == "0"
    english = table(client.get(f"{address}?lang=en"))
    assert len(english) == 5


def test_only_what_a_person_sees_is_written(errand: Errand, client: Client) -> None:
    address = f"/collections/{errand.field.collection.pk}/visits/records.csv"
    assert len(table(log_in(client, errand.gao).get(address))) == 5
    errand.visit.inspectors.filter(person=errand.gao).delete()
    assert table(log_in(client, errand.gao).get(address)) == []
    assert log_in(client, errand.field.cast.zhao).get(address).status_code == 403
