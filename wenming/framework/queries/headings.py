"""The headings over the items of an edition: its dimensions and indicators, by key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wenming.core.terms import Words
from wenming.framework.models import Edition


@dataclass(frozen=True, slots=True)
class Heading:
    """A dimension or an indicator (测评项目·测评指标) by key and name."""

    key: str
    title: Words


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of an edition, in its order.

    Attributes:
        by_indicator: indicators by key.
    """

    dimensions: Sequence[Heading]
    by_indicator: Mapping[str, Heading]

    def indicator(self, key: str) -> Heading:
        """The heading of an indicator; an unknown key stands for itself."""
        return self.by_indicator.get(key) or Heading(key, Words(key))


def headings_of(edition: Edition) -> Headings:
    """The headings (项目与指标) of an edition, from its stored rows."""
    content = edition.content
    return Headings(
        dimensions=[_heading(row) for row in content.get("dimensions", ())],
        by_indicator={row["key"]: _heading(row) for row in content.get("indicators", ())},
    )


def _heading(row: Mapping[str, str]) -> Heading:
    return Heading(row["key"], Words(row.get("title_zh", ""), row.get("title_en", "")))
