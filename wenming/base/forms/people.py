"""Forms of accounts and posts."""

from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from wenming.base import wording
from wenming.base.forms import DeskForm
from wenming.base.forms.unit_facts import SpanForm
from wenming.base.forms.units import Choice, groups_of, units_of
from wenming.base.models import Group, Post, Unit, User
from wenming.base.services.people import PersonDetails
from wenming.base.services.posts import PostDetails
from wenming.core.permissions import PostKind


def post_choices() -> list[Choice]:
    """The kinds of posts in the language of the page."""
    language = get_language() or "zh"
    return [(kind.value, wording.label("post", kind, language)) for kind in PostKind]


class PersonForm(DeskForm):
    """What is said of a person."""

    name = forms.CharField(label=gettext_lazy("Full name"), max_length=50)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        help_text=gettext_lazy("To this address the link is sent when the password is forgotten."),
    )
    phone = forms.RegexField(
        r"^[0-9+() \-]{5,30}$",
        label=gettext_lazy("Telephone"),
        required=False,
        error_messages={"invalid": gettext_lazy("Only digits, blanks, hyphens, brackets and +.")},
    )

    @property
    def details(self) -> PersonDetails:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return PersonDetails(said["name"], email=said["email"], phone=said["phone"])


class NewPersonForm(PersonForm):
    """What is said of a person when the account is opened."""

    username = forms.CharField(
        label=gettext_lazy("User name"),
        max_length=40,
        help_text=gettext_lazy(
            "Small letters and digits, such as the pinyin of the name. It never changes."
        ),
    )
    field_order = ("username", "name", "email", "phone")


class GraveForm(DeskForm):
    """Why something grave is done to an account; the person is named once more."""

    meant: Any = ""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stays in the audit."),
    )
    is_meant = forms.BooleanField()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_meant"].label = self.meant % {"name": user.name}


class CloseForm(GraveForm):
    """Why an account is closed."""

    meant = gettext_lazy("I mean it: the account of %(name)s is closed.")


class FactorsForm(GraveForm):
    """Why second factors are taken away."""

    meant = gettext_lazy("I have made sure that it is %(name)s who asks.")


class PostForm(SpanForm):
    """Which post a person is given, where, and for how long."""

    kind = forms.ChoiceField(label=gettext_lazy("Post"), choices=post_choices)
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Unit"),
        required=False,
        empty_label=gettext_lazy("none"),
        help_text=gettext_lazy("Only for the post of a responsible unit."),
    )
    group = forms.ModelChoiceField(
        Group.objects.none(),
        label=gettext_lazy("Working group"),
        required=False,
        empty_label=gettext_lazy("none"),
        help_text=gettext_lazy("Only for the lead of a working group."),
    )
    title = forms.CharField(
        label=pgettext_lazy("in an office", "Position"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("As printed on papers, such as 综合科科长."),
    )
    field_order = ("kind", "unit", "group", "title", "first", "last")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("unit", units_of(self.request)), ("group", groups_of(self.request))):
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = rows
        self.fields["first"].initial = localdate

    @property
    def details(self) -> PostDetails:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return PostDetails(
            PostKind(said["kind"]),
            unit=said["unit"],
            group=said["group"],
            title=said["title"],
            span=self.span,
        )


class EndPostForm(DeskForm):
    """The last day of a post; who holds it is named once more."""

    day = forms.DateField(label=gettext_lazy("Last day"))
    is_meant = forms.BooleanField()

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = localdate
        kind = wording.label("post", post.kind, get_language() or "zh")
        said = _("I mean it: %(name)s no longer holds the post “%(post)s”.")
        self.fields["is_meant"].label = said % {"name": post.user.name, "post": kind}

    @property
    def day_given(self) -> date:
        """The last day that was typed."""
        given: date = self.cleaned_data["day"]
        return given
