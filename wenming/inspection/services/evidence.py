"""Stores what was seen at sites and what assessors marked."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from wenming.core import evidence as records
from wenming.core.framework import Checklists
from wenming.inspection.models import Observation, PanelMark
from wenming.rounds.models import Round, Site


def store_observations(
    round_: Round,
    observations: Sequence[records.Observation],
    *,
    sites: Mapping[str, Site],
    checklists: Checklists,
) -> None:
    """Store observations (观测), each with what it comes to.

    Args:
        observations: in canonical order; their lines are in `checklists`.
        sites: of the round by key.
    """
    lines = {key: line for key, (_, line) in checklists.by_key().items()}
    Observation.objects.bulk_create(
        (
            Observation(
                city_id=round_.city_id,
                round=round_,
                site=sites[each.site],
                line=each.line,
                item=lines[each.line].item,
                time=each.time,
                seen_at=_moment(each.time),
                recorded=each.outcome or "",
                outcome=lines[each.line].settle(each.outcome, each.value),
                value=each.value,
                inspector=each.inspector,
                remark=each.remark,
                photo=each.photo,
                position=position,
            )
            for position, each in enumerate(observations)
        ),
        batch_size=2000,
    )


def store_panel_marks(round_: Round, marks: Sequence[records.PanelMark]) -> None:
    """Store assessors' marks (评分), in canonical order."""
    PanelMark.objects.bulk_create(
        PanelMark(
            city_id=round_.city_id,
            round=round_,
            item=each.item,
            assessor=each.assessor,
            mark=each.mark,
            position=position,
        )
        for position, each in enumerate(marks)
    )


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
