"""The form in which the office confirms, changes or refuses each move of responsibilities."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from wenming.base.forms import DeskForm
from wenming.base.templatetags.figures import words
from wenming.core.framework import Edition as CoreEdition
from wenming.core.succession import Kinship
from wenming.framework.queries.migration import Proposal

UNSURE = frozenset({Kinship.REKEYED, Kinship.SPLIT})
TAKE, REFUSE = "take", "refuse"
LIST = "earlier-items"


class MigrationRow:
    """One proposal with its fields (迁移建议行)."""

    def __init__(self, form: "MigrationForm", proposal: Proposal, n: int) -> None:
        self.proposal, self.n, self._form = proposal, n, form

    @property
    def take(self) -> BoundField:
        """The field with the key of the earlier item."""
        return self._form[f"take-{self.n}"]

    @property
    def decide(self) -> BoundField | None:
        """The field of the decision; None where nothing is uncertain."""
        name = f"decide-{self.n}"
        return self._form[name] if name in self._form.fields else None

    @property
    def is_wrong(self) -> bool:
        """Whether one of its fields has a mistake."""
        return bool(self.take.errors or (self.decide and self.decide.errors))


class MigrationForm(DeskForm):
    """Which earlier item each item of the new edition continues (责任迁移确认)."""

    def __init__(
        self, *args: Any, before: CoreEdition, proposals: Sequence[Proposal], **kwargs: Any
    ) -> None:
        self.earlier = {item.key: item.title for *_above, item in before.items()}
        self.proposals = [each for each in proposals if each.succession.after is not None]
        self.base_fields = _fields(self.proposals)  # type: ignore[misc]  # of this form only
        super().__init__(*args, **kwargs)

    @property
    def rows(self) -> list[MigrationRow]:
        """The proposals with their fields, in the order of the new edition."""
        return [MigrationRow(self, each, n) for n, each in enumerate(self.proposals)]

    @property
    def continued(self) -> dict[str, str]:
        """Key of the earlier item by key of the new one, as it was decided; only when valid."""
        found = {}
        for n, each in enumerate(self.proposals):
            is_refused = self.cleaned_data.get(f"decide-{n}") == REFUSE
            if each.succession.after is not None and not is_refused:
                found[each.succession.after.item.key] = self.cleaned_data[f"take-{n}"]
        return found

    def clean(self) -> dict[str, Any]:
        """Earlier items may be given by key or by name."""
        cleaned = super().clean()
        by_name = {title.zh: key for key, title in self.earlier.items()}
        for n, _proposal in enumerate(self.proposals):
            name = f"take-{n}"
            said = str(cleaned.get(name, "")).strip()
            key = said if said in self.earlier else by_name.get(said, "")
            if said and not key:
                told = _("The earlier edition has no item “%(said)s”; choose one from the list.")
                self.add_error(name, told % {"said": said})
            cleaned[name] = key
            if cleaned.get(f"decide-{n}") == TAKE and not said:
                self.add_error(name, _("Name the earlier item, or choose “Nobody yet”."))
        return cleaned


def _fields(proposals: Sequence[Proposal]) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for n, proposal in enumerate(proposals):
        after, before = proposal.succession.after, proposal.succession.before
        title = words(after.item.title) if after else ""
        fields[f"take-{n}"] = forms.CharField(
            label=_("Earlier item that “%(item)s” continues") % {"item": title},
            required=False,
            max_length=300,
            initial=before.item.key if before else "",
            widget=forms.TextInput(attrs={"list": LIST, "autocomplete": "off"}),
        )
        if proposal.kind in UNSURE:
            fields[f"decide-{n}"] = forms.ChoiceField(
                label=_("Decision on “%(item)s”") % {"item": title},
                choices=[(TAKE, _("Take over")), (REFUSE, _("Nobody yet"))],
                widget=forms.RadioSelect,
                error_messages={"required": _("Decide this one.")},
            )
    return fields
