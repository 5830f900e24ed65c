"""The sheet of a visit (考察记录): what it must hold, and when a photograph is asked for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from wenming.core.errors import BadInput, Place, Problem
from wenming.core.framework.checklist import CheckLine, Checklist, Judgement
from wenming.core.rounding import publish
from wenming.core.terms import Outcome, Severity

CLOCK_AHEAD = timedelta(minutes=10)
"""How far the clock of a phone may be ahead of the server's before it counts as the future."""

LARGEST_COUNT = 99_999
SHARE_PLACES = 6
_TIMED = re.compile(r"^(\d{1,3}) ?min$")


class PhotoSource(StrEnum):
    """Where a photograph comes from (照片来源)."""

    CAMERA = "camera"  # 现场拍摄
    GALLERY = "gallery"  # 从相册选取


class NotObserved(StrEnum):
    """Why a line of the checklist could not be observed (未观察到的原因)."""

    CLOSED = "closed"  # 未开放
    NO_ACCESS = "no_access"  # 无法进入
    WEATHER = "weather"  # 天气原因
    TOO_DARK = "too_dark"  # 光线不足
    NO_OCCASION = "no_occasion"  # 未遇到相关情形
    OTHER = "other"  # 其他


class NotPossible(StrEnum):
    """Why a site could not be visited at all (无法考察的原因)."""

    CLOSED = "closed"  # 未开放
    NO_ACCESS = "no_access"  # 无法进入
    MOVED = "moved"  # 已搬迁或停用
    NOT_FOUND = "not_found"  # 找不到点位
    UNSAFE = "unsafe"  # 存在安全风险
    WEATHER = "weather"  # 天气原因
    OTHER = "other"  # 其他


@dataclass(frozen=True, slots=True)
class LineRecord:
    """What was seen for one line of the checklist (检查记录).

    Attributes:
        outcome: what the inspector judged; None where the number decides.
        number: what was counted; of a share, those in order. None where nothing was counted.
        base: of a share, all that were looked at; None elsewhere.
        seconds: for how long a timed observation went on; None for others.
        reason: why it was not observed, a code of `NotObserved`; "" elsewhere.
        seen_at: with its time zone.
    """

    line: str
    outcome: Outcome | None
    number: int | None
    base: int | None
    seconds: int | None
    reason: str
    remark: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class TakenPhoto:
    """What is said of one photograph of a line (取证照片)."""

    line: str
    source: PhotoSource
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class VisitRecordSet:
    """A sheet as it is handed in (考察记录).

    Attributes:
        kept_lines: lines of which an earlier version of the sheet has a photograph.
    """

    begun_at: datetime
    finished_at: datetime
    records: Sequence[LineRecord]
    photos: Sequence[TakenPhoto]
    kept_lines: frozenset[str] = frozenset()


def timed_seconds(line: CheckLine) -> int:
    """For how long a line is observed by the clock (限时观察), in seconds; 0 where it is not.

    Only a count over minutes is timed; a stretch such as 500 m is not.
    """
    found = _TIMED.match(line.window)
    is_timed = line.judgement is Judgement.COUNT and found is not None
    return 60 * int(found.group(1)) if is_timed and found else 0


def asks_photo(line: CheckLine) -> bool:
    """Whether a failing line needs a photograph (取证规则).

    What people do within minutes is counted, not photographed: the shutter comes too late, and
    faces of passers-by are no evidence against a city.
    """
    return timed_seconds(line) == 0


def takes_gallery(line: CheckLine) -> bool:
    """Whether its photograph may come from the gallery (可否从相册选取); critical ones may not."""
    return line.severity is not Severity.CRITICAL


def value_of(line: CheckLine, record: LineRecord) -> Decimal | None:
    """The number by which a line is judged (观测值): a count, or a share from 0 to 1."""
    if record.number is None:
        return None
    if line.judgement is Judgement.SHARE and record.base:
        return publish(Fraction(record.number, record.base), SHARE_PLACES).normalize()
    return Decimal(record.number)


