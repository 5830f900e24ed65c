"""The plan of responsibilities of the invented city is issued, and three units object to it."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from wenming.base.models import City, InboxEntry, User
from wenming.config.staging.people import Staff
from wenming.core.terms import Role
from wenming.framework.models import Responsibility, ResponsibilityPlan
from wenming.framework.services.noting import take_note
from wenming.framework.services.objections import dismiss, raise_objection, uphold
from wenming.framework.services.plans import begin_draft, issue_plan
from wenming.rounds.models import Collection
from wenming.submission.services.telling import remind_units

_TITLE = "2026 年责任分解表（演示）"
_READ = 0.8
_REASONS = (
    "本单位没有这项职能，请核定（演示）",
    "与本单位三定方案不符（演示）",
    "该项工作已划转（演示）",
)


def issue_duties(coming: Collection, *, staff: Staff) -> ResponsibilityPlan:
    """Issue the plan, have most units read it and three object; ask for what is lacking (下发责任).

    One objection is dismissed, one upheld (so that the next draft is begun), one stays open. Both
    units that can log in keep their sheet in the inbox.
    """
    loaded = coming.responsibility_plan
    draft = begin_draft(coming.edition, by=staff.office, based_on=loaded)
    plan = issue_plan(draft, by=staff.office, title=_TITLE, version=draft.version)
    _read(plan.city, staff.speakers)
    objections = [
        raise_objection(duty, by=speaker, reason=reason)
        for (duty, speaker), reason in zip(_disputed(plan, staff.speakers), _REASONS, strict=False)
    ]
    if len(objections) == len(_REASONS):
        dismiss(objections[1], by=staff.office, ruling="职能依据充分，维持原分工（演示）")
        uphold(objections[2], by=staff.office, ruling="情况属实，另行确定（演示）")
    remind_units(coming, by=staff.office)
    return plan


def _disputed(
    plan: ResponsibilityPlan, speakers: Mapping[UUID, User]
) -> Iterator[tuple[Responsibility, User]]:
    """A part of each unit, supporting if it has one: first of those that can log in."""
    rows = plan.responsibilities.filter(unit__in=list(speakers)).select_related("plan", "unit")
    first: dict[UUID, Responsibility] = {}
    for row in sorted(rows, key=lambda row: (row.role != Role.SUPPORTING, row.position)):
        first.setdefault(row.unit_id, row)
    logins = sorted(first, key=lambda unit: not _can_log_in(speakers[unit]))
    for unit in logins:
        yield first[unit], speakers[unit]


def _read(city: City, speakers: Mapping[UUID, User]) -> None:
    told = InboxEntry.objects.for_city(city).open().filter(code="duties_issued")
    told = told.filter(unit__in=[unit for unit, who in speakers.items() if not _can_log_in(who)])
    for entry in told.order_by("pk")[: round(told.count() * _READ)]:
        if entry.unit_id is not None:
            take_note(entry, by=speakers[entry.unit_id])


def _can_log_in(person: User) -> bool:
    return person.has_usable_password()
