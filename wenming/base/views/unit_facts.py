"""What belongs to a unit, changed by the office: other names, liaison persons, what is in place."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wenming.base import wording
from wenming.base.access import city_of, person, requires
from wenming.base.forms.unit_facts import AliasForm, LiaisonForm, ProvisionForm, RemoveForm
from wenming.base.models import LiaisonPerson, ProvisionKind, Unit, UnitName
from wenming.base.services.unit_facts import (
    add_alias,
    add_liaison,
    change_liaison,
    remove_alias,
    remove_liaison,
    set_provision,
)
from wenming.base.views.asking import Question, asked, sent
from wenming.base.views.organisation import found_unit
from wenming.base.views.unit_changes import unit_address
from wenming.core.permissions import Capability

EDIT = Capability.EDIT_ORGANISATION
METHODS = ["GET", "HEAD", "POST"]
Said = Mapping[str, Any]


@requires(EDIT)
@require_http_methods(METHODS)
def new_alias(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have a unit be found by another name, too; `name` in the address proposes one."""
    unit = found_unit(request, pk)
    initial = {"name": request.GET.get("name", "")[:100]}
    form = AliasForm(sent(request), request=request, initial=initial)
    question = _of(unit, _("Another name"), done=_("The unit is found by this name, too."))

    def act(said: Said) -> None:
        add_alias(unit, said["name"], span=form.span, by=person(request))

    return asked(request, form, question, act)


@requires(EDIT)
@require_http_methods(METHODS)
def drop_alias(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take another name away from a unit."""
    seen = UnitName.objects.visible_to(person(request)).for_city(city_of(request))
    alias = get_object_or_404(seen.select_related("unit__city"), pk=pk)
    form = RemoveForm(sent(request), request=request)
    question = _of(
        alias.unit,
        _("Remove the name “%(name)s”") % {"name": alias.name},
        done=_("The name was removed."),
        submit=_("Remove"),
        advice=_("Papers and imports that use this name will no longer find the unit."),
        is_grave=True,
    )

    def act(_said: Said) -> None:
        remove_alias(alias, by=person(request))

    return asked(request, form, question, act)


@requires(EDIT)
@require_http_methods(METHODS)
def new_liaison(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name who speaks for a unit."""
    unit = found_unit(request, pk)
    form = LiaisonForm(sent(request), request=request, initial={"first": localdate()})
    question = _of(unit, _("New liaison person"), done=_("The liaison person was added."))

    def act(_said: Said) -> None:
        add_liaison(unit, form.details, by=person(request))

    return asked(request, form, question, act)


@requires(EDIT)
@require_http_methods(METHODS)
def edit_liaison(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what is said of a liaison person."""
    found = _liaison(request, pk)
    names = ("name", "post_title", "phone", "email")
    initial = {name: getattr(found, name) for name in names}
    initial |= {"first": found.valid_from, "last": found.valid_until}
    form = LiaisonForm(sent(request), request=request, initial=initial)
    question = _of(
        found.unit,
        _("Change the liaison person %(name)s") % {"name": found.name},
        done=_("The change was stored."),
    )

    def act(_said: Said) -> None:
        details = replace(form.details, user=found.user)
        change_liaison(found, details, by=person(request))

    return asked(request, form, question, act)


@requires(EDIT)
@require_http_methods(METHODS)
def drop_liaison(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a liaison person off the list."""
    found = _liaison(request, pk)
    form = RemoveForm(sent(request), request=request)
    question = _of(
        found.unit,
        _("Remove the liaison person %(name)s") % {"name": found.name},
        done=_("The liaison person was removed."),
        submit=_("Remove"),
        advice=_(
            "Telephone and e-mail are deleted. If the person only stopped being the liaison, "
            "give the last day instead, so that it can be seen who it was."
        ),
        is_grave=True,
    )

    def act(_said: Said) -> None:
        remove_liaison(found, by=person(request))

    return asked(request, form, question, act)


@requires(EDIT)
@require_http_methods(METHODS)
def provision(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Say whether a unit's body, people or funds are in place."""
    if kind not in set(ProvisionKind):
        raise Http404
    unit = found_unit(request, pk)
    known = unit.provisions.filter(kind=kind).first()
    initial = {}
    if known is not None:
        words = {True: "yes", False: "no", None: ""}
        initial = {"in_place": words[known.in_place], "note": known.note}
    form = ProvisionForm(sent(request), request=request, initial=initial)
    title = _("%(what)s in place") % {
        "what": wording.label("provision", kind, get_language() or "zh")
    }
    question = _of(unit, title, done=_("The change was stored."))

    def act(_said: Said) -> None:
        set_provision(unit, ProvisionKind(kind), **form.said, by=person(request))

    return asked(request, form, question, act)


def _liaison(request: HttpRequest, pk: UUID) -> LiaisonPerson:
    seen = LiaisonPerson.objects.visible_to(person(request)).for_city(city_of(request))
    return get_object_or_404(seen.select_related("unit__city", "user"), pk=pk)


def _of(unit: Unit, title: str, *, done: str, **more: Any) -> Question:
    return Question(title=title, back=unit_address(unit), within=unit.name, done=done, **more)
