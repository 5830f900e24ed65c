"""Forms of editions: what is brought in, how a draft is called, which edition goes."""

from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wenming.base.forms import DeskForm, KeptFileField
from wenming.base.models import City
from wenming.core.lifecycle import EditionState
from wenming.core.permissions import Capability
from wenming.framework.models import Edition
from wenming.framework.templatetags.rules import named

ENDINGS = ("yaml", "yml", "xlsx")
ACCEPTED = ",".join(f".{ending}" for ending in ENDINGS)


class BringForm(DeskForm):
    """The file of an edition and, where there are some, its checklists."""

    edition = KeptFileField(
        label=_("File of the edition"),
        help_text=_("YAML or Excel, as exported here. Nothing is changed before you confirm it."),
        validators=[FileExtensionValidator(ENDINGS)],
        opened_by=Capability.EDIT_FRAMEWORK,
    )
    checklists = KeptFileField(
        label=_("File of the checklists"),
        required=False,
        help_text=_("What inspectors look at on each type of site; may be left out."),
        validators=[FileExtensionValidator(ENDINGS)],
        opened_by=Capability.EDIT_FRAMEWORK,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["accept"] = ACCEPTED


class CorrectForm(BringForm):
    """A corrected file, of the edition or of the checklists."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edition: Any = self.fields["edition"]
        edition.is_wanted = False

    def clean(self) -> dict[str, Any]:
        """Something must be brought."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not (cleaned.get("edition") or cleaned.get("checklists")):
            raise forms.ValidationError(_("Choose the corrected file first."))
        return cleaned


class AcceptForm(DeskForm):
    """Whether a file without mistakes becomes a new draft or replaces one."""

    into = forms.ModelChoiceField(
        queryset=Edition.objects.none(),
        required=False,
        label=_("Take it over as"),
        empty_label=_("A new draft"),
        help_text=_("An edition in use is never changed; a draft may be replaced."),
    )

    def __init__(self, *args: Any, city: City, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drafts = Edition.objects.for_city(city).filter(state=EditionState.DRAFT)
        choice: Any = self.fields["into"]
        choice.queryset = drafts.defer("content").order_by("title_zh", "created_at")
        choice.label_from_instance = _in_place_of


def _in_place_of(edition: Edition) -> str:
    return gettext("In place of the draft “%(name)s”") % {"name": named(edition)}


class NameForm(DeskForm):
    """What the city calls a draft."""

    name = forms.CharField(
        label=_("Name of the draft"),
        required=False,
        max_length=200,
        help_text=_("Left blank, the title of the edition is shown."),
    )


class UseForm(DeskForm):
    """The second confirmation before an edition is put in use."""

    instead_of = forms.ModelChoiceField(
        queryset=Edition.objects.none(),
        required=False,
        label=_("Instead of"),
        empty_label=_("Nothing: both stay in use"),
        help_text=_("The chosen edition is superseded; rounds that use it stay as they are."),
    )
    is_sure = forms.BooleanField(label=_("I have looked at the changes; freeze this edition."))

    def __init__(self, *args: Any, city: City, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Edition.objects.for_city(city).filter(state=EditionState.IN_USE)
        choice: Any = self.fields["instead_of"]
        choice.queryset = others.exclude(pk=edition.pk).defer("content").order_by("title_zh")
        choice.label_from_instance = named


class SupersedeForm(DeskForm):
    """The second confirmation before an edition goes out of use."""

    successor = forms.ModelChoiceField(
        queryset=Edition.objects.none(),
        required=False,
        label=_("Its successor"),
        empty_label=_("No successor"),
    )
    is_sure = forms.BooleanField(label=_("New rounds shall no longer use this edition."))

    def __init__(self, *args: Any, city: City, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Edition.objects.for_city(city).filter(state=EditionState.IN_USE)
        choice: Any = self.fields["successor"]
        choice.queryset = others.exclude(pk=edition.pk).defer("content").order_by("title_zh")
        choice.label_from_instance = named


class DeleteForm(DeskForm):
    """The second confirmation before a draft is thrown away."""

    is_sure = forms.BooleanField(label=_("Delete this draft."))
