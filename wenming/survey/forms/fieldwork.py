"""The forms of field work: which questionnaire a round uses, and why a sheet is set aside."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wenming.base import wording
from wenming.base.forms import DeskForm
from wenming.core.evidence.survey import LONELY
from wenming.survey.models import Instrument
from wenming.survey.services.instruments import FieldDesign


class FieldworkForm(DeskForm):
    """The questionnaire of a round and how its sheets are drawn."""

    instrument = forms.ModelChoiceField(
        label=_("Questionnaire"), queryset=Instrument.objects.none()
    )
    strata = forms.CharField(
        label=_("Columns of the strata"), required=False, max_length=200,
        help_text=_("Such as county; several are parted by blanks."),
    )  # fmt: skip
    clusters = forms.CharField(
        label=_("Columns of the clusters"), max_length=200,
        help_text=_("From the first stage on, such as community household."),
    )  # fmt: skip
    fpc = forms.CharField(
        label=_("Columns of the population numbers"), required=False, max_length=200,
        help_text=_("One for each stage, such as communities_total households_total."),
    )  # fmt: skip
    weights = forms.CharField(
        label=_("Column of the weight"), required=False, max_length=60,
        help_text=_("Left out where every sheet counts the same."),
    )  # fmt: skip
    lonely = forms.ChoiceField(label=_("A stratum with one cluster"))

    def offer(self, instruments: Any) -> None:
        """What there is to choose from."""
        language = "en" if get_language() == "en" else "zh"
        self.fields["instrument"].queryset = instruments  # type: ignore[attr-defined]
        self.fields["instrument"].label_from_instance = (  # type: ignore[attr-defined]
            lambda each: f"{each.title.in_language(language)} · {each.version}"
        )
        self.fields["lonely"].choices = [  # type: ignore[attr-defined]
            (each, wording.label("lonely", each, language)) for each in LONELY
        ]

    @property
    def design(self) -> FieldDesign:
        """What was said of the drawing."""
        given = self.cleaned_data
        return FieldDesign(
            strata=given["strata"].split(),
            clusters=given["clusters"].split(),
            fpc=given["fpc"].split(),
            weights=given["weights"].strip(),
            lonely=given["lonely"],
        )


class AsideForm(DeskForm):
    """Why a sheet counts for nothing."""

    because = forms.CharField(
        label=_("Why it does not count"), max_length=500, widget=forms.Textarea({"rows": 3})
    )
