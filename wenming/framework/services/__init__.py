"""What is done with editions, checklists and responsibilities; each function is one action."""

from wenming.framework.services.editions import store_checklists, store_edition
from wenming.framework.services.responsibilities import store_responsibilities

__all__ = ["store_checklists", "store_edition", "store_responsibilities"]
