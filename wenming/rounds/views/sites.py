"""The sites of a round: the list, one site, and where it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_on
from wenming.base.tables import list_page
from wenming.core.permissions import Capability
from wenming.core.terms import Words
from wenming.files.datum import Datum, locate
from wenming.rounds.forms import DATUMS, PlaceForm, SiteFilter
from wenming.rounds.models import MapLayer, Round, Site, SiteQuerySet
from wenming.rounds.queries import latest_round, type_titles
from wenming.rounds.services import place_site
from wenming.rounds.tables import filter_of, sites_table


@dataclass(frozen=True, slots=True)
class SeenSites:
    """The sites of a round as one person sees them, with the filter that they chose."""

    round: Round
    rows: SiteQuerySet
    titles: Mapping[str, Words]
    form: SiteFilter


def seen_sites(request: HttpRequest, pk: UUID) -> SeenSites:
    """The sites of a round that the person who asks may see, or 404."""
    user, city = person(request), city_of(request)
    round_ = get_object_or_404(
        Round.objects.visible_to(user).for_city(city).select_related("checklist_set"), pk=pk
    )
    rows = Site.objects.visible_to(user).for_city(city).filter(round=round_)
    titles = type_titles(round_)
    form = filter_of(titles, rows)(request.GET, user=user, city=city)
    return SeenSites(round_, rows.select_related("unit"), titles, form)


@requires(Capability.VIEW_EVIDENCE)
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """The sites of the latest round."""
    found = latest_round(person(request), city_of(request))
    if found is None:
        return render(request, "rounds/no_round.html")
    return redirect("rounds:sites", pk=found.pk)


@requires(Capability.VIEW_EVIDENCE)
@require_safe
def sites(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The sites of a round as a list."""
    seen = seen_sites(request, pk)
    table = sites_table(seen.round, seen.titles, type(seen.form), seen.form.wished_datum)
    return list_page(
        request, table, seen.rows, template="rounds/sites.html", round=seen.round, tab="list"
    )


@requires(Capability.VIEW_EVIDENCE)
@require_safe
def site(request: HttpRequest, pk: UUID, site_pk: UUID) -> HttpResponse:
    """One site: what it is, whose it is, where it is, and what was seen there."""
    seen = seen_sites(request, pk)
    found = get_object_or_404(seen.rows, pk=site_pk)
    pages: Callable[[HttpRequest, Site], list[tuple[str, str]]]
    pages = import_string(settings.DESK_SITE_PAGES)
    place = found.place
    written = [
        (title, place.seen_in(Datum(key)), key == found.datum)
        for key, title in DATUMS
        if place is not None
    ]
    context = {
        "round": seen.round,
        "site": found,
        "site_type": seen.titles.get(found.site_type, found.site_type),
        "written": written,
        "pages": pages(request, found),
        "layers": MapLayer.objects.visible_to(person(request)).for_city(city_of(request)),
        "may_place": may_edit(request),
    }
    return render(request, "rounds/site.html", context)


@requires(Capability.EDIT_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, pk: UUID, site_pk: UUID) -> HttpResponse:
    """Say where a site is."""
    found = get_object_or_404(seen_sites(request, pk).rows, pk=site_pk)
    initial = {
        "longitude": found.given_longitude,
        "latitude": found.given_latitude,
        "datum": found.datum or Datum.GCJ02.value,
    }
    form = PlaceForm(request.POST or None, request=request, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with explain_on(form):
            where = None
            if given["longitude"] is not None:
                where = locate(given["longitude"], given["latitude"], Datum(given["datum"]))
            place_site(found, where, by=person(request))
            messages.success(request, _("The place of %(site)s was kept.") % {"site": found.name})
            return redirect("rounds:site", pk=pk, site_pk=found.pk)
    title = _("Where %(site)s is") % {"site": found.name}
    context = {"form": form, "title": title}
    return render(request, "base/form_page.html", context, status=form.status)


def may_edit(request: HttpRequest) -> bool:
    """Whether the person may place sites and change the map."""
    return person(request).may(Capability.EDIT_ORGANISATION, city=city_of(request))
