"""The forms of a margin: totals of groups, typed or pasted; and of the bounds of weights."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenming.base.forms import DeskForm
from wenming.survey.forms.quota_cross import range_of
from wenming.survey.queries.margins import MarginColumn

_MORE_ROWS = 4
_FEWEST_ROWS = 6
_PASTED = re.compile(r"(.*?)[\t :：=]+([\d,，]+(?:\.\d+)?)")


class MarginForm(DeskForm):
    """The groups of one column with their totals."""

    column: MarginColumn
    rows = 0

    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=200,
        help_text=gettext_lazy("Where the totals come from, such as the census and its year."),
    )  # fmt: skip
    pasted = forms.CharField(
        label=gettext_lazy("Or paste from a spreadsheet"), required=False, max_length=6000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Two columns: group and total, one group a line. It takes the place of the rows above."
        ),
    )  # fmt: skip

    @property
    def heads(self) -> list[str]:
        """What stands above the columns."""
        return [_("Population group"), _("Number of people")]

    @property
    def lines(self) -> Iterator[tuple[str, list[tuple[str, BoundField]]]]:
        """Each row: the words of an offered group, or "" where it is typed, and its fields."""
        for n in range(self.rows):
            total = (_("Number of people"), self[f"total_{n}"])
            if n < len(self.fixed):
                yield self.fixed[n][1], [total]
            else:
                yield "", [(_("Population group"), self[f"group_{n}"]), total]

    @property
    def fixed(self) -> Sequence[tuple[str, str]]:
        """Groups that cannot be named otherwise: the choices of a question."""
        return self.column.choices if self.column.kind == "choices" else ()

    def clean(self) -> dict[str, Any]:
        """Groups and totals come in pairs; what was pasted is understood line by line."""
        cleaned = super().clean()
        if cleaned.get("pasted", "").strip():
            cleaned["groups"] = self._pasted(cleaned["pasted"])
            return cleaned
        groups = []
        for n in range(self.rows):
            total = (cleaned.get(f"total_{n}") or "").strip()
            typed = (cleaned.get(f"group_{n}") or "").strip()
            name = self.fixed[n][0] if n < len(self.fixed) else self._group(f"group_{n}", typed)
            if total and name:
                groups.append((name, _plain(total)))
            elif typed and not total:
                self.add_error(f"total_{n}", _("Say how many people this group has."))
            elif total and not typed and n >= len(self.fixed):
                self.add_error(f"group_{n}", _("Say which group this is."))
        if not groups and not self.errors:
            self.add_error(None, _("Give the total of each group."))
        cleaned["groups"] = groups
        return cleaned

    def _pasted(self, text: str) -> list[tuple[str, str]]:
        groups = []
        for n, line in enumerate(filter(str.strip, text.splitlines()), start=1):
            found = _PASTED.fullmatch(line.strip())
            name = self._group("pasted", found[1].strip()) if found else ""
            if found is None:
                message = _("Line %(n)d is not a group and a total: %(line)s")
                self.add_error("pasted", message % {"n": n, "line": line.strip()[:60]})
            elif name:
                groups.append((name, _plain(found[2])))
        return groups

    def _group(self, field: str, typed: str) -> str:
        """The name of a group as the margin keeps it; a mistake is said beside its field."""
        if self.column.kind != "numbers":
            by_words = {words: key for key, words in self.column.choices}
            return by_words.get(typed, typed)
        if not typed:
            return ""
        ends = range_of(typed.replace("..", "-").replace("–", "-"))
        if ends is None:
            self.add_error(field, _("Write a range such as 18-29 or 60-, not “%(typed)s”.")
                           % {"typed": typed[:40]})  # fmt: skip
            return ""
        return f"{ends[0] or ''}..{ends[1] or ''}"


class TrimForm(DeskForm):
    """Between which bounds raked weights must stay."""

    lower = forms.DecimalField(
        label=gettext_lazy("At least"), required=False, min_value=0, decimal_places=3,
        max_digits=6, help_text=gettext_lazy("In mean weights, below 1, such as 0.3."),
    )  # fmt: skip
    upper = forms.DecimalField(
        label=gettext_lazy("At most"), required=False, min_value=0, decimal_places=3,
        max_digits=6, help_text=gettext_lazy("In mean weights, above 1, such as 3."),
    )  # fmt: skip


def margin_form(column: MarginColumn, known: Sequence[Sequence[str]]) -> type[MarginForm]:
    """The form of the margin of one column (人口边际表), with rows for its groups."""
    offered = column.choices if column.kind == "choices" else ()
    rows = len(offered) or max(_FEWEST_ROWS, len(known or column.choices) + _MORE_ROWS)
    fields: dict[str, Any] = {"column": column, "rows": rows}
    for n in range(rows):
        words = offered[n][1] if offered else _("row %(n)d") % {"n": n + 1}
        if not offered:
            fields[f"group_{n}"] = forms.CharField(
                label=_("Group of %(row)s") % {"row": words}, max_length=100, required=False
            )
        fields[f"total_{n}"] = forms.CharField(
            label=_("People of %(row)s") % {"row": words}, max_length=30, required=False,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        )  # fmt: skip
    return type("MarginFormHere", (MarginForm,), fields)


def margin_as_typed(
    column: MarginColumn, source: str, known: Sequence[Sequence[str]]
) -> Mapping[str, str]:
    """A stored margin, or the groups that are offered, as the form shows them (表单初值)."""
    typed = {"source": source}
    totals = {name: total for name, total in known}  # noqa: C416  # pairs are lists
    if column.kind == "choices":
        pairs = [("", totals.get(key, "")) for key, _words in column.choices]
    elif known:
        pairs = [(name.replace("..", "-") if column.kind == "numbers" else name, total)
                 for name, total in known]  # fmt: skip
    else:
        pairs = [(key, "") for key, _words in column.choices]
    for n, (name, total) in enumerate(pairs):
        typed |= {f"group_{n}": name, f"total_{n}": total}
    return typed


def _plain(total: str) -> str:
    return total.replace(",", "").replace("，", "").replace(" ", "")
