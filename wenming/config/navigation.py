"""The left column and the start pages; the only tables of them."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenming.base.desk import Entry
from wenming.core.permissions import Capability, PostKind

C = Capability
RESULTS = _("Results")
GROUND = _("Ground")
ROUNDS = _("Rounds")
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
        "inspection:phone",
        C.USE_PHONE,
        title=_("Work on the phone"),
        short=_("In the field"),
    ),
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
        "rounds:collections",
        C.VIEW_COLLECTION,
        title=_("Rounds in work"),
        short=_("Rounds"),
        section=ROUNDS,
        rooms=(
            "inspection:",
            "rounds:collection",
        ),
    ),
    Entry(
        "rounds:register",
        C.VIEW_EVIDENCE,
        title=_("Register of sites"),
        short=_("Register"),
        section=ROUNDS,
        rooms=("rounds:register",),
    ),
    Entry(
        "survey:instruments",
        C.VIEW_SHEETS,
        title=_("Questionnaires"),
        short=_("Surveys"),
        section=ROUNDS,
        rooms=("survey:",),
    ),
    Entry(
        "submission:home",
        C.VIEW_DOCUMENTS,
        title=_("Documents"),
        short=_("Documents"),
        section=ROUNDS,
        rooms=("submission:",),
    ),
    Entry(
        "statistic:home",
        C.VIEW_STATISTICS,
        title=_("Statistics"),
        section=ROUNDS,
        rooms=("statistic:",),
    ),
    Entry(
        "rounds:draws",
        C.VIEW_DRAW,
        title=_("Sealed draws"),
        short=_("Draws"),
        section=ROUNDS,
        rooms=("rounds:draw",),
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
        rooms=("rounds:latest", "rounds:sites", "rounds:site", "rounds:map", "rounds:layer"),
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
