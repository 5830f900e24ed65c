"""The list of sites, with their places written in the datum that one chose."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wenming.base.tables import Column, Empty, Table
from wenming.core.terms import Words
from wenming.files.datum import Datum
from wenming.rounds.forms import SiteFilter
from wenming.rounds.models import Round, Site, SiteQuerySet


def filter_of(titles: Mapping[str, Words], seen: SiteQuerySet) -> type[SiteFilter]:
    """The filter of the sites that a person sees in a round."""
    return type("SiteFilterHere", (SiteFilter,), {"rows": seen, "titles": titles})


def sites_table(
    round_: Round, titles: Mapping[str, Words], form: type[SiteFilter], datum: Datum
) -> Table:
    """The list of the sites of a round."""
    return Table(
        key="sites",
        title=_("Sites"),
        columns=(
            Column("name", _("Site"), sort="pinyin"),
            Column(
                "site_type",
                _("Site type"),
                kind="words",
                value=lambda site: titles.get(site.site_type, site.site_type),
                sort="site_type",
            ),
            Column("county", _("County"), sort="county"),
            Column("street", _("Street"), sort="street"),
            Column("unit_name", _("Unit of the site"), sort="unit__pinyin"),
            Column("longitude", _("Longitude"), value=_degrees(datum, 0)),
            Column("latitude", _("Latitude"), value=_degrees(datum, 1)),
            Column("datum", _("Given in"), label="datum", is_optional=True),
            Column("key", _("Key"), sort="key", is_optional=True),
        ),
        sort="name",
        filters=form,
        address=lambda site: reverse("rounds:site", args=[round_.pk, site.pk]),
        opens_in_drawer=True,
        empty=Empty(
            _("No site that you may see"),
            _("The sites of a round come with its register; a unit sees its own sites only."),
        ),
    )


def _degrees(datum: Datum, which: int) -> Callable[[Site], Decimal | None]:
    """Longitude (0) or latitude (1) of a site to a tenth of a metre."""

    def written(site: Site) -> Decimal | None:
        place = site.place
        return None if place is None else Decimal(f"{place.seen_in(datum)[which]:.6f}")

    return written
