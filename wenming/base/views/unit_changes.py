"""What the office does with a unit: set up, change, rename, move, merge, dissolve."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wenming.base.access import city_of, person, requires
from wenming.base.forms.units import (
    DissolveForm,
    MergeForm,
    MoveForm,
    NewUnitForm,
    ReactivateForm,
    RenameForm,
    UnitForm,
)
from wenming.base.models import Unit
from wenming.base.services.organisation import (
    change_unit,
    dissolve_unit,
    make_unit,
    merge_units,
    move_unit,
    reactivate_unit,
    rename_unit,
)
from wenming.base.views.asking import Question, asked, sent
from wenming.base.views.organisation import found_unit, seen_units
from wenming.core.permissions import Capability

EDIT = Capability.EDIT_ORGANISATION
METHODS = ["GET", "HEAD", "POST"]
Said = Mapping[str, Any]


def unit_address(unit: Unit) -> str:
    """The page of a unit."""
    return reverse("base:unit", args=[unit.pk])


@requires(EDIT)
@require_http_methods(METHODS)
def new_unit(request: HttpRequest) -> HttpResponse:
    """Set up a unit; `below` in the address proposes its place."""
    proposed = request.GET.get("below", "")
    above = next((each for each in seen_units(request) if str(each.pk) == proposed), None)
    initial = {"parent": above, "group": above.group if above else None, "kind": "unit"}
    form = NewUnitForm(sent(request), request=request, draft="base.unit.new", initial=initial)

    def act(said: Said) -> str:
        made = make_unit(city_of(request), form.details, parent=said["parent"], by=person(request))
        return unit_address(made)

    question = Question(
        title=_("New unit"),
        back=reverse("base:organisation"),
        within=_("Organisation"),
        done=_("The unit was set up."),
        submit=_("Set up the unit"),
    )
    return asked(request, form, question, act)


@requires(EDIT)
@require_http_methods(METHODS)
def edit_unit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what is said of a unit."""
    unit = found_unit(request, pk)
    names = ("name", "kind", "group", "name_en")
    initial = {name: getattr(unit, name) for name in names}
    form = UnitForm(sent(request), request=request, initial=initial)
    question = _about(unit, _("Change %(unit)s"), done=_("The change was stored."))

    def act(_said: Said) -> None:
        change_unit(unit, form.details, by=person(request), day=localdate())

    return asked(request, form, question, act)


@requires(EDIT)
@require_http_methods(METHODS)
def rename(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a unit another name from some day on."""
    unit = found_unit(request, pk)
    form = RenameForm(sent(request), request=request)
    question = _about(
        unit,
        _("Rename %(unit)s"),
        done=_("The unit bears its new name; the old one still finds it."),
        submit=_("Rename"),
    )

    def act(said: Said) -> None:
        rename_unit(unit, said["name"], by=person(request), day=said["day"])

    return asked(request, form, question, act)


@requires(EDIT)
@require_http_methods(METHODS)
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a unit with all below it under another one."""
    unit = found_unit(request, pk)
    form = MoveForm(sent(request), request=request, unit=unit, initial={"parent": unit.parent})
    question = _about(
        unit,
        _("Move %(unit)s"),
        done=_("The unit was moved with all that stand below it."),
        submit=_("Move"),
        advice=_("People of the unit above see everything of the units below it."),
    )

    def act(said: Said) -> None:
        move_unit(unit, said["parent"], by=person(request))

    return asked(request, form, question, act)


@requires(EDIT)
@require_http_methods(METHODS)
def merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Merge a unit into another one, which then goes by its names, too."""
    unit = found_unit(request, pk)
    form = MergeForm(sent(request), request=request, unit=unit)
    question = _about(
        unit,
        _("Merge %(unit)s into another unit"),
        done=_("The units were merged; the names of the one now find the other."),
        submit=_("Merge"),
        advice=_(
            "The unit is dissolved, and its names find the other one from then on. What was "
            "recorded of it stays with it. Units below it and posts in it have to go first."
        ),
        is_grave=True,
    )

    def act(said: Said) -> str:
        stays = merge_units(unit, said["into"], by=person(request), day=said["day"])
        return unit_address(stays)

    return asked(request, form, question, act)


@requires(EDIT)
@require_http_methods(METHODS)
def dissolve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Dissolve a unit, with a reason."""
    unit = found_unit(request, pk)
    form = DissolveForm(sent(request), request=request, unit=unit)
    question = _about(
        unit,
        _("Dissolve %(unit)s"),
        done=_("The unit was dissolved. What it did stays."),
        submit=_("Dissolve"),
        advice=_(
            "Nothing is deleted, but nothing new can be given to the unit. Units below it and "
            "posts in it have to go first. It can be reactivated."
        ),
        is_grave=True,
    )

    def act(said: Said) -> None:
        dissolve_unit(unit, by=person(request), reason=said["reason"])

    return asked(request, form, question, act)


@requires(EDIT)
@require_http_methods(METHODS)
def reactivate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring a dissolved unit back."""
    unit = found_unit(request, pk)
    form = ReactivateForm(sent(request), request=request)
    question = _about(
        unit,
        _("Reactivate %(unit)s"),
        done=_("The unit is in being again."),
        submit=_("Reactivate"),
        advice=_("The unit comes back under its name, at its old place in the tree."),
    )

    def act(_said: Said) -> None:
        reactivate_unit(unit, by=person(request))

    return asked(request, form, question, act)


def _about(unit: Unit, title: str, *, done: str, **more: Any) -> Question:
    return Question(
        title=title % {"unit": unit.name},
        back=unit_address(unit),
        within=unit.name,
        done=done,
        **more,
    )
