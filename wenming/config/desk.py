"""What the desk shows: navigation, start pages, help and search; the only tables of it."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wenming.base.desk import Entry
from wenming.base.models import User
from wenming.base.queries.search import people_found, units_found
from wenming.base.relating import RelatedFinder
from wenming.base.seeking import Source
from wenming.core.permissions import Capability, PostKind
from wenming.framework.queries.beside import Beside
from wenming.framework.queries.search import framework_items_found
from wenming.framework.queries.units import duties_of_unit
from wenming.rounds.models import Site
from wenming.rounds.queries import sites_of_unit
from wenming.scoring.models import Run
from wenming.scoring.queries.beside import rounds_of, standings_of
from wenming.scoring.queries.search import items_found, runs_found

C = Capability
RESULTS = _("Results")
GROUND = _("Ground")
CITY = _("City")
FRAMEWORK = _("Framework")
SYSTEM = _("System")

NAVIGATION: Sequence[Entry] = (
    Entry(
        "scoring:overview",
        C.VIEW_SCORE,
        title=_("Overview"),
        keeps=("run",),
        otherwise=("scoring:home",),
        rooms=("scoring:home",),
    ),
    Entry("base:inbox", C.USE_DESK, title=_("Inbox"), count=lambda desk: desk.waiting),
    Entry(
        "scoring:items",
        C.VIEW_RESULTS,
        title=_("Scores by item"),
        short=_("Scores"),
        section=RESULTS,
        keeps=("run",),
        otherwise=("scoring:latest", "items"),
        rooms=(
            "scoring:item",
            "scoring:question",
            "scoring:site",
            "scoring:observation",
            "scoring:document",
        ),
    ),
    Entry(
        "scoring:gaps",
        C.VIEW_RESULTS,
        title=_("Gap list"),
        short=_("Gaps"),
        section=RESULTS,
        keeps=("run",),
        otherwise=("scoring:latest", "gaps"),
    ),
    Entry(
        "scoring:reconciliation_latest",
        C.VIEW_FIGURES,
        title=_("Reconciliation"),
        short=_("Checks"),
        section=RESULTS,
        rooms=(
            "scoring:reconcil",
            "scoring:finding",
            "scoring:figure",
            "scoring:paper",
            "scoring:settle_find",
            "scoring:reopen_find",
        ),
    ),
    Entry(
        "scoring:runs",
        C.VIEW_RUNS,
        title=_("Runs and results"),
        short=_("Runs"),
        section=RESULTS,
        rooms=(
            "scoring:score",
            "scoring:record",
            "scoring:freeze",
            "scoring:correct",
            "scoring:compare",
        ),
    ),
    Entry(
        "scoring:verifications",
        C.VERIFY_RESULTS,
        title=_("Verification of results"),
        short=_("Verify"),
        section=RESULTS,
        rooms=("scoring:verif",),
    ),
    Entry(
        "scoring:method",
        C.VIEW_SCORE,
        title=_("About and methods"),
        short=pgettext_lazy("in the navigation of a phone", "About"),
        section=RESULTS,
        keeps=("run",),
        otherwise=("scoring:latest", "method"),
    ),
    Entry(
        "framework:items",
        C.VIEW_FRAMEWORK,
        title=_("Items of the framework"),
        short=_("Framework"),
        section=FRAMEWORK,
        rooms=("framework:item",),
    ),
    Entry(
        "framework:editions",
        C.VIEW_FRAMEWORK,
        title=_("Editions"),
        section=FRAMEWORK,
        rooms=("framework:edition", "framework:compar", "framework:migrat"),
    ),
    Entry(
        "framework:plans",
        C.VIEW_RESPONSIBILITIES,
        title=_("Responsibilities"),
        short=_("Duties"),
        section=FRAMEWORK,
        rooms=(
            "framework:matrix",
            "framework:plan_",
            "framework:issue_plan",
            "framework:discard_plan",
            "framework:import_plan",
            "framework:check_import",
            "framework:assign",
            "framework:set_terms",
            "framework:undo_step",
            "framework:duties",
            "framework:unit_duties",
        ),
    ),
    Entry(
        "framework:objections",
        C.VIEW_RESPONSIBILITIES,
        title=_("Objections"),
        section=FRAMEWORK,
        rooms=("framework:object",),
    ),
    Entry(
        "base:organisation",
        C.VIEW_ORGANISATION,
        title=_("Organisation"),
        short=_("Units"),
        section=CITY,
        rooms=("base:unit", "base:group", "base:import_units", "base:check_units"),
    ),
    Entry(
        "base:people",
        C.VIEW_PEOPLE,
        title=_("People"),
        section=CITY,
        rooms=("base:person", "base:post"),
    ),
    Entry(
        "base:calendar",
        C.VIEW_ORGANISATION,
        title=_("Working calendar"),
        short=_("Calendar"),
        section=CITY,
        rooms=("base:calendar",),
    ),
    Entry("base:audit", C.VIEW_AUDIT, title=_("Audit"), section=SYSTEM, rooms=("base:audit",)),
    Entry(
        "rounds:latest",
        C.VIEW_EVIDENCE,
        title=_("Sites and map"),
        short=_("Sites"),
        section=GROUND,
        rooms=("rounds:",),
    ),
    Entry("base:jobs", C.USE_DESK, title=_("My long work"), short=_("Work"), section=SYSTEM),
)
"""The left column, in its order; the first four of a person are the bar of a phone."""

START: Mapping[PostKind, tuple[str, ...]] = {
    PostKind.OFFICE: ("scoring:home",),
    PostKind.LEADER: ("scoring:home",),
    PostKind.ASSESSOR: ("scoring:home",),
    PostKind.GROUP_LEAD: ("scoring:latest", "items"),
    PostKind.UNIT: ("base:inbox",),
    PostKind.INSPECTOR: ("base:inbox",),
    PostKind.REVIEWER: ("base:inbox",),
    PostKind.INTERVIEWER: ("base:inbox",),
    PostKind.SYSTEM_ADMINISTRATOR: ("base:people",),
    PostKind.SECURITY_ADMINISTRATOR: ("base:people",),
    PostKind.AUDIT_ADMINISTRATOR: ("base:audit",),
}
"""The view, with its arguments, on which the day of a post begins; of several posts the first."""

HELP: Mapping[str, str] = {
    "base:": "desk",
    "base:job": "operations",
    **dict.fromkeys(
        ["base:me", "base:new_password", "base:new_token", "base:begin_session", "mfa_", "api:"],
        "accounts",
    ),
    **dict.fromkeys(["account_", "base:person_factors", "base:person_unlock"], "accounts"),
    "scoring:": "desk",
    **dict.fromkeys(
        [
            "scoring:runs",
            "scoring:score",
            "scoring:record",
            "scoring:freeze",
            "scoring:correct",
            "scoring:compare",
            "scoring:verif",
        ],
        "results",
    ),
    **dict.fromkeys(
        [
            "scoring:reconcil",
            "scoring:finding",
            "scoring:reopen_finding",
            "scoring:settle_find",
            "scoring:figure",
            "scoring:paper",
        ],
        "reconciliation",
    ),
    "framework:": "responsibility",
    **dict.fromkeys(
        ["framework:item", "framework:edition", "framework:compar", "framework:migrat"],
        "framework",
    ),
    **dict.fromkeys(
        [
            "base:organisation",
            "base:unit",
            "base:group",
            "base:import_units",
            "base:check_units",
            "base:people",
            "base:person",
            "base:post",
            "base:calendar",
            "base:audit",
        ],
        "organisation",
    ),
}
"""The page of docs/guide for a view, by the longest beginning of its name."""

RELATED_TO_UNIT: Sequence[RelatedFinder] = (duties_of_unit, sites_of_unit)
"""What the page of a unit says of other rooms."""

SEARCHED: Sequence[Source] = (
    Source("items", _("Items"), C.VIEW_RESULTS, items_found),
    Source("framework", _("Items of the framework"), C.VIEW_FRAMEWORK, framework_items_found),
    Source("units", _("Units"), C.VIEW_ORGANISATION, units_found),
    Source("people", _("People"), C.VIEW_PEOPLE, people_found),
    Source("runs", _("Rounds and runs"), C.VIEW_RUNS, runs_found),
)
"""What the search looks through, in this order."""

BESIDE: Sequence[Beside] = (Beside(uses=rounds_of, standings=standings_of),)
"""What rooms downstream say beside editions and items of the framework."""


def site_pages(request: HttpRequest, site: Site) -> list[tuple[str, str]]:
    """What is known of a site in rooms further downstream, as far as the person may see it."""
    user = request.user
    if not isinstance(user, User):
        return []
    runs = Run.objects.visible_to(user).filter(round=site.round_id, city=site.city_id)
    run = runs.order_by("-number").first()
    if run is None:
        return []
    return [(gettext("What was seen there"), reverse("scoring:site", args=[run.pk, site.pk]))]
