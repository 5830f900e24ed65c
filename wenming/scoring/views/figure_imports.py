"""Figures of a paper from Excel or CSV: mistakes by cell, a preview, the taking over."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wenming.base import wording
from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_in_notice, explain_on
from wenming.base.models import CityQuerySet, Import
from wenming.base.services.attachments import clean_name, path_of
from wenming.base.tables.exporting import WORKBOOK
from wenming.base.views.asking import sent
from wenming.core.errors import Place, Problem
from wenming.core.permissions import Capability
from wenming.files.annotated import annotated_workbook
from wenming.files.figures_template import head_of, write_figures, write_figures_csv
from wenming.scoring.figure_forms import FiguresFileForm
from wenming.scoring.models import ReportedDocument
from wenming.scoring.queries.figure_imports import CheckedFigures, figure_rows, own_words
from wenming.scoring.services.figure_imports import (
    KIND,
    bring_figures,
    check_figures,
    take_over_figures,
)
from wenming.scoring.services.figures import frozen_result_of
from wenming.scoring.views.figures import READ_OR_SEND, desk_of, found_paper

SHOWN = 500
FORMS = ("xlsx", "csv")


@requires(Capability.EDIT_FIGURES)
@require_http_methods(READ_OR_SEND)
def figures_bring(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring a file of the figures of a paper; the files brought before stand below."""
    found = found_paper(request, pk)
    form = FiguresFileForm(sent(request), request.FILES or None, request=request)
    if request.method == "POST" and form.is_valid():
        with explain_on(form, field="file"):
            brought = bring_figures(form.cleaned_data["file"], found, by=person(request))
            return redirect("scoring:figures_check", pk=brought.pk)
    earlier = _seen(request).filter(options__paper=str(found.pk)).select_related("attachment")
    context = {
        "form": form,
        "paper": found,
        "frozen": frozen_result_of(found.round),
        "earlier": earlier.order_by("-brought_at")[:20],
        "desk_address": desk_of(found.round_id),
    }
    return render(request, "scoring/reconciliation/bring.html", context, status=form.status)


@requires(Capability.EDIT_FIGURES)
@require_http_methods(READ_OR_SEND)
def figures_check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a file would do: its mistakes, or the changes, which are taken over from here."""
    brought = _found(request, pk)
    paper = found_paper(request, _paper_of(brought))
    if request.method == "POST":
        return _taken_over(request, brought, paper)
    language = _language()
    checked = check_figures(brought, paper, language=language)
    context = {
        "brought": brought,
        "paper": paper,
        "problems": [
            {"at": _at(each.place), "sentence": wording.sentence(each.code, each.facts, language)}
            for each in checked.problems[:SHOWN]
        ],
        "n": len(checked.problems),
        "checked": checked,
        "changes": _changes(checked, head_of(language)),
        "n_new": checked.new,
        "n_changed": len(checked.changes) - checked.new,
        "shown": SHOWN,
        "is_workbook": brought.attachment.name.lower().endswith(".xlsx"),
        "form": FiguresFileForm(request=request),
        "frozen": frozen_result_of(paper.round),
        "desk_address": desk_of(paper.round_id),
    }
    return render(request, "scoring/reconciliation/check.html", context)


@requires(Capability.EDIT_FIGURES)
@require_safe
def figures_copy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The workbook again with every mistake as a note on its cell."""
    brought = _found(request, pk)
    paper = found_paper(request, _paper_of(brought))
    name = brought.attachment.name
    if not name.lower().endswith(".xlsx"):
        raise Http404
    problems = check_figures(brought, paper).problems
    with explain_in_notice(request):
        path = path_of(brought.attachment.file)
        written = annotated_workbook(path, problems, name=name, say=_say)
        return _file(written, name[: -len(".xlsx")] + "-annotated.xlsx", "xlsx")
    return redirect("scoring:figures_check", pk=brought.pk)


@requires(Capability.EDIT_FIGURES)
@require_safe
def figures_template(_request: HttpRequest, form: str) -> HttpResponse:
    """A blank file with its headings and, as a workbook, what to write under them."""
    language = _language()
    name = ("数字导入表", "figures")[language == "en"]
    if form == "csv":
        return _file(write_figures_csv(language=language), f"{name}.csv", form)
    if form != "xlsx":
        raise Http404
    written = write_figures([], language=language, own=own_words(language))
    return _file(written, f"{name}.xlsx", form)


@requires(Capability.VIEW_FIGURES)
@require_safe
def figures_workbook(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The figures of a paper as a workbook in the form that is read again."""
    paper, language = found_paper(request, pk), _language()
    rows = figure_rows(paper, language)
    written = write_figures(rows, language=language, own=own_words(language))
    return _file(written, clean_name(f"{paper.title_zh}.xlsx"), "xlsx")


def _seen(request: HttpRequest) -> CityQuerySet[Import]:
    return Import.objects.visible_to(person(request)).for_city(city_of(request)).filter(kind=KIND)


def _found(request: HttpRequest, pk: UUID) -> Import:
    return get_object_or_404(_seen(request).select_related("attachment__file", "city"), pk=pk)


def _paper_of(brought: Import) -> UUID:
    return UUID(brought.options["paper"])


def _taken_over(request: HttpRequest, brought: Import, paper: ReportedDocument) -> HttpResponse:
    with explain_in_notice(request):
        done = take_over_figures(brought, by=person(request))
        said = _("Taken over: %(new)s new figures, %(changed)s changed. The round was checked.")
        facts = {"new": done.new, "changed": len(done.changes) - done.new}
        messages.success(request, said % facts)
        return redirect(desk_of(paper.round_id))
    return redirect("scoring:figures_check", pk=brought.pk)


def _changes(checked: CheckedFigures, heads: Mapping[str, str]) -> list[dict[str, Any]]:
    """What the file changes, each cell under the heading of its column."""
    return [
        {
            "title": change.title,
            "is_new": change.is_new,
            "cells": [
                {"heading": heads[cell.column], "before": cell.before, "after": cell.after}
                for cell in change.cells
            ],
        }
        for change in checked.changes[:SHOWN]
    ]


def _at(place: Place) -> str:
    """The cell of a mistake; in CSV, where cells have no address, its line and column."""
    if place.address or not place.line:
        return place.address or place.sheet
    facts = {"line": place.line, "column": place.column}
    return (_("line %(line)s %(column)s") % facts).strip()


def _say(problem: Problem) -> str:
    return wording.sentence(problem.code, problem.facts, _language())


def _language() -> str:
    return "en" if get_language() == "en" else "zh"


def _file(written: bytes, name: str, form: str) -> HttpResponse:
    kind = WORKBOOK if form == "xlsx" else "text/csv; charset=utf-8"
    response = HttpResponse(written, content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
