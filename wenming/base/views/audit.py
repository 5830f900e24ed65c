"""The audit: entries in words, one entry with its hashes, sessions, and the verification."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from wenming.base import wording
from wenming.base.access import city_of, person, requires
from wenming.base.models import AuditEntry
from wenming.base.queries.audit import (
    actions_of,
    entries_of,
    neighbours_of,
    of_same_request,
    sessions_of,
    verified_chains,
)
from wenming.base.services.audit import record
from wenming.base.tables import Column, Empty, Table, TableFilter, list_page
from wenming.base.wording.deeds import deed, deed_name
from wenming.core.permissions import Capability

VIEW = Capability.VIEW_AUDIT
SHOWN_FAULTS = 200
Entries = QuerySet[AuditEntry]


class AuditFilter(TableFilter):
    """By what entries are narrowed down."""

    actor = forms.CharField(label=_("Who"))
    action = forms.ChoiceField(label=_("What was done"))
    subject = forms.CharField(label=_("To what"))
    first = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(
        label=pgettext_lazy("the last day", "Until"), widget=forms.DateInput(attrs={"type": "date"})
    )
    request = forms.CharField(label=_("Request number"))

    def offer(self) -> None:
        """The actions that ever happened here."""
        language = get_language() or "zh"
        named = [(each, deed_name(each, language)) for each in actions_of(self.user, self.city)]
        self.choices_of("action", sorted(named, key=lambda pair: pair[1]))

    def narrow(self, rows: Entries) -> Entries:
        """The entries that fit; days are those of the city."""
        chosen = self.chosen
        if "actor" in chosen:
            text = chosen["actor"]
            sounds = Q(actor__pinyin__contains=text.lower()) | Q(actor__username__iexact=text)
            rows = rows.filter(Q(actor__name__icontains=text) | sounds)
        if "action" in chosen:
            rows = rows.filter(action=chosen["action"])
        if "subject" in chosen:
            text = chosen["subject"]
            rows = rows.filter(Q(subject_name__icontains=text) | Q(subject__icontains=text))
        if "first" in chosen:
            rows = rows.filter(at__gte=_midnight(chosen["first"]))
        if "last" in chosen:
            rows = rows.filter(at__lt=_midnight(chosen["last"] + timedelta(days=1)))
        if "request" in chosen:
            rows = rows.filter(request__startswith=chosen["request"].strip())
        return rows


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _said(entry: AuditEntry) -> str:
    return deed(entry.action, entry.detail, get_language() or "zh")


def _subject(entry: AuditEntry) -> str:
    kind, _mark, _identity = entry.subject.partition(":")
    word = wording.label("subject", kind, get_language() or "zh") if kind else ""
    name = getattr(entry, "subject_name", "")
    return f"{word} {name}".strip()


AUDIT = Table(
    key="audit",
    title=_("Audit"),
    columns=(
        Column("number", _("No."), sort="number"),
        Column("at", _("When"), kind="moment", sort="at"),
        Column("actor.name", _("Who"), template="base/audit/actor_cell.html"),
        Column("said", _("What was done"), value=_said),
        Column("subject", _("To what"), value=_subject),
        Column("action", _("Code"), is_optional=True),
        Column("request", _("Request number"), is_optional=True),
        Column("hash", _("Hash"), is_optional=True),
        Column("before", _("Hash before"), is_optional=True),
    ),
    sort="-number",
    filters=AuditFilter,
    address=lambda entry: reverse("base:audit_entry", args=[entry.pk]),
    opens_in_drawer=True,
    empty=Empty(_("Nothing was done yet"), _("Everything that is done is recorded here.")),
)

SESSIONS = Table(
    key="audit-sessions",
    title=_("Administrator sessions"),
    columns=(
        Column("begun_at", _("Begun"), kind="moment", sort="begun_at"),
        Column("user.name", _("Who"), sort="user__pinyin"),
        Column("reason", _("Reason")),
        Column("ended_at", _("Ended"), kind="moment", sort="ended_at"),
        Column("ends_at", _("Latest end"), kind="moment", is_optional=True),
        Column("request_count", _("Requests"), kind="number", sort="request_count"),
    ),
    sort="-begun_at",
    address=lambda session: reverse("base:audit_session", args=[session.pk]),
    empty=Empty(
        _("No administrator session yet"),
        _("What administrators change works only within one; each of its requests is kept."),
    ),
)

REQUESTS = Table(
    key="audit-requests",
    title=_("Requests of the session"),
    columns=(
        Column("at", _("When"), kind="moment", sort="at"),
        Column("method", _("Method")),
        Column("address", _("Address")),
        Column("status", _("Answer"), kind="number"),
        Column("request", _("Request number"), template="base/audit/request_cell.html"),
    ),
    sort="at",
)


@requires(VIEW)
@require_safe
def audit(request: HttpRequest) -> HttpResponseBase:
    """Everything that was done in the city."""
    rows = entries_of(person(request), city_of(request))
    return list_page(request, AUDIT, rows, template="base/audit/audit.html")


@requires(VIEW)
@require_safe
def entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One entry with its facts and hashes, and what stands before and after it."""
    found = get_object_or_404(entries_of(person(request), city_of(request)), pk=pk)
    before, after = neighbours_of(found)
    context = {
        "entry": found,
        "subject": _subject(found),
        "before": before,
        "after": after,
        "same_request": of_same_request(found),
    }
    return render(request, "base/audit/entry.html", context)


@requires(VIEW)
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Verify the chain now, and say with numbers what came of it."""
    user, city = person(request), city_of(request)
    chains = verified_chains(user, city)
    faults = sum(len(each.faults) for each in chains)
    entries = sum(each.entries for each in chains)
    facts = {"entries": entries, "faults": faults}
    record("audit.verify", by=user, city=city, detail=facts)
    context = {"chains": chains, "faults": faults, "at": timezone.now(), "shown": SHOWN_FAULTS}
    return render(request, "base/audit/verified.html", context)


@requires(VIEW)
@require_safe
def sessions(request: HttpRequest) -> HttpResponseBase:
    """The administrator sessions of the city."""
    rows = sessions_of(person(request), city_of(request))
    return list_page(request, SESSIONS, rows, template="base/audit/sessions.html")


@requires(VIEW)
@require_safe
def session(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """One administrator session with each of its requests."""
    found = get_object_or_404(sessions_of(person(request), city_of(request)), pk=pk)
    rows = found.requests.all()
    return list_page(request, REQUESTS, rows, template="base/audit/session.html", session=found)
