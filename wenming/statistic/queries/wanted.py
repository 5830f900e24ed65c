"""Which figures the edition of a round judges by, and who answers for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from wenming.base.models import User
from wenming.core.permissions import Capability, Scope
from wenming.core.rules import Shape
from wenming.core.terms import Method, Role, Words
from wenming.framework.queries.editions import edition_of
from wenming.framework.queries.plans import plan_in_force
from wenming.rounds.models import Collection
from wenming.statistic.models import Entry

NUMBERS = (Shape.NUMBER, Shape.RATIO, Shape.DEDUCTION, Shape.VETO)


@dataclass(frozen=True, slots=True)
class WantedFigure:
    """A figure that the edition judges by (应报数据).

    Attributes:
        condition: number of the condition; 0 for the item itself.
        asks: what exactly is asked for.
        unit: identity of the unit in the lead; None where none is named.
        years: those whose mean is judged, as the edition lays down; empty where it does not say.
    """

    item: str
    condition: int
    title: Words
    asks: Words
    measure: str
    unit: UUID | None
    years: tuple[str, ...] = ()


def wanted_figures(collection: Collection, *, by: User | None = None) -> list[WantedFigure]:
    """The figures that a round asks for (应报数据), in the order of the edition.

    Args:
        by: only those that this person may enter; None for all.
    """
    if not collection.uses(Method.STATISTIC):
        return []
    plan = collection.responsibility_plan or plan_in_force(collection.edition)
    rows = plan.responsibilities.filter(role=Role.LEAD) if plan else None
    leads: dict[tuple[str, int], UUID] = {}
    if rows is not None:
        listed = rows.order_by("-position").values_list("item", "condition", "unit")
        leads = {(item, condition): unit for item, condition, unit in listed}
    aside = {row["item"] for row in collection.not_applicable}
    found = []
    edition = edition_of(collection.edition)
    test_year = collection.period_to.year
    years = tuple(str(test_year - back) for back in range(edition.statistic_years or 0, 0, -1))
    for _dimension, _indicator, item in edition.items():
        if item.key in aside:
            continue
        for criterion in item.criteria:
            lead = leads.get((item.key, 0))
            if criterion.shape in NUMBERS and criterion.method is Method.STATISTIC:
                found.append(
                    WantedFigure(item.key, 0, item.title, item.title, criterion.unit, lead, years)
                )
            found += [
                WantedFigure(
                    item.key, each.n, item.title, each.text, criterion.unit,
                    leads.get((item.key, each.n), lead), years,
                )
                for each in criterion.conditions
                if each.method is Method.STATISTIC
            ]  # fmt: skip
    return [each for each in found if by is None or _may_enter(by, each, collection)]


def wanted_figure(
    collection: Collection, item: str, condition: int, *, by: User
) -> WantedFigure | None:
    """The one figure that is meant (应报数据); None when nobody asks for it, or not this person."""
    for each in wanted_figures(collection, by=by):
        if (each.item, each.condition) == (item, condition):
            return each
    return None


def _may_enter(user: User, wanted: WantedFigure, collection: Collection) -> bool:
    grants = user.grants(Capability.ENTER_STATISTIC, city=collection.city)
    return any(grant.scope is Scope.CITY or wanted.unit in grant.units for grant in grants)


@dataclass(frozen=True, slots=True)
class MeanOfPeriods:
    """The mean of confirmed figures with how it came about (两年均值)."""

    value: Fraction
    parts: Sequence[tuple[str, str]]


def mean_of(rows: Sequence[Entry]) -> MeanOfPeriods | None:
    """The exact mean over the periods (均值), as the engine takes it; None without figures."""
    if not rows:
        return None
    total = sum((Fraction(each.value) for each in rows), Fraction(0))
    parts = [(each.period, f"{each.value:f}") for each in sorted(rows, key=lambda e: e.period)]
    return MeanOfPeriods(total / len(rows), parts)


def earlier_figures(entry: Entry) -> Mapping[str, Decimal]:
    """Figures of the same thing and area in any round of the city, by period (历史数据)."""
    rows = Entry.objects.filter(
        city=entry.city_id, item=entry.item, condition=entry.condition, scope=entry.scope
    ).exclude(pk=entry.pk)
    return dict(rows.order_by("entered_at").values_list("period", "value"))
