"""Life cycles (生命周期) as tables that a clerk could read aloud.

`wenming.base.transitions` steps through them.
"""

from wenming.core.lifecycle.collection import (
    COLLECTION,
    DRAW,
    VISIT,
    CollectionAction,
    CollectionState,
    DrawAction,
    DrawState,
    VisitAction,
    VisitState,
)
from wenming.core.lifecycle.desk import (
    EDITION,
    OBJECTION,
    PLAN,
    RUN,
    SETTLEMENT,
    EditionAction,
    EditionState,
    ObjectionAction,
    ObjectionState,
    PlanAction,
    PlanState,
    RunAction,
    RunState,
    SettlementAction,
    SettlementState,
)
from wenming.core.lifecycle.machine import (
    FactsMissing,
    Machine,
    Step,
    TransitionNotAllowed,
)

__all__ = [
    "COLLECTION",
    "DRAW",
    "EDITION",
    "OBJECTION",
    "PLAN",
    "RUN",
    "SETTLEMENT",
    "VISIT",
    "CollectionAction",
    "CollectionState",
    "DrawAction",
    "DrawState",
    "EditionAction",
    "EditionState",
    "FactsMissing",
    "Machine",
    "ObjectionAction",
    "ObjectionState",
    "PlanAction",
    "PlanState",
    "RunAction",
    "RunState",
    "SettlementAction",
    "SettlementState",
    "Step",
    "TransitionNotAllowed",
    "VisitAction",
    "VisitState",
]
