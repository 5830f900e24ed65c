"""What stands around every page of a run: city, round, navigation, colours."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from wenming.base.views import theme_of
from wenming.core.terms import Words
from wenming.scoring.models import Run

Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame of a page; every count comes from the run itself."""

    city: Words
    round: Words
    is_synthetic: bool
    dimensions: list[Plain]
    items: int
    gaps: int
    findings: int


def found_run(pk: UUID) -> Run:
    """The run with its round and city, or 404."""
    return get_object_or_404(Run.objects.select_related("round", "city"), pk=pk)


def page(
    request: HttpRequest, template: str, run: Run, *, section: str, **context: object
) -> HttpResponse:
    """A page of a run inside the shell.

    Args:
        section: the entry of the navigation that the page belongs to.
    """
    counts = run.summary["counts"]
    shell = Shell(
        city=run.city.name,
        round=run.round.title,
        is_synthetic=run.round.is_synthetic,
        dimensions=run.summary["dimensions"],
        items=counts["items"],
        gaps=counts["not_met"],
        findings=run.findings.count(),
    )
    frame = {
        "run": run,
        "summary": run.summary,
        "shell": shell,
        "section": section,
        "theme": theme_of(request),
    }
    return render(request, template, frame | context)
