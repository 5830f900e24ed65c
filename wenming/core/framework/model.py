"""An edition as frozen values: dimension → indicator → item → criterion → condition."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from wenming.core.rules import Limit, Rule, Scale, Shape
from wenming.core.terms import NO_WORDS, GateKind, Mark, Method, Part, Words

WHERE_ANY = "where_any"
"""Metadata of a field that came later: left out where it is None, so that older hashes stay."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a criterion, with the method that tells whether it is met.

    Attributes:
        n: its number in the criterion, from 1.
        method: several conditions of one item may be looked at in different ways.
        limit: for figures and shares in percent; None for documents, where an
            accepted document meets the condition, and for inspection, where the
            edition's share of passing sites decides.
    """

    n: int
    text: Words
    method: Method
    limit: Limit | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """What must be seen, and how it is graded (测评标准). All criteria of an item must hold.

    Attributes:
        n: its number in the item, from 1.
        method: how it is looked at; conditions may name their own.
        unit: of its number, as printed.
        site_types: where an inspection looks.
        sample: how many sites the official test visits; None where unknown.
        aggregate: how numbers seen at several sites become one: mean, max or sum.
        required: how many documents are required; 0 for other shapes.
    """

    n: int
    method: Method
    shape: Shape
    rule: Rule
    unit: str = ""
    conditions: tuple[Condition, ...] = ()
    site_types: tuple[str, ...] = ()
    sample: int | None = None
    aggregate: str = "mean"
    required: int = 0

    @property
    def methods(self) -> tuple[Method, ...]:
        """Every method that feeds this criterion, in the order of the conditions."""
        named = [condition.method for condition in self.conditions] or [self.method]
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True)
class Item:
    """The smallest thing that has points (测评内容).

    Attributes:
        key: stays the same over editions, so that they can be compared.
        points: as the edition states them, above 0; None where the source gives none.
        group: key of the working group that answers for it; "" for none.
        shifted_tiers: tiers in which the next lower grade's limit applies (starred items).
    """

    key: str
    title: Words
    points: Decimal | None
    points_mark: Mark
    criteria: tuple[Criterion, ...]
    group: str = ""
    note: Words = NO_WORDS
    sources: tuple[str, ...] = ()
    shifted_tiers: tuple[str, ...] = ()

    @property
    def methods(self) -> tuple[Method, ...]:
        """Every method that feeds this item."""
        return tuple(dict.fromkeys(m for criterion in self.criteria for m in criterion.methods))


@dataclass(frozen=True, slots=True)
class Indicator:
    """The second level (测评指标)."""

    key: str
    title: Words
    items: tuple[Item, ...]
    ordinal: str = ""


@dataclass(frozen=True, slots=True)
class Dimension:
    """The first level (测评项目).

    Attributes:
        points: as the edition states them; None where it states none.
    """

    key: str
    title: Words
    part: Part
    indicators: tuple[Indicator, ...]
    points: Decimal | None = None

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of all its indicators, in order."""
        return tuple(item for indicator in self.indicators for item in indicator.items)


@dataclass(frozen=True, slots=True)
class Gate:
    """What bars a city whatever it scores (门槛); reported beside the score, not inside it."""

    key: str
    kind: GateKind
    title: Words
    limit: Limit | None = None
    item: str = ""
    mark: Mark = Mark.INVENTED


@dataclass(frozen=True, slots=True)
class Tier:
    """A class of cities for which some limits are shifted (地区档), such as the west."""

    key: str
    title: Words


@dataclass(frozen=True, slots=True)
class Source:
    """A public text that a limit or a rule was taken from."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class SiteRule:
    """When a visited site passes for an item.

    Attributes:
        pass_share: least weighted share of conforming lines, 0 to 1.
        condition_share: least share of passing sites for a condition seen by inspection.
        weights: weight of a line by severity; a failed critical line fails the site.
    """

    pass_share: Decimal
    condition_share: Decimal
    weights: Mapping[str, int]
    mark: Mark = Mark.INVENTED


@dataclass(frozen=True, slots=True)
class OfficialDesign:
    """The survey that the next official test would run; p_repeat is computed for it.

    Attributes:
        respondents: answer sheets, at least 1.
        deff: design effect, above 0.
    """

    respondents: int
    deff: Decimal
    mark: Mark = Mark.INVENTED


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of the framework (测评体系版本).

    Attributes:
        totals: points of each part that the edition has.
        is_partial: only an excerpt: nothing is said about items that are not listed.
        groups: names of the working groups by key.
        statistic_years: of how many years before the test year a figure is the mean; None
            where the edition does not say.
    """

    key: str
    title: Words
    scale: Scale
    dimensions: tuple[Dimension, ...]
    totals: Mapping[Part, Decimal]
    site_rule: SiteRule
    official: OfficialDesign
    gates: tuple[Gate, ...] = ()
    tiers: tuple[Tier, ...] = ()
    groups: Mapping[str, Words] | None = None
    sources: tuple[Source, ...] = ()
    note: Words = NO_WORDS
    is_partial: bool = False
    statistic_years: int | None = field(default=None, metadata={WHERE_ANY: True})

    def items(self) -> Iterator[tuple[Dimension, Indicator, Item]]:
        """Every item with where it stands, in the order of the edition."""
        for dimension in self.dimensions:
            for indicator in dimension.indicators:
                for item in indicator.items:
                    yield dimension, indicator, item

    def item(self, key: str) -> Item | None:
        """The item with this key, or None."""
        return next((item for _, _, item in self.items() if item.key == key), None)
