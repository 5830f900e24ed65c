"""Drawn places that were released to an interviewer, with what each sheet from there says."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wenming.base.models import User
from wenming.rounds.models import SealedDraw
from wenming.rounds.queries.draw_files import frame_rows, plan_of
from wenming.rounds.services.draw_lists import look_at_released
from wenming.survey.models import Fieldwork


@dataclass(frozen=True, slots=True)
class ReleasedPlace:
    """A drawn place as an interviewer takes it along (下发抽样单位).

    Attributes:
        columns: what stands in columns of the design on each sheet from there.
    """

    pick: UUID
    name: str
    day: date
    route: str
    columns: Mapping[str, str]


def places_out(work: Fieldwork, *, by: User) -> list[ReleasedPlace]:
    """The places of a survey that were released to a person (下发抽样单位清单); a look is recorded.

    From the sealed draws of the round whose frame names a column of the design. Where whole
    clusters of the first stage were drawn, the number of them in the stratum is told as well.
    """
    draws = SealedDraw.objects.visible_to(by).filter(
        collection=work.collection_id, of_register=False, members__person=by
    )
    found: list[ReleasedPlace] = []
    for draw in draws.order_by("made_at", "pk"):
        if plan_of(draw).key in work.columns:
            found += _places_of(draw, work, by)
    return found


def _places_of(draw: SealedDraw, work: Fieldwork, by: User) -> list[ReleasedPlace]:
    plan, rows = plan_of(draw), frame_rows(draw)
    by_key = {row[plan.key]: row for row in rows}
    strata = Counter(row[plan.strata] if plan.strata else "" for row in rows)
    is_first_stage = work.clusters[:1] == [plan.key] and plan.second_stage is None
    found = []
    for pick in look_at_released(draw, by=by):
        if pick.release is None or pick.dropped_because or pick.is_waiting:
            continue
        row = by_key[pick.key]
        told = {name: cell for name, cell in row.items() if name in work.columns}
        if is_first_stage and work.fpc:
            number = strata[row[plan.strata] if plan.strata else ""]
            told.setdefault(work.fpc[0], str(number))
        found.append(ReleasedPlace(pick.pk, pick.name, pick.release.day, pick.release.route, told))
    return found
