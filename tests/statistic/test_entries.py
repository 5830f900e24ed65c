"""Figures of offices: entered, confirmed by a second person, returned, gathered for the score."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, fresh, log_in
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry, InboxEntry
from wenming.core.lifecycle import EntryState, FactsMissing, TransitionNotAllowed
from wenming.rounds.models import Collection
from wenming.rounds.services.collections import (
    CollectionNotOpen,
    close_collection,
)
from wenming.statistic.models import Entry
from wenming.statistic.queries.gathered import rows_of
from wenming.statistic.queries.wanted import mean_of, wanted_figures
from wenming.statistic.services.entries import (
    EntryTaken,
    FigureNotWanted,
    Figures,
    PeriodInFuture,
    PeriodUnknown,
    SamePersonConfirms,
    change_figure,
    confirm_figure,
    enter_figure,
    return_figure,
)

pytestmark = pytest.mark.django_db
DEATHS = Figures("B2.1.2", 0, "2025", Decimal("9.50"), "统计年鉴第 12 页", "人/万台车")


def test_what_is_asked_for_comes_from_the_edition(round_: Collection, cast: Cast, officer) -> None:
    wanted = wanted_figures(round_)
    assert [(w.item, w.condition, w.measure, w.unit) for w in wanted] == [
        ("B2.1.2", 0, "人/万台车", cast.units.police.pk)
    ]
    assert wanted_figures(round_, by=officer) == wanted
    assert wanted_figures(round_, by=fresh(cast.zhao)) == []


def test_a_confirmed_figure_gives_a_row_and_a_waiting_one_none(
    round_: Collection, cast: Cast, officer
) -> None:
    made = enter_figure(round_, DEATHS, by=officer)
    assert rows_of(round_) == {"statistics": []}
    assert InboxEntry.objects.open().get(code="figures_to_confirm").facts["count"] == 1
    assert confirm_figure(made, by=fresh(cast.lin)).state == EntryState.CONFIRMED
    assert rows_of(round_)["statistics"] == [
        {
            "item": "B2.1.2", "condition": "", "value": "9.50", "unit": "人/万台车",
            "period": "2025", "source": "统计年鉴第 12 页（市辖区）",
        }
    ]  # fmt: skip
    assert not InboxEntry.objects.open().filter(code="figures_to_confirm").exists()
    kept = AuditEntry.objects.filter(action__startswith="entry.").values_list("action", flat=True)
    assert set(kept) == {"entry.make", "entry.confirm"}


def test_two_years_give_their_exact_mean(round_: Collection, cast: Cast, officer) -> None:
    for period, value in (("2024", "9.5"), ("2025", "10.0")):
        figures = replace(DEATHS, period=period, value=Decimal(value))
        confirm_figure(enter_figure(round_, figures, by=officer), by=fresh(cast.lin))
    mean = mean_of(list(Entry.objects.all()))
    assert mean.value == Fraction(39, 4)
    assert mean.parts == [("2024", "9.5"), ("2025", "10.0")]
    assert len(rows_of(round_)["statistics"]) == 2


def test_nobody_confirms_what_they_entered(round_: Collection, cast: Cast, officer) -> None:
    made = enter_figure(round_, DEATHS, by=officer)
    with pytest.raises(SamePersonConfirms):
        confirm_figure(made, by=officer)


def test_the_second_to_confirm_comes_too_late(round_: Collection, cast: Cast, officer) -> None:
    made = enter_figure(round_, DEATHS, by=officer)
    confirm_figure(made, by=fresh(cast.lin))
    with pytest.raises(TransitionNotAllowed):
        confirm_figure(made, by=fresh(cast.wang))
    with pytest.raises(TransitionNotAllowed):
        change_figure(made, DEATHS, by=officer)


def test_a_returned_figure_is_told_and_changed(round_: Collection, cast: Cast, officer) -> None:
    made = enter_figure(round_, DEATHS, by=officer)
    with pytest.raises(FactsMissing):
        return_figure(made, reason=" ", by=fresh(cast.lin))
    made = return_figure(made, reason="与年鉴不符", by=fresh(cast.lin))
    assert InboxEntry.objects.open().get(code="figure_returned").unit == cast.units.police
    made = change_figure(made, replace(DEATHS, value=Decimal("9.4")), by=officer)
    assert (made.state, made.value, made.reason) == ("entered", Decimal("9.4"), "")
    assert not InboxEntry.objects.open().filter(code="figure_returned").exists()


def test_a_confirmation_is_taken_back_with_a_reason(
    round_: Collection, cast: Cast, officer
) -> None:
    made = confirm_figure(enter_figure(round_, DEATHS, by=officer), by=fresh(cast.lin))
    made = return_figure(made, reason="口径有误", by=fresh(cast.lin))
    assert made.confirmed_by is None
    assert rows_of(round_) == {"statistics": []}


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"period": "二〇二五"}, PeriodUnknown),
        ({"period": "2025-13"}, PeriodUnknown),
        ({"period": "2099"}, PeriodInFuture),
        ({"item": "B1.1.1"}, FigureNotWanted),
        ({"condition": 4}, FigureNotWanted),
    ],
)
def test_wrong_figures_are_refused(round_: Collection, officer, changed, refusal) -> None:
    with pytest.raises(refusal):
        enter_figure(round_, replace(DEATHS, **changed), by=officer)
    assert not Entry.objects.exists()


def test_a_period_has_one_figure_a_unit_its_own_and_a_closed_round_none(
    round_: Collection, cast: Cast, officer
) -> None:
    enter_figure(round_, DEATHS, by=officer)
    with pytest.raises(EntryTaken):
        enter_figure(round_, DEATHS, by=officer)
    with pytest.raises(FigureNotWanted):
        enter_figure(round_, replace(DEATHS, period="2024"), by=fresh(cast.zhao))
    with pytest.raises(PermissionDenied):
        enter_figure(round_, DEATHS, by=fresh(cast.li))
    close_collection(round_, by=fresh(cast.lin))
    with pytest.raises(CollectionNotOpen):
        enter_figure(round_, replace(DEATHS, period="2023"), by=officer)


def test_pages_show_a_unit_its_own_and_keep_what_was_typed(
    round_: Collection, cast: Cast, officer
) -> None:
    client = log_in(Client(), officer)
    address = reverse("statistic:enter", args=[round_.pk])
    given = {"wanted": "B2.1.2/0", "period": "2099", "value": "9.50", "scope": "districts",
             "source": "统计年鉴"}  # fmt: skip
    answer = client.post(address, given)
    assert answer.status_code == 422
    assert answer.context["form"]["source"].value() == "统计年鉴"
    client.post(address, given | {"period": "2025"})
    made = Entry.objects.get()
    page = reverse("statistic:entry", args=[made.pk])
    assert "9.50" in client.get(page).content.decode() or "9.5" in client.get(page).content.decode()
    assert log_in(Client(), cast.zhao).get(page).status_code == 404
    assert log_in(Client(), cast.sun).get(page).status_code == 403
    step = reverse("statistic:step", args=[made.pk])
    assert client.post(step, {"action": "confirm"}).status_code == 422
    assert log_in(Client(), cast.lin).post(step, {"action": "confirm"}).status_code == 302
    assert client.get(reverse("statistic:home")).url == reverse(
        "statistic:entries", args=[round_.pk]
    )
    listed = client.get(reverse("statistic:entries", args=[round_.pk])).content.decode()
    assert "交通事故死亡率" in listed
