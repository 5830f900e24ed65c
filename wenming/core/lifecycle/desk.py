"""Life cycles of editions, plans, objections, runs and settlements (生命周期)."""

from enum import StrEnum

from wenming.core.lifecycle.machine import Machine, Step
from wenming.core.permissions import Capability


class EditionState(StrEnum):
    """Where an edition of the framework stands (版本状态)."""

    DRAFT = "draft"  # 草稿
    IN_USE = "in_use"  # 启用
    SUPERSEDED = "superseded"  # 已被替代


class EditionAction(StrEnum):
    """What can be done with an edition."""

    PUT_IN_USE = "put_in_use"  # 启用
    SUPERSEDE = "supersede"  # 替代


EDITION = Machine(
    Step(
        EditionState.DRAFT,
        EditionAction.PUT_IN_USE,
        EditionState.IN_USE,
        who=Capability.EDIT_FRAMEWORK,
    ),
    Step(
        EditionState.IN_USE,
        EditionAction.SUPERSEDE,
        EditionState.SUPERSEDED,
        who=Capability.EDIT_FRAMEWORK,
    ),
)


class PlanState(StrEnum):
    """Where a responsibility plan stands (责任分解表状态)."""

    DRAFT = "draft"  # 编制中
    ISSUED = "issued"  # 已下发
    REPLACED = "replaced"  # 已更替


class PlanAction(StrEnum):
    """What can be done with a responsibility plan."""

    ISSUE = "issue"  # 下发
    REPLACE = "replace"  # 更替


PLAN = Machine(
    Step(
        PlanState.DRAFT,
        PlanAction.ISSUE,
        PlanState.ISSUED,
        who=Capability.ASSIGN_RESPONSIBILITIES,
    ),
    Step(
        PlanState.ISSUED,
        PlanAction.REPLACE,
        PlanState.REPLACED,
        who=Capability.ASSIGN_RESPONSIBILITIES,
    ),
)


class ObjectionState(StrEnum):
    """Where an objection to a responsibility stands (异议状态)."""

    RAISED = "raised"  # 已提出
    UPHELD = "upheld"  # 采纳
    DISMISSED = "dismissed"  # 驳回
    WITHDRAWN = "withdrawn"  # 撤回


class ObjectionAction(StrEnum):
    """What can be done with an objection."""

    UPHOLD = "uphold"  # 采纳
    DISMISS = "dismiss"  # 驳回
    WITHDRAW = "withdraw"  # 撤回


OBJECTION = Machine(
    Step(
        ObjectionState.RAISED,
        ObjectionAction.UPHOLD,
        ObjectionState.UPHELD,
        who=Capability.ARBITRATE,
        needs=frozenset({"ruling"}),
    ),
    Step(
        ObjectionState.RAISED,
        ObjectionAction.DISMISS,
        ObjectionState.DISMISSED,
        who=Capability.ARBITRATE,
        needs=frozenset({"ruling"}),
    ),
    Step(
        ObjectionState.RAISED,
        ObjectionAction.WITHDRAW,
        ObjectionState.WITHDRAWN,
        who=Capability.OBJECT,
    ),
)


class RunState(StrEnum):
    """Where a run of the engine stands (计分状态)."""

    PROVISIONAL = "provisional"  # 暂定
    FROZEN = "frozen"  # 已定稿
    CORRECTED = "corrected"  # 已被更正


class RunAction(StrEnum):
    """What can be done with a run."""

    FREEZE = "freeze"  # 定稿
    CORRECT = "correct"  # 更正


RUN = Machine(
    Step(
        RunState.PROVISIONAL,
        RunAction.FREEZE,
        RunState.FROZEN,
        who=Capability.FREEZE_RUN,
        needs=frozenset({"result_number"}),
    ),
    Step(
        RunState.FROZEN,
        RunAction.CORRECT,
        RunState.CORRECTED,
        who=Capability.FREEZE_RUN,
        needs=frozenset({"corrected_by", "reason"}),
    ),
)


class SettlementState(StrEnum):
    """Whether what did not fit was settled (核对结论状态)."""

    OPEN = "open"  # 待处理
    SETTLED = "settled"  # 已处理


class SettlementAction(StrEnum):
    """What can be done with a settlement."""

    SETTLE = "settle"  # 处理
    REOPEN = "reopen"  # 重新打开


SETTLEMENT = Machine(
    Step(
        SettlementState.OPEN,
        SettlementAction.SETTLE,
        SettlementState.SETTLED,
        who=Capability.SETTLE_FINDING,
        needs=frozenset({"verdict", "reason"}),
    ),
    Step(
        SettlementState.SETTLED,
        SettlementAction.REOPEN,
        SettlementState.OPEN,
        who=Capability.SETTLE_FINDING,
        needs=frozenset({"reason"}),
    ),
)
