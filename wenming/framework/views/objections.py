"""Objections of units, and the office's rulings on them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_in_notice, explain_on
from wenming.base.models import User
from wenming.base.services.audit import subject_of
from wenming.base.tables import Column, Empty, Table, list_page
from wenming.core.lifecycle import ObjectionState
from wenming.core.permissions import Capability
from wenming.core.terms import Role, Words
from wenming.framework.forms.responsibilities import ObjectionForm, RulingForm
from wenming.framework.forms.rows import ObjectionFilter
from wenming.framework.models import Item, Objection, Responsibility
from wenming.framework.services.objections import dismiss, raise_objection, uphold, withdraw
from wenming.framework.views.duties import told_to

OBJECTIONS = Table(
    key="objections",
    title=gettext_lazy("Objections"),
    columns=(
        Column("item", gettext_lazy("Item"), sort="item"),
        Column(
            "title",
            gettext_lazy("Name of the item"),
            kind="words",
            value=lambda row: Words(row.title_zh or "", row.title_en or ""),
        ),
        Column("unit", gettext_lazy("Unit"), sort="unit__pinyin"),
        Column("role", gettext_lazy("Role"), label="role", sort="role"),
        Column(
            "state", pgettext_lazy("of a matter", "State"), label="objection_state", sort="state"
        ),
        Column("raised_at", gettext_lazy("Raised"), kind="moment", sort="raised_at"),
        Column("ruled_at", gettext_lazy("Ruled"), kind="moment", sort="ruled_at"),
    ),
    sort="-raised_at",
    filters=ObjectionFilter,
    address=lambda objection: f"/objections/{objection.pk}/",
    empty=Empty(
        gettext_lazy("No objections"),
        gettext_lazy("A unit objects from its own sheet, beside the responsibility in question."),
    ),
)


@requires(Capability.VIEW_RESPONSIBILITIES)
@require_safe
def objections(request: HttpRequest) -> HttpResponseBase:
    """The objections that the person may see."""
    seen = Objection.objects.visible_to(person(request)).for_city(city_of(request))
    rows = seen.select_related("unit").with_titles()
    return list_page(request, OBJECTIONS, rows, template="framework/responsibility/objections.html")


BESIDE = (
    "unit", "wished_unit", "given_to", "raised_by", "ruled_by", "responsibility__plan__edition",
)  # fmt: skip
"""What the page of an objection shows beside it, read with it at once."""


@requires(Capability.VIEW_RESPONSIBILITIES)
@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One objection: both sides, and for the office the ruling."""
    user, city = person(request), city_of(request)
    seen = Objection.objects.visible_to(user).for_city(city)
    found = get_object_or_404(seen.select_related(*BESIDE), pk=pk)
    may_rule = user.may(Capability.ARBITRATE, city=city) and found.state == ObjectionState.RAISED
    form = RulingForm(
        request.POST or None,
        request=request,
        draft=f"ruling-{found.pk}",
        initial={"given_to": found.wished_unit_id},
    )
    form.choose_among(city, without=found.unit_id)
    if request.method == "POST" and form.is_valid():
        with explain_on(form):
            _rule(found, form, request)
            form.accept()
            messages.success(request, _("The ruling was recorded and the unit was told."))
            return redirect("framework:objection", pk=found.pk)
    item = Item.objects.visible_to(user).filter(
        edition=found.responsibility.plan.edition_id, key=found.item
    )
    context = {
        "objection": found,
        "item": item.first(),
        "others": _others(found, user),
        "form": form,
        "may_rule": may_rule,
        "told": told_to(request).filter(subject=subject_of(found)),
        "may_withdraw": found.state == ObjectionState.RAISED
        and Objection.objects.visible_to(user, Capability.OBJECT).filter(pk=found.pk).exists(),
    }
    status = form.status if request.method == "POST" else 200
    return render(request, "framework/responsibility/objection.html", context, status=status)


def _others(found: Objection, user: User) -> list[Responsibility]:
    """Who else answers for the item in the plan, the lead first, as far as the person sees."""
    duty = found.responsibility
    rows = Responsibility.objects.visible_to(user).filter(plan=duty.plan_id, item=found.item)
    order = list(Role)
    return sorted(
        rows.exclude(pk=duty.pk).select_related("unit"),
        key=lambda row: (order.index(Role(row.role)), row.position),
    )


def _rule(found: Objection, form: RulingForm, request: HttpRequest) -> None:
    said = form.cleaned_data
    if said["verdict"] == "uphold":
        uphold(found, by=person(request), ruling=said["ruling"], given_to=said["given_to"])
    else:
        dismiss(found, by=person(request), ruling=said["ruling"])


@requires(Capability.OBJECT)
@require_http_methods(["GET", "HEAD", "POST"])
def raise_one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Object to one of one's own responsibilities."""
    user, city = person(request), city_of(request)
    seen = Responsibility.objects.visible_to(user, Capability.OBJECT).for_city(city)
    found = get_object_or_404(seen.select_related("plan__edition", "unit", "city"), pk=pk)
    form = ObjectionForm(request.POST or None, request=request, draft=f"objection-{found.pk}")
    form.choose_among(city, without=found.unit_id)
    if request.method == "POST" and form.is_valid():
        with explain_on(form):
            raised = raise_objection(found, by=user, **form.cleaned_data)
            form.accept()
            messages.success(request, _("The objection was sent to the office."))
            return redirect("framework:objection", pk=raised.pk)
    item = Item.objects.visible_to(user).filter(edition=found.plan.edition_id, key=found.item)
    context = {"responsibility": found, "item": item.first(), "form": form}
    return render(request, "framework/responsibility/object.html", context, status=form.status)


@requires(Capability.OBJECT)
@require_POST
def withdraw_one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take one's own objection back."""
    user = person(request)
    seen = Objection.objects.visible_to(user, Capability.OBJECT).for_city(city_of(request))
    found = get_object_or_404(seen, pk=pk)
    with explain_in_notice(request):
        withdraw(found, by=user)
        messages.success(request, _("The objection was withdrawn."))
    return redirect("framework:objection", pk=found.pk)
