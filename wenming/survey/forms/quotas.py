"""The form of quotas: one number for each cell of the cross, and free rows."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from wenming.base.forms import DeskForm
from wenming.core.questionnaire import Cell, Instrument, Wish, quota_questions
from wenming.survey.forms.quota_cross import Axis, answers_to, range_of, title_of
from wenming.survey.models import Quota
from wenming.survey.services.quotas import MOST_WANTED, QuotaWish

_BLANK_ROWS = 3


class QuotasForm(DeskForm):
    """One number for each cell of the cross, and rows of one's own."""

    axes: Sequence[Axis] = ()
    rows = 0
    has_numbers = False

    @property
    def heads(self) -> list[str]:
        """What stands above the columns of the cross."""
        return (
            [label for _wish, label in self.axes[1].wishes] if len(self.axes) > 1 else [_("Wanted")]
        )

    @property
    def cross(self) -> Iterator[tuple[str, list[tuple[str, BoundField]]]]:
        """Each line of the cross, with its heads and fields."""
        for i, (_wish, label) in enumerate(self.axes[0].wishes if self.axes else ()):
            yield label, [(head, self[f"n_{i}_{j}"]) for j, head in enumerate(self.heads)]

    @property
    def columns(self) -> Mapping[str, str]:
        """The columns of the free rows with their heads."""
        numbers = {"number": _("Question with a number"), "range": _("From – to, such as 18-29")}
        answers = {"one": _("Answer"), "two": _("And answer")}
        return answers | (numbers if self.has_numbers else {}) | {"wanted": _("Wanted")}

    @property
    def free_heads(self) -> list[str]:
        """What stands above the columns of the free rows."""
        return list(self.columns.values())

    @property
    def free(self) -> Iterator[list[tuple[str, BoundField]]]:
        """Each free row, with its heads and fields."""
        for n in range(self.rows):
            yield [(head, self[f"{name}_{n}"]) for name, head in self.columns.items()]

    def clean(self) -> dict[str, Any]:
        """Each free row says who is meant and how many are wanted."""
        cleaned = super().clean()
        for n in range(self.rows):
            one, two, number, text, wanted = (
                cleaned.get(f"{name}_{n}") for name in ("one", "two", "number", "range", "wanted")
            )
            if one and two and one.partition("=")[0] == two.partition("=")[0]:
                self.add_error(f"two_{n}", _("Choose an answer to another question."))
            if bool(number) != bool(text) or (text and range_of(text) is None):
                self.add_error(
                    f"range_{n}", _("Choose the question and write a range such as 18-29.")
                )
            if wanted is not None and not (one or two or number):
                self.add_error(f"one_{n}", _("Say who is meant."))
            if wanted is None and f"wanted_{n}" not in self.errors and (one or two or number):
                self.add_error(f"wanted_{n}", _("Say how many are wanted."))
        return cleaned

    @property
    def wishes(self) -> list[QuotaWish]:
        """What was typed: the cells of the cross line by line, then the free rows."""
        said = self.cleaned_data
        crossed = [
            QuotaWish(cell, said[name])
            for name, cell in crossed_cells(self.axes)
            if said[name] is not None
        ]
        free = [
            QuotaWish(self._cell(n), said[f"wanted_{n}"])
            for n in range(self.rows)
            if said[f"wanted_{n}"] is not None
        ]
        return crossed + free

    def _cell(self, n: int) -> Cell:
        said = self.cleaned_data
        cell: dict[str, Wish] = {}
        for name in ("one", "two"):
            key, _equals, choice = said[f"{name}_{n}"].partition("=")
            cell |= {key: choice} if key else {}
        if said.get(f"number_{n}"):
            cell[said[f"number_{n}"]] = list(range_of(said[f"range_{n}"]) or ())
        return cell


def crossed_cells(axes: Sequence[Axis]) -> Iterator[tuple[str, Cell]]:
    """Each cell of a cross (交叉单元) by the name of its field."""
    if not axes:
        return
    across = axes[1].wishes if len(axes) > 1 else [(None, "")]
    for i, (one, _label) in enumerate(axes[0].wishes):
        for j, (two, _head) in enumerate(across):
            cell: dict[str, Wish] = {axes[0].key: one}
            if two is not None:
                cell[axes[1].key] = two
            yield f"n_{i}_{j}", cell


def quotas_form(instrument: Instrument, axes: Sequence[Axis], n_free: int) -> type[QuotasForm]:
    """The form of the quotas of one round (配额表), with so many free rows and some blank ones."""
    can = quota_questions(instrument)
    rows = n_free + _BLANK_ROWS
    fields: dict[str, Any] = {"axes": tuple(axes), "rows": rows, "has_numbers": any(can.values())}
    labels = {name: " · ".join(_labels(axes, cell)) for name, cell in crossed_cells(axes)}
    fields |= {name: _number(label) for name, label in labels.items()}
    answers = [("", "–"), *_answers(instrument)]
    numbers = [("", "–"), *((key, title_of(instrument, key)) for key in can if can[key])]
    for n in range(rows):
        at = {"n": n + 1}
        one, two = _("Answer of row %(n)d") % at, _("Second answer of row %(n)d") % at
        fields[f"one_{n}"] = forms.ChoiceField(label=one, choices=answers, required=False)
        fields[f"two_{n}"] = forms.ChoiceField(label=two, choices=answers, required=False)
        fields[f"wanted_{n}"] = _number(_("Wanted in row %(n)d") % at)
        if not fields["has_numbers"]:
            continue
        fields[f"number_{n}"] = forms.ChoiceField(
            label=_("Number of row %(n)d") % at, choices=numbers, required=False
        )
        fields[f"range_{n}"] = forms.CharField(
            label=_("Range of row %(n)d") % at, max_length=30, required=False
        )
    return type("QuotasFormHere", (QuotasForm,), fields)


def quotas_as_typed(
    axes: Sequence[Axis], crossed: Sequence[Quota], free: Sequence[Quota]
) -> Mapping[str, Any]:
    """Stored quotas as their form shows them (表单初值)."""
    typed: dict[str, Any] = {}
    for name, cell in crossed_cells(axes):
        typed[name] = next((quota.wanted for quota in crossed if quota.cell == cell), None)
    for n, quota in enumerate(free):
        chosen = [f"{key}={wish}" for key, wish in quota.cell.items() if isinstance(wish, str)]
        typed[f"one_{n}"], typed[f"two_{n}"] = (*chosen, "", "")[:2]
        for key, wish in quota.cell.items():
            if not isinstance(wish, str):
                typed[f"number_{n}"] = key
                typed[f"range_{n}"] = f"{wish[0] or ''}-{wish[1] or ''}"
        typed[f"wanted_{n}"] = quota.wanted
    return typed


def _labels(axes: Sequence[Axis], cell: Cell) -> Iterator[str]:
    for axis in axes:
        yield next(label for wish, label in axis.wishes if wish == cell[axis.key])


def _answers(instrument: Instrument) -> Iterator[tuple[str, str]]:
    for key, is_number in quota_questions(instrument).items():
        title = title_of(instrument, key)
        for choice, label in () if is_number else answers_to(instrument, key):
            yield f"{key}={choice}", f"{title} = {label}"


def _number(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST_WANTED)
