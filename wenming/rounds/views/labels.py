"""QR code sheets of the register: which sites, which labels, and the files."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from wenming.base.access import requires
from wenming.base.forms import explain_in_notice
from wenming.base.tables import chosen_rows, ticked
from wenming.files.fonts import chinese_font
from wenming.files.label_sheet import LabelLayout, write_labels
from wenming.rounds.models import RegisteredSite, RegisterQuerySet
from wenming.rounds.queries.labels import MOST_LABELS, label_parts, labels_of
from wenming.rounds.views.register import VIEW, filtered_register, seen_register, type_names

LAYOUTS = [
    (LabelLayout.LARGE.value, gettext_lazy("8 large labels on a page (105 × 74 mm)")),
    (LabelLayout.SMALL.value, gettext_lazy("24 small labels on a page (70 × 37 mm)")),
]


class LayoutForm(forms.Form):
    """Which labels, and which part of them."""

    layout = forms.ChoiceField(label=gettext_lazy("Labels"), choices=LAYOUTS)
    part = forms.IntegerField(min_value=1, required=False)


@requires(VIEW)
@require_POST
def label_ticked(request: HttpRequest) -> HttpResponse:
    """Go to the sheet of the sites that were ticked."""
    chosen = chosen_rows(request, seen_register(request)).values_list("pk", flat=True)
    query = urlencode({"rows": [str(pk) for pk in chosen]}, doseq=True)
    return redirect(f"{reverse('rounds:register_labels')}?{query}")


@requires(VIEW)
@require_safe
def labels(request: HttpRequest) -> HttpResponse:
    """Choose the labels of the sites that fit the filters, or that were ticked."""
    total = _wanted(request).count()
    kept = request.GET.copy()
    for name in ("layout", "part"):
        kept.pop(name, None)
    layout = _layout(request).cleaned_data.get("layout") or LabelLayout.LARGE.value
    context = {
        "total": total,
        "parts": label_parts(total),
        "most": MOST_LABELS,
        "layouts": LAYOUTS,
        "layout": layout,
        "kept": [(name, value) for name, values in kept.lists() for value in values],
        "query": kept.urlencode(),
        "start": request.build_absolute_uri(reverse("rounds:register")),
        "has_font": chinese_font() is not None,
    }
    return render(request, "rounds/register/labels.html", context)


@requires(VIEW)
@require_safe
def label_file(request: HttpRequest) -> HttpResponse:
    """One file of labels."""
    chosen = _layout(request).cleaned_data
    layout = LabelLayout(chosen.get("layout") or LabelLayout.LARGE)
    part = chosen.get("part") or 1

    def address(site: RegisteredSite) -> str:
        return request.build_absolute_uri(reverse("rounds:register_site", args=[site.pk]))

    drawn = labels_of(_wanted(request), type_names(request), part=part, address=address)
    with explain_in_notice(request):
        written = write_labels(
            drawn, layout=layout, title=_("QR code sheet"), font=chinese_font()
        ) if drawn else b""  # fmt: skip
        if written:
            response = HttpResponse(written, content_type="application/pdf")
            name = f"site-labels-{localdate():%Y%m%d}-{part}.pdf"
            response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
            return response
    return redirect(f"{reverse('rounds:register_labels')}?{request.GET.urlencode()}")


def _wanted(request: HttpRequest) -> RegisterQuerySet:
    """The ticked sites, or else those that fit the filters; only what is in use."""
    if "rows" in request.GET:
        rows: Any = seen_register(request).filter(pk__in=ticked(request.GET))
        return rows.in_use()  # type: ignore[no-any-return]
    return filtered_register(request).in_use()


def _layout(request: HttpRequest) -> LayoutForm:
    form = LayoutForm(request.GET)
    form.is_valid()
    return form
