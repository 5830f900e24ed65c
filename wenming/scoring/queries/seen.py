"""What one person may see of a run: all of it, or only the items that concern them."""

from dataclasses import dataclass

from wenming.base.models import User
from wenming.core.permissions import Capability, Scope
from wenming.scoring.models import ItemResult, Run, RunItems


@dataclass(frozen=True, slots=True)
class SeenRun:
    """A run as one person sees it (可见结果).

    Attributes:
        items: the items that the person may see.
        is_whole: whether that is the whole city, so that sums over all items may be shown.
    """

    run: Run
    user: User
    items: RunItems
    is_whole: bool


def seen_by(user: User, run: Run) -> SeenRun:
    """What a person may see of a run (可见结果)."""
    reach = user.grants(Capability.VIEW_RESULTS, city=run.city)
    return SeenRun(
        run,
        user,
        ItemResult.objects.visible_to(user).for_city(run.city).filter(run=run),
        is_whole=any(grant.scope == Scope.CITY for grant in reach),
    )
