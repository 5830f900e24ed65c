"""Who of a household was asked, and whether the rule of the draw hits the same."""

from dataclasses import dataclass

from wenming.stats.sampling.household import drawn_place
from wenming.survey.models import Sheet

MEMBER_COLUMNS = (
    "members", "member", "member_age", "member_sex", "member_draws", "member_dropped",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HouseholdDraw:
    """The draw within a household as a sheet tells it (户内抽样记录).

    Attributes:
        size: how many adults could be drawn.
        place: of whoever was asked, from 1, in the order of the household.
        by_rule: the place that the rule draws; None where no place can follow from it.
        draws: how often the phone drew for this sheet.
        dropped: draws of the same survey that the interviewer gave up before.
    """

    size: int
    place: int
    by_rule: int | None
    age: str
    sex: str
    draws: int
    dropped: int

    @property
    def is_by_rule(self) -> bool:
        """Whether whoever was asked is the one that the rule draws."""
        return self.place == self.by_rule


def household_draw(sheet: Sheet) -> HouseholdDraw | None:
    """How the respondent of a household was drawn (户内抽样复核); None where nobody was.

    Source:
        docs/methods/draws.md, section 9.
    """
    told = {name: str(sheet.drawn.get(name, "")) for name in MEMBER_COLUMNS}
    if not told["member"]:
        return None
    size = _whole(told["members"])
    return HouseholdDraw(
        size=size,
        place=_whole(told["member"]),
        by_rule=drawn_place(sheet.instance, size) + 1 if size else None,
        age=told["member_age"],
        sex=told["member_sex"] if told["member_sex"] in {"female", "male"} else "",
        draws=_whole(told["member_draws"]),
        dropped=_whole(told["member_dropped"]),
    )


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 7 else 0
