"""What people type about themselves: passwords, the reason of a session, a new token."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenming.base.access import city_of, person
from wenming.base.forms import DeskForm
from wenming.base.services.tokens import LONGEST
from wenming.base.templatetags.labels import label
from wenming.core.permissions import NEED_SESSION, Capability

_ENTERED = {"autocomplete": "current-password"}
_NEW = {"autocomplete": "new-password"}


class NewPasswordForm(DeskForm):
    """A new password, typed twice."""

    password = forms.CharField(
        label=gettext_lazy("New password"),
        help_text=gettext_lazy(
            "At least 10 characters, of three kinds: small letters, capital letters, digits, "
            "punctuation. No common words, no name."
        ),
        widget=forms.PasswordInput(attrs=_NEW),
        strip=False,
    )
    again = forms.CharField(
        label=gettext_lazy("New password once more"),
        widget=forms.PasswordInput(attrs=_NEW),
        strip=False,
    )

    def clean(self) -> dict[str, Any]:
        """Both must be the same."""
        cleaned = super().clean()
        if cleaned.get("again") and cleaned.get("password") != cleaned["again"]:
            self.add_error("again", _("This is not the password above. Type it once more."))
        return cleaned


class OwnPasswordForm(NewPasswordForm):
    """The old password and a new one."""

    old = forms.CharField(
        label=gettext_lazy("Present password"),
        widget=forms.PasswordInput(attrs=_ENTERED),
        strip=False,
    )
    field_order = ("old", "password", "again")

    def clean_old(self) -> str:
        """Whoever sits at a forgotten screen does not know it."""
        old: str = self.cleaned_data["old"]
        if not person(self.request).check_password(old):
            raise forms.ValidationError(_("The password is wrong. Type it again."))
        return old


class ForgottenForm(DeskForm):
    """Who forgot the password."""

    username = forms.CharField(
        label=gettext_lazy("User name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )


class SessionForm(DeskForm):
    """Why an administrator session is begun."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        help_text=gettext_lazy(
            "For example: new account for the bureau of education, application of 3 November."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    password = forms.CharField(
        label=gettext_lazy("Your password"),
        widget=forms.PasswordInput(attrs=_ENTERED),
        strip=False,
    )


class TokenForm(DeskForm):
    """A token for a program."""

    name = forms.CharField(
        label=gettext_lazy("What it is for"),
        max_length=100,
        help_text=gettext_lazy("The program and where it runs, so that you know it again."),
    )
    until = forms.DateField(label=gettext_lazy("Last day"))
    capabilities = forms.MultipleChoiceField(
        label=gettext_lazy("What the program may do"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Give it as little as it needs. It never sees more than you do."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = person(self.request).capabilities(city_of(self.request))
        everyday = {Capability.USE_API, Capability.USE_DESK, Capability.USE_PHONE}
        offered = held - NEED_SESSION - everyday
        field = self.fields["capabilities"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = sorted(
                (each.value, label(each.value, "capability")) for each in offered
            )
        self.fields["until"].widget.attrs["max"] = (localdate() + LONGEST).isoformat()
