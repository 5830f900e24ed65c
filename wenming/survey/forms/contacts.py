"""The form of what an interviewer met with on a day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenming.base.forms import DeskForm
from wenming.base.models import User
from wenming.survey.services.contacts import MOST_A_DAY, DayContacts


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in stubs only
    """People by their name."""

    def label_from_instance(self, obj: Any) -> str:
        """The name."""
        return str(obj.name)


def _count(label: Any, help_text: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, min_value=0, max_value=MOST_A_DAY)


class ContactsForm(DeskForm):
    """What was met with on a day beside interviews; interviewers have no choice of whose it was."""

    interviewer = PersonChoice(label=_("Interviewer"), queryset=User.objects.none())
    day = forms.DateField(label=_("Day"))
    refused = _count(
        pgettext_lazy("of a contact", "Refused"), _("Said no, or somebody said it for them.")
    )
    not_reached = _count(
        _("Not reached"), _("Is one of those to be asked, but was not met or not spoken to.")
    )
    unknown_eligibility = _count(
        _("Nobody knows"), _("No answer at the door, or passed by: it is not known who it was.")
    )
    not_eligible = _count(_("Not to be asked"), _("No resident, too young, an empty flat, a shop."))

    def offer(self, people: Any) -> None:
        """Whose contacts may be said; None where they can only be one's own."""
        if people is None:
            del self.fields["interviewer"]
        else:
            self.fields["interviewer"].queryset = people  # type: ignore[attr-defined]

    @property
    def met(self) -> DayContacts:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return DayContacts(
            refused=said["refused"],
            not_reached=said["not_reached"],
            not_eligible=said["not_eligible"],
            unknown_eligibility=said["unknown_eligibility"],
        )
