"""The list of what does not fit in the figures of a round."""

from collections.abc import Sequence

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wenming.base import wording
from wenming.base.tables import Action, Column, Empty, Table, TableFilter
from wenming.core.lifecycle import SettlementState
from wenming.core.permissions import Capability
from wenming.scoring.models import ReportedDocument, Settlement, SettlementVerdict

Choice = tuple[str, str]
NO_DOCUMENT = "-"


def said(settlement: Settlement) -> str:
    """The finding as a sentence in the language of the page."""
    return wording.sentence(settlement.code, settlement.facts, _language())


def verdict_choices() -> list[Choice]:
    """What a finding can turn out to be, in the language of the page."""
    language = _language()
    return [(each.value, wording.label("verdict", each, language)) for each in SettlementVerdict]


class SettlementFilter(TableFilter):
    """Which findings to list: the rows of one round."""

    state = forms.ChoiceField(required=False, label=pgettext_lazy("of a matter", "State"))
    document = forms.ChoiceField(required=False, label=_("Paper"))
    code = forms.ChoiceField(required=False, label=_("Kind of finding"))
    verdict = forms.ChoiceField(required=False, label=pgettext_lazy("of a finding", "Verdict"))

    papers: Sequence[ReportedDocument] | None = None
    rows: Sequence[Settlement] | None = None

    def offer(self) -> None:
        """Only what the findings at hand have."""
        language = _language()
        states = [(s.value, wording.label("settlement", s, language)) for s in SettlementState]
        self.choices_of("state", states)
        self.choices_of("verdict", verdict_choices())
        if self.rows is None or self.papers is None:
            return
        found = {(each.code, each.document) for each in self.rows}
        codes = sorted({code for code, _document in found})
        self.choices_of("code", [(c, wording.label("finding", c, language)) for c in codes])
        keys = {document for _code, document in found}
        listed = [(p.key, p.title.in_language(language)) for p in self.papers if p.key in keys]
        own = [(NO_DOCUMENT, str(_("The system's own records")))] if "" in keys else []
        self.choices_of("document", [*listed, *own])

    def narrow(self, rows: "QuerySet[Settlement]") -> "QuerySet[Settlement]":
        """The findings that fit."""
        chosen = dict(self.chosen)
        document = chosen.pop("document", None)
        if document is not None:
            rows = rows.filter(Q(document="" if document == NO_DOCUMENT else document))
        return rows.filter(**chosen)


def filter_of(
    rows: Sequence[Settlement], papers: Sequence[ReportedDocument]
) -> type[SettlementFilter]:
    """The filter of the findings of one round."""
    return type("SettlementFilterHere", (SettlementFilter,), {"rows": rows, "papers": papers})


COLUMNS = (
    Column(
        "finding",
        _("Finding"),
        sort="position",
        value=said,
        template="scoring/reconciliation/finding_cell.html",
    ),
    Column(
        "state",
        pgettext_lazy("of a matter", "State"),
        label="settlement",
        sort="state",
        template="scoring/reconciliation/state_cell.html",
    ),
    Column("code", _("Kind of finding"), label="finding", sort="code", is_optional=True),
    Column("document", _("Paper"), sort="document", is_optional=True),
    Column(
        "verdict",
        pgettext_lazy("of a finding", "Verdict"),
        label="verdict",
        sort="verdict",
        is_optional=True,
    ),
    Column("reason", _("Reason"), is_optional=True),
    Column("settled_by.name", _("Settled by"), is_optional=True),
    Column("settled_at", _("Settled on"), kind="moment", sort="settled_at", is_optional=True),
    Column("found_at", _("First found"), kind="moment", sort="found_at", is_optional=True),
)


EVERYTHING_FITS = Empty(
    _("Everything fits"),
    _("Every figure adds up, and agrees with the other papers and our own records."),
)
NOTHING_TO_CHECK = Empty(
    _("Nothing to check yet"), _("As soon as figures are entered or imported, they are checked.")
)


def findings_table(filters: type[SettlementFilter], *, has_figures: bool) -> Table:
    """The list of the findings of one round; without figures nothing could be found."""
    return Table(
        key="findings",
        title=_("What does not fit"),
        columns=COLUMNS,
        sort="finding",
        filters=filters,
        address=lambda settlement: reverse("scoring:finding", args=[settlement.pk]),
        opens_in_drawer=True,
        actions=(
            Action("settle", _("Settle"), "scoring:settle_findings", Capability.SETTLE_FINDING),
        ),
        empty=EVERYTHING_FITS if has_figures else NOTHING_TO_CHECK,
    )


def _language() -> str:
    return "en" if get_language() == "en" else "zh"
