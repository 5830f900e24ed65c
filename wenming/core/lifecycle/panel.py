"""Life cycles of a session of a panel, and of what one assessor hands in there (生命周期)."""

from enum import StrEnum

from wenming.core.lifecycle.machine import Machine, Step
from wenming.core.permissions import Capability


class PanelState(StrEnum):
    """Whether a session of a panel still takes in marks (评议场次状态)."""

    OPEN = "open"  # 评分中
    CLOSED = "closed"  # 已汇总


class PanelAction(StrEnum):
    """What can be done with a session of a panel (评议场次操作)."""

    CLOSE = "close"  # 汇总
    REOPEN = "reopen"  # 恢复评分


PANEL = Machine(
    Step(PanelState.OPEN, PanelAction.CLOSE, PanelState.CLOSED, who=Capability.MANAGE_ROUNDS),
    Step(
        PanelState.CLOSED,
        PanelAction.REOPEN,
        PanelState.OPEN,
        who=Capability.MANAGE_ROUNDS,
        needs=frozenset({"reopened_because"}),
    ),
)


class SeatState(StrEnum):
    """Whether an assessor has rated (评委评分状态)."""

    WAITING = "waiting"  # 待评分
    SUBMITTED = "submitted"  # 已评分


class SeatAction(StrEnum):
    """What an assessor does with the own marks (评委评分操作)."""

    SUBMIT = "submit"  # 提交评分
    CORRECT = "correct"  # 更正评分


SEAT = Machine(
    Step(SeatState.WAITING, SeatAction.SUBMIT, SeatState.SUBMITTED, who=Capability.RATE),
    Step(
        SeatState.SUBMITTED,
        SeatAction.CORRECT,
        SeatState.SUBMITTED,
        who=Capability.RATE,
        needs=frozenset({"corrected_because"}),
    ),
)
