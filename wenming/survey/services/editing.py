"""Changes of a draft, question by question; whatever does not hold together is refused whole."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from wenming.base.access import check, check_city
from wenming.base.models import City, User
from wenming.base.services.audit import record
from wenming.core import questionnaire
from wenming.core.errors import DomainError, Place
from wenming.core.framework.canonical import digest
from wenming.core.lifecycle import InstrumentState
from wenming.core.questionnaire import PlainRows
from wenming.core.rows import Row
from wenming.survey.models import Instrument
from wenming.survey.services.instruments import EDIT, bring_instrument

PlainRow = dict[str, str]


class InstrumentNotDraft(DomainError):
    """Only a draft is changed."""

    code = "instrument_not_draft"


class InstrumentChangedMeanwhile(DomainError):
    """Somebody changed the draft since the page was opened."""

    code = "instrument_changed_meanwhile"


class QuestionGone(DomainError):
    """The draft has no such question any more."""

    code = "question_gone"


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """A question as it was written in the editor (编辑的题目).

    Attributes:
        row: plain cells, as `question_row` names them.
        choices: cells of the choices of its list, which replace the list; None to leave it.
        after: name of the question that it stands behind; "" for the beginning.
    """

    row: Mapping[str, str]
    choices: Sequence[Mapping[str, str]] | None = None
    after: str | None = None


def begin_instrument(
    head: Mapping[str, str], opening: PlainRow, *, city: City, by: User
) -> Instrument:
    """Begin a questionnaire (新建问卷) with the text that is read out first.

    Raises:
        BadInput: its name or texts are wrong.
        InstrumentVersionTaken: the city has this version already.
        PermissionDenied: `by` may not edit questionnaires of the city.
    """
    rows = {"instrument": [dict(head)], "choices": [], "questions": [opening]}
    return bring_instrument(_built(rows), city=city, by=by)


def copy_instrument(instrument: Instrument, *, version: str, by: User) -> Instrument:
    """Make a new version as a draft (另存新版).

    Raises:
        BadInput: the version is blank.
        InstrumentVersionTaken: the city has this version already, with another content.
        PermissionDenied: `by` may not edit questionnaires of the city.
    """
    check_city(by, EDIT, instrument.city)
    rows = _rows_of(instrument)
    rows["instrument"][0]["version"] = version
    return bring_instrument(_built(rows), city=instrument.city, by=by)


def write_question(
    instrument: Instrument, written: WrittenQuestion, *, key: str = "", seen: str, by: User
) -> Instrument:
    """Add a question to a draft, or change one (编辑题目).

    Args:
        key: name of the question that is changed; "" for a new one.
        seen: hash of the content that the person saw.

    Raises:
        BadInput: one problem for each thing that does not hold together.
        InstrumentNotDraft, InstrumentChangedMeanwhile, QuestionGone: it cannot be changed so.
        PermissionDenied: `by` may not edit it.
    """

    def change(rows: PlainRows) -> None:
        row = {column: text for column, text in written.row.items() if text}
        _put_choices(rows, row.get("choices", ""), written.choices)
        if key:
            _replace(rows, key, row)
        else:
            rows["questions"].insert(_behind(rows, written.after), row)

    return _changed(instrument, change, seen=seen, by=by)


def drop_question(instrument: Instrument, key: str, *, seen: str, by: User) -> Instrument:
    """Leave a question out of a draft (删除题目), a group with all in it.

    Raises:
        BadInput: another question leans on it, or nothing would be left.
        InstrumentNotDraft, InstrumentChangedMeanwhile, QuestionGone: it cannot be changed so.
        PermissionDenied: `by` may not edit it.
    """

    def change(rows: PlainRows) -> None:
        start, end = _block(rows["questions"], key)
        del rows["questions"][start:end]

    return _changed(instrument, change, seen=seen, by=by)


def move_question(instrument: Instrument, key: str, *, up: bool, seen: str, by: User) -> Instrument:
    """Move a question of a draft by one place (移动题目), among those beside it.

    Raises:
        InstrumentNotDraft, InstrumentChangedMeanwhile, QuestionGone: it cannot be changed so.
        PermissionDenied: `by` may not edit it.
    """

    def change(rows: PlainRows) -> None:
        questions = rows["questions"]
        start, end = _block(questions, key)
        block, within = questions[start:end], questions[start].get("within", "")
        beside = [row["key"] for row in questions if row.get("within", "") == within]
        at = beside.index(key) + (-1 if up else 1)
        if not 0 <= at < len(beside):
            return
        other = beside[at]
        del questions[start:end]
        first, last = _block(questions, other)
        place = first if up else last
        questions[place:place] = block

    return _changed(instrument, change, seen=seen, by=by)


@transaction.atomic
def _changed(
    instrument: Instrument, change: Callable[[PlainRows], None], *, seen: str, by: User
) -> Instrument:
    check(by, EDIT, instrument)
    fresh = Instrument.objects.select_for_update(of=("self",)).select_related("city")
    draft = fresh.get(pk=instrument.pk)
    if draft.state != InstrumentState.DRAFT:
        raise InstrumentNotDraft(title=draft.title_zh)
    if draft.content_hash != seen:
        raise InstrumentChangedMeanwhile(title=draft.title_zh)
    rows = _rows_of(draft)
    change(rows)
    _drop_unused(rows)
    built = _built(rows)
    draft.content = questionnaire.instrument_rows(built)
    draft.content_hash = digest(built)
    draft.save(update_fields=["content", "content_hash"])
    detail = {"title": draft.title_zh, "version": draft.version}
    record("instrument.edit", by=by, city=draft.city, subject=draft, detail=detail)
    return draft


def _rows_of(instrument: Instrument) -> PlainRows:
    return {name: [dict(row) for row in rows] for name, rows in instrument.content.items()}


def _built(rows: PlainRows) -> questionnaire.Instrument:
    """Built and checked; a mistake names the question instead of a line."""
    tables = {
        name: [Row(row, Place(row.get("key", name)), {}) for row in table]
        for name, table in rows.items()
    }
    return questionnaire.build_instrument(tables)


def _replace(rows: PlainRows, key: str, row: PlainRow) -> None:
    questions = rows["questions"]
    start, _end = _block(questions, key)
    before = questions[start]
    kept = {name: text for name, text in before.items() if name in ("appearance", "bank")}
    texts = {
        n: t for n, t in before.items() if ":" in n and n.partition(":")[2] not in ("zh", "en")
    }
    questions[start] = kept | texts | row
    if row["key"] != key:
        for each in questions:
            if each.get("within") == key:
                each["within"] = row["key"]


def _block(questions: Sequence[PlainRow], key: str) -> tuple[int, int]:
    """From where to where a question stands, with all that is in it."""
    start = next((n for n, row in enumerate(questions) if row["key"] == key), None)
    if start is None:
        raise QuestionGone(key=key)
    inside, end = {key}, start + 1
    while end < len(questions) and questions[end].get("within", "") in inside:
        inside.add(questions[end]["key"])
        end += 1
    return start, end


def _behind(rows: PlainRows, after: str | None) -> int:
    if after is None:
        return len(rows["questions"])
    return _block(rows["questions"], after)[1] if after else 0


def _put_choices(rows: PlainRows, name: str, choices: Sequence[Mapping[str, str]] | None) -> None:
    if not name or choices is None:
        return
    before = {row["key"]: row for row in rows["choices"] if row["list"] == name}
    rest = [row for row in rows["choices"] if row["list"] != name]
    new = [before.get(row["key"], {}) | dict(row) | {"list": name} for row in choices]
    rows["choices"] = [*rest, *new]


def _drop_unused(rows: PlainRows) -> None:
    used = {row.get("choices") for row in rows["questions"]}
    rows["choices"] = [row for row in rows["choices"] if row["list"] in used]
