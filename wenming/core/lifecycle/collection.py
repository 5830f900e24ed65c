"""Life cycles of a round while its evidence is being collected, and of its visits (生命周期)."""

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


class VisitState(StrEnum):
    """Where the visit of a site stands (考察状态)."""

    PLANNED = "planned"  # 待考察
    SUBMITTED = "submitted"  # 待审核
    RETURNED = "returned"  # 已退回
    NOT_POSSIBLE = "not_possible"  # 无法考察
    ACCEPTED = "accepted"  # 已采用


class VisitAction(StrEnum):
    """What can be done with a visit."""

    SUBMIT = "submit"  # 提交
    GIVE_UP = "give_up"  # 报告无法考察
    RETURN = "return"  # 退回更正
    ACCEPT = "accept"  # 采用


def _from_phone(source: VisitState) -> tuple[Step, Step]:
    return (
        Step(source, VisitAction.SUBMIT, VisitState.SUBMITTED, who=Capability.INSPECT),
        Step(
            source,
            VisitAction.GIVE_UP,
            VisitState.NOT_POSSIBLE,
            who=Capability.INSPECT,
            needs=frozenset({"not_possible"}),
        ),
    )


def _sent_back(source: VisitState) -> Step:
    return Step(
        source,
        VisitAction.RETURN,
        VisitState.RETURNED,
        who=Capability.MANAGE_ROUNDS,
        needs=frozenset({"returned_because"}),
    )


VISIT = Machine(
    *_from_phone(VisitState.PLANNED),
    *_from_phone(VisitState.RETURNED),
    Step(
        VisitState.SUBMITTED,
        VisitAction.ACCEPT,
        VisitState.ACCEPTED,
        who=Capability.MANAGE_ROUNDS,
    ),
    _sent_back(VisitState.SUBMITTED),
    _sent_back(VisitState.NOT_POSSIBLE),
    _sent_back(VisitState.ACCEPTED),
)
