"""Life cycles of a round while its evidence is being collected (生命周期)."""

from enum import StrEnum

from wenming.core.lifecycle.machine import Machine, Step
from wenming.core.permissions import Capability


class CollectionState(StrEnum):
    """Where the collection of a round stands (轮次状态)."""

    PLANNED = "planned"  # 筹备
    OPEN = "open"  # 采集中
    CLOSED = "closed"  # 采集结束


class CollectionAction(StrEnum):
    """What can be done with the collection of a round."""

    OPEN = "open"  # 启动采集
    CLOSE = "close"  # 结束采集
    REOPEN = "reopen"  # 恢复采集


COLLECTION = Machine(
    Step(
        CollectionState.PLANNED,
        CollectionAction.OPEN,
        CollectionState.OPEN,
        who=Capability.MANAGE_ROUNDS,
    ),
    Step(
        CollectionState.OPEN,
        CollectionAction.CLOSE,
        CollectionState.CLOSED,
        who=Capability.MANAGE_ROUNDS,
    ),
    Step(
        CollectionState.CLOSED,
        CollectionAction.REOPEN,
        CollectionState.OPEN,
        who=Capability.MANAGE_ROUNDS,
        needs=frozenset({"reopened_because"}),
    ),
)


class DrawState(StrEnum):
    """Whether the list of a sealed draw is public (抽样状态)."""

    SEALED = "sealed"  # 封存
    REVEALED = "revealed"  # 已公开


class DrawAction(StrEnum):
    """What can be done with a sealed draw."""

    REVEAL = "reveal"  # 公开


DRAW = Machine(
    Step(DrawState.SEALED, DrawAction.REVEAL, DrawState.REVEALED, who=Capability.DRAW),
)
