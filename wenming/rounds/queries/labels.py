"""Labels of sites, part by part, as they are printed and put up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from wenming.base.templatetags.figures import words
from wenming.core.terms import Words
from wenming.files.label_sheet import Label
from wenming.rounds.models import RegisteredSite, RegisterQuerySet

MOST_LABELS = 240
"""Labels of one file: ten pages of small ones, a few seconds of work."""


@dataclass(frozen=True, slots=True)
class LabelPart:
    """Sites whose labels become one file (标签分册).

    Attributes:
        number: from 1.
        first, last: which of all sites, counted from 1.
    """

    number: int
    first: int
    last: int


def label_parts(total: int) -> Sequence[LabelPart]:
    """The files that so many labels become."""
    starts = range(0, total, MOST_LABELS)
    return [
        LabelPart(number, start + 1, min(start + MOST_LABELS, total))
        for number, start in enumerate(starts, start=1)
    ]


def labels_of(
    rows: RegisterQuerySet,
    titles: Mapping[str, Words],
    *,
    part: int,
    address: Callable[[RegisteredSite], str],
) -> Sequence[Label]:
    """The labels of one part (点位标签), in the order of a walk: county, street, name.

    Args:
        part: from 1; beyond the last one there are none.
        address: to which the code of a site leads.
    """
    start = (part - 1) * MOST_LABELS
    ordered = rows.order_by("county", "street", "pinyin", "pk")[start : start + MOST_LABELS]
    return [_label(each, titles, address(each)) for each in ordered]


def _label(site: RegisteredSite, titles: Mapping[str, Words], says: str) -> Label:
    kind = words(titles.get(site.site_type, Words(site.site_type)))
    lines = [f"{site.key} · {kind}", site.street or site.county, site.unit_name]
    return Label(says, site.name, lines)
