"""What two versions of a questionnaire say differently, question by question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from wenming.core.questionnaire.model import Choice, FormQuestion, Instrument
from wenming.core.questionnaire.rows import question_row


class ChangeKind(StrEnum):
    """What became of a question (题目变动)."""

    ADDED = "added"  # 新增
    REMOVED = "removed"  # 删除
    CHANGED = "changed"  # 修改
    MOVED = "moved"  # 移动


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """One question that differs between two versions (题目变动).

    Attributes:
        question: as the later version has it; of a removed one as the earlier had it.
        parts: what of it differs, by column of `question_row`; `options` for the choices.
    """

    kind: ChangeKind
    question: FormQuestion
    parts: Sequence[str] = ()


def compare_instruments(before: Instrument, after: Instrument) -> Sequence[QuestionChange]:
    """What a later version says differently (问卷版本比较).

    A question is the same one as long as it keeps its name. It was moved when it does not stand
    in the longest run of questions that kept their order.

    Returns:
        In the order of the later version, then the removed ones in that of the earlier.
    """
    old, new = before.by_key(), after.by_key()
    still = _kept_in_order(
        [key for key in old if key in new], {key: n for n, key in enumerate(new)}
    )
    changes: list[QuestionChange] = []
    for key, question in new.items():
        if key not in old:
            changes.append(QuestionChange(ChangeKind.ADDED, question))
            continue
        parts = _parts(before, old[key], after, question)
        if parts:
            changes.append(QuestionChange(ChangeKind.CHANGED, question, parts))
        elif key not in still:
            changes.append(QuestionChange(ChangeKind.MOVED, question))
    changes += [QuestionChange(ChangeKind.REMOVED, old[key]) for key in old if key not in new]
    return changes


def _parts(
    before: Instrument, old: FormQuestion, after: Instrument, new: FormQuestion
) -> tuple[str, ...]:
    one, other = question_row(old), question_row(new)
    columns = list(dict.fromkeys([*one, *other]))
    parts = [column for column in columns if one.get(column, "") != other.get(column, "")]
    if _said(before.choices_of(old)) != _said(after.choices_of(new)):
        parts.append("options")
    return tuple(dict.fromkeys(part.partition(":")[0] for part in parts))


def _said(choices: Sequence[Choice]) -> list[tuple[str, dict[str, str]]]:
    return [(choice.key, dict(choice.label)) for choice in choices]


def _kept_in_order(keys: Sequence[str], position: Mapping[str, int]) -> frozenset[str]:
    """The longest run of keys whose positions grow."""
    best: list[tuple[int, int | None]] = []
    for n, key in enumerate(keys):
        before = [(best[m][0], m) for m in range(n) if position[keys[m]] < position[key]]
        length, at = max(before, default=(0, None), key=lambda each: each[0])
        best.append((length + 1, at))
    if not best:
        return frozenset()
    last: int | None = max(range(len(best)), key=lambda n: best[n][0])
    found = set()
    while last is not None:
        found.add(keys[last])
        last = best[last][1]
    return frozenset(found)
