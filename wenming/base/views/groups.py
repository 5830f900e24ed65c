"""Working groups: their list, what the office does with them, and units put into one."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_on
from wenming.base.forms.groups import GroupForm, IntoGroupForm, NewGroupForm
from wenming.base.forms.unit_facts import RemoveForm
from wenming.base.forms.units import groups_of
from wenming.base.models import Group
from wenming.base.services.groups import (
    change_group,
    make_group,
    order_groups,
    put_into_group,
    remove_group,
)
from wenming.base.tables import chosen_rows
from wenming.base.views.appearance import page_before
from wenming.base.views.asking import Question, asked, sent
from wenming.base.views.organisation import seen_units
from wenming.core.permissions import Capability

EDIT = Capability.EDIT_ORGANISATION
METHODS = ["GET", "HEAD", "POST"]
Said = Mapping[str, Any]


@requires(Capability.VIEW_ORGANISATION)
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """The working groups in their order."""
    active = Count("units", filter=Q(units__is_active=True))
    context = {
        "groups": list(groups_of(request).annotate(unit_count=active)),
        "may_edit": person(request).may(EDIT, city=city_of(request)),
    }
    return render(request, "base/organisation/groups.html", context)


@requires(EDIT)
@require_http_methods(METHODS)
def new_group(request: HttpRequest) -> HttpResponse:
    """Set up a working group."""
    form = NewGroupForm(sent(request), request=request, draft="base.group.new")
    question = _question(_("New working group"), done=_("The working group was set up."))

    def act(said: Said) -> None:
        make_group(
            city_of(request),
            said["key"],
            title=form.title,
            aliases=form.other_names,
            by=person(request),
        )

    return asked(request, form, question, act)


@requires(EDIT)
@require_http_methods(METHODS)
def edit_group(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change the names of a working group."""
    group = get_object_or_404(groups_of(request), pk=pk)
    initial = {
        "title_zh": group.title_zh,
        "title_en": group.title_en,
        "aliases": "、".join(group.aliases),
    }
    form = GroupForm(sent(request), request=request, initial=initial)
    title = _("Change the working group %(group)s") % {"group": group.title_zh}
    question = _question(title, done=_("The change was stored."))

    def act(_said: Said) -> None:
        change_group(group, title=form.title, aliases=form.other_names, by=person(request))

    return asked(request, form, question, act)


@requires(EDIT)
@require_http_methods(METHODS)
def drop_group(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove a working group to which nothing belongs."""
    group = get_object_or_404(groups_of(request), pk=pk)
    form = RemoveForm(sent(request), request=request)
    question = Question(
        title=_("Remove the working group %(group)s") % {"group": group.title_zh},
        back=reverse("base:groups"),
        within=_("Working groups"),
        done=_("The working group was removed."),
        submit=_("Remove"),
        advice=_("Units and posts have to be moved to another group first."),
        is_grave=True,
    )

    def act(_said: Said) -> None:
        remove_group(group, by=person(request))

    return asked(request, form, question, act)


@requires(EDIT)
@require_POST
def move_group(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a working group one place up or down."""
    ordered = list(groups_of(request))
    group = get_object_or_404(groups_of(request), pk=pk)
    here = ordered.index(group)
    there = here + (1 if request.POST.get("to") == "down" else -1)
    if 0 <= there < len(ordered):
        ordered[here], ordered[there] = ordered[there], ordered[here]
        order_groups(city_of(request), [each.pk for each in ordered], by=person(request))
        messages.success(request, _("The order was changed."))
    return redirect("base:groups")


@requires(EDIT)
@require_POST
def group_units(request: HttpRequest) -> HttpResponse:
    """Put units that were ticked in the list into a working group: which, is asked first."""
    chosen = list(chosen_rows(request, seen_units(request)).order_by("pinyin", "pk"))
    back = page_before(request) if request.POST.get("next") else reverse("base:units")
    if not chosen:
        messages.warning(request, _("Tick the units first."))
        return redirect(back)
    is_decided = "group" in request.POST
    form = IntoGroupForm(request.POST if is_decided else None, request=request)
    if is_decided and form.is_valid():
        with explain_on(form):
            group: Group | None = form.cleaned_data["group"]
            n = put_into_group(chosen, group, city=city_of(request), by=person(request))
            said = ngettext("%(n)s unit was moved.", "%(n)s units were moved.", n)
            messages.success(request, said % {"n": n})
            return redirect(back)
    context = {"form": form, "units": chosen, "back": back}
    return render(request, "base/organisation/into_group.html", context, status=form.status)


def _question(title: str, *, done: str) -> Question:
    return Question(title=title, back=reverse("base:groups"), within=_("Working groups"), done=done)
