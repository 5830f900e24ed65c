"""Whether a question can ever be asked: its conditions tried on every answer that matters."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations, product

from wenming.core.questionnaire.evaluating import AnswerScope, is_true
from wenming.core.questionnaire.expressions import Expression
from wenming.core.questionnaire.model import FormQuestion, Instrument, QuestionKind

_MOST_TRIED = 20_000
_MOST_SUBSETS = 8
_TODAY = date(2026, 1, 1)
_STEPS = tuple(Decimal(step) / 2 for step in (-2, -1, 0, 1, 2))
_UNCERTAIN = frozenset({"+", "-", "*", "div", "mod", "negative"})
_UNCERTAIN_CALLS = frozenset({"today", "date", "regex", "string-length", "count-selected"})


def is_never_true(instrument: Instrument, question: FormQuestion) -> bool:
    """Whether no answers at all make a question appear.

    Only what can be proved by trying is said: conditions that compare answers with
    literals. With arithmetic, days or patterns in it the answer is False.
    """
    needed = [
        each.relevant for each in (*instrument.groups_of(question), question) if each.relevant
    ]
    names = sorted({name for each in needed for name in each.names()})
    known = instrument.by_key()
    if any(_is_uncertain(each) for each in needed) or any(name not in known for name in names):
        return False
    tried = [list(_answers(instrument, known[name], needed)) for name in names]
    count = 1
    for answers in tried:
        count *= len(answers)
    if count > _MOST_TRIED:
        return False
    scopes = (AnswerScope(dict(zip(names, each, strict=True)), _TODAY) for each in product(*tried))
    return not any(all(is_true(each, scope) for each in needed) for scope in scopes)


def _is_uncertain(expression: Expression) -> bool:
    return any(
        each.kind in _UNCERTAIN or (each.kind == "call" and each.value in _UNCERTAIN_CALLS)
        or _compares_two_answers(each)
        for each in expression.walk()
    )  # fmt: skip


def _compares_two_answers(expression: Expression) -> bool:
    return len(expression.parts) == 2 and all(part.is_answer for part in expression.parts)


def _answers(
    instrument: Instrument, question: FormQuestion, needed: Iterable[Expression]
) -> Iterator[str]:
    """One answer for each way in which an answer can matter, the blank one first."""
    yield ""
    keys = [choice.key for choice in instrument.choices_of(question)]
    if question.kind is QuestionKind.SELECT_ONE:
        yield from keys
    elif question.kind is QuestionKind.SELECT_MULTIPLE:
        yield from _subsets(keys, {part.value for each in needed for part in each.walk()})
    elif question.kind is QuestionKind.ACKNOWLEDGE:
        yield "OK"
    else:
        yield from _around_literals(needed)


def _subsets(keys: list[str], named: set[str]) -> Iterator[str]:
    """Every selection of the choices that are named, and of one that is not."""
    mattering = [key for key in keys if key in named][:_MOST_SUBSETS]
    mattering += [key for key in keys if key not in named][:1]
    for size in range(1, len(mattering) + 1):
        yield from (" ".join(each) for each in combinations(mattering, size))


def _around_literals(needed: Iterable[Expression]) -> Iterator[str]:
    yield "x"
    for expression in needed:
        for each in expression.walk():
            if each.kind == "text":
                yield each.value
            elif each.kind == "number":
                number = Decimal(each.value)
                yield from (format(number + step, "f") for step in _STEPS)
