"""Life cycles (生命周期) as tables that a clerk could read aloud.

`wenming.base.transitions` steps through them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from wenming.core.errors import DomainError
from wenming.core.permissions import Capability


class TransitionNotAllowed(DomainError):
    """The step does not start from the state in which the row is."""

    code = "transition_not_allowed"


class FactsMissing(DomainError):
    """A step lacks facts that must be written down with it."""

    code = "facts_missing"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a life cycle (流转): from where, by which action, to where.

    Attributes:
        who: the capability that the acting person needs on the row.
        needs: names of the facts without which the step is refused.
    """

    source: StrEnum
    action: StrEnum
    target: StrEnum
    who: Capability
    needs: frozenset[str] = field(default_factory=frozenset)


class Machine:
    """The life cycle (生命周期) of one kind of row."""

    def __init__(self, *steps: Step) -> None:
        self.steps: Mapping[tuple[StrEnum, StrEnum], Step] = {
            (step.source, step.action): step for step in steps
        }

    def step(self, state: str, action: StrEnum, *, given: Iterable[str] = ()) -> Step:
        """The step that an action takes from a state.

        Args:
            given: names of the facts at hand; a fact that is None or blank does not count.

        Raises:
            TransitionNotAllowed: the action does not start from this state.
            FactsMissing: a fact that the step needs is not given.
        """
        found = next(
            (s for (source, does), s in self.steps.items() if source == state and does == action),
            None,
        )
        if found is None:
            raise TransitionNotAllowed(state=str(state), action=str(action))
        missing = sorted(found.needs - set(given))
        if missing:
            raise FactsMissing(action=str(action), missing=missing)
        return found

    def actions(self, state: str) -> list[StrEnum]:
        """The actions that start from a state, in the order of the table."""
        return [step.action for step in self.steps.values() if step.source == state]


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
