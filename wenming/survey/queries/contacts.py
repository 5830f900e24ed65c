"""What interviewers met with, beside the sheets they brought, and the rates that follow."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import TruncDate

from wenming.base.models import User
from wenming.core.lifecycle import SheetState
from wenming.core.response import Dispositions, ResponseRates, added_up, response_rates
from wenming.survey.models import ContactCount, Fieldwork, Sheet

Day = tuple[UUID | None, date]


@dataclass(frozen=True, slots=True)
class ContactDay:
    """One day of an interviewer (调查日): what was typed and what came in.

    Attributes:
        row: None where sheets came in and nothing was typed.
    """

    interviewer: User
    day: date
    row: ContactCount | None
    met: Dispositions


@dataclass(frozen=True, slots=True)
class WorkDone:
    """Contacts and rates of an interviewer, or of all together (应答情况).

    Attributes:
        interviewer: None for all.
        met: of the days of which contacts were typed.
        untyped: days with sheets of which nothing was typed; they are in no rate.
    """

    interviewer: User | None
    met: Dispositions
    rates: ResponseRates
    untyped: int


def days_of(fieldwork: Fieldwork, user: User) -> list[ContactDay]:
    """The days that a person sees of a round (调查日清单), the latest first."""
    sheets: dict[Day, Counter[str]] = {}
    counted = (
        Sheet.objects.visible_to(user)
        .filter(fieldwork=fieldwork, interviewer__isnull=False)
        .order_by()
        .values_list("interviewer", TruncDate("started_at"), "state")
        .annotate(n=Count("pk"))
    )
    for interviewer, day, state, n in counted:
        sheets.setdefault((interviewer, day), Counter())[state] += n
    rows = ContactCount.objects.visible_to(user).filter(fieldwork=fieldwork)
    typed: dict[Day, ContactCount] = {(row.interviewer_id, row.day): row for row in rows}
    people = User.objects.in_bulk({key for key, _day in (*sheets, *typed) if key})
    days = []
    for key in {*sheets, *typed}:
        row = typed.get(key)
        n = sheets.get(key, Counter())
        came = Dispositions(
            complete=n[SheetState.ACCEPTED] + n[SheetState.RECEIVED], other=n[SheetState.SET_ASIDE]
        )
        met = added_up([came, row.dispositions] if row else [came])
        days.append(ContactDay(people[key[0]], key[1], row, met))
    return sorted(days, key=lambda each: (-each.day.toordinal(), each.interviewer.pinyin))


def work_of(days: Sequence[ContactDay], interviewer: User | None = None) -> WorkDone:
    """Contacts and rates (应答率) of the days of one interviewer, or of all days.

    Source:
        docs/methods/response.md.
    """
    own = [each for each in days if interviewer is None or each.interviewer == interviewer]
    typed = [each.met for each in own if each.row is not None]
    met = added_up(typed)
    untyped = len(own) - len(typed)
    return WorkDone(interviewer, met, response_rates(met), untyped)


def work_by_interviewer(days: Sequence[ContactDay]) -> list[WorkDone]:
    """The same for each interviewer (按调查员), by name."""
    people = {each.interviewer.pk: each.interviewer for each in days}
    ordered = sorted(people.values(), key=lambda each: (each.pinyin, each.pk))
    return [work_of(days, each) for each in ordered]
