"""What a round asks of offices, year by year: what is there, what waits and what is lacking."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from wenming.base.models import Unit, User
from wenming.base.sight import Sight
from wenming.core.lifecycle import EntryState
from wenming.core.permissions import Capability, Scope
from wenming.core.terms import Words
from wenming.rounds.models import Collection
from wenming.statistic.models import Entry
from wenming.statistic.queries.wanted import WantedFigure, mean_of, wanted_figures

LACKING = "lacking"
"""The state of a figure that nobody entered yet."""

_OF_UNITS = Sight(by=Capability.VIEW_STATISTICS, unit="pk", group="group__key")
"""Whose figures a person sees, before any is entered: as the figures themselves are seen."""


@dataclass(frozen=True, slots=True)
class AskedYear:
    """One year or month of a figure that a round asks for (应报年度).

    Attributes:
        position: of the figure in the edition.
        unit_name: of the unit in the lead; "" where none is named.
        period: "" where the edition lays none down and nothing was entered.
        entry: what was entered; None while it lacks.
        mean: of the confirmed years of the figure, as the score takes it; None without any.
    """

    wanted: WantedFigure
    position: int
    unit_name: str
    period: str
    entry: Entry | None
    mean: Fraction | None

    @property
    def pk(self) -> str:
        """Its own among those of a round."""
        return f"{self.key}/{self.period}"

    @property
    def key(self) -> str:
        """As the form of entering names the figure."""
        return f"{self.wanted.item}/{self.wanted.condition}"

    @property
    def item(self) -> Words:
        """The item with its number."""
        title = self.wanted.title
        item = self.wanted.item
        return Words(f"{item} {title.zh}", f"{item} {title.en or title.zh}")

    @property
    def state(self) -> str:
        """Of its entry, or that it lacks."""
        return str(self.entry.state) if self.entry else LACKING


def seen_figures(collection: Collection, *, by: User) -> list[WantedFigure]:
    """What a round asks for (应报数据) of those whose figures a person sees, in order."""
    wanted = wanted_figures(collection)
    grants = by.grants(Capability.VIEW_STATISTICS, city=collection.city)
    if any(grant.scope is Scope.CITY for grant in grants):
        return wanted
    seen = Unit.objects.filter(_OF_UNITS.condition(grants, Unit.objects))
    units = set(seen.values_list("pk", flat=True))
    return [each for each in wanted if each.unit in units]


def asked_years(collection: Collection, wanted: Sequence[WantedFigure]) -> list[AskedYear]:
    """What is there of each figure, year by year (应报清单), in the order given.

    Each year that the edition lays down has a row, and so has every other that was entered; a
    figure without years has one row until something is entered.
    """
    entered: dict[tuple[str, int], dict[str, Entry]] = {}
    for row in Entry.objects.filter(collection=collection).order_by("period"):
        entered.setdefault((row.item, row.condition), {})[row.period] = row
    units = Unit.objects.filter(pk__in={each.unit for each in wanted if each.unit})
    names = dict(units.values_list("pk", "name"))
    found = []
    for position, each in enumerate(wanted):
        there = entered.get((each.item, each.condition), {})
        mean = mean_of([one for one in there.values() if one.state == EntryState.CONFIRMED])
        name = names.get(each.unit, "") if each.unit else ""
        found += [
            AskedYear(each, position, name, year, there.get(year), mean.value if mean else None)
            for year in sorted({*each.years, *there}) or [""]
        ]
    return found
