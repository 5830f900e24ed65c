"""The lists of the visits and of the panels of a round."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wenming.base import wording
from wenming.base.tables import Action, Column, Empty, Table, TableFilter
from wenming.core.lifecycle import PanelState, VisitState
from wenming.core.permissions import Capability
from wenming.core.terms import Words
from wenming.inspection.models import SiteVisit, VisitInspector
from wenming.inspection.models.panels import PANEL_METHODS
from wenming.rounds.models import Collection

STATE = "inspection/state_cell.html"


class VisitFilter(TableFilter):
    """Which visits of a round to list."""

    text = forms.CharField(label=_("Search"), max_length=60)
    state = forms.ChoiceField(label=_("Stage"))
    site_type = forms.ChoiceField(label=_("Site type"))
    person = forms.ChoiceField(label=_("Inspector"))
    planned_on = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}))

    seen: QuerySet[SiteVisit] = SiteVisit.objects.none()
    titles: Mapping[str, Words] | None = None

    def offer(self) -> None:
        """What the visits of the round have."""
        language = "en" if get_language() == "en" else "zh"
        states = [(s.value, wording.label("visit_state", s.value, language)) for s in VisitState]
        self.choices_of("state", states)
        types = sorted(set(self.seen.order_by().values_list("site_type", flat=True)))
        titles = self.titles or {}
        self.choices_of(
            "site_type", [(key, titles.get(key, Words(key)).in_language(language)) for key in types]
        )
        people = VisitInspector.objects.filter(visit__in=self.seen.values("pk"))
        named = people.values_list("person", "person__name", "person__pinyin").distinct()
        listed = sorted(named, key=lambda each: each[2])
        self.choices_of("person", [(str(pk), name) for pk, name, _pinyin in listed])

    def narrow(self, rows: QuerySet[Any]) -> Any:
        """The visits that fit."""
        for name, value in self.chosen.items():
            if name == "text":
                rows = rows.filter(
                    Q(site__title__icontains=value)
                    | Q(site__pinyin__icontains=value)
                    | Q(site__key__icontains=value)
                    | Q(route__icontains=value)
                )
            elif name == "person":
                rows = rows.filter(
                    pk__in=VisitInspector.objects.filter(person=value).values("visit")
                )
            else:
                rows = rows.filter(**{name: value})
        return rows


def pair_of(visit: SiteVisit) -> str:
    """The names of the pair (考察人员)."""
    return "、".join(sorted(each.person.name for each in visit.inspectors.all()))


def visits_table(seen: QuerySet[SiteVisit], titles: Mapping[str, Words]) -> Table:
    """The list of the visits of a round that a person sees (考察任务列表)."""
    narrowed = {"seen": seen, "titles": titles}
    return Table(
        key="visits",
        title=_("Visits"),
        columns=(
            Column("site.name", _("Site"), sort="site__pinyin"),
            Column(
                "site_type",
                _("Site type"),
                kind="words",
                value=lambda visit: titles.get(visit.site_type, Words(visit.site_type)),
                sort="site_type",
            ),
            Column("state", _("Stage"), template=STATE, label="visit_state", sort="state"),
            Column("planned_on", _("Day"), kind="day", sort="planned_on"),
            Column("route", _("Route"), sort="route"),
            Column("position", _("Place in the route"), kind="number", sort="position"),
            Column("pair", _("Inspectors"), value=pair_of),
            Column("failing", _("Not met"), kind="number", sort="failing"),
            Column("submitted_at", _("Handed in"), kind="moment", sort="submitted_at"),
            Column("version", _("Version"), kind="number", sort="version", is_optional=True),
            Column("site.street", _("Street"), sort="site__street", is_optional=True),
            Column("site.key", _("Number of the site"), sort="site__key", is_optional=True),
        ),
        sort="planned_on",
        filters=type("VisitFilterHere", (VisitFilter,), narrowed),
        address=lambda visit: reverse("inspection:visit", args=[visit.pk]),
        actions=(
            Action(
                "accept",
                _("Accept"),
                "inspection:accept_visits",
                capability=Capability.MANAGE_ROUNDS,
            ),
        ),
        empty=Empty(_("No visits are planned yet"), _("Choose sites, a pair and a day.")),
    )


class PanelFilter(TableFilter):
    """Which sessions of panels to list."""

    text = forms.CharField(label=_("Search"), max_length=60)
    method = forms.ChoiceField(label=_("Method"))
    state = forms.ChoiceField(label=pgettext_lazy("of a matter", "State"))

    def offer(self) -> None:
        """The methods and states with their words."""
        language = "en" if get_language() == "en" else "zh"
        for name, kind, codes in (
            ("method", "method", PANEL_METHODS),
            ("state", "panel_state", tuple(PanelState)),
        ):
            named = [(code.value, wording.label(kind, code.value, language)) for code in codes]
            self.choices_of(name, named)

    def narrow(self, rows: Any) -> Any:
        """The sessions that fit."""
        chosen = dict(self.chosen)
        text = chosen.pop("text", "")
        return rows.filter(**chosen, title__icontains=text)


def panels_table(collection: Collection) -> Table:
    """The list of the sessions of panels of a round (评议场次列表)."""
    return Table(
        key="panels",
        title=_("Panels"),
        columns=(
            Column("title", _("Session"), sort="title"),
            Column("method", _("Method"), label="method", sort="method"),
            Column("held_on", _("Day"), kind="day", sort="held_on"),
            Column(
                "state",
                pgettext_lazy("of a matter", "State"),
                label="panel_state",
                sort="state",
                template="inspection/panels/state_cell.html",
            ),
            Column("rated", _("Have rated"), kind="number"),
            Column("people", _("Assessors"), kind="number"),
            Column("closed_at", _("Counted at"), kind="moment", sort="closed_at", is_optional=True),
        ),
        sort="-held_on",
        filters=PanelFilter,
        address=lambda row: reverse("inspection:panel", args=[row.pk]),
        empty=Empty(
            _("No panel was called together yet"),
            _("A panel of assessors rates what the edition leaves to their judgement."),
        ),
    )
