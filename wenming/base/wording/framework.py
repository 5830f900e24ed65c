"""Sentences about editions of the framework: what is refused, and the words of their pages."""

from collections.abc import Mapping

from wenming.base.language import marked as _

FRAMEWORK: Mapping[str, str] = {
    "edition_not_draft": _(
        "“{title}” was put in use and is frozen; import another edition to change something."
    ),
    "edition_in_plans": _(
        "Responsibilities were assigned for “{title}” already; discard that plan first."
    ),
    "edition_not_replaceable": _(
        "“{title}” cannot be chosen here; choose another edition of this city that is in use."
    ),
    "edition_exists": _(
        "“{title}” ({key}) has exactly this content already; there is nothing to take over."
    ),
    "import_has_problems": _(
        "The file still has {count} mistakes; correct them and bring it in again."
    ),
    "migration_refused": _(
        "Responsibilities cannot be carried over to “{title}”: choose an issued plan of another "
        "edition of this city, and an edition that is not superseded."
    ),
    "import_taken": _(
        "“{file}” was taken over already, perhaps by somebody else a moment ago; look at the list "
        "of editions."
    ),
}
"""Sentences by code."""

FRAMEWORK_LABELS: Mapping[str, Mapping[str, str]] = {
    "edition_state": {
        "draft": _("Draft"),
        "in_use": _("In use"),
        "superseded": _("Superseded"),
    },
    "kinship": {
        "same": _("Unchanged"),
        "moved": _("Moved"),
        "renamed": _("Renamed"),
        "rekeyed": _("Other key"),
        "split": _("Split"),
        "new": _("New"),
        "gone": _("Gone"),
    },
    "aggregate": {
        "mean": _("mean of all sites"),
        "max": _("highest of all sites"),
        "sum": _("sum over all sites"),
    },
    "judge": {
        "pass_fail": _("Yes or no"),
        "count": _("Count"),
        "share": _("Share"),
    },
    "table": {
        "edition": _("Edition"),
        "grades": _("Grades"),
        "tiers": _("Tiers of cities"),
        "groups": _("Working groups"),
        "sources": _("Sources"),
        "gates": _("Gates"),
        "dimensions": _("Dimensions"),
        "indicators": _("Indicators"),
        "items": _("Items"),
        "criteria": _("Criteria"),
        "conditions": _("Conditions"),
        "limits": _("Limits"),
        "site_types": _("Types of sites"),
        "lines": _("Lines of checklists"),
    },
}
"""Words by kind of code, then by code."""
