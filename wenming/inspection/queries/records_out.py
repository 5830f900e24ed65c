"""What was seen on the visits of a round, line by line, as a file that PostgreSQL writes itself."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db import connection, transaction
from django.db.models import (
    Case,
    CharField,
    Exists,
    Expression,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models import Func as SqlFunction
from django.db.models.functions import Cast, Concat, Left, RowNumber
from django.utils import timezone
from django.utils.translation import gettext as _

from wenming.base import wording
from wenming.base.models import User
from wenming.core.evidence.visits import NotObserved
from wenming.core.terms import Outcome
from wenming.framework.queries import checklists_of
from wenming.inspection.models import VisitInspector, VisitRecord, VisitSheet
from wenming.rounds.models import Collection

_FORMULA = "^[=+@\\t\\r-]"
"""What a spreadsheet would run, as `files/tables_out.py` says it."""

_PIECE = 65_536
_SORTED_IN = "64MB"
"""What PostgreSQL may take to sort a whole round, before it goes to the disk."""

_KEYS = {"sheet": ("pk", "place"), "line": ("sheet_id", "position")}
"""What joins the lines to their sheet, and puts them in order."""

Columns = Sequence[tuple[str, Any]]
"""Titles, each with what stands below it."""


def record_lines(person: User, round_: Collection, language: str) -> Iterator[bytes]:
    """The records (检查记录) of a round that a person sees, as pieces of a CSV file.

    One line for each line of the checklist of the last sheet of each visit, in the order of day,
    route and place. The rows never come into Python's memory: PostgreSQL writes them. What is
    the same for all lines of a sheet is worked out once for the sheet.

    Args:
        language: of the header, of the outcomes and of the lines of the checklist.
    """
    of_sheet, of_line = _sheet_columns(round_, language), _line_columns(round_, language)
    sheets, sheet_names = _named_rows(_sheets(round_), of_sheet, "sheet")
    records, line_names = _named_rows(_records(person, round_), of_line, "line")
    columns = [f"sheet.{name}" for name in sheet_names] + [f"line.{name}" for name in line_names]
    statement = (
        f"COPY (WITH sheet AS MATERIALIZED ({sheets}) SELECT {', '.join(columns)} "  # noqa: S608  # nosec B608
        f"FROM ({records}) line JOIN sheet ON sheet.pk = line.sheet_id "
        "ORDER BY sheet.place, line.position) TO STDOUT (FORMAT csv)"
    )  # both are Django's own SQL, with its values put in by the driver
    header = ",".join(f'"{title}"' for title, _column in (*of_sheet, *of_line))
    yield f"\ufeff{header}\r\n".encode()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('work_mem', %s, true)", [_SORTED_IN])
        with cursor.copy(statement) as copy:
            yield from _in_pieces(copy)


def _in_pieces(lines: Iterable[memoryview | bytes]) -> Iterator[bytes]:
    """The lines put together; each piece costs the server and the network a step."""
    piece = bytearray()
    for line in lines:
        piece += line
        if len(piece) >= _PIECE:
            yield bytes(piece)
            piece.clear()
    if piece:
        yield bytes(piece)


def _named_rows(rows: Any, columns: Columns, prefix: str) -> tuple[str, list[str]]:
    """The SQL of rows with a name for each column, and these names."""
    names = [f"{prefix}_{number}" for number in range(len(columns))]
    shown = rows.annotate(**dict(zip(names, (each for _title, each in columns), strict=True)))
    sql, parameters = shown.values(*_KEYS[prefix], *names).query.sql_with_params()
    with connection.cursor() as cursor:
        return cursor.mogrify(sql, parameters), names


def _sheets(round_: Collection) -> QuerySet[VisitSheet]:
    """The last sheet of each visit, with its place in the order of the file."""
    newer = VisitSheet.objects.filter(visit=OuterRef("visit"), version__gt=OuterRef("version"))
    found = VisitSheet.objects.for_city(round_.city).filter(visit__collection=round_)
    order = [f"visit__{each}" for each in ("planned_on", "route", "position", "pk")]
    return found.exclude(Exists(newer)).annotate(place=Window(RowNumber(), order_by=order))


def _records(person: User, round_: Collection) -> QuerySet[VisitRecord]:
    seen = VisitRecord.objects.visible_to(person).for_city(round_.city)
    return seen.filter(sheet__visit__collection=round_)


def _sheet_columns(round_: Collection, language: str) -> Columns:
    lists = checklists_of(round_.checklist_set).by_type.values()
    types = {each.site_type: each.title.in_language(language) for each in lists}
    return (
        (_("Site number"), _text("visit__site__key")),
        (_("Site"), _text("visit__site__title")),
        (_("Site type"), _named("visit__site_type", types)),
        (_("County"), _text("visit__site__county")),
        (_("Street"), _text("visit__site__street")),
        (_("Day"), F("visit__planned_on")),
        (_("Route"), _text("visit__route")),
        (_("Inspectors"), _pair()),
        (_("Version"), F("version")),
    )


def _line_columns(round_: Collection, language: str) -> Columns:
    lists = checklists_of(round_.checklist_set).by_type.values()
    lines = {line.key: line.title.in_language(language) for each in lists for line in each.lines}
    outcomes = {each.value: wording.label("outcome", each.value, language) for each in Outcome}
    reasons = {
        each.value: wording.label("visit_reason", each.value, language) for each in NotObserved
    }
    return (
        (_("Key"), _text("line")),
        (_("Line of the checklist"), _named("line", lines)),
        (_("Outcome"), _named("outcome", outcomes)),
        (_("Value"), F("value")),
        (_("Not observed because"), _named("reason", reasons)),
        (_("Remark"), _text("remark")),
        (_("Seen at"), _moment("seen_at")),
    )


def _text(field: str) -> Expression:
    """A text that no spreadsheet takes for a formula."""
    guarded = When(**{f"{field}__regex": _FORMULA}, then=Concat(Value("'"), F(field)))
    return Case(guarded, default=F(field), output_field=TextField())


def _named(field: str, names: Mapping[str, str]) -> Expression:
    """What a key is called; the key itself where nobody named it."""
    known = Value(json.dumps(names, ensure_ascii=False))
    looked_up: Any = SqlFunction(
        known, F(field), template="(%(expressions)s)", arg_joiner="::jsonb ->> ",
        output_field=TextField(),
    )  # fmt: skip
    return SqlFunction(looked_up, F(field), function="COALESCE", output_field=TextField())


def _pair() -> Any:
    """Who was there, by name."""
    there = VisitInspector.objects.filter(visit=OuterRef("visit")).order_by()
    named = there.values("visit").annotate(
        names=StringAgg("person__name", "、", order_by="person__pinyin")
    )
    return Subquery(named.values("names")[:1], output_field=CharField())


def _moment(field: str) -> Expression:
    """A moment by the clock on the wall, to the minute."""
    zone = Value(timezone.get_current_timezone_name())
    local = SqlFunction(
        zone, F(field), function="timezone", output_field=CharField()
    )  # a moment without a zone
    return Left(Cast(local, TextField()), len("YYYY-MM-DD HH:MM"))
