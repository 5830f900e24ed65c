"""How full the quotas of a round are, and their cells in words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from wenming.core import questionnaire
from wenming.core.lifecycle import SheetState
from wenming.core.questionnaire import Cell, QuotaProgress, Wish, fits, outside
from wenming.survey.models import Fieldwork, Quota
from wenming.survey.queries.instruments import instrument_of


@dataclass(frozen=True, slots=True)
class ShownQuota:
    """A cell with its words and how full it is (配额一行)."""

    quota: Quota
    label: str
    progress: QuotaProgress


@dataclass(frozen=True, slots=True)
class QuotasShown:
    """The quotas of a round (配额进度表).

    Attributes:
        outside: sheets that may count and fall into no cell.
    """

    rows: Sequence[ShownQuota]
    outside: int

    @property
    def full(self) -> int:
        """How many cells need nobody more."""
        return sum(each.progress.is_full for each in self.rows)

    @property
    def over(self) -> int:
        """How many cells have more than was wanted."""
        return sum(each.progress.over > 0 for each in self.rows)

    @property
    def left(self) -> int:
        """How many are still to be asked, of all cells."""
        return sum(each.progress.left for each in self.rows)


def quotas_of(fieldwork: Fieldwork) -> QuotasShown:
    """How full each quota of a round is (配额进度), among the sheets of all interviewers.

    A sheet counts in every cell that it falls into.
    """
    quotas = list(Quota.objects.filter(fieldwork=fieldwork).order_by("position"))
    if not quotas:
        return QuotasShown((), 0)
    instrument = instrument_of(fieldwork.instrument)
    asked = {key for quota in quotas for key in quota.cell}
    kinds: Counter[tuple[str, tuple[tuple[str, str], ...]]] = Counter(
        (state, tuple((key, str(answers.get(key, ""))) for key in sorted(asked)))
        for state, answers in fieldwork.sheets.order_by().values_list("state", "answers")
    )
    rows = []
    for quota in quotas:
        n: Counter[str] = Counter()
        for (state, answers), count in kinds.items():
            n[state] += count if fits(quota.cell, dict(answers)) else 0
        progress = QuotaProgress(
            quota.wanted, n[SheetState.ACCEPTED], n[SheetState.RECEIVED], n[SheetState.SET_ASIDE]
        )
        rows.append(ShownQuota(quota, cell_words(quota.cell, instrument), progress))
    cells = [quota.cell for quota in quotas]
    strays = sum(
        count
        for (state, answers), count in kinds.items()
        if state != SheetState.SET_ASIDE and outside(cells, dict(answers))
    )
    return QuotasShown(rows, strays)


def cell_words(cell: Cell, instrument: questionnaire.Instrument) -> str:
    """Who is meant by a cell (配额单元文字), in the reader's language and the form's order."""
    language = "en" if get_language() == "en" else "zh"
    parts = []
    for question in instrument.questions:
        if question.key in cell:
            label = (instrument.text(question.label, language) or question.key).rstrip("？?：:")
            choices = {
                each.key: instrument.text(each.label, language) or each.key
                for each in instrument.choices_of(question)
            }
            mark = ": " if language == "en" else "："
            parts.append(f"{label}{mark}{wish_words(cell[question.key], choices)}")
    return " · ".join(parts)


def wish_words(wish: Wish, choices: Mapping[str, str]) -> str:
    """What must be answered (答案要求): a choice by its words, a range as 18–29, ≥60 or ≤17."""
    if isinstance(wish, str):
        return choices.get(wish, wish)
    low, high = wish
    if low is None:
        return f"≤{high}"
    return f"≥{low}" if high is None else f"{low}–{high}"
