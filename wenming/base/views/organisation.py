"""The organisation tree, the list of units, and the page of one unit."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import BooleanField, Case, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms.units import kind_choices
from wenming.base.models import Group, Post, Unit
from wenming.base.queries.organisation import changes_of, tree_of
from wenming.base.queries.units import Units, held_on, listed_units, units_named
from wenming.base.tables import Action, Column, Empty, Table, TableFilter, list_page
from wenming.base.views.unit_parts import in_place, related_of
from wenming.core.permissions import Capability

C = Capability
LONGEST = 100
WITHOUT = "none"


def seen_units(request: HttpRequest) -> Units:
    """The units that the person sees."""
    return Unit.objects.visible_to(person(request)).for_city(city_of(request))


def found_unit(request: HttpRequest, pk: UUID) -> Unit:
    """A unit that the person sees, or 404."""
    return get_object_or_404(seen_units(request).select_related("group", "parent", "city"), pk=pk)


@requires(C.VIEW_ORGANISATION)
@require_safe
def organisation(request: HttpRequest) -> HttpResponse:
    """The tree: committee and office, working groups with their units, counties and below."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    tree = tree_of(seen_units(request), day=localdate(), text=text)
    is_open = bool(text) or request.GET.get("open") == "all"
    context = {"tree": tree, "text": text, "is_open": is_open}
    return render(request, "base/organisation/tree.html", context)


def _all_in_place() -> Case:
    """Whether all three are said to be in place; what nobody has said is not."""
    return Case(
        When(bodies=True, people=True, funds=True, then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )


class UnitFilter(TableFilter):
    """By what units are narrowed down."""

    text = forms.CharField(label=_("Name, former name, initials"))
    kind = forms.ChoiceField(label=_("Kind"), choices=kind_choices)
    group = forms.ChoiceField(label=_("Working group"))
    state = forms.ChoiceField(
        label=_("Status"), choices=[("active", _("In being")), ("dissolved", _("Dissolved"))]
    )
    liaison = forms.ChoiceField(
        label=_("Liaison person"), choices=[("with", _("named")), ("without", _("missing"))]
    )
    in_place = forms.ChoiceField(
        label=_("Body, people, funds"),
        choices=[("all", _("all in place")), ("lacking", _("something lacking"))],
    )

    def offer(self) -> None:
        """The working groups of the city, and whether one was given at all."""
        groups = Group.objects.visible_to(self.user).for_city(self.city)
        named = [(str(each.pk), each.title_zh) for each in groups.order_by("position", "key")]
        self.choices_of("group", [*named, (WITHOUT, str(_("in none")))])

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The units that fit."""
        chosen = self.chosen
        if "text" in chosen:
            rows = units_named(rows, chosen["text"])
        if "kind" in chosen:
            rows = rows.filter(kind=chosen["kind"])
        if "group" in chosen:
            none = chosen["group"] == WITHOUT
            rows = rows.filter(group=None) if none else rows.filter(group=chosen["group"])
        if "state" in chosen:
            rows = rows.filter(is_active=chosen["state"] == "active")
        if "liaison" in chosen:
            rows = rows.filter(liaison__isnull=chosen["liaison"] == "without")
        if "in_place" in chosen:
            is_wanted = chosen["in_place"] == "all"
            rows = rows.alias(is_all=_all_in_place()).filter(is_all=is_wanted)
        return rows


INTO_GROUP = Action("group", _("Put into a working group"), "base:group_units", C.EDIT_ORGANISATION)

UNITS = Table(
    key="units",
    title=_("Units"),
    columns=(
        Column("name", _("Name"), sort="pinyin"),
        Column("kind", _("Kind"), label="unit_kind", sort="kind"),
        Column("group.title", _("Working group"), kind="words", sort="group__position"),
        Column("parent.name", _("Below"), is_optional=True),
        Column("liaison", _("Liaison person"), template="base/organisation/liaison_cell.html"),
        Column("bodies", _("Bodies"), kind="yes", template="base/organisation/bodies_cell.html"),
        Column("people", _("People"), kind="yes", template="base/organisation/people_cell.html"),
        Column("funds", _("Funds"), kind="yes", template="base/organisation/funds_cell.html"),
        Column("post_count", _("Posts"), kind="number", sort="post_count"),
        Column("below_count", _("Units below"), kind="number", is_optional=True),
        Column("is_active", _("Status"), template="base/organisation/state_cell.html"),
        Column("name_en", _("English name"), is_optional=True),
    ),
    sort="name",
    filters=UnitFilter,
    address=lambda unit: reverse("base:unit", args=[unit.pk]),
    opens_in_drawer=True,
    actions=(INTO_GROUP,),
    empty=Empty(
        _("No units yet"),
        _("Bring them from Excel, or set up the first one."),
        "base:import_units",
        _("Import from Excel"),
        C.EDIT_ORGANISATION,
    ),
)


@requires(C.VIEW_ORGANISATION)
@require_safe
def units(request: HttpRequest) -> HttpResponseBase:
    """The units as a list."""
    rows = listed_units(seen_units(request), day=localdate()).select_related("group", "parent")
    return list_page(request, UNITS, rows, template="base/organisation/units.html")


@requires(C.VIEW_ORGANISATION)
@require_safe
def unit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One unit: names, place, who speaks for it, what is in place, who holds posts there."""
    found, today = found_unit(request, pk), localdate()
    user, held = person(request), person(request).capabilities(city_of(request))
    posts = Post.objects.visible_to(user).for_city(city_of(request)).filter(unit=found)
    sees_changes = bool(held & {C.EDIT_ORGANISATION, C.VIEW_AUDIT})
    changes = changes_of(found)
    context = {
        "unit": found,
        "today": today,
        "above": _above(request, found),
        "below": seen_units(request).filter(parent=found).order_by("-is_active", "pinyin", "pk"),
        "names": found.names.order_by("-valid_until", "name"),
        "liaison": found.liaison_persons.order_by("valid_until", "pk"),
        "in_place": in_place(found, changes),
        "posts": posts.filter(held_on(today)).select_related("user").order_by("user__pinyin"),
        "related": related_of(user, found),
        "changes": changes if sees_changes else [],
        "may_edit": C.EDIT_ORGANISATION in held,
        "sees_people": C.VIEW_PEOPLE in held,
    }
    return render(request, "base/organisation/unit.html", context)


def _above(request: HttpRequest, found: Unit) -> list[Unit]:
    """The units from the top down to the one above."""
    steps = [UUID(step) for step in found.path.strip("/").split("/")[:-1]]
    known = {each.pk: each for each in seen_units(request).filter(pk__in=steps)}
    return [known[step] for step in steps if step in known]
