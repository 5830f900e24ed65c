"""Export 13,000 visits with their records to CSV, and measure time and memory.

Run: `.venv/bin/python -m benchmarks.export_records`. It fills a database of its own with the
demonstration city and 13,000 invented visits, and prints the fastest time of the export of the
desk beside its peer in the same run: the same rows read by Django and written by Python's `csv`.
ODK Central is reported with 9.4 s for 13,000 submissions; it is not installed here. Figures are
printed, never asserted.
"""

import csv
import os
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

import django

REPEATS = 3
VISITS = 13_000
AT_ONCE = 5_000
DEMO = Path(__file__).resolve().parent.parent / "examples" / "demo"
COLUMNS = (
    "sheet__visit__site__key", "sheet__visit__site__title", "sheet__visit__site_type",
    "sheet__visit__site__county", "sheet__visit__site__street", "sheet__visit__planned_on",
    "sheet__visit__route", "sheet__version", "line", "outcome", "value", "reason", "remark",
    "seen_at",
)  # fmt: skip


def main() -> None:
    """Fill the database, time each way and print the table."""
    with tempfile.TemporaryDirectory(prefix="wenming-bench-") as home:
        os.environ["WENMING_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenming.config.settings")
        from wenming.config.postgres import running

        with running(Path(home)):
            django.setup()
            _measure()


def _measure() -> None:
    from django.core.management import call_command
    from django.db import connection

    from wenming.base.models import User
    from wenming.inspection.models import VisitRecord
    from wenming.inspection.queries.records_out import record_lines

    call_command("migrate", interactive=False, verbosity=0)
    collection = _filled()
    office = User.objects.get(username="office")
    rows = VisitRecord.objects.filter(sheet__visit__collection=collection)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # PostgreSQL does so by itself within minutes of such a load
    print(f"{collection.visits.count()} visits, {rows.count()} records")
    print(f"{'way':<44}{'seconds':>9}{'peak MB':>9}{'file MB':>9}")

    def ours() -> int:
        return sum(map(len, record_lines(office, collection, "zh")))

    def peer() -> int:
        with tempfile.TemporaryFile("w+", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows.values_list(*COLUMNS).iterator(chunk_size=2000))
            return file.tell()

    for name, way in (("export of the desk (COPY)", ours), ("Django rows, Python's csv", peer)):
        seconds, size = _fastest(way)
        print(f"{name:<44}{seconds:>9.2f}{_peak(way):>9.1f}{size / 1e6:>9.1f}")


def _filled() -> Any:
    from wenming.cli.cast import stage
    from wenming.files.rounds import read_round
    from wenming.inspection.models import SiteVisit, VisitInspector, VisitRecord, VisitSheet
    from wenming.rounds.models import Collection, RegisteredSite
    from wenming.scoring.services import load_round

    stage(load_round(read_round(DEMO)), "zh", is_worked=False)
    collection = Collection.objects.get(key="2026-4")
    visits = list(islice(_visits(collection, list(RegisteredSite.objects.all())), VISITS))
    SiteVisit.objects.bulk_create(visits, AT_ONCE)
    people = list(collection.assignments.select_related("person"))[:2]
    VisitInspector.objects.bulk_create(
        (
            VisitInspector(city_id=collection.city_id, visit=visit, person=each.person)
            for visit in visits
            for each in people
        ),
        AT_ONCE,
    )
    sheets = [
        VisitSheet(
            city_id=collection.city_id, visit=visit, instance=uuid4(), version=1, digest="0" * 64,
            begun_at=collection.opened_at, finished_at=collection.opened_at,
            taken_by=people[0].person,
        )
        for visit in visits
    ]  # fmt: skip
    VisitSheet.objects.bulk_create(sheets, AT_ONCE)
    VisitRecord.objects.bulk_create(_records(collection, sheets), AT_ONCE)
    return collection


def _visits(collection: Any, sites: list[Any]) -> Iterator[Any]:
    from wenming.inspection.models import SiteVisit

    for day in range(VISITS // len(sites) + 1):
        for position, site in enumerate(sites, start=1):
            yield SiteVisit(
                city_id=collection.city_id, collection=collection, site=site,
                site_type=site.site_type, position=position, route="东线",
                planned_on=collection.period_from + timedelta(days=day),
                planned_by_id=collection.assignments.first().person_id,
            )  # fmt: skip


def _records(collection: Any, sheets: list[Any]) -> Iterator[Any]:
    from wenming.framework.queries import checklists_of
    from wenming.inspection.models import VisitRecord

    lists = checklists_of(collection.checklist_set).by_type
    for sheet in sheets:
        for position, line in enumerate(lists[sheet.visit.site_type].lines[:10]):
            yield VisitRecord(
                city_id=collection.city_id, sheet=sheet, line=line.key, recorded="conform",
                outcome="conform", remark="立面整洁，无占道经营", seen_at=collection.opened_at,
                position=position,
            )  # fmt: skip


def _fastest(way: Callable[[], int]) -> tuple[float, int]:
    times, size = [], 0
    for _ in range(REPEATS):
        began = time.perf_counter()
        size = way()
        times.append(time.perf_counter() - began)
    return min(times), size


def _peak(way: Callable[[], int]) -> float:
    tracemalloc.start()
    way()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


if __name__ == "__main__":
    main()