def refuse_broken_sheet(sheet: VisitRecordSet, checklist: Checklist, *, now: datetime) -> None:
    """Refuse a sheet that is not whole or not possible; every mistake is told at once.

    Args:
        now: the server's time, with its time zone.

    Raises:
        BadInput: one problem for each mistake, placed by the line of the checklist.
    """
    problems = [*_times(sheet, now)]
    lines = {line.key: line for line in checklist.lines}
    seen: dict[str, LineRecord] = {}
    for record in sheet.records:
        if record.line not in lines:
            problems.append(_fault("sheet_line_unknown", record.line))
        elif record.line in seen:
            problems.append(_fault("sheet_line_twice", record.line))
        else:
            seen[record.line] = record
            problems += _record(lines[record.line], record)
    for key in lines:
        if key not in seen:
            problems.append(_fault("sheet_line_missing", key))
    problems += _photos(sheet, lines, seen)
    if problems:
        raise BadInput(problems)


def _times(sheet: VisitRecordSet, now: datetime) -> Iterator[Problem]:
    latest = now + CLOCK_AHEAD
    if sheet.finished_at > latest:
        yield _fault("sheet_in_future", "finished_at")
    if sheet.begun_at > sheet.finished_at:
        yield _fault("sheet_ends_before_start", "finished_at")
    for record in sheet.records:
        if record.seen_at > latest:
            yield _fault("sheet_in_future", record.line, column="seen_at")
    for photo in sheet.photos:
        if photo.taken_at > latest:
            yield _fault("sheet_in_future", photo.line, column="taken_at")


def _record(line: CheckLine, record: LineRecord) -> Iterator[Problem]:
    if record.outcome is None and record.number is None:
        yield _fault("sheet_answer_missing", line.key)
        return
    if record.outcome is Outcome.NOT_OBSERVED and record.reason not in set(NotObserved):
        yield _fault("sheet_reason_missing", line.key)
    wanted, seconds = timed_seconds(line), record.seconds or 0
    is_met = line.settle(record.outcome, value_of(line, record)) is Outcome.CONFORM
    if wanted and record.number is not None and is_met and seconds < wanted:
        facts: dict[str, object] = {"line": line.key, "seconds": seconds, "wanted": wanted}
        yield Problem("sheet_observed_too_short", Place(line.key, column="seconds"), facts)
    if not _is_fit(line, record):
        yield _fault("sheet_value_unfit", line.key, column="value")


def _is_fit(line: CheckLine, record: LineRecord) -> bool:
    """Numbers only where they are counted, judgements only where they are given."""
    if line.judgement is Judgement.YES_NO or record.outcome is not None:
        is_aside = record.outcome in {Outcome.NOT_APPLICABLE, Outcome.NOT_OBSERVED}
        is_judged = record.outcome is not None
        return (
            is_judged and record.number is None and (is_aside or line.judgement is Judgement.YES_NO)
        )
    number = record.number if record.number is not None else -1
    if line.judgement is Judgement.SHARE:
        base = record.base or 0
        return 0 <= number <= base <= LARGEST_COUNT and base > 0
    return 0 <= number <= LARGEST_COUNT


def _photos(
    sheet: VisitRecordSet, lines: Mapping[str, CheckLine], seen: Mapping[str, LineRecord]
) -> Iterator[Problem]:
    shown = sheet.kept_lines | {photo.line for photo in sheet.photos}
    for photo in sheet.photos:
        line = lines.get(photo.line)
        if line is None:
            yield _fault("sheet_line_unknown", photo.line)
        elif photo.source is PhotoSource.GALLERY and not takes_gallery(line):
            yield _fault("photo_from_gallery", photo.line)
    for key, record in seen.items():
        line = lines[key]
        fails = line.settle(record.outcome, value_of(line, record)) is Outcome.NOT_CONFORM
        if fails and asks_photo(line) and key not in shown:
            yield _fault("photo_needed", key)


def _fault(code: str, where: str, *, column: str = "") -> Problem:
    return Problem(code, Place(where, column=column), {"line": where})
