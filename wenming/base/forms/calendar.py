"""Forms of the working calendar: a day of the city's own, and its working hours."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from wenming.base import wording
from wenming.base.forms import DeskForm
from wenming.base.forms.units import Choice
from wenming.core.calendar import DayKind


def day_kinds() -> list[Choice]:
    """Day off or workday, in the language of the page."""
    language = get_language() or "zh"
    return [(kind.value, wording.label("day_kind", kind, language)) for kind in DayKind]


class SpecialDayForm(DeskForm):
    """A day on which the city works or rests otherwise than the country."""

    day = forms.DateField(label=gettext_lazy("Day"))
    kind = forms.ChoiceField(label=gettext_lazy("The city has"), choices=day_kinds)
    name = forms.CharField(
        label=gettext_lazy("Occasion"),
        max_length=50,
        required=False,
        help_text=gettext_lazy("Such as the paper that says so."),
    )


class WorkingHoursForm(DeskForm):
    """The working hours of a day: one span, or two with a break between them."""

    from_1 = forms.TimeField(label=pgettext_lazy("a time of day", "From"), required=False)
    until_1 = forms.TimeField(label=pgettext_lazy("a time of day", "Until"), required=False)
    from_2 = forms.TimeField(
        label=pgettext_lazy("a time of day", "From, after the break"), required=False
    )
    until_2 = forms.TimeField(
        label=pgettext_lazy("a time of day", "Until, after the break"),
        required=False,
        help_text=gettext_lazy("All four left blank: the usual hours, 8:30–12:00 and 14:00–18:00."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.fields[name].widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    @property
    def spans(self) -> Sequence[tuple[time, time]]:
        """The spans that were typed, in order."""
        said = self.cleaned_data
        pairs = [(said[f"from_{n}"], said[f"until_{n}"]) for n in (1, 2)]
        return [(first, last) for first, last in pairs if first and last]

    def clean(self) -> dict[str, Any]:
        """Both ends of a span, or neither."""
        cleaned = super().clean()
        for n in (1, 2):
            ends = (f"from_{n}", f"until_{n}")
            given = [bool(cleaned.get(name)) for name in ends]
            if any(given) and not all(given) and not any(name in self.errors for name in ends):
                self.add_error(ends[given.index(False)], _("Give both ends, or leave both blank."))
        return cleaned
