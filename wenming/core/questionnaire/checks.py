"""What makes an instrument unsound: names that lead nowhere, circles, questions never asked."""

from collections.abc import Iterator, Mapping

from wenming.core.questionnaire.expressions import Expression, as_text, shaky_answers
from wenming.core.questionnaire.model import FormQuestion, Instrument, QuestionKind
from wenming.core.questionnaire.reach import is_never_true
from wenming.core.rows import Reader

_EXPRESSIONS = ("relevant", "constraint", "calculation")


def refuse_unsound(reader: Reader, instrument: Instrument) -> None:
    """Note everything that holds between the rows of an instrument and does not fit."""
    known = instrument.by_key()
    _refuse_wrong_groups(reader, instrument, known)
    for question in instrument.questions:
        _refuse_wrong_choices(reader, instrument, question)
        _refuse_wrong_counting(reader, instrument, question)
        for column, expression in expressions_of(question):
            _refuse_wrong_expression(reader, instrument, question, (column, expression))
    _refuse_circles(reader, instrument)
    told = {(problem.place.sheet, problem.place.line) for problem in reader.problems}
    for question in instrument.questions:
        if question.relevant is None or (question.place.sheet, question.place.line) in told:
            continue
        if is_never_true(instrument, question):
            reader.refuse("question_never_asked", question.at("relevant"), value=question.key)


def expressions_of(question: FormQuestion) -> Iterator[tuple[str, Expression]]:
    """The expressions of a question with their columns."""
    for column in _EXPRESSIONS:
        expression = getattr(question, column)
        if expression is not None:
            yield column, expression


def leans_on(instrument: Instrument) -> Mapping[str, frozenset[str]]:
    """What each question needs to be settled first: for being asked, and for its calculation."""
    return {
        question.key: frozenset().union(
            {question.within} if question.within else set(),
            question.relevant.names() if question.relevant else set(),
            question.calculation.names() if question.calculation else set(),
        )
        for question in instrument.questions
    }


def _refuse_wrong_groups(
    reader: Reader, instrument: Instrument, known: Mapping[str, FormQuestion]
) -> None:
    open_groups: list[str] = []
    for question in instrument.questions:
        group = known.get(question.within)
        if question.within and (group is None or group.kind is not QuestionKind.GROUP):
            reader.refuse("group_of_question_unknown", question.at("within"), value=question.within)
            continue
        while open_groups and open_groups[-1] != question.within:
            open_groups.pop()
        if question.within and not open_groups:
            reader.refuse("group_torn", question.at("within"), value=question.within)
        if question.kind is QuestionKind.GROUP:
            open_groups.append(question.key)
    filled = {question.within for question in instrument.questions}
    for question in instrument.questions:
        if question.kind is QuestionKind.GROUP and question.key not in filled:
            reader.refuse("group_empty", question.place, value=question.key)


def _refuse_wrong_choices(reader: Reader, instrument: Instrument, question: FormQuestion) -> None:
    place = question.at("choices")
    if not question.kind.is_select:
        if question.choices:
            reader.refuse("choices_not_needed", place, value=question.key)
    elif not question.choices:
        reader.refuse("cell_blank", place, column="choices")
    elif question.choices not in instrument.choices:
        reader.refuse("choice_list_missing", place, value=question.choices)


def _refuse_wrong_counting(reader: Reader, instrument: Instrument, question: FormQuestion) -> None:
    counted = question.yes | question.no
    if not question.item:
        if counted or question.condition:
            reader.refuse("counting_without_item", question.at("item"), value=question.key)
        return
    if question.kind is not QuestionKind.SELECT_ONE:
        reader.refuse("item_needs_select_one", question.at("item"), value=question.key)
        return
    if not question.yes:
        reader.refuse("cell_blank", question.at("yes"), column="yes")
    chosen = [choice.key for choice in instrument.choices_of(question)]
    for word in sorted(counted - set(chosen)):
        reader.refuse("choice_unknown", question.at("yes"), value=word, list=question.choices)
    for word in sorted(question.yes & question.no):
        reader.refuse("choice_counts_twice", question.at("no"), value=word)
    is_whole = question.yes and question.no
    for word in sorted(set(chosen) - counted - instrument.missing) if is_whole else ():
        reader.refuse("choice_counts_nowhere", question.at("no"), value=word, key=question.key)


def _refuse_wrong_expression(
    reader: Reader, instrument: Instrument, question: FormQuestion, found: tuple[str, Expression]
) -> None:
    column, expression = found
    place, known = question.at(column), instrument.by_key()
    for name in sorted(expression.names()):
        if name not in known:
            reader.refuse("question_unknown", place, value=name)
        elif known[name].kind in {QuestionKind.GROUP, QuestionKind.NOTE}:
            reader.refuse("question_without_answer", place, value=name)
    if column != "constraint" and any(each.kind == "self" for each in expression.walk()):
        reader.refuse("expression_without_own_answer", place, value=as_text(expression))
    if column != "calculation":
        for answer in shaky_answers(expression):
            reader.refuse("expression_bare_answer", place, value=as_text(answer))
    for name, word in compared_choices(expression, question):
        asked = known.get(name)
        if asked is None or not asked.kind.is_select or asked.choices not in instrument.choices:
            continue
        if word and word not in {choice.key for choice in instrument.choices_of(asked)}:
            reader.refuse("choice_unknown", place, value=word, list=asked.choices)


def compared_choices(expression: Expression, question: FormQuestion) -> Iterator[tuple[str, str]]:
    """Answers that are compared with a literal text: the question's name, and the text."""
    for each in expression.walk():
        is_compared = each.kind in {"=", "!="} or (each.kind, each.value) == ("call", "selected")
        if not is_compared:
            continue
        left, right = each.parts
        for answer, text in ((left, right), (right, left)):
            if answer.is_answer and text.kind == "text":
                yield answer.value or question.key, text.value


def _refuse_circles(reader: Reader, instrument: Instrument) -> None:
    needed = leans_on(instrument)
    known = instrument.by_key()
    told: set[str] = set()
    for start in needed:
        circle = _circle(needed, start)
        if circle and not told & set(circle):
            told |= set(circle)
            path = " → ".join((*circle, circle[0]))
            reader.refuse("question_circle", known[start].at("relevant"), path=path)


def _circle(needed: Mapping[str, frozenset[str]], start: str) -> tuple[str, ...]:
    """The shortest way from a question back to itself; empty when there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    while ways:
        way = ways.pop(0)
        for name in sorted(needed.get(way[-1], ())):
            if name == start:
                return way
            if name not in seen:
                seen.add(name)
                ways.append((*way, name))
    return ()
