"""Addresses of the interface; an operation without a capability keeps the program from starting."""

from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, include, path, re_path
from ninja import NinjaAPI

from wenming import __version__
from wenming.api.describing import DESCRIPTION, describe, explain
from wenming.api.door import nothing_here, opened
from wenming.api.refusals import HANDLERS
from wenming.api.rooms import (
    assigning,
    calendar,
    collections,
    comparisons,
    desk,
    drawn_visits,
    draws,
    duties,
    edition_imports,
    edition_life,
    editions,
    field,
    field_surveys,
    figure_imports,
    figures,
    findings,
    groups,
    margins,
    me,
    migration,
    objections,
    panel_calls,
    panels,
    paper_files,
    people,
    plans,
    register,
    requirement_changes,
    requirements,
    results,
    round_plans,
    rounds,
    runs,
    statistics,
    submissions,
    surveys,
    unit_facts,
    unit_imports,
    units,
    verifications,
    visits,
)
from wenming.core.permissions import Capability

ROOMS = (
    me.room,
    units.room,
    unit_facts.room,
    unit_imports.room,
    groups.room,
    people.room,
    calendar.room,
    editions.room,
    edition_life.room,
    edition_imports.room,
    plans.room,
    assigning.room,
    migration.room,
    duties.room,
    objections.room,
    rounds.room,
    collections.room,
    round_plans.room,
    register.room,
    draws.room,
    visits.room,
    drawn_visits.room,
    surveys.room,
    margins.room,
    requirements.room,
    requirement_changes.room,
    submissions.room,
    statistics.room,
    panels.room,
    panel_calls.room,
    runs.room,
    results.room,
    comparisons.room,
    verifications.room,
    figures.room,
    figure_imports.room,
    paper_files.room,
    findings.room,
    field.room,
    field_surveys.room,
    desk.room,
)

api = NinjaAPI(
    title="Wenming 文明",
    version=__version__,
    description=DESCRIPTION,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
)
for _room in dict.fromkeys(ROOMS):  # all that is done at one address belongs to one room
    api.add_router("", _room)
for _kind, _answer in HANDLERS.items():
    api.add_exception_handler(_kind, _answer)


def refuse_open_operations(described: NinjaAPI) -> None:
    """Deny by default: every operation says which capability it needs.

    Raises:
        ImproperlyConfigured: one does not.
    """
    for bound in described._get_bound_routers():  # noqa: SLF001 (no public way to all operations)
        for place, view in bound.path_operations.items():
            for operation in view.operations:
                named = getattr(operation.view_func, "capability", None)
                if not isinstance(named, Capability) or not operation.auth_callbacks:
                    raise ImproperlyConfigured(f"the operation {place} names no capability")


def _operations() -> list[URLPattern | URLResolver]:
    refuse_open_operations(api)
    found, _app, _namespace = api.urls
    operations = [each for each in found if isinstance(each, URLPattern)]
    for each in operations:
        each.callback = opened(each.callback)
    return [each for each in operations if each.name != "api-root"]


app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.json", opened(describe(api)), name="openapi"),
    path("docs/", explain(api), name="docs"),
    path("v1/", include(_operations())),
    re_path(r"", opened(nothing_here), name="nothing"),
]
