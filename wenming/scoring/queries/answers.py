"""How often each answer of a question was given, in all and by part of the city."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wenming.rounds.models import Round
from wenming.scoring.models import Run
from wenming.survey.models import Question, SurveyPlan
from wenming.survey.queries import answers_by


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """One answer and the sheets that give it.

    Attributes:
        answer: "" for a blank.
        is_yes: counts for the item.
        is_missing: stands outside the base.
    """

    answer: str
    sheets: int
    is_yes: bool
    is_missing: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """Answers of one question, most frequent first; sheets are counted without weights.

    Attributes:
        base: sheets with an answer that counts.
        yes: of these, the answers for the item.
        missing: sheets outside the base.
    """

    answers: Sequence[AnswerCount]

    @property
    def base(self) -> int:
        """Sheets with an answer that counts."""
        return sum(each.sheets for each in self.answers if not each.is_missing)

    @property
    def yes(self) -> int:
        """Sheets whose answer counts for the item."""
        return sum(e.sheets for e in self.answers if e.is_yes and not e.is_missing)

    @property
    def missing(self) -> int:
        """Sheets outside the base."""
        return sum(each.sheets for each in self.answers if each.is_missing)


@dataclass(frozen=True, slots=True)
class QuestionCounts:
    """A question (题目) with its answers.

    Attributes:
        total: over all sheets.
        by: column that divides the sheets; "" for none.
        parts: counts by value of `by`.
        divisions: columns by which the sheets can be divided: the strata.
    """

    question: Question
    total: Counts
    by: str
    parts: Mapping[str, Counts]
    divisions: Sequence[str]


def answer_counts(run: Run, column: str, *, by: str = "") -> list[QuestionCounts]:
    """How often each answer in a column of the sheets was given.

    Args:
        column: of the answer sheets.
        by: a column that divides the sheets, such as county; "" for none. A column
            that the sheets do not have divides nothing.

    Returns:
        One entry for each question that reads the column; empty when none does.
    """
    asked = Question.objects.filter(round=run.round_id, column=column).order_by("position")
    return counts_of(run.round, list(asked), by=by)


def counts_of(
    round_: Round, questions: Sequence[Question], *, by: str = ""
) -> list[QuestionCounts]:
    """The answers to these questions; one query a column, and one for the design."""
    if not questions:
        return []
    plan = SurveyPlan.objects.get(round=round_)
    by = by if by in (plan.columns or ()) else ""
    answers = {
        column: answers_by(round_, column, by)
        for column in dict.fromkeys(each.column for each in questions)
    }
    return [_question_counts(each, plan, answers[each.column], by) for each in questions]


def _question_counts(
    question: Question, plan: SurveyPlan, rows: Sequence[tuple[str, str, int]], by: str
) -> QuestionCounts:
    parts: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for answer, part, sheets in rows:
        parts[part].append((answer, sheets))
    return QuestionCounts(
        question=question,
        total=_counts(question, plan, ((answer, sheets) for answer, _, sheets in rows)),
        by=by,
        parts={name: _counts(question, plan, parts[name]) for name in sorted(parts)} if by else {},
        divisions=plan.strata,
    )


def _counts(question: Question, plan: SurveyPlan, rows: Iterable[tuple[str, int]]) -> Counts:
    sheets: Counter[str] = Counter()
    for answer, count in rows:
        sheets[answer.strip()] += count
    missing, yes = set(plan.missing), set(question.yes)
    return Counts(
        [
            AnswerCount(answer, count, answer in yes, answer in missing)
            for answer, count in sorted(sheets.items(), key=lambda each: (-each[1], each[0]))
        ]
    )
