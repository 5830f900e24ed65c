"""What the office does with a plan of responsibilities: begin it, issue it, discard it."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from wenming.base.access import check_city
from wenming.base.models import User
from wenming.base.services.audit import record
from wenming.base.services.inbox import Asked, Asking, ask, settle
from wenming.base.transitions import transition
from wenming.core.errors import DomainError
from wenming.core.framework.canonical import digest
from wenming.core.lifecycle import PlanAction, PlanState
from wenming.core.permissions import Capability
from wenming.framework.models import Edition, Responsibility, ResponsibilityPlan
from wenming.framework.services.cells import locked_draft

ASSIGN = Capability.ASSIGN_RESPONSIBILITIES
READING_MINUTES = 15
COPIED = (
    "item", "condition", "unit_id", "unit_name", "role", "group", "group_key", "due", "target",
    "note",
)  # fmt: skip


class DraftExists(DomainError):
    """The edition has a draft already; it is continued or discarded first."""

    code = "plan_draft_exists"


class PlanEmpty(DomainError):
    """A plan without a single responsibility cannot be issued."""

    code = "plan_empty"


@transaction.atomic
def begin_draft(
    edition: Edition, *, by: User, based_on: ResponsibilityPlan | None = None
) -> ResponsibilityPlan:
    """Begin a draft (编制责任分解表) for an edition, as a copy of an earlier plan or empty.

    Args:
        based_on: a plan of the same edition; None begins empty.

    Raises:
        DraftExists: the edition has one.
        PermissionDenied: `by` may not assign responsibilities in the city.
    """
    check_city(by, ASSIGN, edition.city)
    Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.plans.filter(state=PlanState.DRAFT).exists():
        raise DraftExists(edition=edition.title_zh)
    plan = ResponsibilityPlan.objects.create(
        city=edition.city,
        edition=edition,
        state=PlanState.DRAFT,
        hash="",
        title=based_on.title if based_on else "",
        based_on=based_on,
        created_by=by,
    )
    if based_on is not None:
        rows = based_on.responsibilities.order_by("position").values(*COPIED)
        Responsibility.objects.bulk_create(
            Responsibility(city_id=plan.city_id, plan=plan, position=position, **row)
            for position, row in enumerate(rows)
        )
    record("plan.begin", by=by, city=plan.city, subject=plan, detail={"based_on": based_on})
    return plan


@transaction.atomic
def issue_plan(
    plan: ResponsibilityPlan, *, by: User, title: str, version: int
) -> ResponsibilityPlan:
    """Issue a draft (下发责任分解表): it gets its number, is frozen, and replaces the one before.

    Raises:
        PlanEmpty: there is no responsibility in it.
        PlanNotDraft, PlanChanged, PermissionDenied: see `assign`.
    """
    fresh = locked_draft(plan, by=by, version=version)
    rows = list(fresh.responsibilities.select_related("unit"))
    if not rows:
        raise PlanEmpty
    earlier = ResponsibilityPlan.objects.for_city(fresh.city)
    rows.sort(key=canonical)
    for position, row in enumerate(rows):
        row.position, row.unit_name = position, row.unit.name
    Responsibility.objects.bulk_update(rows, ["position", "unit_name"])
    replaced = earlier.filter(edition=fresh.edition_id, state=PlanState.ISSUED, number__gt=0)
    for each in replaced:
        transition(each, PlanAction.REPLACE, by=by)
        settle(each, code="duties_issued", by=by)
    last = earlier.aggregate(last=Max("number"))["last"] or 0
    named = [[*canonical(row), row.condition, row.note] for row in rows]
    issued = transition(
        fresh,
        PlanAction.ISSUE,
        by=by,
        title=title,
        number=last + 1,
        hash=digest([named, str(fresh.pk)]),
        issued_at=timezone.now(),
        issued_by=by,
    )
    _tell_units(issued, rows, by=by)
    return issued


def _tell_units(plan: ResponsibilityPlan, rows: Sequence[Responsibility], *, by: User) -> None:
    """Put the sheet of each unit into its inbox, with the points that hang on it."""
    points = dict(plan.edition.items.values_list("key", "points"))
    for unit in {row.unit_id: row.unit for row in rows}.values():
        keys = {row.item for row in rows if row.unit_id == unit.pk and not row.condition}
        worth = sum((points.get(key) or Decimal(0) for key in keys), Decimal(0))
        wanted = Asking(
            "duties_issued",
            to=Asked(unit=unit),
            subject=plan,
            address=reverse("framework:unit_duties", args=[unit.pk]),
            worth=worth or None,
            minutes=READING_MINUTES,
            facts={"count": len(keys)},
        )
        ask(wanted, city=plan.city, by=by)


def canonical(row: Responsibility) -> tuple[str, ...]:
    """The key by which responsibilities are ordered, in the database as in a file of a round."""
    due = row.due.isoformat() if row.due else ""
    return (due, row.group, row.item, row.role, row.target, row.unit_name)


@transaction.atomic
def discard_draft(plan: ResponsibilityPlan, *, by: User) -> None:
    """Throw a draft away (放弃草稿); what was issued stays.

    Raises:
        PlanNotDraft: the plan was issued.
        PermissionDenied: `by` may not assign responsibilities in the city.
    """
    fresh = locked_draft(plan, by=by, version=None)
    record("plan.discard", by=by, city=fresh.city, subject=fresh)
    fresh.delete()
