"""Forms of work with a sealed draw: its team, releases, replacements, making it public."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from wenming.base import wording
from wenming.base.access import city_of
from wenming.base.forms import DeskForm
from wenming.base.models import User
from wenming.core.permissions import GRANTS, Capability, PostKind
from wenming.core.terms import DropReason
from wenming.rounds.models import SealedDraw


def drop_choices() -> list[tuple[str, str]]:
    """Why something drops out, in the language of the page."""
    language = "en" if get_language() == "en" else "zh"
    return [(each.value, wording.label("drop_reason", each, language)) for each in DropReason]


class MemberForm(DeskForm):
    """Somebody who joins the team of a draw."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("Person"), queryset=User.objects.none(), empty_label=None
    )
    as_keeper = forms.BooleanField(
        label=gettext_lazy("Keeps the list"),
        required=False,
        help_text=gettext_lazy("Sees all of it, releases, replaces, and makes it public."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in PostKind if Capability.VIEW_DRAW in GRANTS[kind]]
        fitting = User.objects.filter(
            posts__city=city_of(self.request), posts__kind__in=kinds, is_active=True
        )
        field = self.fields["person"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = fitting.distinct().order_by("pinyin", "pk")


class ReleaseForm(DeskForm):
    """To whom drawn units are released, for which route of which day."""

    route = forms.CharField(
        label=gettext_lazy("Route"),
        max_length=60,
        help_text=gettext_lazy("As the team calls it, such as “east, morning”."),
    )
    day = forms.DateField(label=gettext_lazy("Day"))
    people = forms.MultipleChoiceField(
        label=pgettext_lazy("of a release", "To"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nobody chosen: the whole team."),
    )

    def offer(self, draw: SealedDraw) -> None:
        """The members of the team; keepers see everything anyway."""
        members = draw.members.filter(is_keeper=False).select_related("person")
        choices = [(str(m.person_id), m.person.name) for m in members.order_by("person__pinyin")]
        self.fields["people"].choices = choices  # type: ignore[attr-defined]


class DropForm(DeskForm):
    """Why a drawn unit was not looked at."""

    because = forms.ChoiceField(label=gettext_lazy("Why"), choices=drop_choices)
    note = forms.CharField(
        label=gettext_lazy("In words"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RevealForm(DeskForm):
    """The second confirmation: the name of the draw, once more."""

    named = forms.CharField(
        label=gettext_lazy("Name of the draw"),
        max_length=100,
        help_text=gettext_lazy("Write the name of the draw that you make public."),
    )
