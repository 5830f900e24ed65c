"""Forms of working groups, and of the units that are put into one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from wenming.base.forms import DeskForm
from wenming.base.forms.units import groups_of
from wenming.base.models import Group
from wenming.core.terms import Words


class GroupForm(DeskForm):
    """What is said of a working group."""

    title_zh = forms.CharField(label=gettext_lazy("Name"), max_length=50)
    title_en = forms.CharField(label=gettext_lazy("English name"), max_length=100, required=False)
    aliases = forms.CharField(
        label=gettext_lazy("Other names"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("By which papers and workbooks name it, parted by 、 or commas."),
    )

    @property
    def title(self) -> Words:
        """Both names."""
        return Words(self.cleaned_data["title_zh"], self.cleaned_data["title_en"])

    @property
    def other_names(self) -> list[str]:
        """The other names, each once, in the order in which they were typed."""
        typed = self.cleaned_data["aliases"]
        for mark in "，,;；\n":
            typed = typed.replace(mark, "、")
        return list(dict.fromkeys(each.strip() for each in typed.split("、") if each.strip()))


class NewGroupForm(GroupForm):
    """What is said of a working group when it is set up."""

    key = forms.CharField(
        label=gettext_lazy("Key"),
        max_length=20,
        help_text=gettext_lazy(
            "By which editions and workbooks name it, such as 城建. It never changes."
        ),
    )
    field_order = ("key", "title_zh", "title_en", "aliases")


class IntoGroupForm(DeskForm):
    """Into which working group units are put."""

    group = forms.ModelChoiceField(
        Group.objects.none(),
        label=gettext_lazy("Working group"),
        required=False,
        empty_label=gettext_lazy("none"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["group"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = groups_of(self.request)
