"""Questions about editions, checklists and responsibilities."""

from wenming.framework.queries.editions import checklists_of, edition_of
from wenming.framework.queries.responsibilities import responsibilities_of, units_concerned_by

__all__ = ["checklists_of", "edition_of", "responsibilities_of", "units_concerned_by"]
