"""Words of places and of the map."""

from collections.abc import Mapping

from wenming.base.language import marked as _

PLACE_LABELS: Mapping[str, Mapping[str, str]] = {
    "layer_kind": {
        "boundary": _("Boundaries"),
        "grid": _("Grids"),
        "water": _("Water"),
        "green": _("Green land"),
        "road": _("Roads"),
    },
    "datum": {
        "wgs84": _("WGS-84 (GPS)"),
        "cgcs2000": _("CGCS2000 (national)"),
        "gcj02": _("GCJ-02 (AutoNavi, Tencent)"),
        "bd09": _("BD-09 (Baidu)"),
    },
}
"""Words by kind and code."""
