"""Two editions side by side: every difference, one item, and the same as a file."""

from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wenming.base.access import requires
from wenming.base.templatetags.labels import label
from wenming.core.permissions import Capability
from wenming.files.tables_out import Sheet, write_csv, write_workbook
from wenming.framework.forms.comparison import CompareForm
from wenming.framework.models import Edition
from wenming.framework.queries.comparison import EditionDifference, difference_rows, side_by_side
from wenming.framework.queries.editions import edition_of
from wenming.framework.queries.headings import headings_of
from wenming.framework.queries.items import item_sheet
from wenming.framework.templatetags.rules import named
from wenming.framework.views.editions import MEDIA_TYPES
from wenming.framework.views.seen_editions import found_edition, seen_editions

FORMS = ("csv", "xlsx")


@requires(Capability.VIEW_FRAMEWORK)
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """What is new, gone, moved, renamed, worth more or less, harder or easier."""
    form = CompareForm(request.GET, editions=list(seen_editions(request)))
    context: dict[str, Any] = {"form": form}
    if form.pair is None:
        return render(request, "framework/edition/compare.html", context)
    before, after = (found_edition(request, each.pk) for each in form.pair)
    found = side_by_side(edition_of(before), edition_of(after))
    differences = form.narrow(found.differences)
    if request.GET.get("form") in FORMS:
        return _file(differences, request.GET["form"], before, after)
    context |= {
        "before": before,
        "after": after,
        "found": found,
        "differences": differences,
        "titles": _titles(before, after),
    }
    return render(request, "framework/edition/compare.html", context)


@requires(Capability.VIEW_FRAMEWORK)
@require_safe
def compare_item(request: HttpRequest, key: str) -> HttpResponse:
    """One item as it stands in either edition."""
    form = CompareForm(request.GET, editions=list(seen_editions(request)))
    if form.pair is None:
        raise Http404
    sides = [found_edition(request, each.pk) for each in form.pair]
    sheets = [item_sheet(side, key) for side in sides]
    if not any(sheets):
        raise Http404
    found = side_by_side(*(edition_of(side) for side in sides))
    context = {
        "key": key,
        "before": sides[0],
        "after": sides[1],
        "sides": list(zip(sides, sheets, strict=True)),
        "sheet": next(sheet for sheet in reversed(sheets) if sheet is not None),
        "differences": [each for each in found.differences if each.item.item.key == key],
        "titles": _titles(*sides),
    }
    return render(request, "framework/edition/compare_item.html", context)


def _titles(*editions: Edition) -> Mapping[str, object]:
    """Names of indicators by key, those of the later edition first."""
    titles: dict[str, object] = {}
    for edition in editions:
        headings = headings_of(edition).by_indicator
        titles |= {key: heading.title for key, heading in headings.items()}
    return titles


def _file(
    differences: Sequence[EditionDifference], form: str, before: Edition, after: Edition
) -> HttpResponse:
    header = [_("Kind"), _("Key"), _("Item"), _("Dimension"), _("Indicator"), named(before),
              named(after)]  # fmt: skip
    language = "en" if get_language() == "en" else "zh"
    rows = [
        [label(kind, "change"), *others] for kind, *others in difference_rows(differences, language)
    ]
    if form == "csv":
        text = StringIO()
        write_csv(text, header, rows)
        response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    else:
        packed = BytesIO()
        write_workbook(packed, [Sheet(_("Comparison"), header, rows)])
        response = HttpResponse(packed.getvalue(), content_type=MEDIA_TYPES["xlsx"])
    response.headers["Content-Disposition"] = f'attachment; filename="comparison.{form}"'
    return response
