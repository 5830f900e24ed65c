"""The form of the cross of quotas: which two questions, and how a number is cut."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wenming.base.forms import DeskForm
from wenming.core.questionnaire import Instrument, Wish, quota_questions
from wenming.survey.models import Quota
from wenming.survey.queries.quotas import wish_words
from wenming.survey.services.quotas import MOST_QUOTAS

_BETWEEN = re.compile(r"(\d+(?:\.\d+)?)?\s*[-–—~至]\s*(\d+(?:\.\d+)?)?")
_BOUND = re.compile(r"([≥≤])\s*(\d+(?:\.\d+)?)")
_CROSSED = 2


@dataclass(frozen=True, slots=True)
class Axis:
    """A question of the cross with what can be answered (交叉维度)."""

    key: str
    title: str
    wishes: Sequence[tuple[Wish, str]]


def range_of(text: str) -> tuple[str | None, str | None] | None:
    """A range as people write it: 18-29, 60-, -17, ≥60 (区间); None where it is none."""
    text = text.strip()
    if found := _BOUND.fullmatch(text):
        return (found[2], None) if found[1] == "≥" else (None, found[2])
    found = _BETWEEN.fullmatch(text)
    return None if found is None or not any(found.groups()) else (found[1], found[2])


class CrossForm(DeskForm):
    """Which questions are crossed, and how a number is cut."""

    down = forms.ChoiceField(label=gettext_lazy("Down the side"), required=False)
    across = forms.ChoiceField(label=gettext_lazy("Across the top"), required=False)
    bands = forms.CharField(
        label=gettext_lazy("Groups of the number"), required=False, max_length=200,
        help_text=gettext_lazy(
            "For a question that asks for a number, such as age: 18-29 30-44 45-59 60-"
        ),
    )  # fmt: skip

    instrument: Instrument

    def offer(self, instrument: Instrument) -> None:
        """The questions that can make a cell."""
        self.instrument = instrument
        named = [
            ("", "–"),
            *((key, title_of(instrument, key)) for key in quota_questions(instrument)),
        ]
        for name in ("down", "across"):
            self.fields[name].choices = named  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Two questions, at most one of them a number, which is cut into groups."""
        cleaned = super().clean()
        keys = [key for key in (cleaned.get("down"), cleaned.get("across")) if key]
        numbers = [key for key in keys if quota_questions(self.instrument)[key]]
        written = re.split(r"[,，、;；\s]+", cleaned.get("bands", "").strip())
        bands = [range_of(each) for each in written if each]
        if len(set(keys)) < len(keys) or len(numbers) > 1:
            self.add_error(
                "across", _("Choose two different questions, one of them a number at most.")
            )
        elif None in bands or (numbers and not bands):
            self.add_error("bands", _("Write groups as 18-29 30-44 60-, parted by blanks."))
        elif self._size(keys, len(bands)) > MOST_QUOTAS:
            self.add_error("across", _("That would be more than %(n)d cells.") % {"n": MOST_QUOTAS})
        cleaned["ranges"] = [each for each in bands if each]
        return cleaned

    def _size(self, keys: Sequence[str], bands: int) -> int:
        size = 1
        for key in keys:
            n = len(self.instrument.choices_of(self.instrument.by_key()[key]))
            size *= n or bands
        return size

    @property
    def axes(self) -> list[Axis]:
        """The questions of the cross, the one down the side first; none of a wrong cross."""
        if not self.is_valid():
            return []
        said = self.cleaned_data
        return [
            axis_of(self.instrument, key, said["ranges"])
            for key in (said["down"], said["across"])
            if key
        ]


def axis_of(
    instrument: Instrument, key: str, ranges: Sequence[tuple[str | None, str | None]]
) -> Axis:
    """A question with its choices, or with these ranges (交叉维度)."""
    if quota_questions(instrument)[key]:
        wishes: list[tuple[Wish, str]] = [(list(each), wish_words(each, {})) for each in ranges]
    else:
        wishes = list(answers_to(instrument, key))
    return Axis(key, title_of(instrument, key), wishes)


def title_of(instrument: Instrument, key: str) -> str:
    """The words of a question (题干), or its key."""
    return instrument.text(instrument.by_key()[key].label, _language()) or key


def cross_of(quotas: Sequence[Quota], instrument: Instrument) -> dict[str, str]:
    """The cross that stored quotas make (已存交叉), as its form shows it; {} for none."""
    can = quota_questions(instrument)
    first = set(quotas[0].cell) if quotas else set()
    keys = [key for key in can if key in first]
    numbers = [key for key in keys if can[key]]
    if not 0 < len(keys) <= _CROSSED or len(numbers) > 1:
        return {}
    bands: list[str] = []
    for quota in quotas:
        if numbers and set(quota.cell) == first:
            low, high = quota.cell[numbers[0]]
            text = f"{low or ''}-{high or ''}"
            bands += [] if text in bands else [text]
    keys.sort(key=lambda key: can[key])
    return {"down": keys[0], "across": (*keys, "")[1], "bands": " ".join(bands)}


def answers_to(instrument: Instrument, key: str) -> Iterator[tuple[str, str]]:
    """The choices of a question with their words (选项)."""
    for choice in instrument.choices_of(instrument.by_key()[key]):
        yield choice.key, instrument.text(choice.label, _language()) or choice.key


def _language() -> str:
    return "en" if get_language() == "en" else "zh"
