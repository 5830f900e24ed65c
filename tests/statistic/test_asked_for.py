"""What a round asks of offices, year by year, as the edition lays the years down."""

from dataclasses import replace
from fractions import Fraction

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, fresh, log_in, make_person
from tests.statistic.test_entries import DEATHS
from wenming.base.models import Unit, User
from wenming.core.permissions import PostKind
from wenming.rounds.models import Collection
from wenming.statistic.queries.asked_for import asked_years, seen_figures
from wenming.statistic.queries.imports import statistic_rows
from wenming.statistic.services.entries import confirm_figure, enter_figure

pytestmark = pytest.mark.django_db


def seen(collection: Collection, by: User) -> list[tuple[str, str, Fraction | None]]:
    rows = asked_years(collection, seen_figures(collection, by=by))
    return [(each.period, each.state, each.mean) for each in rows]


def test_without_years_a_figure_lacks_until_one_is_entered(
    round_: Collection, cast: Cast, officer: User
) -> None:
    assert seen(round_, officer) == [("", "lacking", None)]
    enter_figure(round_, DEATHS, by=officer)
    assert seen(round_, officer) == [("2025", "entered", None)]


def test_each_year_that_the_edition_lays_down_lacks_until_it_is_there(
    yearly_round: Collection, cast: Cast, officer: User
) -> None:
    assert seen(yearly_round, officer) == [("2024", "lacking", None), ("2025", "lacking", None)]
    made = enter_figure(yearly_round, DEATHS, by=officer)
    confirm_figure(made, by=fresh(cast.lin))
    mean = Fraction("9.5")
    assert seen(yearly_round, officer) == [("2024", "lacking", mean), ("2025", "confirmed", mean)]
    earlier = enter_figure(yearly_round, replace(DEATHS, period="2024"), by=officer)
    assert seen(yearly_round, officer)[0][1] == "entered"
    other = enter_figure(yearly_round, replace(DEATHS, period="2023"), by=officer)
    assert [period for period, _state, _mean in seen(yearly_round, officer)] == [
        "2023", "2024", "2025",
    ]  # fmt: skip
    assert {earlier.period, other.period} == {"2024", "2023"}


def test_the_workbook_has_a_row_for_each_year(yearly_round: Collection, officer: User) -> None:
    rows = statistic_rows(yearly_round, by=officer)
    assert [row["年度或月份"] for row in rows] == ["2024", "2025"]


def test_a_unit_sees_what_is_asked_of_it_and_no_other_does(
    yearly_round: Collection, cast: Cast, officer: User
) -> None:
    address = reverse("statistic:asked_for", args=[yearly_round.pk])
    mine = log_in(Client(), officer)
    page = mine.get(address).content.decode()
    assert page.count("缺报") >= 2
    form = mine.get(
        f"{reverse('statistic:enter', args=[yearly_round.pk])}?wanted=B2.1.2/0&period=2024"
    )
    assert form.context["form"]["period"].value() == "2024"
    assert form.context["form"]["wanted"].value() == "B2.1.2/0"
    assert seen_figures(yearly_round, by=fresh(cast.zhao)) == []
    file = mine.get(address, {"form": "csv", "state": "lacking"})
    lines = b"".join(file).decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert mine.get(address, {"state": "confirmed"}).content.decode().count("B2.1.2") == 0


def test_the_lead_of_a_group_sees_what_is_asked_of_its_units(
    yearly_round: Collection, cast: Cast
) -> None:
    """The round that was loaded counts the police among 城建, whose lead is Chen."""
    police = Unit.objects.get(pk=cast.units.police.pk)
    assert police.group is not None
    assert police.group.key == "城建"
    other = Unit.objects.get(pk=cast.units.publicity.pk).group
    lead = make_person("fang", name="方梅", city=cast.city, kind=PostKind.GROUP_LEAD, group=other)
    assert [each.item for each in seen_figures(yearly_round, by=fresh(cast.chen))] == ["B2.1.2"]
    assert seen_figures(yearly_round, by=lead) == []
