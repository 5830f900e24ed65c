"""Visits on the desk: the list of a round, planning, one visit, acceptance and return."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_in_notice
from wenming.base.models import CityQuerySet
from wenming.base.tables import chosen_rows, list_page
from wenming.base.views.asking import Question, asked, sent
from wenming.core.framework import Checklist
from wenming.core.lifecycle import CollectionState
from wenming.core.permissions import Capability
from wenming.core.terms import AssignmentRole
from wenming.framework.queries import checklists_of
from wenming.inspection.forms import plan_form, return_form
from wenming.inspection.models import SiteVisit, VisitSheet
from wenming.inspection.queries.progress import by_type
from wenming.inspection.queries.records_out import record_lines
from wenming.inspection.queries.routes import metres
from wenming.inspection.services.deciding import accept_visit, accept_visits, return_visit
from wenming.inspection.services.planning import DayPlan, drop_visit, plan_visits
from wenming.inspection.tables import pair_of, visits_table
from wenming.rounds.models import Collection, DrawPick, RegisteredSite
from wenming.rounds.queries.collections import assigned, titles_in

VIEW, MANAGE = Capability.VIEW_VISITS, Capability.MANAGE_ROUNDS
METHODS = ["GET", "HEAD", "POST"]
PLAN = "inspection/plan.html"


def seen_visits(request: HttpRequest) -> CityQuerySet[SiteVisit]:
    """The visits that the person who asks sees in the city at hand."""
    return SiteVisit.objects.visible_to(person(request)).for_city(city_of(request))


def found_visit(request: HttpRequest, pk: UUID) -> SiteVisit:
    """A visit that the person who asks sees, or 404."""
    rows = seen_visits(request).select_related("site__unit", "collection__checklist_set", "city")
    return get_object_or_404(rows, pk=pk)


def found_round(request: HttpRequest, pk: UUID) -> Collection:
    """A round that the person who asks sees, or 404."""
    rows = Collection.objects.visible_to(person(request)).for_city(city_of(request))
    return get_object_or_404(rows.select_related("checklist_set", "city"), pk=pk)


@requires(VIEW)
@require_safe
def visits(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The visits of a round, and how far each type of site is."""
    round_ = found_round(request, pk)
    seen = seen_visits(request).filter(collection=round_)
    failing = Count(
        "sheets__records",
        filter=Q(sheets__version=F("last"), sheets__records__outcome="not_conform"),
    )
    rows = (
        seen.annotate(last=_last_version())
        .annotate(failing=failing)
        .select_related("site")
        .prefetch_related("inspectors__person")
    )
    return list_page(
        request,
        visits_table(seen, titles_in(round_.checklist_set)),
        rows,
        template="inspection/visits.html",
        round=round_,
        types=by_type(round_, seen),
        may_manage=_may_manage(request) and round_.state != CollectionState.CLOSED,
    )


def _last_version() -> Subquery:
    sheets = VisitSheet.objects.filter(visit=OuterRef("pk")).order_by("-version")
    return Subquery(sheets.values("version")[:1])


def _may_manage(request: HttpRequest) -> bool:
    return person(request).may(MANAGE, city=city_of(request))


