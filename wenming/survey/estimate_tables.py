"""The list of the estimates of a survey against their limits."""

from django.utils.translation import gettext_lazy as _

from wenming.base.tables import Column, Empty, Table


def estimates_table() -> Table:
    """The list of estimates (估计对照标准), before and after raking; files hold plain numbers."""
    return Table(
        key="survey-estimates",
        title=_("Estimates against limits"),
        columns=(
            Column("item", _("Item"), sort="item"),
            Column("title", _("Title"), kind="words"),
            Column("questions", _("Question"), is_optional=True),
            Column("n", _("Answers that count"), kind="number", sort="n", is_optional=True),
            Column("before", _("With design weights")),
            Column("now", _("Estimate")),
            Column("limits", _("Limit")),
            Column(
                "state",
                _("Met"),
                label="state",
                sort="state",
                template="survey/estimate_state.html",
            ),
            Column("unraked", _("With design weights, %"), kind="number", is_optional=True),
            Column("value", _("Estimate, %"), kind="number", sort="value", is_optional=True),
            Column("low", _("Lower end, %"), kind="number", is_optional=True),
            Column("high", _("Upper end, %"), kind="number", is_optional=True),
        ),
        sort="item",
        empty=Empty(
            _("No question feeds an item yet"),
            _("Estimates stand here once sheets were accepted whose questions feed items."),
        ),
    )
