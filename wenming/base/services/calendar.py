"""Changes a city's working calendar (工作日历): days of its own, and its working hours."""

from collections.abc import Sequence
from datetime import date, time

from django.db import transaction

from wenming.base.access import check_city
from wenming.base.models import CalendarDay, City, User
from wenming.base.services.audit import record
from wenming.core.calendar import DayKind, Rhythm
from wenming.core.permissions import Capability


@transaction.atomic
def set_special_day(city: City, day: date, kind: DayKind, *, name: str, by: User) -> CalendarDay:
    """Say that a city works or rests on a day (本地调休), whatever the country does.

    Raises:
        PermissionDenied: `by` may not edit the organisation of the city.
    """
    check_city(by, Capability.EDIT_ORGANISATION, city)
    special, _made = CalendarDay.objects.update_or_create(
        city=city, day=day, defaults={"kind": kind.value, "name": name}
    )
    facts = {"day": day, "kind": kind.value, "name": name}
    record("calendar.set_day", by=by, city=city, subject=special, detail=facts)
    return special


@transaction.atomic
def remove_special_day(special: CalendarDay, *, by: User) -> None:
    """Let a day be again what the country's calendar says (取消本地调休); once is enough.

    Raises:
        PermissionDenied: `by` may not edit the organisation of the city.
    """
    check_city(by, Capability.EDIT_ORGANISATION, special.city)
    gone, _each = CalendarDay.objects.filter(pk=special.pk).delete()
    if not gone:
        return
    facts = {"day": special.day, "kind": special.kind}
    record("calendar.remove_day", by=by, city=special.city, subject=special, detail=facts)


@transaction.atomic
def set_working_hours(city: City, spans: Sequence[tuple[time, time]], *, by: User) -> City:
    """Set the hours in which a city works (作息时间).

    Args:
        spans: in order, local time, whole minutes; empty for the usual hours.

    Raises:
        BadWorkingHours: the hours overlap, or one ends before it starts.
        PermissionDenied: `by` may not edit the organisation of the city.
    """
    check_city(by, Capability.EDIT_ORGANISATION, city)
    fresh = City.objects.select_for_update().get(pk=city.pk)
    hours = [[f"{start:%H:%M}", f"{end:%H:%M}"] for start, end in spans]
    if spans:
        Rhythm(spans=tuple(spans))
    before, fresh.working_hours = fresh.working_hours, hours
    fresh.save(update_fields=["working_hours"])
    facts = {"from": before, "to": hours}
    record("calendar.set_hours", by=by, city=fresh, subject=fresh, detail=facts)
    return fresh
