"""How an item stood in the runs of its city, as one person sees it."""

from collections.abc import Sequence

from wenming.scoring.models import ItemResult
from wenming.scoring.queries.changes import last_day
from wenming.scoring.queries.seen import SeenRun

MOST = 12


def history_of(seen: SeenRun, key: str) -> Sequence[ItemResult]:
    """What the runs of a city say of one item (历次结果), the latest round first.

    Items are matched by their key, which an item keeps from edition to edition.

    Returns:
        At most twelve results that the person may see, each with its run and round.
    """
    rows = ItemResult.objects.visible_to(seen.user).for_city(seen.run.city).filter(key=key)
    related = rows.select_related("run__round").defer("run__summary")
    return list(related.order_by(last_day("run__").desc(), "-run__number")[:MOST])
