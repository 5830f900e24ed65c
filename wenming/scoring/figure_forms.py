"""Forms with which papers and their figures are entered, digit for digit."""

from collections.abc import Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wenming.base import wording
from wenming.base.forms import DeskForm, KeptFileField
from wenming.core.permissions import Capability
from wenming.files.figure_text import PERCENT, read_number, read_parts, read_value
from wenming.scoring.models import Figure
from wenming.scoring.queries.checking import OWN_FIGURES
from wenming.scoring.services.figures import FigureEntry, version_of
from wenming.scoring.services.papers import PaperEntry

WHAT_A_PAPER_IS = gettext_lazy("Word, PDF, OFD, Excel, or a photo or scan.")


def number_of(written: str) -> Decimal:
    """A number with every digit that was typed; full-width digits and thousands are read.

    Raises:
        ValidationError: it is no number.
    """
    found = read_number(written)
    if found is None:
        raise _no_number(written)
    return found


def parts_of(written: str) -> list[tuple[str, str]]:
    """The parts of a split with their values, from lines or from one sentence.

    Raises:
        ValidationError: names every part that has no number or no name.
    """
    found = read_parts(written)
    if found.wrong:
        said = _("Part %(place)s, “%(text)s”: write its name and then its number.")
        told = [said % {"place": place, "text": text[:40]} for place, text in found.wrong]
        raise ValidationError(told)
    return list(found.parts)


def _no_number(written: str) -> ValidationError:
    said = _("“%(text)s” is no number. Type the digits as the paper has them, such as 42.")
    return ValidationError(said % {"text": written[:40]})


class PaperForm(DeskForm):
    """What is said of a paper."""

    title_zh = forms.CharField(
        label=gettext_lazy("Title"), max_length=200,
        help_text=gettext_lazy("As printed on the paper, such as 第一次调度会讲话."),
    )  # fmt: skip
    title_en = forms.CharField(label=gettext_lazy("English title"), max_length=200, required=False)
    as_of = forms.CharField(
        label=gettext_lazy("As of"), max_length=40, required=False,
        help_text=gettext_lazy("The day to which its figures refer, as the paper gives it."),
    )  # fmt: skip

    @property
    def entry(self) -> PaperEntry:
        """The paper, as the services take it."""
        return PaperEntry(
            **{each.name: self.cleaned_data[each.name] for each in fields(PaperEntry)}
        )


class NewPaperForm(PaperForm):
    """The same with the paper itself, where it is at hand."""

    file = KeptFileField(
        label=gettext_lazy("The paper itself"), required=False,
        opened_by=Capability.VIEW_FIGURES, help_text=WHAT_A_PAPER_IS,
    )  # fmt: skip


class PaperFileForm(DeskForm):
    """The paper itself."""

    file = KeptFileField(
        label=gettext_lazy("File"), opened_by=Capability.VIEW_FIGURES, help_text=WHAT_A_PAPER_IS
    )


class FiguresFileForm(DeskForm):
    """A file with the figures of a paper."""

    file = KeptFileField(label=gettext_lazy("Excel or CSV file"), opened_by=Capability.EDIT_FIGURES)


