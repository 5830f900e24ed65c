"""Pages of the office about forms as they were sent, and the photographs of answer sheets."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from wenming.api.models import SentForm, SentFormQuerySet, SentPhoto
from wenming.api.odk.settling import settle_form
from wenming.api.odk.untaken import Titles, form_title, mistakes, photos_of, reason
from wenming.api.odk.untaken_table import untaken_table
from wenming.base.access import city_of, person, requires
from wenming.base.forms import DeskForm
from wenming.base.tables import list_page
from wenming.base.views.asking import Question, asked, sent
from wenming.core.lifecycle import SentFormState
from wenming.core.permissions import Capability
from wenming.files.kinds import KINDS, picture_kind
from wenming.rounds.models import Collection
from wenming.survey.models import Sheet

MANAGE = Capability.MANAGE_ROUNDS
METHODS = ["GET", "HEAD", "POST"]


class SettleForm(DeskForm):
    """What came of a form that was not taken in."""

    because = forms.CharField(
        label=gettext_lazy("What came of it"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Such as: filled in again on another day; entered by hand; a test."),
    )


def seen_untaken(request: HttpRequest) -> SentFormQuerySet:
    """Forms that were not taken in, as far as the person who asks sees them."""
    rows: SentFormQuerySet = SentForm.objects.visible_to(person(request))
    return rows.for_city(city_of(request)).not_taken().defer("xml").select_related("sent_by")


@requires(MANAGE)
@require_safe
def untaken(request: HttpRequest) -> HttpResponseBase:
    """Forms that were not taken in, with the reason."""
    rows = seen_untaken(request).annotate(files=Count("photos"))
    return list_page(request, untaken_table(_titles(request)), rows, template="api/untaken.html")


@requires(MANAGE)
@require_safe
def untaken_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One form: from whom, when, why it was not taken in, and what was kept of it."""
    found = get_object_or_404(seen_untaken(request), pk=pk)
    context = {
        "form": found,
        "title": form_title(found, _titles(request)),
        "reason": reason(found),
        "mistakes": mistakes(found),
        "files": found.photos.defer("content").order_by("name"),
        "may_settle": found.state == SentFormState.OPEN,
    }
    return render(request, "api/untaken_form.html", context)


@requires(MANAGE)
@require_http_methods(METHODS)
def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what came of a form."""
    found = get_object_or_404(seen_untaken(request), pk=pk)
    question = Question(
        title=_("Settle the form"),
        back=reverse("forms:untaken_form", args=[found.pk]),
        within=_("Form that was not taken in"),
        done=_("The form was settled; it is kept for half a year."),
        submit=_("Settle it"),
    )
    form = SettleForm(sent(request), request=request, draft=f"settle-form-{found.pk}")

    def act(said: Mapping[str, Any]) -> None:
        settle_form(found, because=said["because"], by=person(request))

    return asked(request, form, question, act)


@requires(MANAGE)
@require_safe
def xml(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form as it came."""
    found = get_object_or_404(seen_untaken(request), pk=pk)
    return _handed_over(bytes(found.xml), f"form-{found.digest[:12]}.xml", "application/xml")


@requires(MANAGE)
@require_safe
def untaken_file(request: HttpRequest, pk: UUID, photo_pk: UUID) -> HttpResponse:
    """A file that came with it, as it came."""
    found = get_object_or_404(seen_untaken(request), pk=pk)
    return _photo(get_object_or_404(found.photos, pk=photo_pk))


@requires(Capability.VIEW_SHEETS)
@require_safe
def sheet_photo(request: HttpRequest, pk: UUID, photo_pk: UUID) -> HttpResponse:
    """A photograph that came with an answer sheet, for whoever sees the sheet."""
    seen = Sheet.objects.visible_to(person(request)).for_city(city_of(request))
    sheet = get_object_or_404(seen.select_related("city"), pk=pk)
    return _photo(get_object_or_404(photos_of(sheet), pk=photo_pk))


def _titles(request: HttpRequest) -> Titles:
    seen = Collection.objects.visible_to(person(request)).for_city(city_of(request))
    return {each.pk: each.title for each in seen.order_by("-period_from", "pk")}


def _photo(found: SentPhoto) -> HttpResponse:
    """A picture may be drawn by the page around it; anything else is only handed over."""
    content = bytes(found.content)
    kind = picture_kind(content)
    media = KINDS[kind].media_type if kind else "application/octet-stream"
    return _handed_over(content, found.name, media)


def _handed_over(content: bytes, name: str, media: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media)
    header = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = header or "attachment"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response
