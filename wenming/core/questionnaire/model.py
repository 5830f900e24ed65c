"""An instrument (问卷): questions in order, their choices, and what their answers count for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from wenming.core.errors import Place
from wenming.core.questionnaire.expressions import Expression

Labels = Mapping[str, str]
"""A text by language (各语种文本), such as `zh` and `en`."""


class QuestionKind(StrEnum):
    """What a question asks for (题型)."""

    SELECT_ONE = "select_one"  # 单选
    SELECT_MULTIPLE = "select_multiple"  # 多选
    INTEGER = "integer"  # 整数
    DECIMAL = "decimal"  # 小数
    TEXT = "text"  # 文字
    DATE = "date"  # 日期
    GEOPOINT = "geopoint"  # 位置
    IMAGE = "image"  # 照片
    ACKNOWLEDGE = "acknowledge"  # 确认
    NOTE = "note"  # 提示语
    CALCULATE = "calculate"  # 计算
    START = "start"  # 开始时间
    END = "end"  # 结束时间
    GROUP = "group"  # 题组

    @property
    def is_select(self) -> bool:
        """Whether one chooses from a list."""
        return self in {QuestionKind.SELECT_ONE, QuestionKind.SELECT_MULTIPLE}

    @property
    def is_asked(self) -> bool:
        """Whether a person gives the answer."""
        return self not in _UNASKED

    @property
    def is_shown(self) -> bool:
        """Whether it appears on the form at all."""
        return self not in _HIDDEN


_HIDDEN = frozenset({QuestionKind.CALCULATE, QuestionKind.START, QuestionKind.END})
_UNASKED = _HIDDEN | {QuestionKind.NOTE, QuestionKind.GROUP}


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen (选项)."""

    key: str
    label: Labels


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """One entry of a questionnaire (题目): a question, a note or a group.

    Attributes:
        within: key of the group that it stands in; "" at the top.
        choices: key of its list of choices; "" where one does not choose.
        relevant: it is asked only while this holds; None when always.
        constraint: an answer is taken only while this holds; `.` is the answer.
        item: key of the item that its answers feed; "" when none.
        condition: position of the item's condition, from 1; 0 for the item as a whole.
        yes: choices that count for it.
        no: choices that count against it; what is in neither counts as missing.
        bank: key in the bank of questions (题库) that it was taken from; "" when none.
    """

    key: str
    kind: QuestionKind
    label: Labels
    hint: Labels = field(default_factory=dict)
    within: str = ""
    choices: str = ""
    is_required: bool = False
    relevant: Expression | None = None
    constraint: Expression | None = None
    constraint_message: Labels = field(default_factory=dict)
    calculation: Expression | None = None
    appearance: str = ""
    item: str = ""
    condition: int = 0
    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    bank: str = ""
    place: Place = field(default=Place(""), compare=False)
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)

    def at(self, column: str) -> Place:
        """Where a cell of it was read."""
        return self.places.get(column) or replace(self.place, column=column)


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire in one version (问卷).

    Attributes:
        languages: codes of its languages; the first is shown where another is missing.
        choices: lists of choices by key, each in the order in which they are shown.
        questions: in the order of the form; the members of a group follow it at once.
        missing: choices that mean "no answer", whatever the question.
    """

    key: str
    title: Labels
    version: str
    languages: tuple[str, ...]
    choices: Mapping[str, tuple[Choice, ...]]
    questions: tuple[FormQuestion, ...]
    missing: frozenset[str] = frozenset()

    def by_key(self) -> dict[str, FormQuestion]:
        """Its questions by key."""
        return {question.key: question for question in self.questions}

    def choices_of(self, question: FormQuestion) -> tuple[Choice, ...]:
        """The choices of a question; none where one does not choose."""
        return self.choices.get(question.choices, ())

    def groups_of(self, question: FormQuestion) -> tuple[FormQuestion, ...]:
        """The groups around a question, the outermost first."""
        return tuple(reversed(list(_around(self.by_key(), question))))

    def text(self, labels: Labels, language: str) -> str:
        """A text in a language, or in the first language that has it."""
        for each in (language, *self.languages):
            if labels.get(each):
                return labels[each]
        return ""


def _around(known: Mapping[str, FormQuestion], question: FormQuestion) -> Iterator[FormQuestion]:
    seen = {question.key}
    while question.within in known and question.within not in seen:
        question = known[question.within]
        seen.add(question.key)
        yield question
