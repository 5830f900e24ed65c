"""Sites as lists and maps show them: names of their types, and GeoJSON."""

import json
from collections.abc import Iterable

from wenming.base.models import City, User
from wenming.core.terms import Words
from wenming.files.geojson import Feature, geojson_text
from wenming.rounds.models import MapLayer, RegisteredSite, Round, Site


def latest_round(user: User, city: City) -> Round | None:
    """The round (轮次) that a person sees first: the one with the latest end of its period."""
    seen = Round.objects.visible_to(user).for_city(city)
    return seen.order_by("-period_to", "-loaded_at").first()


def type_titles(round_: Round) -> dict[str, Words]:
    """Names of the site types (点位类型) of a round by key, as its checklists give them."""
    if round_.checklist_set is None:
        return {}
    rows = round_.checklist_set.content.get("site_types", [])
    return {row["key"]: Words(row["title_zh"], row.get("title_en", "")) for row in rows}


def sites_text(sites: Iterable[Site | RegisteredSite]) -> str:
    """The placed ones of some sites (点位) as GeoJSON text, in WGS-84."""
    return geojson_text(
        Feature(
            "Point",
            [site.longitude or 0.0, site.latitude or 0.0],
            {"name": site.name, "site_type": site.site_type, "key": str(site.pk)},
        )
        for site in sites
        if site.datum
    )


def layer_text(layer: MapLayer) -> str:
    """A layer (图层) as GeoJSON text, in WGS-84."""
    return json.dumps(layer.features, ensure_ascii=False, separators=(",", ":"))
