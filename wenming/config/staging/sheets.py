"""Communities of the invented city are drawn, and households answer the questionnaire."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from django.utils import timezone

from wenming.base.models import City, User
from wenming.config.staging import respondents
from wenming.config.staging.people import Staff
from wenming.core.errors import Place
from wenming.core.questionnaire import build_instrument
from wenming.core.rows import LISTED, Row
from wenming.core.terms import SheetSource, Words
from wenming.demo.answers import communities, interview
from wenming.demo.city import COUNTIES
from wenming.demo.questions import DO_NOT_KNOW, SATISFIED, YES_NO, Asked, columns
from wenming.rounds.models import Collection, SealedDraw
from wenming.rounds.services.draw_releases import ReleaseWish, release_picks
from wenming.rounds.services.draws import DrawWish, join_draw, make_sealed_draw
from wenming.stats.sampling import plan_from
from wenming.survey.models import Fieldwork, Instrument, Sheet
from wenming.survey.services.contacts import DayContacts, count_contacts
from wenming.survey.services.instruments import (
    FieldDesign,
    bring_instrument,
    put_instrument_in_use,
    set_fieldwork,
)
from wenming.survey.services.sheets import SentSheet, accept_sheet, set_sheet_aside, take_sheet

_SPACE = UUID("0d2c0b6e-55a4-4d58-9a0e-3b0c2b6f4e21")
_SEED = 20261012
_STARTS = time(9, 30)
_KEYS = {
    SATISFIED[0]: "satisfied", SATISFIED[1]: "fairly", SATISFIED[2]: "dissatisfied",
    YES_NO[0]: "yes", YES_NO[1]: "no", DO_NOT_KNOW: "unknown", "": "",
}  # fmt: skip
_ENGLISH = {
    "satisfied": "Satisfied", "fairly": "Fairly satisfied", "dissatisfied": "Dissatisfied",
    "yes": "Yes", "no": "No", "unknown": "Does not know, does not say",
}  # fmt: skip
_WISH = {
    "key": "wish", "kind": "text", "label:zh": "您对所在社区还有什么意见或建议？",
    "label:en": "What else would you wish for where you live?",
}  # fmt: skip
_WISHES = (
    "菜市场门口早上乱停车，希望有人管。", "小区路灯坏了两个多月没修。", "挺好的，没有意见。",
    "楼道堆物清理过一次，过几天又堆满了。", "垃圾投放点夏天味道大，建议增加清运次数。",
    "希望多办些老年人的活动。",
)  # fmt: skip
_EACH_WISHES = 3


@dataclass(frozen=True)
class SurveyPlan:
    """How much is asked (调查安排).

    Attributes:
        each: communities drawn in each county.
        asked: of these, how many were asked so far; two or more, or nothing tells how they differ.
        households: in each community.
    """

    each: int
    asked: int
    households: int
    first: date


def questionnaire_of(city: City, *, staff: Staff) -> Instrument:
    """The questionnaire of the invented city, in use."""
    tables = {
        "instrument": _rows([
            {"key": "residents", "version": "2026", "languages": "zh;en",
             "title:zh": "居民满意度调查问卷（演示）", "title:en": "Questions for residents (demo)",
             "missing": "unknown"},
        ]),
        "choices": _rows(list(_choices())),
        "questions": _rows(
            [*respondents.QUESTIONS, *(_question(name, asked) for name, asked in columns()), _WISH]
        ),
    }  # fmt: skip
    built = build_instrument(tables)
    return put_instrument_in_use(
        bring_instrument(built, city=city, by=staff.office), by=staff.office
    )


def _choices() -> Iterator[dict[str, str]]:
    for name, labels in (("satisfaction", SATISFIED), ("yes_no", YES_NO)):
        for label in (*labels, DO_NOT_KNOW):
            key = _KEYS[label]
            yield {"list": name, "key": key, "label:zh": label, "label:en": _ENGLISH[key]}
    yield from map(dict, respondents.SEX_CHOICES)


def _question(name: str, asked: Asked) -> dict[str, str]:
    return {
        "key": name,
        "kind": "select_one",
        "choices": "satisfaction" if asked.answers == SATISFIED else "yes_no",
        "label:zh": asked.zh,
        "label:en": asked.en,
        "item": asked.item,
        "condition": str(asked.condition) if asked.condition else "",
        "yes": LISTED.join(_KEYS[each] for each in asked.yes),
        "no": _KEYS[asked.no],
    }


def _rows(values: Sequence[Mapping[str, str]]) -> list[Row]:
    return [Row(dict(each), Place("demo", line=n)) for n, each in enumerate(values, start=2)]


def draw_communities(
    collection: Collection, title: Words, plan: SurveyPlan, *, staff: Staff
) -> SealedDraw:
    """Draw communities in each county from the list of all, and hand them to the interviewers."""
    rows = [
        {"community": name, "county": county, "households_total": str(households)}
        for county, name, households in communities(_SEED)
    ]
    wanted = plan_from(
        {
            "label": title.zh, "key": "community", "method": "simple", "strata": "county",
            "n": plan.each, "replacements": 1,
        }
    )  # fmt: skip
    wish = DrawWish(title.zh, rows, wanted, collection=collection, label="community")
    draw = make_sealed_draw(collection.city, wish, by=staff.office)
    for person in staff.interviewers:
        join_draw(draw, person, by=staff.office)
    drawn: dict[str, list[UUID]] = {}
    for pick in draw.picks.in_use().order_by("position"):
        drawn.setdefault(pick.stratum, []).append(pick.pk)
    released = [pk for picks in drawn.values() for pk in picks[: plan.asked]]
    release_picks(draw, released, ReleaseWish("入户调查", plan.first), by=staff.office)
    return draw


def ask(
    collection: Collection, instrument: Instrument, draw: SealedDraw, plan: SurveyPlan,
    *, staff: Staff,
) -> list[Sheet]:  # fmt: skip
    """Have the households of the released communities asked, and their sheets sent."""
    design = FieldDesign(
        strata=("county",), clusters=("community", "household"),
        fpc=("communities_total", "households_total"), weights="weight",
    )  # fmt: skip
    work = set_fieldwork(collection, instrument, design=design, by=staff.office)
    respondents.want(work, plan.each * len(COUNTIES) * plan.households, staff=staff)
    sizes = {name: (county, households) for county, name, households in communities(_SEED)}
    in_county: dict[str, int] = {}
    for county, _ in sizes.values():
        in_county[county] = in_county.get(county, 0) + 1
    sheets = []
    for n, pick in enumerate(draw.picks.in_use().exclude(release=None).order_by("position")):
        county, households = sizes[pick.key]
        drawn = {
            "county": county, "community": pick.key,
            "communities_total": str(in_county[county]), "households_total": str(households),
            "weight": f"{in_county[county] / plan.asked * households / plan.households:.4f}",
        }  # fmt: skip
        person = staff.interviewers[n % len(staff.interviewers)]
        day = plan.first + timedelta(days=n // len(staff.interviewers))
        for household in range(1, plan.households + 1):
            start = datetime.combine(day, _STARTS) + timedelta(minutes=18 * household)
            sheets.append(_asked(work, drawn, household, start, by=person))
        met = DayContacts(1 + n % 3, 2 + n % 4, n % 2, 3 - n % 2)  # invented
        count_contacts(work, person, day, met, by=person)
    return sheets


def _asked(
    work: Fieldwork, drawn: Mapping[str, str], household: int, start: datetime, *, by: User
) -> Sheet:
    community = drawn["community"]
    given = interview(drawn["county"], community, household, seed=_SEED)
    began = timezone.make_aware(start)
    answers = {name: _KEYS[answer] for name, answer in given.items()}
    answers |= respondents.who(community, household, seed=_SEED)
    if household % _EACH_WISHES == 0:
        answers["wish"] = _WISHES[(household + len(community)) % len(_WISHES)]
    sent = SentSheet(
        uuid5(_SPACE, f"{work.pk}/{community}/{household}"), SheetSource.HOUSEHOLD,
        began, began + timedelta(minutes=9 + household % 7),
        answers, {**drawn, "household": f"{community}-{household:02}"},
    )  # fmt: skip
    return take_sheet(work, sent, by=by)[0]


def check_sheets(sheets: Sequence[Sheet], *, staff: Staff, share: float = 1) -> None:
    """Accept a `share` of every ten sheets but for one, which a neighbour answered."""
    for n, sheet in enumerate(sheets):
        if n % 10 >= share * 10:
            continue
        if n == 1:
            set_sheet_aside(sheet, because="邻居代答（演示）", by=staff.office)
        else:
            accept_sheet(sheet, by=staff.office)
