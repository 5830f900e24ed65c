"""Observations and marks as the engine knows them."""

from wenming.core import evidence as records
from wenming.core.errors import Place
from wenming.core.terms import Outcome
from wenming.rounds.models import Round


def observations_of(round_: Round) -> tuple[records.Observation, ...]:
    """The observations (观测) of a round, in canonical order."""
    place = Place("observations.csv")
    known = {outcome.value: outcome for outcome in Outcome}
    keys = dict(round_.sites.values_list("pk", "key"))
    rows = round_.observations.order_by("position").values_list(
        "site_id", "line", "time", "recorded", "value", "inspector", "remark", "photo"
    )
    return tuple(
        records.Observation(
            keys[site], line, time, known.get(recorded), value, inspector, remark, photo, place
        )
        for site, line, time, recorded, value, inspector, remark, photo in rows
    )


def panel_of(round_: Round) -> tuple[records.PanelMark, ...]:
    """The marks (评分) of a round, in canonical order."""
    place = Place("panel.csv")
    rows = round_.panel_marks.order_by("position").values_list("item", "assessor", "mark")
    return tuple(records.PanelMark(item, assessor, mark, place) for item, assessor, mark in rows)
