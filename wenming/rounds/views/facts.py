"""What the office knows of a round beside its evidence."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wenming.base.access import person, requires
from wenming.base.forms import explain_on
from wenming.base.views.asking import sent
from wenming.core.permissions import Capability
from wenming.rounds.forms.facts import facts_as_typed, facts_form
from wenming.rounds.services.facts import set_facts
from wenming.rounds.views.collections import found_collection


@requires(Capability.MANAGE_ROUNDS)
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is known of the gates, and which items do not apply to the city."""
    found = found_collection(request, pk)
    form = facts_form(found)(sent(request), request=request, initial=facts_as_typed(found))
    if request.method == "POST" and form.is_valid():
        with explain_on(form):
            set_facts(found, form.gates, form.aside, by=person(request))
            messages.success(request, _("It was kept."))
            return redirect("rounds:collection", pk=found.pk)
    context = {"form": form, "round": found}
    return render(request, "rounds/collections/facts.html", context, status=form.status)
