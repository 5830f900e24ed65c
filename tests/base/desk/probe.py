"""A real list, of units, and a real form, as a room would put them on the desk."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import include, path
from django.views.decorators.http import require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms import DeskForm, KeptFileField, explain_on
from wenming.base.models import Group, Unit, UnitKind
from wenming.base.search import GramQuery
from wenming.base.tables import (
    Action,
    Column,
    Empty,
    Table,
    TableFilter,
    chosen_rows,
    list_page,
)
from wenming.config import urls as site
from wenming.core.errors import DomainError
from wenming.core.permissions import Capability

handler403, handler404 = site.handler403, site.handler404


class UnitFilter(TableFilter):
    text = forms.CharField(label="找")
    kind = forms.ChoiceField(label="类型", choices=[(kind.value, kind.value) for kind in UnitKind])
    group = forms.ChoiceField(label="组")

    def offer(self) -> None:
        groups = Group.objects.for_city(self.city).order_by("position")
        self.choices_of("group", [(group.key, group.title_zh) for group in groups])

    def narrow(self, rows):
        for name, value in self.chosen.items():
            way = {"text": "words", "kind": "kind", "group": "group__key"}[name]
            rows = rows.filter(**{way: GramQuery(value) if name == "text" else value})
        return rows


UNITS = Table(
    key="units",
    title="单位",
    columns=(
        Column("name", "名称", sort="pinyin"),
        Column("kind", "类型", sort="kind"),
        Column("group.title", "工作组", kind="words", sort="group__position"),
        Column("is_active", "在用", kind="yes"),
        Column("pinyin", "拼音", is_optional=True),
    ),
    sort="name",
    filters=UnitFilter,
    address=lambda unit: f"/probe/{unit.pk}/",
    actions=(
        Action("close", "撤销", "close_units", Capability.EDIT_ORGANISATION, question="真的？"),
    ),
    empty=Empty(
        "还没有单位", "请导入。", "close_units", "导入", capability=Capability.EDIT_ORGANISATION
    ),
    size=20,
)


@requires(Capability.VIEW_ORGANISATION)
@require_safe
def units(request: HttpRequest) -> HttpResponseBase:
    return list_page(request, UNITS, seen(request).select_related("group"))


@requires(Capability.EDIT_ORGANISATION)
def close_units(request: HttpRequest) -> HttpResponse:
    closed = chosen_rows(request, seen(request)).update(is_active=False)
    return HttpResponse(str(closed))


def seen(request: HttpRequest):
    return Unit.objects.visible_to(person(request)).for_city(city_of(request))


class Refused(DomainError):
    code = "permission_denied"


class ProbeForm(DeskForm):
    name = forms.CharField(label="名称", max_length=40, help_text="如文件所载。")
    sites = forms.IntegerField(label="点位", required=False, min_value=0)
    day = forms.DateField(label="日期", required=False)
    kinds = forms.MultipleChoiceField(
        label="类型", required=False, choices=[("a", "A"), ("b", "B")]
    )
    password = forms.CharField(label="密码", required=False)
    paper = KeptFileField(label="文件", required=False, opened_by=Capability.VIEW_ORGANISATION)
    units_of = {"sites": "处"}


@requires(Capability.USE_DESK)
def form(request: HttpRequest) -> HttpResponse:
    shown = ProbeForm(request.POST or None, request.FILES or None, request=request, draft="probe")
    if request.method == "POST" and shown.is_valid():
        with explain_on(shown):
            if shown.cleaned_data["name"] == "不许":
                raise Refused
            shown.accept()
            return redirect("/inbox/")
    return render(
        request, "base/form_page.html", {"form": shown, "title": "试"}, status=shown.status
    )


urlpatterns = [
    path("probe/", units, name="probe"),
    path("probe/close/", close_units, name="close_units"),
    path("probe/form/", form, name="probe_form"),
    path("", include(site)),
]
