"""Conditions of a questionnaire as a person reads them: numbers of questions, words of choices."""

from collections.abc import Mapping

from wenming.core.questionnaire.expressions import LEVELS, Expression
from wenming.core.questionnaire.model import FormQuestion, Instrument

_SIGNS = {"!=": "≠", "<=": "≤", ">=": "≥", "*": "×", "div": "÷", "-": "−"}


def question_numbers(instrument: Instrument) -> dict[str, int]:
    """The number of each question that a person answers (题号), from 1, by its name."""
    asked = [each.key for each in instrument.questions if each.kind.is_asked]
    return {key: n for n, key in enumerate(asked, start=1)}


def readable(
    expression: Expression, instrument: Instrument, *, language: str, words: Mapping[str, str]
) -> str:
    """An expression as a person reads it (条件说明), such as `Q3 = 否 or Q4 includes 停车`.

    Args:
        words: of `question` (with {n}), `self`, `and`, `or`, `not` (with {x}), `selected`, `true`,
            `false`, `today`; what it lacks is written as in XLSForm.
    """
    return _Speaker(instrument, language, words, question_numbers(instrument)).say(expression, 0)


class _Speaker:
    def __init__(
        self,
        instrument: Instrument,
        language: str,
        words: Mapping[str, str],
        numbers: Mapping[str, int],
    ) -> None:
        self.instrument, self.language = instrument, language
        self.words, self.numbers = words, numbers
        self.known = instrument.by_key()

    def say(self, each: Expression, least: int) -> str:
        match each.kind:
            case "number":
                return each.value
            case "text":
                return f"“{each.value}”" if each.value else "“”"
            case "name":
                return self.name(each.value)
            case "self":
                return self.words.get("self", ".")
            case "negative":
                return "−" + self.say(each.parts[0], len(LEVELS))
            case "call":
                return self.call(each)
        level = next(n for n, kinds in enumerate(LEVELS) if each.kind in kinds)
        left, right = each.parts
        sign = _SIGNS.get(each.kind) or self.words.get(each.kind, each.kind)
        text = f"{self.beside(left, right, level)} {sign} {self.beside(right, left, level + 1)}"
        return f"({text})" if level < least else text

    def name(self, key: str) -> str:
        if key in self.numbers:
            return self.words.get("question", "Q{n}").format(n=self.numbers[key])
        return f"${{{key}}}"

    def call(self, each: Expression) -> str:
        if each.value == "not":
            return self.words.get("not", "not({x})").format(x=self.say(each.parts[0], 0))
        if each.value == "selected":
            answer, choice = each.parts
            word = self.words.get("selected", "includes")
            return f"{self.say(answer, 0)} {word} {self.beside(choice, answer, 0)}"
        if not each.parts and each.value in self.words:
            return self.words[each.value]
        return f"{each.value}({', '.join(self.say(part, 0) for part in each.parts)})"

    def beside(self, each: Expression, other: Expression, level: int) -> str:
        """A text beside an answer is the word of its choice."""
        question = self.known.get(other.value) if other.kind == "name" else None
        if each.kind != "text" or question is None:
            return self.say(each, level)
        return self.choice(question, each)

    def choice(self, question: FormQuestion, each: Expression) -> str:
        for choice in self.instrument.choices_of(question):
            if choice.key == each.value:
                return "“" + self.instrument.text(choice.label, self.language) + "”"
        return self.say(each, 0)
