"""The working calendar: a year with its holidays, the city's own days, and working hours."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms.calendar import SpecialDayForm, WorkingHoursForm
from wenming.base.models import CalendarDay
from wenming.base.queries.calendar import country_years, rhythm_of, year_of
from wenming.base.services.calendar import (
    remove_special_day,
    set_special_day,
    set_working_hours,
)
from wenming.base.views.asking import Question, asked, sent
from wenming.core.calendar import DayKind
from wenming.core.permissions import Capability

EDIT = Capability.EDIT_ORGANISATION
METHODS = ["GET", "HEAD", "POST"]
EARLIEST, LATEST = 2000, 2099
Said = Mapping[str, Any]


@requires(Capability.VIEW_ORGANISATION)
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """One year; a year whose holidays are not published yet says so."""
    written, city = request.GET.get("year", ""), city_of(request)
    year = int(written) if written.isdecimal() and len(written) == len("2026") else 0
    if not EARLIEST <= year <= LATEST:
        year = localdate().year
    context = {
        "shown": year_of(city, year),
        "known": [each.year for each in country_years()],
        "spans": rhythm_of(city).spans,
        "is_usual": not city.working_hours,
        "before": year - 1 if year > EARLIEST else None,
        "after": year + 1 if year < LATEST else None,
        "today": localdate(),
        "may_edit": person(request).may(EDIT, city=city),
    }
    return render(request, "base/calendar/year.html", context)


@requires(EDIT)
@require_http_methods(METHODS)
def special_day(request: HttpRequest) -> HttpResponse:
    """Say that the city works or rests on a day, whatever the country does."""
    initial = {"day": request.GET.get("day", "")[:10]}
    form = SpecialDayForm(sent(request), request=request, initial=initial)

    def act(said: Said) -> str:
        set_special_day(
            city_of(request),
            said["day"],
            DayKind(said["kind"]),
            name=said["name"],
            by=person(request),
        )
        return f"{reverse('base:calendar')}?year={said['day'].year}"

    question = _question(
        _("A day of the city's own"),
        done=_("The day was set; deadlines that are counted from now on heed it."),
    )
    return asked(request, form, question, act)


@requires(EDIT)
@require_POST
def drop_day(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a day be again what the country's calendar says."""
    seen = CalendarDay.objects.visible_to(person(request)).for_city(city_of(request))
    special = get_object_or_404(seen.select_related("city"), pk=pk)
    remove_special_day(special, by=person(request))
    messages.success(request, _("The day is again what the country's calendar says."))
    return redirect(f"{reverse('base:calendar')}?year={special.day.year}")


@requires(EDIT)
@require_http_methods(METHODS)
def hours(request: HttpRequest) -> HttpResponse:
    """Set the hours in which the city works."""
    city = city_of(request)
    initial: dict[str, Any] = {}
    if city.working_hours:
        for n, (start, end) in enumerate(rhythm_of(city).spans[:2], start=1):
            initial |= {f"from_{n}": start, f"until_{n}": end}
    form = WorkingHoursForm(sent(request), request=request, initial=initial)
    question = _question(
        _("Working hours"),
        done=_("The working hours were set; deadlines that are counted from now on heed them."),
    )

    def act(_said: Said) -> None:
        set_working_hours(city, form.spans, by=person(request))

    return asked(request, form, question, act)


def _question(title: str, *, done: str) -> Question:
    back = reverse("base:calendar")
    return Question(title=title, back=back, within=_("Working calendar"), done=done)
