"""Sites of the invented city are drawn, handed out by route and day, visited and accepted."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

from django.utils import timezone

from wenming.base.models import User
from wenming.config.staging.people import Staff
from wenming.config.staging.pictures import photograph
from wenming.core.evidence.visits import (
    LineRecord,
    NotObserved,
    PhotoSource,
    asks_photo,
    timed_seconds,
    value_of,
)
from wenming.core.framework.checklist import CheckLine, Judgement
from wenming.core.terms import DropReason, Outcome, Words
from wenming.framework.queries import checklists_of
from wenming.inspection.models import Observation, SiteVisit
from wenming.inspection.services.deciding import accept_visit, return_visit
from wenming.inspection.services.drawn import look_at_sites, plan_drawn
from wenming.inspection.services.drawn_plans import drawn_plan
from wenming.inspection.services.taking import GivenPhoto, GivenSheet, take_sheet
from wenming.inspection.services.uploads import append_chunk, begin_upload, finish_upload
from wenming.rounds.models import Collection, DrawPick, RegisteredSite, Round, SealedDraw
from wenming.rounds.queries.draw_frames import RegisterWish, register_frame
from wenming.rounds.services.draw_releases import ReleaseWish, release_picks, replace_pick
from wenming.rounds.services.draws import DrawWish, join_draw, make_sealed_draw
from wenming.stats.sampling import plan_from

_SPACE = UUID("5f6b3a52-7d0c-4f0e-9a55-2e1f6f0a7c11")
_PER_DAY = 8
"""Sites that a pair visits on one day."""
_MINUTES = 45
_STARTS = time(9, 0)
_PERCENT = 100


@dataclass(frozen=True)
class Route:
    """What one pair visits on one day (路线)."""

    name: str
    day: date
    pair: tuple[User, User]
    sites: list[RegisteredSite]


def draw_sites(collection: Collection, title: Words, *, staff: Staff) -> SealedDraw:
    """Draw as many sites of each type as the plan of the round says, with one in reserve."""
    frame = register_frame(collection.city, RegisterWish(sorted(collection.site_numbers)))
    plan = plan_from(
        {
            "label": title.zh,
            "key": "key",
            "method": "simple",
            "strata": "site_type",
            "n": dict(collection.site_numbers),
            "replacements": 1,
        }
    )
    wish = DrawWish(
        title.zh, frame.plain(), plan, collection=collection, label="title", of_register=True
    )
    draw = make_sealed_draw(collection.city, wish, by=staff.office)
    for person in staff.inspectors:
        join_draw(draw, person, by=staff.office)
    first = draw.picks.in_use().order_by("position")[0]
    replace_pick(first, because=DropReason.REFUSED, by=staff.office)
    return draw


def routes_of(draw: SealedDraw, first: date, *, staff: Staff, share: float = 1) -> list[Route]:
    """Hand out the drawn sites by county and day, the first `share` of them, and plan the visits.

    Args:
        first: the first day; every pair goes out each day.
    """
    picks = _waiting(draw)
    picks = picks[: round(len(picks) * share)]
    pairs = list(zip(staff.inspectors[::2], staff.inspectors[1::2], strict=True))
    made = []
    for n, start in enumerate(range(0, len(picks), _PER_DAY)):
        chosen = picks[start : start + _PER_DAY]
        day, pair = first + timedelta(days=n // len(pairs)), pairs[n % len(pairs)]
        made.append(_sent_out(draw, chosen, (day, pair), staff))
    return made


def send_out_today(draw: SealedDraw, day: date, *, staff: Staff) -> Route:
    """Hand out the next sites for today to whoever of the inspectors can log in."""
    pair = (staff.inspectors[0], staff.inspectors[1])
    return _sent_out(draw, _waiting(draw)[:_PER_DAY], (day, pair), staff)


def _waiting(draw: SealedDraw) -> list[DrawPick]:
    waiting = draw.picks.in_use().filter(release=None, site__isnull=False)
    return list(waiting.select_related("site").order_by("site__county", "site__key"))


def _sent_out(
    draw: SealedDraw, picks: Sequence[DrawPick], when: tuple[date, tuple[User, User]], staff: Staff
) -> Route:
    (day, pair), sites = when, [pick.site for pick in picks if pick.site is not None]
    name = f"{sites[0].county}{day:%m%d}{pair[0].name}线"
    wish = ReleaseWish(name, day, pair)
    release = release_picks(draw, [pick.pk for pick in picks], wish, by=staff.office)
    pairs = {release.pk: pair}
    shown = drawn_plan(look_at_sites(draw, by=staff.office), pairs)
    plan_drawn(draw, pairs, confirmed=shown.digest, by=staff.office)
    return Route(name, day, pair, sites)


class Street:
    """What there is to be seen in the invented city: what the loaded round saw (现场)."""

    def __init__(self, round_: Round) -> None:
        self.known: dict[tuple[str, str], Observation] = {}
        self.like: dict[str, Observation] = {}
        for each in round_.observations.select_related("site"):
            self.known[each.site.key, each.line] = each
            self.like.setdefault(each.line, each)

    def look(self, site: RegisteredSite, line: CheckLine, at: datetime) -> LineRecord:
        """What an inspector notes for one line; of a site never seen, what others are like."""
        seen = self.known.get((site.key, line.key)) or self.like.get(line.key)
        outcome, value = (seen.recorded, seen.value) if seen else (Outcome.NOT_OBSERVED, None)
        said = LineRecord(line.key, None, None, None, None, "", seen.remark if seen else "", at)
        return _noted(said, line, outcome, value)


def _noted(said: LineRecord, line: CheckLine, outcome: str, value: Decimal | None) -> LineRecord:
    fields: dict[str, object] = {}
    is_judged = outcome in {Outcome.CONFORM, Outcome.NOT_CONFORM}
    if is_judged and line.judgement is Judgement.SHARE:  # the loaded round judged it by eye
        outcome, value = "", Decimal("0.96" if outcome == Outcome.CONFORM else "0.71")
    if outcome:
        fields["outcome"] = Outcome(outcome)
        if outcome == Outcome.NOT_OBSERVED:
            fields["reason"] = NotObserved.NO_OCCASION.value
    elif line.judgement is Judgement.SHARE:
        fields["number"], fields["base"] = int((value or 0) * _PERCENT), _PERCENT
    else:
        fields["number"] = int(value or 0)
        fields["seconds"] = timed_seconds(line) or None
    names = LineRecord.__slots__
    return LineRecord(**({name: getattr(said, name) for name in names} | fields))


def walk(route: Route, collection: Collection, street: Street) -> Iterator[SiteVisit]:
    """Fill in and send the sheets of a route, with a photograph where one is asked for."""
    lists: Mapping[str, Sequence[CheckLine]] = {
        key: each.lines for key, each in checklists_of(collection.checklist_set).by_type.items()
    }
    visits = SiteVisit.objects.filter(
        collection=collection, planned_on=route.day, route=route.name
    ).select_related("site")
    for n, visit in enumerate(visits.order_by("position")):
        start = datetime.combine(route.day, _STARTS) + timedelta(minutes=n * _MINUTES)
        begun = timezone.make_aware(start)
        records = [
            street.look(visit.site, line, begun + timedelta(minutes=1 + place))
            for place, line in enumerate(lists[visit.site_type])
        ]
        by_line = {record.line: record for record in records}
        photos = [
            _shot(visit, line, begun, by=route.pair[0])
            for line in lists[visit.site_type]
            if _fails(line, by_line[line.key]) and asks_photo(line)
        ]
        finished = begun + timedelta(minutes=len(records) + 3)
        sheet = GivenSheet(
            uuid5(_SPACE, str(visit.pk)), visit.version, visit.site.key, begun, finished,
            records, photos,
        )  # fmt: skip
        yield take_sheet(visit, sheet, by=route.pair[0]).visit


def _fails(line: CheckLine, record: LineRecord) -> bool:
    return line.settle(record.outcome, value_of(line, record)) is Outcome.NOT_CONFORM


def _shot(visit: SiteVisit, line: CheckLine, begun: datetime, *, by: User) -> GivenPhoto:
    content = photograph(f"{visit.pk}/{line.key}")
    digest = hashlib.sha256(content).hexdigest()
    pk = uuid5(_SPACE, f"{visit.pk}/{line.key}")
    upload = begin_upload(visit, pk, size=len(content), digest=digest, by=by)
    finish_upload(append_chunk(upload, content, offset=0, by=by), by=by)
    return GivenPhoto(pk, line.key, PhotoSource.CAMERA, begun + timedelta(minutes=2))


def decide(visits: Sequence[SiteVisit], *, staff: Staff, share: float = 1) -> None:
    """Accept the first `share` of the visits; of the others one is returned with what is wrong."""
    count = round(len(visits) * share)
    for visit in visits[:count]:
        accept_visit(visit, by=staff.office)
    if count < len(visits):
        because = "照片与检查项不对应，请补拍（演示）"
        return_visit(visits[count], because=because, by=staff.office)
