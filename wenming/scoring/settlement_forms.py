"""Forms with which findings are settled and opened again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenming.base.forms import DeskForm
from wenming.scoring.models import Settlement, SettlementVerdict
from wenming.scoring.tables import verdict_choices

LONGEST_REASON = 2000


class VerdictForm(DeskForm):
    """What a finding turned out to be, and why."""

    verdict = forms.ChoiceField(
        label=pgettext_lazy("of a finding", "Verdict"),
        choices=verdict_choices,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Who was asked, what they answered, and which number holds."),
    )

    @property
    def said(self) -> dict[str, Any]:
        """Verdict and reason, as the services take them."""
        given = self.cleaned_data
        return {"verdict": SettlementVerdict(given["verdict"]), "reason": given["reason"]}


class SeveralForm(VerdictForm):
    """The same for several findings at once."""

    rows = forms.ModelMultipleChoiceField(
        Settlement.objects.none(), widget=forms.MultipleHiddenInput
    )


class ReopenForm(DeskForm):
    """Why a settled finding is opened again."""

    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )
