"""Writes down what interviewers met with on a day; a correction replaces it and leaves a trace."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from wenming.base.access import PermissionDenied, check
from wenming.base.models import User
from wenming.base.services.audit import record
from wenming.core.errors import DomainError
from wenming.core.permissions import Capability
from wenming.core.terms import AssignmentRole
from wenming.rounds.queries.collections import is_assigned
from wenming.rounds.services.collections import require_open
from wenming.survey.models import ContactCount, Fieldwork

MOST_A_DAY = 10_000


class ContactDayWrong(DomainError):
    """The day lies in the future, or before the round begins."""

    code = "contact_day_wrong"


class ContactsByNobody(DomainError):
    """Whose contacts they are said to be does not interview in the round."""

    code = "contacts_by_nobody"


@dataclass(frozen=True, slots=True)
class DayContacts:
    """What was met with on a day beside interviews (当日接触情况); see `Dispositions`."""

    refused: int = 0
    not_reached: int = 0
    not_eligible: int = 0
    unknown_eligibility: int = 0


@transaction.atomic
def count_contacts(
    fieldwork: Fieldwork, interviewer: User, day: date, met: DayContacts, *, by: User
) -> ContactCount:
    """Say what an interviewer met with on a day (登记接触情况), in place of what was said before.

    Interviewers say it of themselves, the office of everybody who interviews in the round.

    Raises:
        PermissionDenied: `by` is neither the interviewer nor of the office.
        ContactsByNobody: the person does not interview in the round.
        ContactDayWrong: see above.
        CollectionNotOpen: the round takes nothing in now.
    """
    if by.pk != interviewer.pk or not by.may(Capability.INTERVIEW, city=fieldwork.city):
        check(by, Capability.EDIT_QUESTIONNAIRE, fieldwork)
    round_ = fieldwork.collection
    if not is_assigned(round_, interviewer, AssignmentRole.INTERVIEWER):
        if by.pk == interviewer.pk:
            raise PermissionDenied(capability=Capability.INTERVIEW.value)
        raise ContactsByNobody(name=interviewer.name)
    require_open(round_)
    if not round_.period_from <= day <= timezone.localdate():
        raise ContactDayWrong(day=day.isoformat(), first=round_.period_from.isoformat())
    Fieldwork.objects.select_for_update(of=("self",), no_key=True).get(pk=fieldwork.pk)
    found = ContactCount.objects.filter(fieldwork=fieldwork, interviewer=interviewer, day=day)
    before = found.values(*asdict(met)).first()
    made, _ = ContactCount.objects.update_or_create(
        fieldwork=fieldwork,
        interviewer=interviewer,
        day=day,
        defaults={
            "city": fieldwork.city, "entered_by": by, "entered_at": timezone.now(), **asdict(met)
        },
    )  # fmt: skip
    detail = {"name": interviewer.name, "day": day.isoformat(), **asdict(met), "before": before}
    record("contacts.count", by=by, city=fieldwork.city, subject=made, detail=detail)
    return made
