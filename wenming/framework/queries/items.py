"""One item of an edition with everything that belongs to it, and the tree that it stands in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wenming.core.framework import CheckLine, Checklist, Dimension, Gate, Indicator
from wenming.core.framework import Edition as CoreEdition
from wenming.core.framework import Item as CoreItem
from wenming.core.framework.checklist import NO_CHECKLISTS
from wenming.core.terms import Words
from wenming.framework.models import Edition, Item
from wenming.framework.queries.editions import checklists_of, edition_of
from wenming.framework.queries.headings import Heading, headings_of


@dataclass(frozen=True, slots=True)
class ItemSheet:
    """One item (测评内容) with its place, rules, sources and checklist lines.

    Attributes:
        sources: key and text of the public sources that it names.
        lines: lines of the checklists that feed it, each with its checklist.
        gates: what bars the city because of this item.
        before, after: its neighbours in the order of the edition.
        site_types: names of the types of sites by key.
    """

    edition: CoreEdition
    dimension: Dimension
    indicator: Indicator
    item: CoreItem
    group: Words
    sources: Sequence[tuple[str, str]]
    lines: Sequence[tuple[Checklist, CheckLine]]
    gates: Sequence[Gate]
    before: CoreItem | None
    after: CoreItem | None
    site_types: Mapping[str, Words]

    @property
    def has_many(self) -> bool:
        """Whether there is more than one criterion."""
        return len(self.item.criteria) > 1

    @property
    def shifted(self) -> Sequence[Words]:
        """Names of the tiers for which its limits are shifted."""
        titles = {tier.key: tier.title for tier in self.edition.tiers}
        return [titles.get(key, Words(key)) for key in self.item.shifted_tiers]


@dataclass(frozen=True, slots=True)
class IndicatorItems:
    """An indicator (测评指标) with those of its items that are shown."""

    heading: Heading
    items: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Branch:
    """A dimension (测评项目) with those of its indicators that are shown."""

    heading: Heading
    part: str
    indicators: Sequence[IndicatorItems]

    @property
    def count(self) -> int:
        """How many items are shown below it."""
        return sum(len(each.items) for each in self.indicators)


def item_sheet(stored: Edition, key: str) -> ItemSheet | None:
    """One item (测评内容) by its key with all that belongs to it; None when there is none."""
    edition = edition_of(stored)
    placed = list(edition.items())
    position = next((n for n, each in enumerate(placed) if each[2].key == key), None)
    if position is None:
        return None
    dimension, indicator, item = placed[position]
    texts = {source.key: source.text for source in edition.sources}
    checklists = checklists_of(stored.checklists) if stored.checklists else NO_CHECKLISTS
    return ItemSheet(
        edition=edition,
        dimension=dimension,
        indicator=indicator,
        item=item,
        group=(edition.groups or {}).get(item.group, Words(item.group)),
        sources=[(source, texts.get(source, "")) for source in item.sources],
        lines=[pair for pair in checklists.lines() if pair[1].item == key],
        gates=[gate for gate in edition.gates if gate.item == key],
        before=placed[position - 1][2] if position else None,
        after=placed[position + 1][2] if position + 1 < len(placed) else None,
        site_types={key: each.title for key, each in checklists.by_type.items()},
    )


def tree_of(stored: Edition, items: Sequence[Item]) -> list[Branch]:
    """The tree (指标树) of an edition with the given items; empty branches are left out.

    Args:
        items: in the order of the edition.
    """
    headings = headings_of(stored)
    by_place: dict[str, dict[str, list[Item]]] = {}
    for item in items:
        by_place.setdefault(item.dimension, {}).setdefault(item.indicator, []).append(item)
    return [
        Branch(
            heading=dimension,
            part=next(iter(by_place[dimension.key].values()))[0].part,
            indicators=[
                IndicatorItems(headings.indicator(key), listed)
                for key, listed in by_place[dimension.key].items()
            ],
        )
        for dimension in headings.dimensions
        if dimension.key in by_place
    ]