@requires(VIEW)
@require_safe
def records(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """What was seen on the visits of a round, line by line, as a CSV file."""
    round_ = found_round(request, pk)
    language = "en" if get_language() == "en" else "zh"
    lines = record_lines(person(request), round_, language)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"records-{round_.key}.csv"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


@requires(MANAGE)
@require_http_methods(METHODS)
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Plan visits: choose sites of a type, a pair and a day."""
    round_ = found_round(request, pk)
    titles = titles_in(round_.checklist_set)
    register = RegisteredSite.objects.visible_to(person(request)).for_city(round_.city).in_use()
    planned = seen_visits(request).filter(collection=round_)
    left = register.filter(site_type__in=list(titles)).exclude(pk__in=planned.values("site"))
    numbers = dict(left.order_by().values_list("site_type").annotate(n=Count("pk")))
    site_type = request.GET.get("type", "")
    form = plan_form(sent(request), round_, request=request)
    sites = left.filter(site_type=site_type).order_by("pinyin", "pk")
    form.offer(sites, assigned(round_, AssignmentRole.INSPECTOR))
    types = [(key, title, numbers[key]) for key, title in titles.items() if key in numbers]
    question = Question(
        title=_("Plan visits"),
        back=reverse("inspection:visits", args=[round_.pk]),
        within=_("Visits"),
        done=_("The visits were planned; the pair finds them on the phone."),
        submit=_("Plan"),
    )

    def act(given: Mapping[str, Any]) -> None:
        day = DayPlan(given["day"], (given["first"], given["second"]), given["route"])
        plan_visits(round_, list(given["sites"]), day, by=person(request))

    shown = {"types": types, "site_type": site_type if site_type in numbers else ""}
    return asked(request, form, question, act, template=PLAN, round=round_, **shown)


@requires(VIEW)
@require_safe
def visit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One visit: who, when, what was seen, with photographs, and every version."""
    found = found_visit(request, pk)
    sheets = list(found.sheets.select_related("taken_by").order_by("-version"))
    shown = next((s for s in sheets if str(s.version) == request.GET.get("version")), None)
    sheet = shown or (sheets[0] if sheets else None)
    checklist = checklists_of(found.collection.checklist_set).by_type.get(found.site_type)
    picks = DrawPick.objects.visible_to(person(request)).filter(visit=found)
    context = {
        "visit": found,
        "pick": picks.select_related("stands_for", "draw").first() if found.pick_id else None,
        "sheet": sheet,
        "sheets": sheets,
        "lines": _lines(sheet, checklist),
        "type": checklist.title if checklist else found.site_type,
        "pair": pair_of(found),
        "away": _away(found, sheet),
        "remarks": {each["line"]: each["text"] for each in found.remarks},
        "may_manage": _may_manage(request) and found.collection.is_open,
    }
    return render(request, "inspection/visit.html", context)


def _lines(sheet: VisitSheet | None, checklist: Checklist | None) -> list[dict[str, Any]]:
    """Each record with its line and photographs, in the order of the checklist."""
    if sheet is None:
        return []
    known = {line.key: line for line in checklist.lines} if checklist else {}
    photos = list(sheet.photos.order_by("taken_at", "pk"))
    return [
        {
            "record": record,
            "line": known.get(record.line),
            "photos": [photo for photo in photos if photo.line == record.line],
        }
        for record in sheet.records.order_by("position")
    ]


def _away(visit: SiteVisit, sheet: VisitSheet | None) -> int | None:
    """How far from the site the sheet was begun, in metres; None where either is not known."""
    site = visit.site
    if sheet is None or sheet.longitude is None or site.longitude is None:
        return None
    here = (sheet.longitude, sheet.latitude or 0.0)
    return round(metres((site.longitude, site.latitude or 0.0), here))


@requires(MANAGE)
@require_POST
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take one visit as evidence."""
    found = found_visit(request, pk)
    with explain_in_notice(request):
        accept_visit(found, by=person(request))
        messages.success(request, _("The visit was accepted as evidence."))
    return redirect("inspection:visit", found.pk)


@requires(MANAGE)
@require_POST
def accept_many(request: HttpRequest) -> HttpResponse:
    """Take the ticked visits as evidence, all of them or none."""
    chosen = list(chosen_rows(request, seen_visits(request)).select_related("collection", "site"))
    with explain_in_notice(request):
        n = accept_visits(chosen, by=person(request))
        said = ngettext("%(n)d visit was accepted.", "%(n)d visits were accepted.", n)
        messages.success(request, said % {"n": n})
    if not chosen:
        return redirect("rounds:collections")
    return redirect("inspection:visits", chosen[0].collection_id)


@requires(MANAGE)
@require_http_methods(METHODS)
def send_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a visit back to the pair, with remarks on its lines."""
    found = found_visit(request, pk)
    checklist = checklists_of(found.collection.checklist_set).by_type.get(found.site_type)
    language = "en" if get_language() == "en" else "zh"
    lines = checklist.lines if checklist else ()
    titles = {line.key: line.title.in_language(language) for line in lines}
    form = return_form(sent(request), found, titles, request=request)
    question = Question(
        title=_("Return the visit of %(site)s") % {"site": found.site.name},
        back=reverse("inspection:visit", args=[found.pk]),
        within=_("Visit of a site"),
        done=_("The visit was returned; both of the pair were told."),
        submit=_("Return"),
    )

    def act(given: Mapping[str, Any]) -> None:
        return_visit(found, because=given["because"], remarks=form.remarks, by=person(request))

    return asked(request, form, question, act)


@requires(MANAGE)
@require_POST
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a visit out of the plan."""
    found = found_visit(request, pk)
    with explain_in_notice(request):
        drop_visit(found, by=person(request))
        messages.success(request, _("The visit was taken out of the plan."))
        return redirect("inspection:visits", found.collection_id)
    return redirect("inspection:visit", found.pk)
