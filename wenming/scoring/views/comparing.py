"""Two runs side by side: how far the totals lie apart, and what changed item by item."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from wenming.base import wording
from wenming.base.access import city_of, person, requires
from wenming.base.tables import Column, Empty, Table, TableFilter, list_page
from wenming.core.permissions import Capability
from wenming.scoring.models import Run
from wenming.scoring.queries import seen_by
from wenming.scoring.queries.changes import (
    CHANGES,
    changes_of,
    common_change,
    gone_from,
    in_order,
    run_before,
    total_change,
)
from wenming.scoring.views.shell import found_run

ANY_CHANGE = "changed"
CHANGE = pgettext_lazy("what became different", "Change")


class ChangeFilter(TableFilter):
    """Items by their name and by what became of them."""

    text = forms.CharField(required=False, label=_("Search"))
    change = forms.ChoiceField(label=CHANGE)

    def offer(self) -> None:
        """Everything that changed, and each way in which an item can."""
        language = get_language() or "zh"
        ways = (ANY_CHANGE, *CHANGES)
        self.choices_of(
            "change", [(way, wording.label("result_change", way, language)) for way in ways]
        )

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The items that fit."""
        change, text = self.chosen.get("change", ""), self.chosen.get("text", "")
        if change == ANY_CHANGE:
            rows = rows.exclude(change="same")
        elif change:
            rows = rows.filter(change=change)
        return rows.filter(search__contains=text.strip().lower()) if text else rows


CHANGED = Table(
    key="run-changes",
    title=_("Changes by item"),
    columns=(
        Column("key", _("Item"), sort="position"),
        Column("title", _("Name"), kind="words"),
        Column("change", CHANGE, label="result_change", sort="change"),
        Column("before_state", _("Earlier"), label="state"),
        Column("before_grade", _("Grade earlier"), is_optional=True),
        Column("before_score", _("Score earlier"), kind="points", sort="before_score"),
        Column("state", _("Later"), label="state"),
        Column("grade", _("Grade later"), is_optional=True),
        Column("score", _("Score later"), kind="points", sort="score"),
        Column("gain", _("Gain"), kind="points", sort="gain"),
        Column("lead_name", _("Lead"), sort="lead_name"),
    ),
    sort="key",
    filters=ChangeFilter,
    address=lambda row: reverse("scoring:item", args=[row.run_id, row.key]),
    empty=Empty(_("No item that you may see"), _("The later run has no item that concerns you.")),
)  # fmt: skip


@requires(Capability.VIEW_RUNS)
@require_safe
def compare_latest(request: HttpRequest, run: UUID) -> HttpResponse:
    """The comparison with the run that was chosen, or with the one of the round before."""
    found = found_run(request, run)
    others = _others(request, found)
    wished = request.GET.get("with", "")
    chosen = next((each for each in others if str(each.pk) == wished), None)
    chosen = chosen or run_before(person(request), found) or next(iter(others), None)
    if chosen is None:
        return render(request, "scoring/compare_none.html", {"run": found})
    return redirect("scoring:compare", found.pk, chosen.pk)


@requires(Capability.VIEW_RUNS)
@require_safe
def compare(request: HttpRequest, run: UUID, other: UUID) -> HttpResponseBase:
    """A run beside an earlier one; totals only for whoever may know the score of the city."""
    one, two = found_run(request, run), found_run(request, other)
    if one.pk == two.pk:
        raise Http404
    later, earlier = in_order(one, two)
    user = person(request)
    seen, before = seen_by(user, later), seen_by(user, earlier)
    may_total = user.may(Capability.VIEW_SCORE, city=city_of(request))
    return list_page(
        request,
        CHANGED,
        changes_of(seen, before),
        template="scoring/compare.html",
        run=later,
        other=earlier,
        pair=[later, earlier],
        total=total_change(later, earlier) if may_total else None,
        common=common_change(seen, before) if may_total else None,
        gone=gone_from(seen, before),
        others=_others(request, later),
        editions_differ=later.edition_hash != earlier.edition_hash,
    )


def _others(request: HttpRequest, run: Run) -> list[Run]:
    """The other runs of the city, the latest first."""
    rows = Run.objects.visible_to(person(request)).for_city(city_of(request)).exclude(pk=run.pk)
    return list(rows.select_related("round").defer("summary").order_by("-number")[:50])
