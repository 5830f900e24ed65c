"""What people and programs do with cities, units, people and files; each is one action."""

from wenming.base.services.audit import record, verify_chain
from wenming.base.services.takeup import (
    take_up_areas,
    take_up_city,
    take_up_groups,
    take_up_units,
)

__all__ = [
    "record",
    "take_up_areas",
    "take_up_city",
    "take_up_groups",
    "take_up_units",
    "verify_chain",
]
