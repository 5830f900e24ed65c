"""What stands around every page of a run: city, round, navigation, colours."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from wenming.base.access import city_of, person
from wenming.core.terms import Words
from wenming.scoring.models import Run
from wenming.scoring.queries import SeenRun, seen_by

Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame of a page of a run; nothing from which a total could be told."""

    city: Words
    round: Words
    is_synthetic: bool
    dimensions: list[Plain]


def found_run(request: HttpRequest, pk: UUID) -> Run:
    """The run with its round and city, where the person may know of it; else 404."""
    runs = Run.objects.visible_to(person(request)).for_city(city_of(request))
    return get_object_or_404(runs.select_related("round__edition", "city"), pk=pk)


def seen_run(request: HttpRequest, pk: UUID) -> SeenRun:
    """The run as the person may see it; else 404."""
    return seen_by(person(request), found_run(request, pk))


def page(
    request: HttpRequest,
    template: str,
    run: Run,
    *,
    section: str,
    status: int = 200,
    **context: object,
) -> HttpResponse:
    """A page of a run inside the shell.

    Args:
        section: the entry of the navigation that the page belongs to.
        status: 422 for a form with mistakes.
    """
    shell = Shell(
        city=run.city.name,
        round=run.round.title,
        is_synthetic=run.round.is_synthetic,
        dimensions=run.summary["dimensions"],
    )
    frame = {
        "run": run,
        "summary": run.summary,
        "shell": shell,
        "section": section,
    }
    return render(request, template, frame | context, status=status)
