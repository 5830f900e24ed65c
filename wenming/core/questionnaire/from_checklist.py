"""A checklist of the field as a form: one group for each line, for programs that speak XForms."""

from collections.abc import Iterator

from wenming.core.framework.checklist import CheckLine, Checklist, Judgement
from wenming.core.questionnaire.expressions import Expression
from wenming.core.questionnaire.model import (
    Choice,
    FormQuestion,
    Instrument,
    Labels,
    QuestionKind,
)
from wenming.core.questionnaire.parsing import parse
from wenming.core.terms import Outcome, Words

OUTCOME_SUFFIX = "_outcome"
VALUE_SUFFIX = "_value"
REASON_SUFFIX = "_reason"
REMARK_SUFFIX = "_remark"
PHOTO_SUFFIX = "_photo"
SITE = "site"
"""The question for the key of the site; the key of a line with one of the suffixes the others."""

_OUTCOMES: dict[Outcome, Labels] = {
    Outcome.CONFORM: {"zh": "合格", "en": "Pass"},
    Outcome.NOT_CONFORM: {"zh": "不合格", "en": "Fail"},
    Outcome.NOT_APPLICABLE: {"zh": "不适用", "en": "Not applicable"},
    Outcome.NOT_OBSERVED: {"zh": "未观察到", "en": "Not observed"},
}
_COUNTED = "counted"
_LISTS = {
    "judged": tuple(Choice(each.value, label) for each, label in _OUTCOMES.items()),
    "counted": (
        Choice(_COUNTED, {"zh": "已计数", "en": "Counted"}),
        *(
            Choice(each.value, _OUTCOMES[each])
            for each in (Outcome.NOT_APPLICABLE, Outcome.NOT_OBSERVED)
        ),
    ),
}
_TEXTS: dict[str, Labels] = {
    "site": {"zh": "点位编号", "en": "Key of the site"},
    "outcome": {"zh": "判断", "en": "Judgement"},
    "count": {"zh": "数量", "en": "Number seen"},
    "share": {"zh": "比例（0至1）", "en": "Share (0 to 1)"},
    "reason": {"zh": "未观察原因", "en": "Why it was not observed"},
    "remark": {"zh": "备注", "en": "Remark"},
    "photo": {"zh": "照片", "en": "Photo"},
}


def checklist_instrument(checklist: Checklist, *, version: str) -> Instrument:
    """The checklist of one site type as a form.

    Each line is a group of its key: the judgement (pass, fail, not applicable, not observed),
    for a count or a share the number, the reason where it was not observed, a remark, a photo.

    Args:
        version: names this state of the checklist, such as the first digits of its hash.

    Source:
        docs/reference/questionnaire.md, "Checklists as forms".
    """
    questions = [
        FormQuestion("start", QuestionKind.START, {}),
        FormQuestion(SITE, QuestionKind.TEXT, _TEXTS["site"], is_required=True),
    ]
    for line in checklist.lines:
        questions += _line(line)
    questions.append(FormQuestion("end", QuestionKind.END, {}))
    return Instrument(
        key=checklist.site_type,
        title=_labels(checklist.title),
        version=version,
        languages=("zh", "en"),
        choices=_LISTS,
        questions=tuple(questions),
    )


def _line(line: CheckLine) -> Iterator[FormQuestion]:
    key, is_counted = line.key, line.judgement is not Judgement.YES_NO
    outcome = key + OUTCOME_SUFFIX
    yield FormQuestion(key, QuestionKind.GROUP, _labels(line.title), _hint(line))
    yield FormQuestion(
        outcome,
        QuestionKind.SELECT_ONE,
        _TEXTS["outcome"],
        within=key,
        choices="counted" if is_counted else "judged",
        is_required=True,
    )
    if is_counted:
        yield _number(line, _is(outcome, _COUNTED))
    yield FormQuestion(
        key + REASON_SUFFIX,
        QuestionKind.TEXT,
        _TEXTS["reason"],
        within=key,
        is_required=True,
        relevant=_is(outcome, Outcome.NOT_OBSERVED.value),
    )
    yield FormQuestion(key + REMARK_SUFFIX, QuestionKind.TEXT, _TEXTS["remark"], within=key)
    yield FormQuestion(key + PHOTO_SUFFIX, QuestionKind.IMAGE, _TEXTS["photo"], within=key)


def _number(line: CheckLine, relevant: Expression) -> FormQuestion:
    is_share = line.judgement is Judgement.SHARE
    return FormQuestion(
        line.key + VALUE_SUFFIX,
        QuestionKind.DECIMAL if is_share else QuestionKind.INTEGER,
        _TEXTS["share" if is_share else "count"],
        within=line.key,
        is_required=True,
        relevant=relevant,
        constraint=parse(". >= 0 and . <= 1" if is_share else ". >= 0"),
    )


def _hint(line: CheckLine) -> Labels:
    """What is counted over, and the limit; the number says the same in every language."""
    limit = f"{line.limit.op} {line.limit.value}" if line.limit else ""
    text = " · ".join(part for part in (line.window, limit) if part)
    return {"zh": text, "en": text} if text else {}


def _is(question: str, choice: str) -> Expression:
    return parse(f"${{{question}}} = '{choice}'")


def _labels(words: Words) -> Labels:
    return {"zh": words.zh, "en": words.en or words.zh}
