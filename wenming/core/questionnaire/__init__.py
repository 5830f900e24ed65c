"""Questionnaires (问卷): what is asked, when, which answers are taken, and what they count for."""

from wenming.core.questionnaire.answers import (
    answer_problems,
    asked_questions,
    settled_answers,
)
from wenming.core.questionnaire.build import RESERVED, build_instrument
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
from wenming.core.questionnaire.rows import PlainRows, instrument_rows, question_row

__all__ = [
    "RESERVED",
    "AnswerScope",
    "Choice",
    "Expression",
    "ExpressionNotSupported",
    "ExpressionNotUnderstood",
    "FormQuestion",
    "Instrument",
    "Labels",
    "PlainRows",
    "QuestionKind",
    "SheetMark",
    "answer_problems",
    "as_text",
    "asked_questions",
    "build_instrument",
    "checklist_instrument",
    "evaluate",
    "instrument_rows",
    "is_straight_line",
    "is_true",
    "parse",
    "question_row",
    "settled_answers",
    "speeders",
]
