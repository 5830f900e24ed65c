"""The confirmed figures of a round as the plain rows of its folder."""

from wenming.core.lifecycle import EntryState
from wenming.rounds.models import Collection
from wenming.statistic.models import Entry

SCOPES = {"districts": "市辖区", "city": "全市"}


def rows_of(collection: Collection) -> dict[str, list[dict[str, str]]]:
    """The figures of a round (统计数据) as the table `statistics`; only what was confirmed.

    Several periods of one thing give several rows; the engine takes their mean.

    Source:
        docs/methods/statistics.md.
    """
    found = Entry.objects.filter(collection=collection, state=EntryState.CONFIRMED)
    rows = found.order_by("item", "condition", "period")
    return {"statistics": [_row(each) for each in rows]}


def _row(each: Entry) -> dict[str, str]:
    return {
        "item": each.item,
        "condition": str(each.condition or ""),
        "value": f"{each.value:f}",
        "unit": each.measure,
        "period": each.period,
        "source": f"{each.source}（{SCOPES[each.scope]}）",
    }
