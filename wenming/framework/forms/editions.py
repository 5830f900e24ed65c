"""Forms of editions: what is brought in, how a draft is called, which edition goes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenming.base.forms import DeskForm
from wenming.base.models import City
from wenming.base.templatetags.labels import label
from wenming.core.lifecycle import EditionState
from wenming.core.terms import Mark, Method, Part
from wenming.framework.models import Edition

ACCEPTED = ".yaml,.yml,.xlsx"


class BringForm(DeskForm):
    """The file of an edition and, where there are some, its checklists."""

    edition = forms.FileField(
        label=_("File of the edition"),
        help_text=_("YAML or Excel, as exported here. Nothing is changed before you confirm it."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )
    checklists = forms.FileField(
        label=_("File of the checklists"),
        required=False,
        help_text=_("What inspectors look at on each type of site; may be left out."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )


class CorrectForm(BringForm):
    """A corrected file, of the edition or of the checklists."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"].required = False

    def clean(self) -> dict[str, Any]:
        """Something must be brought."""
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("edition") or cleaned.get("checklists")):
            raise forms.ValidationError(_("Choose the corrected file first."))
        return cleaned


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
        empty_label=_("None: both stay in use"),
        help_text=_("The chosen edition is superseded; rounds that use it stay as they are."),
    )
    is_sure = forms.BooleanField(label=_("I have looked at the changes; freeze this edition."))

    def __init__(self, *args: Any, city: City, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Edition.objects.for_city(city).filter(state=EditionState.IN_USE)
        choice: Any = self.fields["instead_of"]
        choice.queryset = others.exclude(pk=edition.pk).defer("content").order_by("title_zh")


class SupersedeForm(DeskForm):
    """The second confirmation before an edition goes out of use."""

    successor = forms.ModelChoiceField(
        queryset=Edition.objects.none(),
        required=False,
        label=_("Its successor"),
        empty_label=_("None"),
    )
    is_sure = forms.BooleanField(label=_("New rounds shall no longer use this edition."))

    def __init__(self, *args: Any, city: City, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Edition.objects.for_city(city).filter(state=EditionState.IN_USE)
        choice: Any = self.fields["successor"]
        choice.queryset = others.exclude(pk=edition.pk).defer("content").order_by("title_zh")


class TreeFilter(forms.Form):
    """Filters of the tree of items."""

    text = forms.CharField(
        required=False,
        label=_("Search"),
        widget=forms.TextInput(attrs={"type": "search"}),
        help_text=_("Words, pinyin initials or a key"),
    )
    part = forms.ChoiceField(required=False, label=_("Part"))
    method = forms.ChoiceField(required=False, label=_("Method"))
    group = forms.ChoiceField(required=False, label=_("Working group"))
    mark = forms.ChoiceField(required=False, label=_("Weakest mark"))

    def __init__(self, *args: Any, groups: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = (("part", Part), ("method", Method), ("mark", Mark))
        for kind, members in kinds:
            self._choices(kind, [(each.value, label(each.value, kind)) for each in members])
        self._choices("group", groups)

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", _("All")), *choices]
