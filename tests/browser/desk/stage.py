"""A list with drawers, a form in a drawer and long choices, as a room would put them there."""

import uuid
from dataclasses import replace

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_safe

from tests.base.desk import probe
from wenming.base.access import requires
from wenming.base.forms import DeskForm
from wenming.base.tables import list_page
from wenming.core.permissions import Capability

handler403, handler404 = probe.handler403, probe.handler404
SENT: list[str] = []
"""What arrived at the form, one line for each time it was sent."""

UNITS = replace(probe.UNITS, opens_in_drawer=True, size=10)
LONG = [("", "未定"), *((f"A{n:02}", f"岗位{n}") for n in range(20)), ("P1", "市公安局")]


class NameForm(DeskForm):
    name = forms.CharField(label="名称", max_length=12)
    place = forms.ChoiceField(label="去处", choices=LONG, required=False)


@requires(Capability.VIEW_ORGANISATION)
@require_safe
def units(request: HttpRequest) -> HttpResponseBase:
    return list_page(request, UNITS, probe.seen(request).select_related("group"))


@requires(Capability.EDIT_ORGANISATION)
def unit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(probe.seen(request), pk=pk)
    form = NameForm(request.POST or None, request=request, draft=f"unit-{pk}")
    if request.method == "POST" and form.is_valid():
        SENT.append(f"{form.cleaned_data['name']} {form.cleaned_data['place']}".strip())
        form.accept()
        messages.success(request, "已改名")
        return redirect("/probe/")
    context = {"form": form, "title": found.name}
    return render(request, "base/form_page.html", context, status=form.status)


urlpatterns = [
    path("probe/", units, name="probe"),
    path("probe/<uuid:pk>/", unit, name="probe_unit"),
    *probe.urlpatterns,
]
