"""Enters, changes and removes reported figures, as long as no result stands on them."""

from wenming.core.errors import DomainError
from wenming.core.lifecycle import RunState
from wenming.rounds.models import Round
from wenming.scoring.models import Run


class FiguresFrozen(DomainError):
    """A frozen result stands on the figures."""

    code = "figures_frozen"


def frozen_result_of(round_: Round) -> Run | None:
    """The frozen result that stands on the figures of a round; None where they may be changed."""
    return Run.objects.filter(round=round_).exclude(state=RunState.PROVISIONAL).first()
