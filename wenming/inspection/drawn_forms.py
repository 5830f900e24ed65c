"""The form that says which pair goes on which released route of a draw."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wenming.base import wording
from wenming.base.forms import DeskForm
from wenming.base.models import User
from wenming.inspection.services.planning import PAIR, PairNeeded
from wenming.rounds.models import DrawRelease


def _language() -> str:
    return "en" if get_language() == "en" else "zh"


class PairsForm(DeskForm):
    """Who goes on each route; a route without a pair is left for later."""

    def offer(self, releases: Sequence[DrawRelease], people: Iterable[User]) -> None:
        """Two fields for each route that has something to plan.

        Where a route was released to just two who inspect in the round, they are proposed.
        """
        self.people = {str(each.pk): each for each in people} if releases else {}
        self.releases = releases
        choices = [("", "–"), *((key, each.name) for key, each in self.people.items())]
        named = DrawRelease.people.through.objects.filter(drawrelease__in=releases)
        told = set(named.values_list("drawrelease", "user"))
        for release in releases:
            proposed = [key for key, each in self.people.items() if (release.pk, each.pk) in told]
            if len(proposed) != PAIR:
                proposed = ["", ""]
            first, second = self.names_of(release)
            for name, label, value in (
                (first, _("First inspector"), proposed[0]),
                (second, _("Second inspector"), proposed[1]),
            ):
                self.fields[name] = forms.ChoiceField(
                    label=label, choices=choices, required=False, initial=value
                )

    def names_of(self, release: DrawRelease) -> list[str]:
        """The names of the two fields of a route; none where it has nothing to plan."""
        names = [f"{place}-{release.pk}" for place in ("first", "second")]
        return names if release in self.releases else []

    def clean(self) -> dict[str, Any]:
        """Refuse one person alone, and one twice."""
        cleaned = super().clean()
        for release in self.releases:
            chosen = {cleaned.get(name, "") for name in self.names_of(release)}
            if chosen != {""} and len(chosen - {""}) != PAIR:
                self.add_error(
                    self.names_of(release)[1], wording.refusal(PairNeeded(), _language())
                )
        return cleaned

    @property
    def pairs(self) -> Mapping[UUID, tuple[User, ...]]:
        """Who was chosen, or is proposed, by release."""
        found = {}
        for release in self.releases:
            names = self.names_of(release)
            said = [self._said(name) for name in names]
            chosen = {key: self.people[key] for key in said if key in self.people}
            if len(chosen) == PAIR:
                found[release.pk] = tuple(chosen.values())
        return found

    def _said(self, name: str) -> str:
        if self.is_bound:
            return str(self.cleaned_data.get(name, ""))
        return str(self.fields[name].initial)
