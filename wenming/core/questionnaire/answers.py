"""One answer sheet against its instrument: what was asked, and what is wrong with the answers."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from graphlib import TopologicalSorter

from wenming.core.errors import Place, Problem
from wenming.core.questionnaire.checks import leans_on
from wenming.core.questionnaire.evaluating import AnswerScope, as_answer, evaluate, is_true
from wenming.core.questionnaire.model import FormQuestion, Instrument, QuestionKind

LONGEST_ANSWER = 5000
_INTEGER = re.compile(r"-?\d{1,9}")
_POINT = re.compile(r"-?\d{1,3}(\.\d+)? -?\d{1,3}(\.\d+)?( -?\d+(\.\d+)?){0,2}")
_ACKNOWLEDGED = "OK"
_LARGEST_EXPONENT = 15


def settled_answers(
    instrument: Instrument, answers: Mapping[str, str], *, today: date
) -> dict[str, str]:
    """The answers that count: of the questions that were asked, and calculated ones.

    An answer to a question that is not asked is blank for every other condition, as in ODK.

    Args:
        answers: text by key of the question; several choices are parted by blanks.

    Returns:
        Text by key, without blanks, in the order of the form.
    """
    settled, _asked = _settle(instrument, answers, today)
    return settled


def asked_questions(
    instrument: Instrument, answers: Mapping[str, str], *, today: date
) -> tuple[FormQuestion, ...]:
    """The entries that appear for these answers, groups and notes among them, in order."""
    _settled, asked = _settle(instrument, answers, today)
    return tuple(each for each in instrument.questions if each.key in asked)


def answer_problems(
    instrument: Instrument, answers: Mapping[str, str], *, today: date
) -> tuple[Problem, ...]:
    """Everything that is wrong with the answers of one sheet (答卷核验).

    Args:
        answers: text by key of the question; several choices are parted by blanks.
        today: the day on which the sheet was filled in.

    Returns:
        One problem for each mistake, in the order of the form; `place.column` is the key of the
        question.
    """
    settled, asked = _settle(instrument, answers, today)
    problems = [
        problem
        for question in instrument.questions
        for problem in _problems(
            instrument,
            question,
            is_asked=question.key in asked,
            scope=AnswerScope(settled, today, answers.get(question.key, "").strip()),
        )
    ]
    known = instrument.by_key()
    problems += [
        Problem("answer_to_unknown_question", Place("", column=name), {"value": name})
        for name in sorted(set(answers) - set(known))
    ]
    return tuple(problems)


def _settle(
    instrument: Instrument, answers: Mapping[str, str], today: date
) -> tuple[dict[str, str], frozenset[str]]:
    known = instrument.by_key()
    settled: dict[str, str] = {}
    asked: set[str] = set()
    for key in TopologicalSorter(leans_on(instrument)).static_order():
        question, scope = known[key], AnswerScope(settled, today)
        if question.within and question.within not in asked:
            continue
        if question.relevant is not None and not is_true(question.relevant, scope):
            continue
        asked.add(key)
        value = answers.get(key, "").strip()
        if question.calculation is not None:
            value = as_answer(evaluate(question.calculation, scope))
        if value:
            settled[key] = value
    return {key: settled[key] for key in known if key in settled}, frozenset(asked)


def _problems(
    instrument: Instrument, question: FormQuestion, *, is_asked: bool, scope: AnswerScope
) -> Iterator[Problem]:
    place = Place("", column=question.key)
    if not question.kind.is_asked:
        return
    if not is_asked:
        if scope.own:
            yield Problem("answer_not_asked_for", place)
        return
    if not scope.own:
        if question.is_required:
            yield Problem("answer_missing", place)
        return
    wrong = list(_misfits(instrument, question, scope.own, place))
    yield from wrong
    if not wrong and question.constraint is not None and not is_true(question.constraint, scope):
        yield Problem("answer_refused", place, {"value": scope.own})


def _misfits(
    instrument: Instrument, question: FormQuestion, answer: str, place: Place
) -> Iterator[Problem]:
    """What makes an answer no answer of this kind of question."""
    if len(answer) > LONGEST_ANSWER:
        facts: dict[str, object] = {"length": len(answer), "most": LONGEST_ANSWER}
        yield Problem("answer_too_long", place, facts)
        return
    if question.kind.is_select:
        yield from _wrong_choices(instrument, question, answer, place)
    elif question.kind in _FITS and not _FITS[question.kind](answer):
        facts = {"value": answer[:100], "question_kind": question.kind.value}
        yield Problem("answer_of_other_kind", place, facts)


def _wrong_choices(
    instrument: Instrument, question: FormQuestion, answer: str, place: Place
) -> Iterator[Problem]:
    is_single = question.kind is QuestionKind.SELECT_ONE
    chosen = [answer] if is_single else answer.split()
    known = {choice.key for choice in instrument.choices_of(question)}
    for word in chosen:
        if word not in known:
            yield Problem("answer_unknown_choice", place, {"value": word[:100]})
    if len(set(chosen)) < len(chosen):
        yield Problem("answer_chosen_twice", place, {"value": answer[:100]})


def _is_number(text: str) -> bool:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return False
    return value.is_finite() and abs(value.adjusted()) <= _LARGEST_EXPONENT


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2026-10-01")


def _is_place(text: str) -> bool:
    if not _POINT.fullmatch(text):
        return False
    latitude, longitude = (Decimal(part) for part in text.split()[:2])
    return abs(latitude) <= 90 and abs(longitude) <= 180


_FITS: Mapping[QuestionKind, Callable[[str], bool]] = {
    QuestionKind.INTEGER: lambda text: _INTEGER.fullmatch(text) is not None,
    QuestionKind.DECIMAL: _is_number,
    QuestionKind.DATE: _is_day,
    QuestionKind.GEOPOINT: _is_place,
    QuestionKind.ACKNOWLEDGE: lambda text: text == _ACKNOWLEDGED,
}