class FigureForm(DeskForm):
    """One figure as a paper reports it."""

    title_zh = forms.CharField(
        label=gettext_lazy("What is counted"), max_length=200,
        help_text=gettext_lazy("In the words of the paper, such as 不达标指标."),
    )  # fmt: skip
    value = forms.CharField(
        label=gettext_lazy("Value"), max_length=40,
        help_text=gettext_lazy("Exactly as given, however wrong it looks. It is never corrected."),
    )  # fmt: skip
    unit = forms.CharField(
        label=gettext_lazy("Unit of the figure"), max_length=20, required=False,
        help_text=gettext_lazy("Such as 项, 个 or %."),
    )  # fmt: skip
    split = forms.CharField(
        label=gettext_lazy("Parts"), required=False, max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "One part a line, name and number: 社会事业组 14. A sentence can be pasted as it "
            "stands: 社会事业组14项、城市建设管理组14项."
        ),
    )  # fmt: skip
    split_by = forms.BooleanField(
        label=gettext_lazy("Every working group must have a part"), required=False
    )
    lower_bound = forms.BooleanField(
        label=gettext_lazy("It is a lower bound (“more than”)"), required=False
    )
    of = forms.ChoiceField(label=gettext_lazy("Part of"), required=False)
    means = forms.BooleanField(
        label=gettext_lazy("It counts those of the whole that were tested"), required=False
    )
    base = forms.IntegerField(
        label=gettext_lazy("Number behind the percentage"), required=False, min_value=1
    )
    compared_with = forms.ChoiceField(
        label=gettext_lazy("Compare with our own records"), required=False
    )
    key = forms.ChoiceField(
        label=gettext_lazy("Counts the same as in another paper"), required=False,
        help_text=gettext_lazy("Only what really is the same: 94 targets are not 94 units."),
    )  # fmt: skip
    members = forms.CharField(
        label=gettext_lazy("Things listed"), required=False, max_length=20000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One a line, where the paper lists what it counts."),
    )  # fmt: skip
    title_en = forms.CharField(label=gettext_lazy("In English"), max_length=200, required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def offer(self, figures: Sequence[Figure], *, document: str, figure: Figure | None) -> None:
        """Choices from the figures of the round, whose paper is `document`."""
        own_key = figure.key if figure else ""
        here = [each for each in figures if each.document == document and each.key != own_key]
        taken = {each.key for each in here}
        elsewhere = {
            each.key: each
            for each in figures
            if each.document != document and each.key not in taken
        }
        language = "en" if get_language() == "en" else "zh"
        own = [(name, wording.label("figure", name, language)) for name in OWN_FIGURES]
        choices = {
            "of": [(each.key, str(each)) for each in here],
            "key": [(each.key, str(each)) for each in elsewhere.values()],
            "compared_with": own,
        }
        for name, offered in choices.items():
            field: Any = self.fields[name]
            field.choices = [("", "–"), *offered]

    def clean_value(self) -> Decimal:
        """The number; a percent sign and “more than” behind it are understood."""
        found = read_value(self.cleaned_data["value"])
        if found is None:
            raise _no_number(self.cleaned_data["value"])
        self.is_percent, self.is_more = found.is_percent, found.is_more
        return found.value

    is_percent = False
    is_more = False

    def clean_split(self) -> list[tuple[str, str]]:
        """The parts, in their order."""
        return parts_of(self.cleaned_data["split"])

    @property
    def entry(self) -> FigureEntry:
        """The figure, as the services take it."""
        given = self.cleaned_data
        return FigureEntry(
            title_zh=given["title_zh"],
            title_en=given["title_en"],
            value=given["value"],
            unit=given["unit"] or (PERCENT if self.is_percent else ""),
            key=given["key"],
            of=given["of"],
            means="tested" if given["means"] else "",
            lower_bound=given["lower_bound"] or self.is_more,
            base=given["base"],
            compared_with=given["compared_with"],
            split=tuple(given["split"]),
            split_by="group" if given["split_by"] else "",
            members=tuple(line.strip() for line in given["members"].splitlines() if line.strip()),
        )


def as_typed(figure: Figure) -> dict[str, Any]:
    """A figure as the form shows it."""
    same = ("title_zh", "title_en", "unit", "of", "lower_bound", "base", "compared_with", "key")
    return {name: getattr(figure, name) for name in same} | {
        "value": f"{figure.value:f}",
        "split": "\n".join(f"{part} {value}" for part, value in figure.split),
        "split_by": figure.split_by == "group",
        "means": figure.means == "tested",
        "members": "\n".join(figure.members),
        "seen": version_of(figure),
    }
