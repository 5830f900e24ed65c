"""Who would answer for the items of a new edition, proposed from the plan of the old one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from wenming.core.succession import Kinship, Succession, successions
from wenming.framework.models import Edition, Responsibility, ResponsibilityPlan
from wenming.framework.queries.editions import edition_of


@dataclass(frozen=True, slots=True)
class Proposal:
    """What becomes of the responsibilities of one item (责任迁移建议).

    Attributes:
        succession: the item of the new edition with the one that it continues.
        rows: the old responsibilities that would move to it, lead first; empty for a new
            item, for which nobody answers yet. Of an item that is gone, those that end.
    """

    succession: Succession
    rows: Sequence[Responsibility]

    @property
    def kind(self) -> Kinship:
        """How the item stands to the old edition."""
        return self.succession.kind

    @property
    def needs_a_look(self) -> bool:
        """Whether a person must decide: nothing is certain about it, or nobody is named."""
        sure = (Kinship.SAME, Kinship.MOVED, Kinship.RENAMED, Kinship.GONE)
        return self.kind not in sure or (not self.rows and self.kind is not Kinship.GONE)


def proposed(old_plan: ResponsibilityPlan, new_edition: Edition) -> list[Proposal]:
    """The migration of a plan to another edition (责任迁移), item by item; nothing is changed.

    Args:
        old_plan: its responsibilities are carried over.
        new_edition: a draft or in use, of the same city.

    Returns:
        One proposal for each item of the new edition in its order, then those that are gone.
    """
    rows: dict[str, list[Responsibility]] = defaultdict(list)
    listed = old_plan.responsibilities.select_related("unit").order_by("role", "position")
    for row in listed:
        rows[row.item].append(row)
    found = successions(edition_of(old_plan.edition), edition_of(new_edition))
    return [
        Proposal(each, rows.get(each.before.item.key, []) if each.before else []) for each in found
    ]
