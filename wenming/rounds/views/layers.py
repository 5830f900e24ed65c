"""The layers of the city's own map: listed, added from GeoJSON, taken away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_on
from wenming.core.permissions import Capability
from wenming.files.datum import Datum
from wenming.rounds.forms import LayerForm
from wenming.rounds.models import LayerKind, MapLayer
from wenming.rounds.queries import layer_text
from wenming.rounds.services import add_layer, drop_layer
from wenming.rounds.services.layers import LayerWish
from wenming.rounds.views.map import GEOJSON


def _seen(request: HttpRequest):  # type: ignore[no-untyped-def]
    return MapLayer.objects.visible_to(person(request)).for_city(city_of(request))


@requires(Capability.EDIT_ORGANISATION)
@require_safe
def layers(request: HttpRequest) -> HttpResponse:
    """What the city's own map is made of."""
    shown = _seen(request).defer("features").select_related("source").order_by("-position")
    return render(request, "rounds/layers.html", {"layers": shown})


@requires(Capability.EDIT_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def add_map_layer(request: HttpRequest) -> HttpResponse:
    """Add a layer from a file; a file with mistakes is told all of them."""
    form = LayerForm(request.POST or None, request.FILES or None, request=request, draft="layer")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        wish = LayerWish(
            given["title"], LayerKind(given["kind"]), Datum(given["datum"]), given["file"]
        )
        with explain_on(form, field="file"):
            layer = add_layer(wish, city=city_of(request), by=person(request))
            form.accept()
            said = ngettext(
                "“%(title)s” is on the map: %(n)s feature.",
                "“%(title)s” is on the map: %(n)s features.",
                layer.count,
            )
            messages.success(request, said % {"title": layer.title, "n": layer.count})
            return redirect("rounds:layers")
    context = {"form": form, "title": _("Add a layer to the map")}
    return render(request, "base/form_page.html", context, status=form.status)


@requires(Capability.EDIT_ORGANISATION)
@require_POST
def drop_map_layer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a layer off the map."""
    found = get_object_or_404(_seen(request), pk=pk)
    title = found.title
    drop_layer(found, by=person(request))
    messages.success(request, _("“%(title)s” was taken off the map.") % {"title": title})
    return redirect("rounds:layers")


@requires(Capability.VIEW_ORGANISATION)
@require_safe
def layer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A layer as GeoJSON, in WGS-84."""
    found = get_object_or_404(_seen(request), pk=pk)
    return HttpResponse(layer_text(found), content_type=GEOJSON)
