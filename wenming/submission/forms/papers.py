"""Forms for handing in a document and for reviewing it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenming.base.forms import DeskForm, KeptFileField
from wenming.base.models import Attachment
from wenming.core.permissions import Capability
from wenming.core.terms import EvidenceKind
from wenming.submission.models import Requirement, SubmissionVersion
from wenming.submission.services.papers import Paper


class PaperForm(DeskForm):
    """A document as it is handed in; the file is brought, or one handed in before is cited."""

    file = KeptFileField(
        label=gettext_lazy("File"), required=False, opened_by=Capability.VIEW_DOCUMENTS,
        help_text=gettext_lazy("PDF, OFD, Office or picture; at most 100 MB, a picture 40 MB."),
    )  # fmt: skip
    cited = forms.ChoiceField(
        label=gettext_lazy("Or cite a file handed in before"), required=False,
        help_text=gettext_lazy("The same file then serves both; it need not be uploaded again."),
    )  # fmt: skip
    title = forms.CharField(
        label=gettext_lazy("Title of the document"), max_length=200,
        help_text=gettext_lazy("As it stands on the document, with its number if it has one."),
    )  # fmt: skip
    dated_on = forms.DateField(label=gettext_lazy("Date on the document"), required=False)
    issuer = forms.CharField(label=gettext_lazy("Issued by"), required=False, max_length=200)
    has_seal = forms.BooleanField(
        label=gettext_lazy("A page with the seal is part of the file"), required=False
    )
    note = forms.CharField(
        label=gettext_lazy("Note for the reviewer"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def ask_for(self, requirement: Requirement, citable: Sequence[SubmissionVersion]) -> None:
        """Settle what depends on the requirement (报送表单)."""
        self.versions = {str(each.pk): each for each in citable}
        field = self.fields["cited"]
        if not citable:
            del self.fields["cited"]
        elif isinstance(field, forms.ChoiceField):
            choices = [
                (pk, f"{each.submission.key} {each.title}（{each.attachment.name}）")
                for pk, each in self.versions.items()
            ]
            field.choices = [("", "—"), *choices]
        if requirement.kind == EvidenceKind.PHOTO:
            del self.fields["has_seal"]

    def clean(self) -> dict[str, Any]:
        """One file it must be, of either way."""
        cleaned = super().clean()
        is_cited = bool(cleaned.get("cited"))
        if not cleaned.get("file") and not is_cited and "file" not in self.errors:
            self.add_error("file", _("Choose a file, or cite one that was handed in before."))
        return cleaned

    @property
    def paper(self) -> Paper:
        """What was written, once it is valid (申报材料)."""
        given = self.cleaned_data
        return Paper(
            file=self._attachment,
            title=given["title"],
            dated_on=given["dated_on"],
            issuer=given["issuer"],
            note=given["note"],
            has_seal=bool(given.get("has_seal")),
        )

    @property
    def _attachment(self) -> Attachment:
        brought: Attachment | None = self.cleaned_data.get("file")
        return brought or self.versions[self.cleaned_data["cited"]].attachment


class ReviewForm(DeskForm):
    """What a reviewer says of a document; returns and rejections need a reason."""

    reason = forms.CharField(
        label=gettext_lazy("Reason or remark"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Needed to return or reject; the unit reads it."),
    )  # fmt: skip
