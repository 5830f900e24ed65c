"""The form of a sealed draw: how many from each stratum, and by which method."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from wenming.base import wording
from wenming.base.forms import DeskForm
from wenming.rounds.forms.draw_frames import REGISTER_NAMES
from wenming.rounds.models import Collection
from wenming.rounds.queries.draw_frames import CERTAIN, DrawFrame, FrameColumns
from wenming.stats.sampling import AllocationKind, DrawMethod, Plan, plan_from
from wenming.stats.sampling.draw import units_wanted
from wenming.stats.sampling.fields import DECIMAL
from wenming.stats.sampling.frame import frame_from
from wenming.stats.sampling.units import units_of

Choice = tuple[str, Any]
NUMBER = "number"
MOST_DRAWN = 100_000


@dataclass(frozen=True, slots=True)
class Framed:
    """A list that was looked through: its strata, with their names and sizes (抽样框概况).

    Attributes:
        strata: first-stage units of each stratum, by name of the frame.
        names: what people call a stratum, where the frame has a code.
    """

    frame: DrawFrame
    columns: FrameColumns
    strata: Mapping[str, int]
    names: Mapping[str, str]
    collection: Collection | None

    @property
    def total(self) -> int:
        """First-stage units of the whole list."""
        return sum(self.strata.values())


class DrawForm(DeskForm):
    """How many are drawn from each stratum, and by which method."""

    title = forms.CharField(
        label=gettext_lazy("Name of the draw"),
        max_length=100,
        help_text=gettext_lazy("Everybody can read it from now on; it names no drawn site."),
    )
    method = forms.ChoiceField(label=gettext_lazy("How it is drawn"))
    size = forms.ChoiceField(
        label=gettext_lazy("Size by"),
        required=False,
        help_text=gettext_lazy("Only by size: the larger one is, the likelier it is drawn."),
    )
    order = forms.MultipleChoiceField(
        label=gettext_lazy("Sorted by"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Only systematic: every so many along the sorted list."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("How many"))
    total = forms.IntegerField(
        label=pgettext_lazy("of a draw", "Total"), required=False, min_value=1, max_value=MOST_DRAWN
    )
    minimum = forms.IntegerField(
        label=gettext_lazy("At least from each stratum"), required=False, min_value=0, initial=1
    )
    inside = forms.IntegerField(
        label=gettext_lazy("Rows drawn in each"), required=False, min_value=1, initial=1
    )
    inside_reserve = forms.IntegerField(
        label=gettext_lazy("Replacements in each"), required=False, min_value=0, initial=0
    )
    replacements = forms.IntegerField(
        label=gettext_lazy("Replacements for each stratum"),
        min_value=0,
        max_value=1000,
        initial=2,
        help_text=gettext_lazy("Drawn at the same time and used strictly in their order."),
    )

    framed: Framed

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = "en" if get_language() == "en" else "zh"
        columns = self.framed.columns
        labelled = {
            "method": ("draw_method", [each.value for each in DrawMethod]),
            "kind": ("draw_allocation", [NUMBER, *(each.value for each in AllocationKind)]),
        }
        for name, (of, codes) in labelled.items():
            choices = [(code, wording.label(of, code, language)) for code in codes]
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        if not columns.strata:
            for name in ("kind", "minimum", "total"):
                del self.fields[name]
        if not columns.cluster:
            del self.fields["inside"], self.fields["inside_reserve"]
        self._offer_columns()

    def _offer_columns(self) -> None:
        frame = self.framed.frame
        if frame.of_register:
            sizes: list[Choice] = [("size", _("the size in the register"))]
            names = ("county", "street", "site_type", "title")
            order: list[Choice] = [(name, REGISTER_NAMES[name]) for name in names]
        else:
            sizes = order = [(name, name) for name in frame.columns]
        none = _("the rows of each") if self.framed.columns.cluster else _("none")
        self.fields["size"].choices = [("", none), *sizes]  # type: ignore[attr-defined]
        self.fields["order"].choices = order  # type: ignore[attr-defined]

    @property
    def plain_fields(self) -> Iterator[BoundField]:
        """The fields outside the table of strata."""
        yield from (each for each in self.visible_fields() if "_of_" not in each.name)

    @property
    def rows(self) -> Iterator[tuple[str, int, BoundField | None, BoundField | None]]:
        """Each stratum: its name, what it has, and its fields for number and spread."""
        for place, (stratum, available) in enumerate(self.framed.strata.items()):
            number, spread = f"n_of_{place}", f"spread_of_{place}"
            yield (
                self.framed.names.get(stratum, stratum),
                available,
                self[number] if number in self.fields else None,
                self[spread] if spread in self.fields else None,
            )

    def clean(self) -> dict[str, Any]:
        """What each way of drawing needs."""
        cleaned = super().clean()
        kind, method = cleaned.get("kind", NUMBER), cleaned.get("method")
        if kind != NUMBER and not cleaned.get("total") and "total" not in self.errors:
            self.add_error("total", _("Say how many in all."))
        if kind == NUMBER and not any(self._numbers(cleaned).values()) and not self.errors:
            self.add_error(None, _("Say how many are drawn, at least from one stratum."))
        if kind == AllocationKind.NEYMAN:
            self._check_spreads(cleaned)
        needs_size = method == DrawMethod.PPS and not self.framed.columns.cluster
        if needs_size and not cleaned.get("size"):
            self.add_error("size", _("Say by which column."))
        if method == DrawMethod.SYSTEMATIC and not cleaned.get("order"):
            self.add_error("order", _("Say how the list is sorted."))
        return cleaned

    def _check_spreads(self, cleaned: Mapping[str, Any]) -> None:
        for place, stratum in enumerate(self.framed.strata):
            name = f"spread_of_{place}"
            if stratum != CERTAIN and not DECIMAL.fullmatch(cleaned.get(name) or ""):
                self.add_error(name, _("Neyman needs the spread here, such as 0.35."))

    def _numbers(self, said: Mapping[str, Any]) -> dict[str, int]:
        """How many are wanted from each stratum; what is taken for certain is taken whole."""
        return {
            stratum: available if stratum == CERTAIN else said.get(f"n_of_{place}") or 0
            for place, (stratum, available) in enumerate(self.framed.strata.items())
        }

    def frame_and_plan(self) -> tuple[DrawFrame, FrameColumns, Plan]:
        """The list that is drawn from, and how (抽样方案).

        Strata from which nothing is wanted do not belong to the list.

        Raises:
            DrawError, BadInput: the numbers do not fit the list.
        """
        said, columns = self.cleaned_data, self.framed.columns
        frame = self.framed.frame
        method = DrawMethod(said["method"])
        mapping: dict[str, Any] = {
            "label": said["title"], "key": columns.key, "method": method.value,
            "strata": columns.strata or None, "replacements": said["replacements"],
            "size": said["size"] or None if method is DrawMethod.PPS else None,
            "order": said["order"] if method is DrawMethod.SYSTEMATIC else [],
        }  # fmt: skip
        if columns.cluster:
            mapping["second_stage"] = {
                "cluster": columns.cluster, "n": said["inside"] or 1,
                "replacements": said["inside_reserve"] or 0,
            }  # fmt: skip
        if said.get("kind", NUMBER) != NUMBER:
            mapping |= self._shared(mapping, frame)
        elif columns.strata:
            wanted = {stratum: n for stratum, n in self._numbers(said).items() if n}
            kept = [row for row in frame.rows if row.text(columns.strata) in wanted]
            frame, mapping["n"] = replace(frame, rows=kept), wanted
        else:
            mapping["n"] = next(iter(self._numbers(said).values()))
        return frame, replace(columns, size=mapping["size"] or ""), plan_from(mapping)

    def _shared(self, mapping: Mapping[str, Any], frame: DrawFrame) -> dict[str, Any]:
        """The allocation; where some are taken for certain, what it gives to the others."""
        said, columns = self.cleaned_data, self.framed.columns
        kind, certain = said["kind"], self.framed.strata.get(CERTAIN, 0)
        minimum = 1 if said["minimum"] is None else said["minimum"]
        allocation: dict[str, Any] = {
            "kind": kind, "total": said["total"] - certain, "minimum": minimum,
        }  # fmt: skip
        if kind == AllocationKind.NEYMAN:
            allocation["spread"] = {
                stratum: said[f"spread_of_{place}"]
                for place, stratum in enumerate(self.framed.strata)
                if stratum != CERTAIN
            }
        if not certain:
            return {"allocation": allocation}
        others = [row.values for row in frame.rows if row.text(columns.strata) != CERTAIN]
        plan = plan_from({**mapping, "allocation": allocation})
        strata = units_of(frame_from(others, key=columns.key), plan)
        return {"n": {**units_wanted(strata, plan), CERTAIN: certain}}


def draw_form(framed: Framed) -> type[DrawForm]:
    """The form of a draw from one list, with a number and a spread for each stratum (抽样表单)."""
    fields: dict[str, Any] = {"framed": framed}
    wanted = framed.collection.site_numbers if framed.collection else {}
    for place, (stratum, available) in enumerate(framed.strata.items()):
        if stratum == CERTAIN:
            continue
        named = framed.names.get(stratum, stratum)
        fields[f"n_of_{place}"] = forms.IntegerField(
            label=_("%(stratum)s: how many") % {"stratum": named},
            required=False,
            min_value=0,
            max_value=available,
            initial=min(wanted.get(stratum, 0), available) or None,
        )
        if framed.columns.strata:
            fields[f"spread_of_{place}"] = forms.CharField(
                label=_("%(stratum)s: spread") % {"stratum": named}, required=False, max_length=20
            )
    return type("DrawFormHere", (DrawForm,), fields)
