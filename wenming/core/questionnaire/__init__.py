"""Questionnaires (问卷): what is asked, when, which answers are taken, and what they count for."""

from wenming.core.questionnaire.answers import (
    answer_problems,
    asked_questions,
    settled_answers,
)
from wenming.core.questionnaire.build import OWN_NAMES, RESERVED, build_instrument
from wenming.core.questionnaire.comparing import (
    ChangeKind,
    QuestionChange,
    compare_instruments,
)
from wenming.core.questionnaire.evaluating import AnswerScope, evaluate, is_true
from wenming.core.questionnaire.expressions import (
    Expression,
    ExpressionNotSupported,
    ExpressionNotUnderstood,
    as_text,
)
from wenming.core.questionnaire.from_checklist import checklist_instrument
from wenming.core.questionnaire.model import (
    Choice,
    FormQuestion,
    Instrument,
    Labels,
    QuestionKind,
)
from wenming.core.questionnaire.parsing import parse
from wenming.core.questionnaire.quality import SheetMark, is_straight_line, speeders
from wenming.core.questionnaire.quotas import (
    Cell,
    QuotaProgress,
    Wish,
    fits,
    is_possible_cell,
    outside,
    quota_questions,
)
from wenming.core.questionnaire.readable import question_numbers, readable
from wenming.core.questionnaire.responses import (
    ItemResponse,
    item_responses,
    says_something,
)
from wenming.core.questionnaire.rows import PlainRows, instrument_rows, question_row

__all__ = [
    "OWN_NAMES",
    "RESERVED",
    "AnswerScope",
    "Cell",
    "ChangeKind",
    "Choice",
    "Expression",
    "ExpressionNotSupported",
    "ExpressionNotUnderstood",
    "FormQuestion",
    "Instrument",
    "ItemResponse",
    "Labels",
    "PlainRows",
    "QuestionChange",
    "QuestionKind",
    "QuotaProgress",
    "SheetMark",
    "Wish",
    "answer_problems",
    "as_text",
    "asked_questions",
    "build_instrument",
    "checklist_instrument",
    "compare_instruments",
    "evaluate",
    "fits",
    "instrument_rows",
    "is_possible_cell",
    "is_straight_line",
    "is_true",
    "item_responses",
    "outside",
    "parse",
    "question_numbers",
    "question_row",
    "quota_questions",
    "readable",
    "says_something",
    "settled_answers",
    "speeders",
]
