"""Forms of runs: which round to score, why a result is corrected."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenming.base.access import city_of, person
from wenming.base.forms import DeskForm
from wenming.base.templatetags.figures import words
from wenming.rounds.models import Round

LONGEST_REASON = 1000


class RoundChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Rounds by their name; the later revision of one is told from the earlier."""

    def label_from_instance(self, obj: Any) -> str:
        """The name with the revision, where there is more than one."""
        name = words(obj.title) or obj.key
        if obj.revision == 1:
            return name
        text = _("%(round)s · revision %(revision)s")
        return text % {"round": name, "revision": obj.revision}


class ScoreForm(DeskForm):
    """Which round to score."""

    round = RoundChoice(
        label=gettext_lazy("Round"),
        queryset=Round.objects.none(),
        help_text=gettext_lazy("The evidence as it is stored now is scored; nothing is changed."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = Round.objects.visible_to(person(self.request)).for_city(city_of(self.request))
        field = self.fields["round"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = seen.order_by("-loaded_at")


class FreezeForm(DeskForm):
    """The confirmation before a run is frozen; nothing to fill in."""


class ReasonForm(DeskForm):
    """Why a result is corrected."""

    reason = forms.CharField(
        label=gettext_lazy("Reason of the correction"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("It is kept for ever with both results and in the audit."),
    )
