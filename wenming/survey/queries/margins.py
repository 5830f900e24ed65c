"""Which columns of a survey can have a margin, and which groups they offer."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import get_language

from wenming.core.evidence import Margin
from wenming.core.questionnaire import Instrument, quota_questions
from wenming.survey.margin_rows import raking_of
from wenming.survey.models import Fieldwork, PopulationMargin
from wenming.survey.queries.instruments import instrument_of
from wenming.survey.queries.quality import question_text

_MOST_GROUPS = 60


@dataclass(frozen=True, slots=True)
class MarginColumn:
    """A column that can have a margin (可设边际的列).

    Attributes:
        kind: "choices", "numbers" or "drawn".
        choices: key and words of each group that is offered; none for numbers.
    """

    key: str
    title: str
    kind: str
    choices: Sequence[tuple[str, str]] = ()

    def words_of(self, group: str) -> str:
        """A group as it is read: a choice by its words, a range as 18–29, ≥60 or ≤17."""
        if self.kind != "numbers":
            return dict(self.choices).get(group, group)
        low, _dots, high = group.partition("..")
        if not low:
            return f"≤{high}"
        return f"≥{low}" if not high else f"{low}–{high}"


def margin_columns(fieldwork: Fieldwork) -> list[MarginColumn]:
    """What a round can be weighted by (可设边际的列), and the groups of each.

    That is questions with choices or numbers that feed no item (what is judged is not known of
    the population), the strata and the outermost clusters. Missing answers make no group.
    """
    instrument = instrument_of(fieldwork.instrument)
    known = instrument.by_key()
    found = []
    for key, is_number in quota_questions(instrument).items():
        if known[key].item:
            continue
        choices = [] if is_number else _choices(instrument, key)
        kind = "numbers" if is_number else "choices"
        found.append(MarginColumn(key, question_text(instrument, known[key]), kind, choices))
    drawn = dict.fromkeys([*fieldwork.strata, *fieldwork.clusters[:1]])
    return found + [MarginColumn(key, key, "drawn", _values(fieldwork, key)) for key in drawn]


def margins_of(fieldwork: Fieldwork) -> list[tuple[PopulationMargin, Margin]]:
    """The margins of a round (本轮人口边际), in the order in which they were set."""
    rows = list(fieldwork.margins.order_by("position"))
    kept = [{"column": r.column, "source": r.source, "groups": r.groups} for r in rows]
    plan = raking_of({"margins": kept, "trim": None})
    return list(zip(rows, plan.margins if plan else (), strict=True))


def _choices(instrument: Instrument, key: str) -> list[tuple[str, str]]:
    from_form = instrument.choices_of(instrument.by_key()[key])
    return [
        (each.key, instrument.text(each.label, _language()) or each.key)
        for each in from_form
        if each.key not in instrument.missing
    ]


def _values(fieldwork: Fieldwork, column: str) -> list[tuple[str, str]]:
    rows = fieldwork.sheets.annotate(value=KeyTextTransform(column, "drawn")).order_by("value")
    found = (
        rows.exclude(value__isnull=True).values_list("value", flat=True).distinct()[:_MOST_GROUPS]
    )
    return [(value, value) for value in found if value.strip()]


def _language() -> str:
    return "en" if get_language() == "en" else "zh"
