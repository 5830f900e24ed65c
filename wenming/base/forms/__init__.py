"""Forms of the desk: nothing that was typed is lost, and every mistake stands beside its field."""

import re
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wenming.base import wording
from wenming.base.access import city_of, person
from wenming.base.choosing import search_if_long
from wenming.base.models import Attachment, Draft
from wenming.base.queries.desk import draft_of
from wenming.base.services.attachments import bring_in
from wenming.base.services.desk import drop_draft
from wenming.core.errors import BadInput, DomainError, Problem
from wenming.core.permissions import Capability

MOST_PROBLEMS = 20
TAKE_UP = "take"
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


class KeptFileInput(forms.FileInput):
    """The field of a file, with the reference to one that was brought before a mistake."""

    kept: Attachment | None = None

    def render(
        self, name: str, value: object, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        """The field; a file that is kept already is named beside it."""
        field = super().render(name, value, attrs, renderer)
        if self.kept is None:
            return field
        return format_html(
            '{}<input type="hidden" name="{}_kept" value="{}"><span class="kept">{}</span>',
            field,
            name,
            self.kept.pk,
            _("Kept: %(name)s. Choose a file only to replace it.") % {"name": self.kept.name},
        )


class KeptFileField(forms.FileField):
    """A file that survives a mistake elsewhere in the form; cleaned, it is an `Attachment`.

    Attributes:
        opened_by: the capability that opens the file later.
    """

    widget: KeptFileInput = KeptFileInput  # type: ignore[assignment]

    def __init__(self, *, opened_by: Capability, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.opened_by = opened_by
        self.is_wanted, self.required = self.required, False


class DeskForm(forms.Form):
    """A form of the desk (表单): label above, help below, mistakes in sentences, drafts kept.

    Attributes:
        units_of: unit to print beside a field, by name.
        request: from it come the person and the city.
        draft_key: names the draft of this form; "" when none is kept.
    """

    units_of: ClassVar[Mapping[str, str | Promise]] = {}

    def __init__(
        self,
        given: Any = None,
        files: Any = None,
        *,
        request: HttpRequest,
        draft: str = "",
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.request, self.draft_key = request, draft
        self.offered: Draft | None = None
        super().__init__(
            given, files, initial=dict(initial or {}), label_suffix="", auto_id="id-%s"
        )
        for field in self.fields.values():
            _prepare(field)
        if draft and not self.is_bound:
            self._offer_draft()

    @property
    def status(self) -> int:
        """The status with which the form is answered: 422 when it has mistakes."""
        return 422 if self.is_bound and self.errors else 200

    @property
    def draft_address(self) -> str:
        """Where the draft of this form is kept; "" when none is."""
        return reverse("base:draft", args=[self.draft_key]) if self.draft_key else ""

    @property
    def mistakes(self) -> Iterator[tuple[BoundField, str]]:
        """Each field with its mistakes, for the summary on top."""
        for bound in self.visible_fields():
            for mistake in bound.errors:
                yield bound, str(mistake)

    def unit_of(self, name: str) -> str | Promise:
        """What is printed beside a field; "" for nothing."""
        return self.units_of.get(name, "")

    def accept(self) -> None:
        """What was sent has been taken up: its draft has done its work (草稿了结)."""
        if self.draft_key:
            drop_draft(self.draft_key, by=person(self.request))

    def clean(self) -> dict[str, Any]:
        """Bring in files at once, so that a mistake in another field does not lose them."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            if isinstance(field, KeptFileField) and name not in self.errors:
                with explain_on(self, field=name):
                    cleaned[name] = self._kept(name, field)
        return cleaned

    def _kept(self, name: str, field: KeptFileField) -> Attachment | None:
        user, city = person(self.request), city_of(self.request)
        upload = self.cleaned_data.get(name)
        if isinstance(upload, UploadedFile):
            brought = bring_in(upload, city=city, by=user, opened_by=field.opened_by)
            field.widget.kept = brought
            return brought
        kept = _identity(self.data.get(f"{name}_kept", ""))
        own = Attachment.objects.visible_to(user).for_city(city).filter(brought_by=user, subject="")
        found = own.filter(pk=kept).first() if kept else None
        field.widget.kept = found
        if found is None and field.is_wanted:
            self.add_error(name, field.error_messages["required"])
        return found

    def _offer_draft(self) -> None:
        """Offer what was typed before; once the person takes it up, it fills the form."""
        found = draft_of(person(self.request), self.draft_key)
        if found is None:
            return
        if self.request.GET.get("draft") != TAKE_UP:
            self.offered = found
            return
        for name, values in found.fields.items():
            field = self.fields.get(name)
            if field is not None and values:
                is_many = isinstance(
                    field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField
                )
                self.initial[name] = values if is_many else values[0]


@contextmanager
def explain_on(form: forms.Form, *, field: str | None = None) -> Iterator[None]:
    """Say a refusal by the rules on the form, with everything that was typed (说明原因).

    Args:
        field: the field beside which it is said; None for above all of them.
    """
    language = get_language() or "zh"
    try:
        yield
    except BadInput as refused:
        for problem in refused.problems[:MOST_PROBLEMS]:
            form.add_error(field, _said_of(problem, language))
        if len(refused.problems) > MOST_PROBLEMS:
            form.add_error(field, wording.refusal(refused, language))
    except DomainError as refused:
        form.add_error(field, wording.refusal(refused, language))


def _said_of(problem: Problem, language: str) -> str:
    """With its place in a file; what was typed on the page itself has none."""
    if problem.place.file:
        return wording.problem_line(problem, language)
    return wording.sentence(problem.code, problem.facts, language)


@contextmanager
def explain_in_notice(request: HttpRequest) -> Iterator[None]:
    """Say a refusal by the rules on the next page (说明原因), where no form is at hand."""
    try:
        yield
    except DomainError as refused:
        messages.error(request, wording.refusal(refused, get_language() or "zh"))


def _prepare(field: forms.Field) -> None:
    """Days can be typed or picked, numbers bring up digits, long choices are searched."""
    widget = field.widget
    if isinstance(field, forms.CharField):
        field.validators.append(_without_controls)
    if isinstance(field, forms.DateTimeField):
        field.widget = forms.DateTimeInput(
            attrs={"type": "datetime-local", **widget.attrs}, format="%Y-%m-%dT%H:%M"
        )
    elif isinstance(field, forms.DateField):
        field.widget = forms.DateInput(attrs={"type": "date", **widget.attrs}, format="%Y-%m-%d")
    elif isinstance(field, forms.IntegerField):
        widget.attrs.setdefault("inputmode", "decimal")
    else:
        search_if_long(field)


def _without_controls(text: str) -> None:
    """No sign that no document, form of ODK Collect or feed could hold later.

    Raises:
        forms.ValidationError: there is one.
    """
    found = _CONTROL.search(text)
    if found is not None:
        facts = {"character": f"U+{ord(found.group()):04X}"}
        said = wording.sentence("control_character", facts, get_language() or "zh")
        raise forms.ValidationError(said, code="control_character")


def _identity(written: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(written)
    except ValueError:
        return None
