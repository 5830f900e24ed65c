"""The map of a round's sites with its list, and the GeoJSON that it is drawn from."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wenming.base.access import city_of, person, requires
from wenming.core.permissions import Capability
from wenming.rounds.models import MapLayer
from wenming.rounds.queries import sites_text
from wenming.rounds.views.sites import may_edit, seen_sites

GEOJSON = "application/geo+json"
MOST_LISTED = 500


@requires(Capability.VIEW_EVIDENCE)
@require_safe
def site_map(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The sites that fit the filters, on the map and as a list beside it."""
    seen = seen_sites(request, pk)
    rows = seen.form.narrow(seen.rows)
    total = rows.count()
    listed = list(rows.order_by("pinyin", "pk")[:MOST_LISTED])
    datum = seen.form.wished_datum
    lines = [
        {
            "site": each,
            "type": seen.titles.get(each.site_type, each.site_type),
            "written": each.place.seen_in(datum) if each.place else None,
        }
        for each in listed
    ]
    context = {
        "round": seen.round,
        "form": seen.form,
        "lines": lines,
        "total": total,
        "beyond": total - len(listed),
        "unplaced": rows.filter(datum="").count(),
        "layers": MapLayer.objects.visible_to(person(request))
        .for_city(city_of(request))
        .defer("features")
        .order_by("position"),
        "tiles": settings.TILES_URL,
        "attribution": settings.TILES_ATTRIBUTION,
        "may_edit": may_edit(request),
        "tab": "map",
    }
    return render(request, "rounds/map.html", context)


@requires(Capability.VIEW_EVIDENCE)
@require_safe
def features(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The placed sites that fit the filters, as GeoJSON in WGS-84."""
    seen = seen_sites(request, pk)
    return HttpResponse(sites_text(seen.form.narrow(seen.rows)), content_type=GEOJSON)
