"""What was seen on the visits of a round, line by line, as a file that PostgreSQL writes itself."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db import connection
from django.db.models import (
    Case,
    CharField,
    Expression,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models import Func as SqlFunction
from django.db.models.functions import Cast, Concat
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


def record_lines(person: User, round_: Collection, language: str) -> Iterator[bytes]:
    """The records (检查记录) of a round that a person sees, as pieces of a CSV file.

    One line for each line of the checklist of the last sheet of each visit, in the order of day,
    route and place. The rows never come into Python's memory: PostgreSQL writes them.

    Args:
        language: of the header, of the outcomes and of the lines of the checklist.
    """
    columns = _columns(round_, language)
    rows = _rows(person, round_).values_list(*(column for _title, column in columns))
    select, parameters = rows.query.sql_with_params()
    header = ",".join(f'"{title}"' for title, _column in columns)
    yield f"\ufeff{header}\r\n".encode()
    with connection.cursor() as cursor:
        statement = cursor.mogrify(f"COPY ({select}) TO STDOUT (FORMAT csv)", parameters)
        with cursor.copy(statement) as copy:
            yield from map(bytes, copy)


def _rows(person: User, round_: Collection) -> QuerySet[VisitRecord]:
    last = VisitSheet.objects.filter(visit=OuterRef("sheet__visit")).order_by("-version")
    seen = VisitRecord.objects.visible_to(person).for_city(round_.city)
    found = seen.filter(sheet__visit__collection=round_)
    found = found.filter(sheet__version=Subquery(last.values("version")[:1]))
    visit = "sheet__visit__"
    order = [visit + each for each in ("planned_on", "route", "position", "pk")]
    return found.order_by(*order, "position")


def _columns(round_: Collection, language: str) -> Sequence[tuple[str, Any]]:
    lists = checklists_of(round_.checklist_set).by_type.values()
    lines = {line.key: line.title.in_language(language) for each in lists for line in each.lines}
    types = {each.site_type: each.title.in_language(language) for each in lists}
    outcomes = {each.value: wording.label("outcome", each.value, language) for each in Outcome}
    reasons = {
        each.value: wording.label("visit_reason", each.value, language) for each in NotObserved
    }
    visit = "sheet__visit__"
    return (
        (_("Site number"), _text(f"{visit}site__key")),
        (_("Site"), _text(f"{visit}site__title")),
        (_("Site type"), _named(f"{visit}site_type", types)),
        (_("County"), _text(f"{visit}site__county")),
        (_("Street"), _text(f"{visit}site__street")),
        (_("Day"), F(f"{visit}planned_on")),
        (_("Route"), _text(f"{visit}route")),
        (_("Inspectors"), _pair()),
        (_("Version"), F("sheet__version")),
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
    there = VisitInspector.objects.filter(visit=OuterRef("sheet__visit")).order_by()
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
    shaped = SqlFunction(
        local, Value("YYYY-MM-DD HH24:MI"), function="to_char", output_field=CharField()
    )
    return Cast(shaped, CharField())
