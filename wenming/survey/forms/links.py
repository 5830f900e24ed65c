"""The forms of links: how many, until when, how whoever answers was drawn; and closing one."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wenming.base.forms import DeskForm
from wenming.survey.services.links import MOST_LINKS, LinkWish

ONCE, SHARED = "once", "shared"
COLUMN = "drawn-"


class LinksForm(DeskForm):
    """Which links are made."""

    title = forms.CharField(
        label=_("What they are for"), max_length=100,
        help_text=_("Such as “Letter to Garden Street”; only the office sees it."),
    )  # fmt: skip
    way = forms.ChoiceField(
        label=_("Who answers"), widget=forms.RadioSelect, initial=ONCE,
        choices=[
            (ONCE, _("Each link is answered once, for letters and messages to chosen people")),
            (SHARED, _("One link for everybody, answered once on each device, for posters")),
        ],
    )  # fmt: skip
    count = forms.IntegerField(
        label=_("How many links"), min_value=1, max_value=MOST_LINKS, initial=100,
        help_text=_("One link for everybody is always one."),
    )  # fmt: skip
    ends_at = forms.DateTimeField(label=_("Answers are taken until"))

    def ask_for(self, columns: Sequence[str]) -> None:
        """The columns of the design that each sheet needs (抽样列)."""
        for column in columns:
            self.fields[COLUMN + column] = forms.CharField(
                label=column,
                max_length=100,
                help_text=_("The same for all sheets; # stands for the number of the link."),
            )

    @property
    def wish(self) -> LinkWish:
        """What was asked for."""
        given = self.cleaned_data
        is_shared = given["way"] == SHARED
        return LinkWish(
            title=given["title"],
            ends_at=given["ends_at"],
            is_shared=is_shared,
            count=1 if is_shared else given["count"],
            drawn={
                name.removeprefix(COLUMN): given[name].strip()
                for name in self.fields
                if name.startswith(COLUMN)
            },
        )


def begin_with() -> dict[str, Any]:
    """What the form of new links begins with: three weeks from now (默认值)."""
    end = timezone.localtime() + timedelta(days=21)
    return {"ends_at": end.replace(hour=20, minute=0, second=0, microsecond=0)}


class CloseForm(DeskForm):
    """Closing all links of a batch, or one of them."""

    number = forms.IntegerField(
        label=_("Number of the link"), min_value=1, max_value=MOST_LINKS, required=False,
        help_text=_("Left blank, all links of the batch are closed."),
    )  # fmt: skip
