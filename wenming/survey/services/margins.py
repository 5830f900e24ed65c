"""Sets the margins that a survey is weighted to, and the bounds of its weights."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from wenming.base.access import check
from wenming.base.models import User
from wenming.base.services.audit import record
from wenming.core.errors import DomainError, Place
from wenming.core.evidence.margins import RakingPlan, raking_plan, trim_bounds
from wenming.core.lifecycle import CollectionState
from wenming.core.permissions import Capability
from wenming.core.rows import Reader, Row
from wenming.rounds.services.collections import CollectionClosed
from wenming.survey.margin_rows import margin_rows
from wenming.survey.models import Fieldwork, PopulationMargin
from wenming.survey.queries.margins import MarginColumn, margin_columns

EDIT = Capability.EDIT_QUESTIONNAIRE


class MarginColumnUnknown(DomainError):
    """A margin names a column that the sheets of the round do not have."""

    code = "margin_column_unknown"


@dataclass(frozen=True, slots=True)
class MarginWish:
    """How the population divides by a column (人口边际要求).

    Attributes:
        groups: name and total of each, as text.
    """

    column: str
    source: str
    groups: Sequence[tuple[str, str]]


@transaction.atomic
def set_margin(fieldwork: Fieldwork, wish: MarginWish, *, by: User) -> PopulationMargin:
    """Say how the population divides by a column (设定人口边际), in place of what was said before.

    Raises:
        MarginColumnUnknown: no question with choices or numbers, nor how sheets were drawn.
        BadInput: totals, groups or sums are wrong, or a choice is in no group.
        CollectionClosed: the round was closed.
        PermissionDenied: `by` may not edit questionnaires of the round.
    """
    fresh = _open(fieldwork, by)
    columns = {each.key: each for each in margin_columns(fresh)}
    if wish.column not in columns:
        raise MarginColumnUnknown(column=wish.column)
    before = list(fresh.margins.order_by("position"))
    others = [each for each in before if each.column != wish.column]
    said = [(each.column, each.source, each.groups) for each in others]
    _refuse_wrong([*said, (wish.column, wish.source, wish.groups)], columns[wish.column])
    made, _ = PopulationMargin.objects.update_or_create(
        fieldwork=fresh,
        column=wish.column,
        defaults={"source": wish.source, "groups": [list(each) for each in wish.groups]},
        create_defaults={
            "city_id": fresh.city_id,
            "position": max((each.position for each in before), default=-1) + 1,
            "source": wish.source,
            "groups": [list(each) for each in wish.groups],
        },
    )
    was = next((each.groups for each in before if each.column == wish.column), None)
    detail = {"column": wish.column, "source": wish.source, "n": len(wish.groups),
              "groups": made.groups, "before": was}  # fmt: skip
    record("margins.set", by=by, city=fresh.city, subject=fresh, detail=detail)
    return made


@transaction.atomic
def clear_margin(fieldwork: Fieldwork, column: str, *, by: User) -> None:
    """Take a margin away (删除人口边际); what stood there is in the audit.

    Raises:
        MarginColumnUnknown: there is none of this column.
        CollectionClosed, PermissionDenied: as for `set_margin`.
    """
    fresh = _open(fieldwork, by)
    found = fresh.margins.filter(column=column).first()
    if found is None:
        raise MarginColumnUnknown(column=column)
    detail = {"column": column, "source": found.source, "before": found.groups}
    found.delete()
    record("margins.clear", by=by, city=fresh.city, subject=fresh, detail=detail)


@transaction.atomic
def set_trim(
    fieldwork: Fieldwork, *, lower: Decimal | None, upper: Decimal | None, by: User
) -> Fieldwork:
    """Say between which bounds raked weights must stay (设定截尾界限); None leaves an end open.

    Raises:
        BadInput: a bound leaves no room for the mean weight.
        CollectionClosed, PermissionDenied: as for `set_margin`.
    """
    fresh = _open(fieldwork, by)
    ends = {"trim_lower": lower, "trim_upper": upper}
    reader = Reader()
    told = {key: "" if end is None else f"{end:f}" for key, end in ends.items()}
    trim_bounds(reader, Row(told, Place("")))
    reader.finish()
    before = {name: str(getattr(fresh, name)) for name in ends}
    fresh.trim_lower, fresh.trim_upper = lower, upper
    fresh.save(update_fields=list(ends))
    detail = {"lower": str(lower), "upper": str(upper), "before": before}
    record("margins.trim", by=by, city=fresh.city, subject=fresh, detail=detail)
    return fresh


def drop_lost_margins(fieldwork: Fieldwork, *, is_other_form: bool) -> int:
    """Take away margins that another questionnaire or design no longer has (清理人口边际)."""
    drawn = {*fieldwork.strata, *fieldwork.clusters[:1]}
    known = drawn if is_other_form else {each.key for each in margin_columns(fieldwork)}
    return fieldwork.margins.exclude(column__in=known).delete()[0]


def _open(fieldwork: Fieldwork, by: User) -> Fieldwork:
    check(by, EDIT, fieldwork)
    fresh = Fieldwork.objects.select_for_update(of=("self",)).get(pk=fieldwork.pk)
    if fresh.collection.state == CollectionState.CLOSED:
        raise CollectionClosed(round=fresh.collection.title_zh)
    return fresh


def _refuse_wrong(
    margins: Sequence[tuple[str, str, Sequence[Sequence[str]]]], column: MarginColumn
) -> None:
    """What the folder of a round would refuse is refused here, in the same words."""
    reader = Reader()
    rows = [Row(each, Place("")) for each in margin_rows(margins)]
    plan = raking_plan(reader, {"margins": rows}, Row({}, Place("")))
    if plan is not None and column.kind == "choices":
        _refuse_left_out(reader, plan, column)
    reader.finish()


def _refuse_left_out(reader: Reader, plan: RakingPlan, column: MarginColumn) -> None:
    margin = plan.margins[-1]
    known = dict(column.choices)
    for group in margin.groups:
        if group.name not in known:
            reader.refuse("margin_group_unknown", group.place, value=group.name)
    for key, words in column.choices:
        if margin.group_of(key) is None:
            reader.refuse("margin_choice_left_out", Place(""), column=column.title, value=words)
