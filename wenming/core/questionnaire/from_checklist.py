"""A checklist of the field as a form: one group for each line, for programs that speak XForms."""

from collections.abc import Iterator, Sequence

from wenming.core.evidence.visits import (
    LARGEST_COUNT,
    NotObserved,
    NotPossible,
    asks_photo,
    takes_gallery,
    timed_seconds,
)
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
BASE_SUFFIX = "_base"
SECONDS_SUFFIX = "_seconds"
REASON_SUFFIX = "_reason"
REMARK_SUFFIX = "_remark"
PHOTO_SUFFIX = "_photo"
SITE, PLACE, NOTE, NOT_POSSIBLE = "site", "place", "note", "not_possible"
"""The questions about the visit; the key of a line with one of the suffixes names the others."""

CAMERA_ONLY = "new"
"""The appearance by which ODK Collect takes a photograph from the camera alone."""

_A_DAY_S = 86_400
_OUTCOMES: dict[Outcome, Labels] = {
    Outcome.CONFORM: {"zh": "合格", "en": "Pass"},
    Outcome.NOT_CONFORM: {"zh": "不合格", "en": "Fail"},
    Outcome.NOT_APPLICABLE: {"zh": "不适用", "en": "Not applicable"},
    Outcome.NOT_OBSERVED: {"zh": "未观察到", "en": "Not observed"},
}
COUNTED = "counted"
_REASONS: dict[NotObserved, Labels] = {
    NotObserved.CLOSED: {"zh": "未开放", "en": "Closed"},
    NotObserved.NO_ACCESS: {"zh": "无法进入", "en": "No access"},
    NotObserved.WEATHER: {"zh": "天气原因", "en": "Weather"},
    NotObserved.TOO_DARK: {"zh": "光线不足", "en": "Too dark"},
    NotObserved.NO_OCCASION: {"zh": "未遇到相关情形", "en": "No occasion"},
    NotObserved.OTHER: {"zh": "其他", "en": "Other"},
}
_HINDRANCES: dict[NotPossible, Labels] = {
    NotPossible.CLOSED: {"zh": "未开放", "en": "Closed"},
    NotPossible.NO_ACCESS: {"zh": "无法进入", "en": "No access"},
    NotPossible.MOVED: {"zh": "已搬迁或停用", "en": "Moved or given up"},
    NotPossible.NOT_FOUND: {"zh": "找不到点位", "en": "Not found"},
    NotPossible.UNSAFE: {"zh": "存在安全风险", "en": "Unsafe"},
    NotPossible.WEATHER: {"zh": "天气原因", "en": "Weather"},
    NotPossible.OTHER: {"zh": "其他", "en": "Other"},
}
_LISTS = {
    "judged": tuple(Choice(each.value, label) for each, label in _OUTCOMES.items()),
    "counted": (
        Choice(COUNTED, {"zh": "已计数", "en": "Counted"}),
        *(
            Choice(each.value, _OUTCOMES[each])
            for each in (Outcome.NOT_APPLICABLE, Outcome.NOT_OBSERVED)
        ),
    ),
    "reasons": tuple(Choice(each.value, label) for each, label in _REASONS.items()),
    "hindrances": tuple(Choice(each.value, label) for each, label in _HINDRANCES.items()),
}
_TEXTS: dict[str, Labels] = {
    "site": {"zh": "点位", "en": "Site"},
    "place": {"zh": "定位", "en": "Where you are"},
    "not_possible": {
        "zh": "无法考察的原因（可以考察时不选）",
        "en": "Why it cannot be visited (blank where it can)",
    },
    "note": {"zh": "说明", "en": "Note"},
    "outcome": {"zh": "判断", "en": "Judgement"},
    "count": {"zh": "数量", "en": "Number seen"},
    "share": {"zh": "符合要求的数量", "en": "Number in order"},
    "base": {"zh": "查看总数", "en": "Number looked at"},
    "seconds": {"zh": "观察时长（秒）", "en": "Observed for (seconds)"},
    "reason": {"zh": "未观察原因", "en": "Why it was not observed"},
    "remark": {"zh": "备注", "en": "Remark"},
    "photo": {"zh": "照片", "en": "Photo"},
    "photo_needed": {"zh": "不合格须拍照", "en": "Needed where the line fails"},
}


