"""How far the documents of a round are brought: by requirement and by unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.tables import list_page
from wenming.core.permissions import Capability
from wenming.rounds.models import Collection
from wenming.submission.models import Requirement, Standing
from wenming.submission.queries.seen import collections_seen, counted, waiting_for
from wenming.submission.tables import REQUIREMENTS

VIEW = Capability.VIEW_DOCUMENTS


def found_collection(request: HttpRequest, pk: UUID) -> Collection:
    """A round that asks the person for documents, or 404."""
    seen = collections_seen(person(request), city_of(request))
    return get_object_or_404(seen.select_related("edition", "city"), pk=pk)


def seen_requirements(request: HttpRequest, collection: Collection) -> QuerySet[Any]:
    """The requirements of a round that the person sees, with their standing."""
    rows = Requirement.objects.visible_to(person(request)).for_city(city_of(request))
    return rows.filter(collection=collection).with_standing(today=localdate())


def around(request: HttpRequest, collection: Collection, tab: str) -> dict[str, object]:
    """What every page of the documents of a round shows around its list."""
    user, city = person(request), city_of(request)
    may_manage = user.may(Capability.MANAGE_ROUNDS, city=city)
    may_review = any(
        user.may(each, city=city)
        for each in (Capability.REVIEW_DOCUMENT, Capability.DECIDE_DOCUMENT)
    )
    return {
        "collection": collection,
        "others": collections_seen(user, city).exclude(pk=collection.pk)[:12],
        "tab": tab,
        "may_manage": may_manage,
        "may_review": may_review,
        "waiting": waiting_for(user, collection).count() if may_review else 0,
    }


@requires(VIEW)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The round that is open now, or the latest one."""
    seen = list(collections_seen(person(request), city_of(request))[:50])
    found = next((each for each in seen if each.is_open), seen[0] if seen else None)
    if found is None:
        return render(request, "submission/no_round.html")
    return redirect("submission:coverage", pk=found.pk)


@requires(VIEW)
@require_safe
def coverage(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """What is missing, late, in review and accepted; a unit sees and hands in its own part."""
    collection = found_collection(request, pk)
    rows = seen_requirements(request, collection)
    context = around(request, collection, "list")
    return list_page(
        request,
        REQUIREMENTS,
        rows.select_related("unit"),
        template="submission/coverage.html",
        counts=counted(rows),
        **context,
    )


@dataclass(frozen=True, slots=True)
class UnitCoverage:
    """How far one unit is (单位报送进度)."""

    unit: UUID | None
    name: str
    numbers: Sequence[tuple[str, int]]
    total: int

    @property
    def done(self) -> int:
        """Share of what was accepted, in whole percent."""
        accepted = dict(self.numbers)[Standing.ACCEPTED]
        return 100 * accepted // self.total if self.total else 0


@requires(VIEW)
@require_safe
def by_unit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same counted by unit, whoever lacks most first."""
    collection = found_collection(request, pk)
    rows = seen_requirements(request, collection).order_by()
    found: dict[tuple[UUID | None, str], dict[str, int]] = {}
    for unit, name, standing in rows.values_list("unit", "unit__name", "standing"):
        numbers = found.setdefault((unit, name or ""), {})
        numbers[standing] = numbers.get(standing, 0) + 1
    units = [
        UnitCoverage(
            unit, name, [(s.value, numbers.get(s, 0)) for s in Standing], sum(numbers.values())
        )
        for (unit, name), numbers in found.items()
    ]
    units.sort(key=lambda each: (each.done, -each.total, each.name))
    context = around(request, collection, "units")
    return render(
        request, "submission/by_unit.html", {"units": units, "standings": list(Standing), **context}
    )
