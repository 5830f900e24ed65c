"""The lists of documents: what is asked for, and what was handed in."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenming.base.tables import Column, Empty, Table
from wenming.submission.forms.requirements import CoverageFilter, QueueFilter

REQUIREMENTS = Table(
    key="requirements",
    title=_("Documents to hand in"),
    columns=(
        Column("name", _("What is asked for"), kind="words", sort="position"),
        Column("item", _("Item"), sort="item"),
        Column("standing", _("Progress"), label="standing", sort="standing",
               template="submission/cells/standing.html"),
        Column("unit.name", _("Unit"), sort="unit__pinyin"),
        Column("due", _("Last day to hand in"), kind="day", sort="due"),
        Column("kind", _("Kind of evidence"), label="evidence_kind", sort="kind"),
        Column("years", _("Years"), sort="year_from"),
        Column("wanted", _("Asked for"), kind="number", sort="wanted", is_optional=True),
        Column("accepted", _("Accepted"), kind="number", sort="accepted"),
        Column("item_title", _("Name of the item"), kind="words", is_optional=True),
        Column("condition", _("Condition"), kind="number", is_optional=True),
        Column("method", _("Method"), label="method", is_optional=True),
        Column("note", _("Note"), is_optional=True),
    ),
    sort="name",
    filters=CoverageFilter,
    address=lambda row: reverse("submission:requirement", args=[row.pk]),
    opens_in_drawer=True,
    empty=Empty(
        _("Nothing is asked for yet"),
        _("The office builds the list from the edition of the round; a unit sees its own part."),
    ),
)  # fmt: skip

PAPERS = Table(
    key="papers",
    title=_("Documents handed in"),
    columns=(
        Column("title", _("Document"), sort="title"),
        Column("key", _("Document number"), sort="number"),
        Column("state", pgettext_lazy("of a matter", "State"), label="submission_state",
               sort="state", template="submission/cells/state.html"),
        Column("requirement.item", _("Item"), sort="requirement__item"),
        Column("requirement.name", _("What is asked for"), kind="words"),
        Column("unit.name", _("Unit"), sort="unit__pinyin"),
        Column("handed_in_at", _("Handed in"), kind="moment", sort="handed_in_at"),
        Column("version", _("Version"), kind="number", is_optional=True),
        Column("reason", _("Reason"), is_optional=True),
        Column("reviewed_by.name", _("First review by"), is_optional=True),
        Column("decided_by.name", _("Decided by"), is_optional=True),
    ),
    sort="handed_in_at",
    filters=QueueFilter,
    address=lambda row: reverse("submission:paper", args=[row.pk]),
    empty=Empty(
        _("Nothing was handed in yet"),
        _("What units hand in stands here, the oldest first, until it is decided."),
    ),
)  # fmt: skip
