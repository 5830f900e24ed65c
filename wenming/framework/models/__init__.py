"""The framework of a city: editions, checklists, and who answers for what."""

from wenming.framework.models.checklists import ChecklistSet
from wenming.framework.models.editions import Edition, Item
from wenming.framework.models.responsibilities import (
    EditKind,
    Objection,
    PlanEdit,
    Responsibility,
    ResponsibilityPlan,
    ResponsibilityQuerySet,
)

__all__ = [
    "ChecklistSet",
    "EditKind",
    "Edition",
    "Item",
    "Objection",
    "PlanEdit",
    "Responsibility",
    "ResponsibilityPlan",
    "ResponsibilityQuerySet",
]
