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
from wenming.core.lifecycle.reporting import (
    ENTRY,
    SUBMISSION,
    EntryAction,
    EntryState,
    SubmissionAction,
    SubmissionState,
)

__all__ = [
    "COLLECTION",
    "DRAW",
    "EDITION",
    "ENTRY",
    "OBJECTION",
    "PLAN",
    "RUN",
    "SETTLEMENT",
    "SUBMISSION",
    "VISIT",
    "CollectionAction",
    "CollectionState",
    "DrawAction",
    "DrawState",
    "EditionAction",
    "EditionState",
    "EntryAction",
    "EntryState",
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
    "SubmissionAction",
    "SubmissionState",
    "TransitionNotAllowed",
    "VisitAction",
    "VisitState",
]
