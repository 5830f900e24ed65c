"""Editions: the list of them, the page of one, and its files."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.models import Attachment, Import
from wenming.core.lifecycle import EditionState
from wenming.core.permissions import Capability
from wenming.files.checklist_out import write_checklists
from wenming.files.edition_template import TEMPLATES, write_template
from wenming.files.editions import write_edition
from wenming.files.kinds import XLSX
from wenming.files.xlsform_out import xlsform_of_checklist
from wenming.framework.queries.beside import uses_of
from wenming.framework.queries.contents import contents_of, with_points
from wenming.framework.queries.editions import checklists_of, edition_of
from wenming.framework.services.edition_imports import KIND
from wenming.framework.views.seen_editions import EDIT, found_edition, may_edit, seen_editions

MEDIA_TYPES = {
    "xlsx": XLSX,
    "yaml": "application/yaml; charset=utf-8",
}
STATES = (EditionState.IN_USE, EditionState.DRAFT, EditionState.SUPERSEDED)
OPEN_IMPORTS = 20


@requires(Capability.VIEW_FRAMEWORK)
@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """All editions by state, and for the office the files that are not editions yet."""
    user, city = person(request), city_of(request)
    wanted = with_points(seen_editions(request)).select_related("superseded_by")
    listed = list(wanted.defer("content", "superseded_by__content"))
    states = [(state, [each for each in listed if each.state == state]) for state in STATES]
    imports = Import.objects.visible_to(user, EDIT).for_city(city).filter(kind=KIND, subject="")
    imports = imports.select_related("attachment", "brought_by").order_by("-checked_at")
    is_office = may_edit(request)
    context = {
        "states": [(state, rows) for state, rows in states if rows],
        "uses": uses_of(user, city, listed),
        "may_edit": is_office,
        "may_compare": len(listed) > 1,
        "imports": list(imports[:OPEN_IMPORTS]) if is_office else [],
    }
    return render(request, "framework/edition/editions.html", context)


@requires(Capability.VIEW_FRAMEWORK)
@require_safe
def edition(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One edition: what it holds, where its numbers come from, what was made with it."""
    found = found_edition(request, pk)
    user, city = person(request), city_of(request)
    opened = Attachment.objects.visible_to(user).for_city(city)
    context = {
        "edition": found,
        "contents": contents_of(found),
        "uses": uses_of(user, city, [found])[found.pk],
        "may_edit": may_edit(request),
        "may_assign": user.may(Capability.ASSIGN_RESPONSIBILITIES, city=city),
        "file": opened.filter(pk=found.file_id).first() if found.file_id else None,
        "others": list(seen_editions(request).exclude(pk=pk)[:OPEN_IMPORTS]),
    }
    return render(request, "framework/edition/edition.html", context)


@requires(Capability.VIEW_FRAMEWORK)
@require_safe
def edition_file(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """An edition as a file that can be brought in again."""
    found = found_edition(request, pk)
    return _handed_over(found.key, form, lambda path: write_edition(edition_of(found), path))


@requires(Capability.VIEW_FRAMEWORK)
@require_safe
def checklists_file(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """The checklists of an edition as a file that can be brought in again."""
    found = found_edition(request, pk)
    if found.checklists is None:
        raise Http404
    lists = checklists_of(found.checklists)
    return _handed_over(f"{found.key}-checklists", form, lambda path: write_checklists(lists, path))


@requires(Capability.VIEW_FRAMEWORK)
@require_safe
def checklist_form(request: HttpRequest, pk: UUID, site_type: str) -> HttpResponse:
    """The checklist of one site type as an XLSForm; its version is that of all checklists."""
    found = found_edition(request, pk)
    checklist = checklists_of(found.checklists).by_type.get(site_type)
    if found.checklists is None or checklist is None:
        raise Http404
    written = xlsform_of_checklist(checklist, version=found.checklists.version)
    return _as_file(f"{found.key}-{site_type}", "xlsx", written)


@requires(EDIT)
@require_safe
def template_file(request: HttpRequest, what: str) -> HttpResponse:
    """The empty workbook of an edition or of checklists, to be filled in."""
    if what not in TEMPLATES:
        raise Http404
    return _handed_over(f"{what}-template", "xlsx", lambda path: write_template(path, what))


def _handed_over(name: str, form: str, write: Callable[[Path], None]) -> HttpResponse:
    """A file that is written for this answer only."""
    if form not in MEDIA_TYPES:
        raise Http404
    with tempfile.TemporaryDirectory(prefix="wenming-") as folder:
        path = Path(folder) / f"file.{form}"
        write(path)
        return _as_file(name, form, path.read_bytes())


def _as_file(name: str, form: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=MEDIA_TYPES[form])
    heading = content_disposition_header(True, f"{name}.{form}")
    response.headers["Content-Disposition"] = heading or "attachment"
    return response
