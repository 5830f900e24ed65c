"""One word for each code that a reader meets: states, methods, marks, roles and the like."""

from collections.abc import Mapping

from wenming.base.language import marked as _
from wenming.base.wording.audit import AUDIT_LABELS
from wenming.base.wording.desk import DESK_LABELS
from wenming.base.wording.documents import DOCUMENT_LABELS
from wenming.base.wording.findings import FINDING_LABELS
from wenming.base.wording.framework import FRAMEWORK_LABELS
from wenming.base.wording.organisation import ORGANISATION_LABELS
from wenming.base.wording.panels import PANEL_LABELS
from wenming.base.wording.places import PLACE_LABELS
from wenming.base.wording.posts import POST_LABELS
from wenming.base.wording.questionnaires import QUESTIONNAIRE_LABELS
from wenming.base.wording.responsibility import RESPONSIBILITY_LABELS
from wenming.base.wording.results import RESULT_LABELS
from wenming.base.wording.rounds import ROUND_LABELS
from wenming.base.wording.statistics import ENTRY_LABELS
from wenming.base.wording.visits import VISIT_LABELS

LABELS: Mapping[str, Mapping[str, str]] = {
    **POST_LABELS,
    **FINDING_LABELS,
    **ORGANISATION_LABELS,
    **AUDIT_LABELS,
    **DESK_LABELS,
    **FRAMEWORK_LABELS,
    **RESPONSIBILITY_LABELS,
    **RESULT_LABELS,
    **PLACE_LABELS,
    **ROUND_LABELS,
    **PANEL_LABELS,
    **VISIT_LABELS,
    **DOCUMENT_LABELS,
    **QUESTIONNAIRE_LABELS,
    **ENTRY_LABELS,
    "state": {
        "met": _("Met"),
        "not_met": _("Not met"),
        "untested": _("Untested"),
        "not_applicable": _("Not applicable"),
    },
    "part": {
        "basic": _("Basic part"),
        "distinctive": _("Distinctive part"),
    },
    "method": {
        "documents": _("Document review"),
        "inspection": _("Field inspection"),
        "survey": _("Questionnaire survey"),
        "statistic": _("Statistics"),
        "briefing": _("Briefing"),
        "overall": _("Overall observation"),
        "network": _("Network survey"),
    },
    "mark": {
        "public": _("Public"),
        "typical": _("Typical"),
        "invented": _("Placeholder"),
    },
    "role": {
        "lead": _("Lead"),
        "responsible": _("Responsible"),
        "supporting": _("Supporting"),
    },
    "outcome": {
        "conform": _("Conforms"),
        "not_conform": _("Does not conform"),
        "not_applicable": _("Not applicable"),
        "not_observed": _("Not observed"),
    },
    "review": {
        "accepted": _("Accepted"),
        "rejected": _("Rejected"),
        "pending": _("Pending"),
    },
    "severity": {
        "critical": _("Critical line"),
        "major": _("Major line"),
        "minor": _("Minor line"),
    },
    "gate": {
        "precondition": _("Precondition"),
        "negative": _("Negative list"),
        "minors": _("Minors' gate"),
    },
    "holds": {
        "true": _("Holds"),
        "false": _("Does not hold"),
        "unknown": _("Not known"),
    },
    "shape": {
        "conditions": _("Conditions met"),
        "number": _("Number against a limit"),
        "sites": _("Share of passing sites"),
        "ratio": _("Points in proportion"),
        "deduction": _("Points off for each shortfall"),
        "all_or_nothing": _("All or nothing"),
        "veto": _("Any occurrence takes all points"),
        "rating": _("Marks of assessors"),
        "documents": _("Required documents"),
    },
    "interval": {
        "logit": _("logit interval"),
        "beta": _("Korn–Graubard interval"),
        "wilson": _("Wilson interval"),
        "mean": _("interval of a mean"),
        "census": _("all sites visited"),
    },
    "change": {
        "new": _("New"),
        "gone": _("Gone"),
        "moved": _("Moved"),
        "renamed": _("Renamed"),
        "points": _("Points changed"),
        "harder": _("Harder"),
        "easier": _("Easier"),
        "changed": _("Changed"),
    },
    "figure": {
        "items": _("the number of items"),
        "items_tested": _("the number of tested items"),
        "items_untested": _("the number of untested items"),
        "items_met": _("the number of items met"),
        "items_not_met": _("the number of items not met"),
        "units": _("the number of units"),
        "sites": _("the number of sites"),
        "sites_visited": _("the number of visited sites"),
        "answer_sheets": _("the number of answer sheets"),
    },
}
"""Words by kind and code."""

SIGNS: Mapping[str, str] = {
    "met": "✓",
    "not_met": "✗",
    "untested": "–",
    "not_applicable": "○",
    "uncertain": "~",
}
"""A sign for each state, so that colour never carries meaning alone."""
