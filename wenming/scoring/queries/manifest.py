"""Every stored row behind a run, by its hash, so that a later change can be named to the row."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Field, Model, QuerySet

from wenming.core.framework.canonical import digest
from wenming.framework.models import Item, Responsibility
from wenming.inspection.models import Observation, PanelMark
from wenming.rounds.models import Round, Site
from wenming.scoring.models import Figure, Finding, ItemResult, ReportedDocument, Run
from wenming.statistic.models import Statistic
from wenming.submission.models import Document
from wenming.survey.models import AnswerSheet, Question, SurveyPlan

DERIVED = frozenset(
    {"id", "city", "unit", "area", "lead", "units", "pinyin", "search", "words", "position"}
    | {"loaded_at", "collection"}
)
"""Columns that follow from others or change with the organisation, and the place in the order."""

RESULT = frozenset(
    {"round", "number", "engine_version", "edition_hash", "evidence_hash", "digest", "summary"}
    | {"score", "points", "low", "high", "coverage", "lost", "started_at", "finished_at"}
)
"""Columns of a run that stand before it is frozen."""

LISTED = ("key", "item", "criterion", "condition", "grade", "site_type", "line", "dimension")
"""Columns by which a row of an edition or a checklist is known."""


class StoredRow(NamedTuple):
    """One stored row (存证行): identity, place in the order, what it is called, hash."""

    identity: str
    position: int
    name: str
    hash: str


@dataclass(frozen=True, slots=True)
class Difference:
    """How a table differs from what stood in it when the result was frozen (佐证变动).

    Attributes:
        code: stored_row_changed, stored_row_missing, stored_row_added or stored_row_moved.
        position: the place in the order now; where the row is missing, the one that it had.
    """

    code: str
    table: str
    name: str
    position: int


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the rows of one table behind a run are found, and by which columns they are named."""

    model: type[Model]
    of: Callable[[Run], Mapping[str, object]]
    named: tuple[str, ...]
    only: frozenset[str] = frozenset()


def _of_round(run: Run) -> Mapping[str, object]:
    return {"round": run.round_id}


def _of_run(run: Run) -> Mapping[str, object]:
    return {"run": run.pk}


_SOURCES = (
    _Source(Run, lambda run: {"pk": run.pk}, ("number",), only=RESULT),
    _Source(Round, lambda run: {"pk": run.round_id}, ("key",)),
    _Source(Item, lambda run: {"edition": run.round.edition_id}, ("key", "title_zh")),
    _Source(
        Responsibility,
        lambda run: {"plan": run.round.responsibility_plan_id},
        ("item", "unit_name", "role"),
    ),
    _Source(Site, _of_round, ("key", "title")),
    _Source(Observation, _of_round, ("site__key", "line", "time")),
    _Source(PanelMark, _of_round, ("item", "assessor")),
    _Source(SurveyPlan, _of_round, ("lonely",)),
    _Source(Question, _of_round, ("column", "item")),
    _Source(AnswerSheet, _of_round, ("key",)),
    _Source(Document, _of_round, ("key", "title")),
    _Source(Statistic, _of_round, ("item", "period")),
    _Source(ReportedDocument, _of_round, ("key", "title_zh")),
    _Source(Figure, _of_round, ("document", "key")),
    _Source(ItemResult, _of_run, ("key", "title_zh")),
    _Source(Finding, _of_run, ("code",)),
)
EDITION, CHECKLISTS = "framework.edition", "framework.checklistset"
IN_ONE_COLUMN = frozenset({EDITION, CHECKLISTS})
"""Tables whose rows are kept in one column, and so have no identity of their own."""


def manifest_of(run: Run) -> dict[str, list[StoredRow]]:
    """Every stored row behind a run (佐证清单), by table: what went in, and what came out.

    Returns:
        Tables in the order in which evidence becomes a result; rows in their own order.

    Source: docs/methods/audit.md.
    """
    found = {
        EDITION: _listed(run.round.edition.content),
        CHECKLISTS: _listed(run.round.checklist_set.content if run.round.checklist_set else {}),
    }
    return found | {source.model._meta.label_lower: _rows(source, run) for source in _SOURCES}


def part_hash(rows: Sequence[StoredRow]) -> str:
    """The hash that names the rows of one table."""
    return digest([list(row) for row in rows])


def manifest_hash(parts: Mapping[str, str]) -> str:
    """The hash that names a whole manifest, from the hash of each table."""
    return digest(sorted(parts.items()))


def differences(
    table: str, stored: Sequence[StoredRow], present: Sequence[StoredRow]
) -> Iterator[Difference]:
    """How the rows of a table differ from those of the manifest (佐证变动), row by row."""
    before = {row.identity: row for row in stored}
    now = {row.identity: row for row in present}
    for row in stored:
        if row.identity not in now:
            yield Difference("stored_row_missing", table, row.name, row.position)
    is_same_set = before.keys() == now.keys()
    for row in present:
        kept = before.get(row.identity)
        if kept is None:
            yield Difference("stored_row_added", table, row.name, row.position)
        elif kept.hash != row.hash:
            yield Difference("stored_row_changed", table, kept.name, row.position)
        elif kept.position != row.position and (is_same_set or table not in IN_ONE_COLUMN):
            yield Difference("stored_row_moved", table, row.name, row.position)


def _rows(source: _Source, run: Run) -> list[StoredRow]:
    columns = [each for each in source.model._meta.concrete_fields if _counts(each, source.only)]
    names = [column.attname for column in columns]
    has_order = any(field.name == "position" for field in source.model._meta.concrete_fields)
    order = ["position"] if has_order else []
    rows: QuerySet[Any] = source.model._default_manager.filter(**source.of(run))
    listed = rows.order_by(*order, "pk").values_list("pk", *order, *source.named, *names)
    start = 1 + len(order)
    found = []
    for row in listed.iterator(chunk_size=2000):
        named, content = row[start : start + len(source.named)], row[start + len(source.named) :]
        name = " · ".join(str(each) for each in named if each not in ("", None))
        hashed = digest([[key, _plain(value)] for key, value in zip(names, content, strict=True)])
        found.append(StoredRow(str(row[0]), row[1] if has_order else 0, name, hashed))
    return found


def _counts(field: "Field[Any, Any]", only: frozenset[str]) -> bool:
    return field.name in only if only else field.name not in DERIVED and not field.generated


def _listed(content: Mapping[str, Sequence[Mapping[str, str]]]) -> list[StoredRow]:
    """Rows that are kept in one column: each is known by its keys, the same ones by their count."""
    found: list[StoredRow] = []
    met: Counter[str] = Counter()
    for table in sorted(content):
        for row in content[table]:
            name = " · ".join([table, *(row[each] for each in LISTED if row.get(each))])
            met[name] += 1
            identity = f"{name}#{met[name]}"
            found.append(StoredRow(identity, len(found), name, digest(dict(row))))
    return found


def _plain(value: object) -> object:
    """A value as text, number or list; of a number every digit counts."""
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    return value
