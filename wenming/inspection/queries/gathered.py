"""Accepted visits and closed panels as the plain tables `observations` and `panel` of a round."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from django.utils import timezone

from wenming.core.lifecycle import VisitState
from wenming.inspection.models import SiteVisit, VisitPhoto, VisitRecord, VisitSheet
from wenming.inspection.queries.panels import panel_rows
from wenming.rounds.models import Collection
from wenming.rounds.queries.gathered import site_row

Row = dict[str, str]


def rows_of(collection: Collection) -> dict[str, list[Row]]:
    """What a round has seen at its sites (采集成果), as the columns of the round's files say.

    Only accepted visits count, each with its last sheet; a site that could not be visited gives no
    row. The order is that of the sites' keys, days and lines, whoever asks.

    Returns:
        `observations`: one row for each line; `photo` holds the digests of its photographs.
        `panel`: one row for each item and assessor, of the sessions that were closed.
    """
    sheets = _last_sheets(collection)
    people = {sheet.pk: _names(sheet) for sheet in sheets}
    photos = _photos(list(people))
    records: dict[UUID, list[VisitRecord]] = defaultdict(list)
    for record in VisitRecord.objects.filter(sheet__in=sheets).order_by("position"):
        records[record.sheet_id].append(record)
    return {
        "observations": [
            {
                "site": sheet.visit.site.key,
                "line": record.line,
                "time": timezone.localtime(record.seen_at).isoformat(timespec="seconds"),
                "outcome": record.recorded,
                "value": "" if record.value is None else f"{record.value:f}",
                "inspector": people[sheet.pk],
                "remark": record.remark,
                "photo": " ".join(photos[sheet.pk, record.line]),
            }
            for sheet in sheets
            for record in records[sheet.pk]
        ],
        "panel": panel_rows(collection),
    }


def visited_sites(collection: Collection) -> dict[str, Mapping[str, str]]:
    """The sites with an accepted visit (已考察点位), by key, as rows of the table `sites`.

    A site counts by the checklist that was used there, whatever the register says of it now.
    """
    accepted = SiteVisit.objects.filter(collection=collection, state=VisitState.ACCEPTED)
    found = accepted.select_related("site").order_by("planned_on", "pk")
    return {visit.site.key: site_row(visit.site, visit.site_type) for visit in found}


def _last_sheets(collection: Collection) -> list[VisitSheet]:
    taken = VisitSheet.objects.filter(
        visit__collection=collection, visit__state=VisitState.ACCEPTED
    ).select_related("visit__site")
    found = taken.prefetch_related("visit__inspectors__person")
    last = {sheet.visit_id: sheet for sheet in found.order_by("version")}
    return sorted(last.values(), key=lambda each: (each.visit.site.key, each.visit.planned_on))


def _names(sheet: VisitSheet) -> str:
    """The pair by name; a name stays what it was when the people are asked for in any order."""
    return "、".join(sorted(each.person.name for each in sheet.visit.inspectors.all()))


def _photos(sheets: list[UUID]) -> dict[tuple[UUID, str], list[str]]:
    found: dict[tuple[UUID, str], list[str]] = defaultdict(list)
    rows = VisitPhoto.objects.filter(sheet__in=sheets).order_by("taken_at", "pk")
    for sheet, line, digest in rows.values_list("sheet_id", "line", "attachment__file__digest"):
        found[sheet, line].append(digest)
    return found
