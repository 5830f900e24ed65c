"""The files of a draw: frame, plan and list, as they are made public."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from wenming.files.tables_out import csv_lines
from wenming.rounds.models import DrawPick, SealedDraw
from wenming.stats.sampling import Plan, plan_from
from wenming.stats.sampling.result import REPLACEMENT, SELECTED

LIST_COLUMNS = (
    "role", "stratum", "psu", "psu_order", "order", "key", "probability", "weight",
)  # fmt: skip
WORK_COLUMNS = ("day", "route", "dropped_because", "dropped_note", "instead_of")


def plan_of(draw: SealedDraw) -> Plan:
    """The plan of a draw (抽样方案)."""
    return plan_from(draw.plan)


def frame_rows(draw: SealedDraw) -> list[dict[str, str]]:
    """The frame of a draw (抽样框), as text by column."""
    return list(csv.DictReader(io.StringIO(draw.frame, newline="")))


def plan_bytes(draw: SealedDraw) -> bytes:
    """The plan of a draw as the file whose hash was announced (抽样方案)."""
    return plan_of(draw).canonical_bytes()


def published_rows(draw: SealedDraw, picks: Iterable[DrawPick]) -> list[dict[str, str]]:
    """The list of a draw as it is published (抽样名单), from what is stored.

    Args:
        picks: all of the draw, by position.

    Returns:
        Rows as `stats.sampling.Draw.rows` gives them.
    """
    listed = list(picks)
    places = _Places(listed, in_stages=bool(draw.plan.get("second_stage")))
    rows = []
    for pick in listed:
        psu_order, order = places.next_of(pick)
        chance = Fraction(pick.probability) if pick.probability else None
        rows.append(
            {
                "role": REPLACEMENT if pick.is_replacement else SELECTED,
                "stratum": pick.stratum,
                "psu": pick.psu,
                "psu_order": str(psu_order),
                "order": str(order),
                "key": pick.key,
                "probability": pick.probability,
                "weight": "" if chance is None else str(1 / chance),
            }
        )
    return rows


class _Places:
    """Counts first-stage units in their strata and rows in their units, drawn and in reserve."""

    def __init__(self, picks: Sequence[DrawPick], *, in_stages: bool) -> None:
        self.in_stages = in_stages
        self.drawn = {(pick.stratum, pick.psu) for pick in picks if not pick.is_replacement}
        self.units: dict[tuple[str, bool], dict[str, int]] = {}
        self.rows: dict[tuple[str, str, bool], int] = {}

    def next_of(self, pick: DrawPick) -> tuple[int, int]:
        """The place of the unit in its stratum and of the row in its unit, from 1."""
        is_drawn = (pick.stratum, pick.psu) in self.drawn
        units = self.units.setdefault((pick.stratum, is_drawn), {})
        psu_order = units.setdefault(pick.psu, len(units) + 1)
        if not self.in_stages:  # the place of a row is that of the unit
            return psu_order, psu_order
        counted = (pick.stratum, pick.psu, pick.is_replacement)
        self.rows[counted] = self.rows.get(counted, 0) + 1
        return psu_order, self.rows[counted]


def list_csv(draw: SealedDraw, picks: Sequence[DrawPick]) -> str:
    """The list of a draw for its keepers (名单文件), with how it is worked at."""
    listed = zip(published_rows(draw, picks), picks, strict=True)
    cells = [[*row.values(), pick.label, *_worked_at(pick)] for row, pick in listed]
    return "".join(csv_lines([*LIST_COLUMNS, "name", *WORK_COLUMNS], cells))


def _worked_at(pick: DrawPick) -> list[str]:
    release, before = pick.release, pick.stands_for
    return [
        release.day.isoformat() if release else "",
        release.route if release else "",
        pick.dropped_because,
        pick.dropped_note,
        before.key if before else "",
    ]


def published_draw(draw: SealedDraw) -> Mapping[str, object]:
    """What `wenming draw verify` reads (公开结果), with the seed; for a draw that is public."""
    return {
        "label": draw.plan["label"],
        "frame": draw.frame_hash,
        "plan": draw.plan_hash,
        "commitment": draw.commitment,
        "seed": draw.seed,
        "list": published_rows(draw, draw.picks.order_by("position")),
    }
