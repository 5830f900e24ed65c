"""The register of sites: the list, the map, one site, and its changes."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_in_notice, explain_on
from wenming.base.tables import list_page
from wenming.base.views.asking import Question, asked, sent
from wenming.core.permissions import Capability
from wenming.core.terms import Words
from wenming.files.datum import Datum
from wenming.rounds.forms import DATUMS
from wenming.rounds.forms.register import RetireForm, SiteForm, site_as_typed
from wenming.rounds.models import MapLayer, RegisteredSite, RegisterQuerySet, Site
from wenming.rounds.queries import sites_text
from wenming.rounds.queries.collections import checklists_in_force, titles_in
from wenming.rounds.services import sites as services
from wenming.rounds.tables.register import RegisterFilter, filter_of, register_table
from wenming.rounds.views.map import GEOJSON, MOST_LISTED

VIEW, EDIT = Capability.VIEW_EVIDENCE, Capability.EDIT_REGISTER
METHODS = ["GET", "HEAD", "POST"]


def seen_register(request: HttpRequest) -> RegisterQuerySet:
    """The sites of the register that the person who asks sees."""
    seen: RegisterQuerySet = RegisteredSite.objects.visible_to(person(request))
    return seen.for_city(city_of(request)).select_related("unit")


def type_names(request: HttpRequest) -> Mapping[str, Words]:
    """What the site types are called."""
    return titles_in(checklists_in_force(city_of(request)))


def _may_edit(request: HttpRequest) -> bool:
    return person(request).may(EDIT, city=city_of(request))


def _layers(request: HttpRequest) -> Any:
    seen = MapLayer.objects.visible_to(person(request)).for_city(city_of(request))
    return seen.defer("features").order_by("position")


@requires(VIEW)
@require_safe
def register(request: HttpRequest) -> HttpResponseBase:
    """The register as a list."""
    seen = seen_register(request)
    table = register_table(seen, type_names(request))
    may_edit = _may_edit(request)
    return list_page(request, table, seen, template="rounds/register/list.html", may_edit=may_edit)


def filtered_register(request: HttpRequest) -> RegisterQuerySet:
    """The sites that fit the filters of the address."""
    return _filtered(request)[1]


def _filtered(request: HttpRequest) -> tuple[RegisterFilter, RegisterQuerySet]:
    seen = seen_register(request)
    kind = filter_of(seen, type_names(request))
    form = kind(request.GET, user=person(request), city=city_of(request))
    rows: RegisterQuerySet = form.narrow(seen)
    return form, rows


@requires(VIEW)
@require_safe
def register_map(request: HttpRequest) -> HttpResponse:
    """The sites that fit the filters, on the map and as a list beside it."""
    form, rows = _filtered(request)
    titles, total = type_names(request), rows.count()
    listed = list(rows.order_by("pinyin", "pk")[:MOST_LISTED])
    lines = [
        {
            "site": each,
            "type": titles.get(each.site_type, Words(each.site_type)),
            "written": each.place.seen_in(Datum.WGS84) if each.place else None,
        }
        for each in listed
    ]
    context = {
        "form": form,
        "lines": lines,
        "total": total,
        "beyond": total - len(listed),
        "unplaced": rows.filter(datum="").count(),
        "layers": _layers(request),
        "tiles": settings.TILES_URL,
        "attribution": settings.TILES_ATTRIBUTION,
        "may_edit": person(request).may(Capability.EDIT_ORGANISATION, city=city_of(request)),
    }
    return render(request, "rounds/register/map.html", context)


@requires(VIEW)
@require_safe
def features(request: HttpRequest) -> HttpResponse:
    """The placed sites that fit the filters, as GeoJSON in WGS-84."""
    _form, rows = _filtered(request)
    return HttpResponse(sites_text(rows), content_type=GEOJSON)


@requires(VIEW)
@require_safe
def site(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One site: what it is, whose it is, where it is, and which rounds looked at it."""
    found = get_object_or_404(seen_register(request).select_related("unit", "changed_by"), pk=pk)
    place, titles = found.place, type_names(request)
    looked = Site.objects.visible_to(person(request)).for_city(found.city).filter(key=found.key)
    context = {
        "site": found,
        "site_type": titles.get(found.site_type, Words(found.site_type)),
        "more_types": [titles.get(key, Words(key)) for key in found.more_types],
        "written": [(title, place.seen_in(Datum(key)), key == found.datum) for key, title in DATUMS]
        if place is not None
        else [],
        "layers": _layers(request),
        "rounds": looked.select_related("round").order_by("-round__loaded_at"),
        "may_edit": _may_edit(request),
    }
    return render(request, "rounds/register/site.html", context)


@requires(EDIT)
@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """Take a site into the register."""
    form = SiteForm(
        sent(request),
        request=request,
        draft="register-new",
        initial={"datum": Datum.GCJ02.value},
    )
    if request.method == "POST" and form.is_valid():
        with explain_on(form, field="key"):
            made = services.make_site(city_of(request), form.details, by=person(request))
            form.accept()
            messages.success(request, _("The site stands in the register."))
            return redirect("rounds:register_site", pk=made.pk)
    context = {"form": form, "title": _("Add a site"), "question": _at_list(_("Add a site"))}
    return render(request, "base/asked.html", context, status=form.status)


@requires(EDIT)
@require_http_methods(METHODS)
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what the register says of a site."""
    found = get_object_or_404(seen_register(request), pk=pk)
    form = SiteForm(sent(request), request=request, initial=site_as_typed(found))
    question = _at_site(found, _("Change the site"), done=_("The site was changed."))

    def act(_said: Mapping[str, Any]) -> None:
        services.change_site(found, form.details, by=person(request))

    return asked(request, form, question, act)


@requires(EDIT)
@require_http_methods(METHODS)
def retire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a site out of the register from a day on."""
    found = get_object_or_404(seen_register(request), pk=pk)
    form = RetireForm(sent(request), request=request, initial={"day": localdate()})
    question = _at_site(
        found,
        _("Take the site out of the register"),
        done=_("The site was taken out; what was seen there stays."),
        advice=_("Rounds planned from then on do not look at it. It can be taken back."),
        submit=_("Take it out"),
    )

    def act(said: Mapping[str, Any]) -> None:
        services.retire_site(found, day=said["day"], by=person(request))

    return asked(request, form, question, act)


@requires(EDIT)
@require_POST
def restore(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a site back into the register."""
    found = get_object_or_404(seen_register(request), pk=pk)
    with explain_in_notice(request):
        services.restore_site(found, by=person(request))
        messages.success(request, _("The site was taken back."))
    return redirect("rounds:register_site", pk=found.pk)


def _at_list(title: str) -> Question:
    return Question(
        title=title, back=reverse("rounds:register"), within=_("Register of sites"), done=""
    )


def _at_site(found: RegisteredSite, title: str, **more: Any) -> Question:
    back = reverse("rounds:register_site", args=[found.pk])
    return Question(title=title, back=back, within=found.name, **more)