def checklist_instrument(
    checklist: Checklist, *, version: str, sites: Sequence[Choice] = ()
) -> Instrument:
    """The checklist of one site type as a form.

    Each line is a group of its key: the judgement (pass, fail, not applicable, not observed),
    the numbers of a count or a share, the reason where it was not observed, a remark, a photo.

    Args:
        version: names this state of the checklist, such as the first digits of its hash.
        sites: from which the site is chosen; without any, its key is written.

    Source:
        docs/reference/questionnaire.md, "Checklists as forms".
    """
    questions = list(_about_the_visit(has_sites=bool(sites)))
    for line in checklist.lines:
        questions += _line(line)
    questions.append(FormQuestion(NOTE, QuestionKind.TEXT, _TEXTS["note"]))
    questions.append(FormQuestion("end", QuestionKind.END, {}))
    used = {each.choices for each in questions}
    lists = {**_LISTS, "sites": tuple(sites)}
    return Instrument(
        key=checklist.site_type,
        title=_labels(checklist.title),
        version=version,
        languages=("zh", "en"),
        choices={name: choices for name, choices in lists.items() if name in used},
        questions=tuple(questions),
    )


def _about_the_visit(*, has_sites: bool) -> Iterator[FormQuestion]:
    """Where, when, and whether at all."""
    yield FormQuestion("start", QuestionKind.START, {})
    yield FormQuestion(
        SITE,
        QuestionKind.SELECT_ONE if has_sites else QuestionKind.TEXT,
        _TEXTS["site"],
        choices="sites" if has_sites else "",
        is_required=True,
    )
    yield FormQuestion(PLACE, QuestionKind.GEOPOINT, _TEXTS["place"])
    yield FormQuestion(
        NOT_POSSIBLE, QuestionKind.SELECT_ONE, _TEXTS["not_possible"], choices="hindrances"
    )


def _line(line: CheckLine) -> Iterator[FormQuestion]:
    key, is_counted = line.key, line.judgement is not Judgement.YES_NO
    outcome = key + OUTCOME_SUFFIX
    possible = parse(f"${{{NOT_POSSIBLE}}} = ''")
    yield FormQuestion(key, QuestionKind.GROUP, _labels(line.title), _hint(line), relevant=possible)
    yield FormQuestion(
        outcome,
        QuestionKind.SELECT_ONE,
        _TEXTS["outcome"],
        within=key,
        choices="counted" if is_counted else "judged",
        is_required=True,
    )
    if is_counted:
        yield from _numbers(line, _is(outcome, COUNTED))
    yield FormQuestion(
        key + REASON_SUFFIX,
        QuestionKind.SELECT_ONE,
        _TEXTS["reason"],
        within=key,
        choices="reasons",
        is_required=True,
        relevant=_is(outcome, Outcome.NOT_OBSERVED.value),
    )
    yield FormQuestion(key + REMARK_SUFFIX, QuestionKind.TEXT, _TEXTS["remark"], within=key)
    yield FormQuestion(
        key + PHOTO_SUFFIX,
        QuestionKind.IMAGE,
        _TEXTS["photo"],
        _TEXTS["photo_needed"] if asks_photo(line) else {},
        within=key,
        appearance="" if takes_gallery(line) else CAMERA_ONLY,
    )


def _numbers(line: CheckLine, relevant: Expression) -> Iterator[FormQuestion]:
    """What is counted: a number; of a share both; of a timed observation how long it took."""
    is_share = line.judgement is Judgement.SHARE
    names = {VALUE_SUFFIX: ("share" if is_share else "count", LARGEST_COUNT)}
    if is_share:
        names[BASE_SUFFIX] = ("base", LARGEST_COUNT)
    if timed_seconds(line):
        names[SECONDS_SUFFIX] = ("seconds", _A_DAY_S)
    for suffix, (text, most) in names.items():
        yield FormQuestion(
            line.key + suffix,
            QuestionKind.INTEGER,
            _TEXTS[text],
            within=line.key,
            is_required=True,
            relevant=relevant,
            constraint=parse(f". >= 0 and . <= {most}"),
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
