"""Carrying responsibilities over to another edition: proposals, decisions, the draft."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from wenming.base.access import person, requires
from wenming.base.forms import explain_on
from wenming.core.lifecycle import EditionState
from wenming.core.permissions import Capability
from wenming.core.succession import Kinship
from wenming.framework.forms.migration import LIST, MigrationForm, MigrationRow
from wenming.framework.models import Edition, ResponsibilityPlan
from wenming.framework.queries.editions import edition_of
from wenming.framework.queries.migration import proposed
from wenming.framework.queries.plans import plan_in_force
from wenming.framework.services.migration import Migration, migrate_plan
from wenming.framework.views.found import found_plan
from wenming.framework.views.seen_editions import found_edition, given, seen_editions


@requires(Capability.ASSIGN_RESPONSIBILITIES)
@require_http_methods(["GET", "HEAD"])
def choose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """From which plan in force responsibilities shall move to an edition."""
    edition = found_edition(request, pk)
    others = seen_editions(request).exclude(pk=pk)
    plans = [plan for each in others if (plan := plan_in_force(each)) is not None]
    if len(plans) == 1 and edition.state != EditionState.SUPERSEDED:
        return redirect("framework:migrate_plan", pk=pk, plan=plans[0].pk)
    context = {"edition": edition, "plans": plans}
    return render(request, "framework/edition/migrate_from.html", context)


@requires(Capability.ASSIGN_RESPONSIBILITIES)
@require_http_methods(["GET", "HEAD", "POST"])
def migrate(request: HttpRequest, pk: UUID, plan: UUID) -> HttpResponse:
    """One proposal for each item; the office confirms, changes or refuses it."""
    edition, old = found_edition(request, pk), found_plan(request, plan)
    proposals = proposed(old, edition)
    form = MigrationForm(
        given(request),
        request=request,
        draft=f"migrate-{edition.pk}-{old.pk}",
        before=edition_of(old.edition),
        proposals=proposals,
    )
    if request.method == "POST" and form.is_valid():
        with explain_on(form):
            made = migrate_plan(old, edition, form.continued, by=person(request))
            form.accept()
            _tell(request, made)
            return redirect("framework:matrix", pk=made.plan.pk)
    context = {
        "edition": edition,
        "old": old,
        "form": form,
        "list": LIST,
        "blocks": _blocks(form.rows),
        "gone": [each for each in proposals if each.kind is Kinship.GONE],
        "draft": _draft_of(edition),
    }
    return render(request, "framework/edition/migrate.html", context, status=form.status)


def _blocks(rows: Sequence[MigrationRow]) -> list[dict[str, Any]]:
    """What must be decided, what nobody answers for yet, and what is certain."""
    unsure = [row for row in rows if row.decide is not None]
    without = [row for row in rows if row.decide is None and row.proposal.needs_a_look]
    certain = [row for row in rows if row.decide is None and not row.proposal.needs_a_look]
    blocks = [("unsure", unsure), ("without", without), ("certain", certain)]
    return [
        {"key": key, "rows": listed, "is_wrong": any(row.is_wrong for row in listed)}
        for key, listed in blocks
        if listed
    ]


def _draft_of(edition: Edition) -> ResponsibilityPlan | None:
    return next((plan for plan in edition.plans.all() if plan.is_draft), None)


def _tell(request: HttpRequest, made: Migration) -> None:
    text = ngettext(
        "The draft holds %(n)s responsibility; look through it, then issue it.",
        "The draft holds %(n)s responsibilities; look through it, then issue it.",
        made.carried,
    )
    messages.success(request, text % {"n": made.carried})
    if made.dissolved:
        text = ngettext(
            "%(n)s responsibility was left behind: its unit is dissolved.",
            "%(n)s responsibilities were left behind: their units are dissolved.",
            made.dissolved,
        )
        messages.warning(request, text % {"n": made.dissolved})
    if made.reworded:
        text = ngettext(
            "%(n)s responsibility for a single condition was left behind: the new edition words "
            "the conditions otherwise.",
            "%(n)s responsibilities for single conditions were left behind: the new edition words "
            "the conditions otherwise.",
            made.reworded,
        )
        messages.warning(request, text % {"n": made.reworded})
