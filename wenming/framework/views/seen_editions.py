"""Editions as the person who asks may see them, or 404; drafts only for whoever edits them."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404

from wenming.base.access import city_of, person
from wenming.base.models import Import
from wenming.core.lifecycle import EditionState
from wenming.core.permissions import Capability
from wenming.framework.models import Edition
from wenming.framework.services.edition_imports import KIND

EDIT = Capability.EDIT_FRAMEWORK


def may_edit(request: HttpRequest) -> bool:
    """Whether the person may change the framework of the city at hand."""
    return person(request).may(EDIT, city=city_of(request))


def seen_editions(request: HttpRequest) -> QuerySet[Edition]:
    """The editions of the city, without their content, those in use first."""
    editions = Edition.objects.visible_to(person(request)).for_city(city_of(request))
    if not may_edit(request):
        editions = editions.exclude(state=EditionState.DRAFT)
    return editions.defer("content").order_by("-put_in_use_at", "-created_at")


def found_edition(request: HttpRequest, pk: UUID) -> Edition:
    """An edition of the city with its content."""
    editions = seen_editions(request).defer(None)
    wanted = editions.select_related("city", "checklists", "superseded_by", "created_by", "file")
    return get_object_or_404(wanted, pk=pk)


def found_import(request: HttpRequest, pk: UUID) -> Import:
    """An import of an edition, whoever of the office brought it."""
    seen = Import.objects.visible_to(person(request), EDIT).for_city(city_of(request))
    wanted = seen.filter(kind=KIND).select_related("city", "attachment__file", "brought_by")
    return get_object_or_404(wanted, pk=pk)


def given(request: HttpRequest) -> QueryDict | None:
    """What was sent to a form, be it nothing but the button; None where the form is only shown."""
    return request.POST if request.method == "POST" else None
