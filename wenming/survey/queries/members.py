"""Who of a household was asked, whether the rule of the draw hits the same, and what it weighs."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from wenming.stats.sampling.household import drawn_place, person_weight
from wenming.survey.models import Fieldwork, Sheet

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


def weight_of(fieldwork: Fieldwork, drawn: Mapping[str, str]) -> str:
    """The weight with which a sheet counts (答卷权数), as text; "" where the design has none.

    What stands in the column of the weight is the weight of the household; where one of its adults
    was drawn, it is multiplied by their number. Columns that the draw fills in stay as they are.

    Source:
        docs/methods/draws.md, section 9.
    """
    written = str(drawn.get(fieldwork.weights, "")) if fieldwork.weights else ""
    adults = _whole(str(drawn.get("members", ""))) if drawn.get("member") else 0
    if not written or not adults or fieldwork.weights in MEMBER_COLUMNS:
        return written
    return f"{person_weight(Decimal(written), adults):f}"


def member_gaps(drawn: Mapping[str, str]) -> list[str]:
    """The columns of a draw within a household that cannot be so (户内抽样有误)."""
    if not drawn.get("member") and not drawn.get("members"):
        return []
    size, place = _whole(str(drawn.get("members", ""))), _whole(str(drawn.get("member", "")))
    return [*(["members"] if size < 1 else []), *(["member"] if not 1 <= place <= size else [])]


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 7 else 0
