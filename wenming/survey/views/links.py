"""Links of a survey on the desk: making them, taking their list along once, closing them."""

import io
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_on
from wenming.base.models import CityQuerySet
from wenming.base.views.asking import Question, asked, sent
from wenming.files.kinds import XLSX
from wenming.files.tables_out import Cell, csv_lines, write_long_workbook
from wenming.rounds.models import Collection
from wenming.survey.forms.links import CloseForm, LinksForm, begin_with
from wenming.survey.models import LinkBatch
from wenming.survey.queries.links import batches_of
from wenming.survey.services.links import close_links, drawn_as, make_links
from wenming.survey.views.instruments import EDIT
from wenming.survey.views.sheets import METHODS, found_round, seen_work

SALT = "wenming.survey.links"
LASTS_S = 3600
SHOWN = 20
_KINDS = {
    "xlsx": XLSX,
    "csv": "text/csv; charset=utf-8",
}


def seen_batches(request: HttpRequest) -> CityQuerySet[LinkBatch]:
    """The batches of links that the person who asks sees in the city at hand."""
    return LinkBatch.objects.visible_to(person(request)).for_city(city_of(request))


@requires(EDIT)
@require_safe
def links(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The links of the survey of a round, and what came in by them."""
    round_ = found_round(request, pk)
    work = seen_work(request, round_)
    context = {
        "round": round_,
        "work": work,
        "batches": batches_of(work, seen_batches(request)) if work else [],
    }
    return render(request, "survey/links/list.html", context)


@requires(EDIT)
@never_cache
@require_http_methods(METHODS)
def make(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make links; their addresses are shown on the page that answers, and never again."""
    round_ = found_round(request, pk)
    work = seen_work(request, round_)
    if work is None:
        return redirect("survey:links", pk)
    form = LinksForm(sent(request), request=request, initial=begin_with())
    form.ask_for(work.columns)
    if request.method == "POST" and form.is_valid():
        with explain_on(form):
            batch, secrets = make_links(work, form.wish, by=person(request))
            return _made(request, round_, batch, secrets)
    context = {"form": form, "round": round_, "work": work}
    return render(request, "survey/links/new.html", context, status=form.status)


@requires(EDIT)
@never_cache
@require_POST
def file(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """The list of links that were just made, as a file; the page that made them sends it here."""
    found_round(request, pk)
    if form not in _KINDS:
        raise Http404
    try:
        listed = signing.loads(request.POST.get("list", ""), salt=SALT + str(pk), max_age=LASTS_S)
    except signing.BadSignature:
        return redirect("survey:links", pk)
    head, rows = listed["head"], listed["rows"]
    response = HttpResponse(_written(form, head, rows), content_type=_KINDS[form])
    response.headers["Content-Disposition"] = f'attachment; filename="links.{form}"'
    return response


@requires(EDIT)
@require_http_methods(METHODS)
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take nothing in any more by the links of a batch, or by one of them."""
    batch = get_object_or_404(seen_batches(request).select_related("fieldwork"), pk=pk)
    question = Question(
        title=_("Close links: %(title)s") % {"title": batch.title},
        back=reverse("survey:links", args=[batch.fieldwork.collection_id]),
        within=_("Links"),
        done=_("Nothing is taken in there any more."),
        submit=_("Close"),
        is_grave=True,
    )

    def act(given: Mapping[str, Any]) -> None:
        close_links(batch, by=person(request), number=given["number"])

    return asked(request, CloseForm(sent(request), request=request), question, act)


def _made(
    request: HttpRequest, round_: Collection, batch: LinkBatch, secrets: Sequence[str]
) -> HttpResponse:
    columns = list(batch.drawn)
    head = [_("Number"), _("Address"), *columns]
    rows: list[list[Cell]] = []
    for number, secret in enumerate(secrets, start=1):
        address = request.build_absolute_uri(reverse("survey:answer", args=[secret]))
        drawn = drawn_as(batch.drawn, number) if not batch.is_shared else batch.drawn
        rows.append([number, address, *(drawn[each] for each in columns)])
    context = {
        "round": round_,
        "batch": batch,
        "rows": rows[:SHOWN],
        "n": len(rows),
        "list": signing.dumps({"head": head, "rows": rows}, salt=SALT + str(round_.pk)),
    }
    return render(request, "survey/links/made.html", context)


def _written(form: str, head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    if form == "csv":
        return "".join(csv_lines(head, rows)).encode()
    packed = io.BytesIO()
    title = "Links" if get_language() == "en" else "答题链接"
    write_long_workbook(packed, title, head, rows)
    return packed.getvalue()
