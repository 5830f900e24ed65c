"""One round of the invented city that is over and one in its midst, both worked through."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone

from wenming.base.models import City
from wenming.config.staging import duties, panels, papers, sheets, visits
from wenming.config.staging.people import Staff, hire, put_to_work
from wenming.core.terms import Method, RoundKind, Words
from wenming.rounds.models import Collection, Round, SealedDraw
from wenming.rounds.services.calendars import set_calendar, set_site_numbers
from wenming.rounds.services.collections import (
    CollectionPlan,
    Span,
    Standard,
    close_collection,
    open_collection,
    plan_collection,
)
from wenming.rounds.services.draws import reveal_draw
from wenming.rounds.services.facts import GateSaid, set_facts
from wenming.scoring.models import Run
from wenming.scoring.queries.gathered import tables_of
from wenming.scoring.services import run_scoring
from wenming.scoring.services.freezing import freeze_run
from wenming.scoring.services.loading import store_gathered
from wenming.survey.models import Instrument

KEY = "2026-2"
_PERIOD = Span(date(2026, 8, 3), date(2026, 9, 11))
_EACH = 2
"""Sites of each type in the round that is over."""
_OVER = sheets.SurveyPlan(each=3, asked=3, households=10, first=_PERIOD.first + timedelta(days=7))
_HALF, _MOST = 0.5, 0.8

Told = Callable[[str], None]


def stage_work(round_: Round, coming: Collection, *, begins: Told) -> None:
    """Have the people of the invented city work through a round and half of the next (演示轮次).

    Everything goes through the services that the pages call: draws, visits with photographs,
    questionnaires, documents, figures, scoring, freezing. A second time does nothing.

    Args:
        round_: the loaded round; what it saw is what there is to be seen.
        coming: the round that is open.
        begins: is told which of the two begins, "over" or "half".
    """
    city = round_.city
    if Collection.objects.for_city(city).filter(key=KEY).exists():
        return
    staff = hire(city)
    instrument = sheets.questionnaire_of(city, staff=staff)
    street = visits.Street(round_)
    over = _opened(round_, staff)
    begins("over")
    sites = _visit(over, street, staff)
    draw = sheets.draw_communities(over, Words("2026-2 入户调查社区"), _OVER, staff=staff)
    answered = sheets.ask(over, instrument, draw, _OVER, staff=staff)
    sheets.check_sheets(answered, staff=staff)
    wanted = papers.ask_for_papers(over, staff=staff)
    papers.review_papers(papers.hand_in_papers(wanted, round_, staff=staff), staff=staff)
    papers.enter_figures(over, round_, staff=staff)
    for panel in panels.call_panels(over, _PERIOD.last, staff=staff):
        panels.rate(panel, round_, staff=staff)
    run = _scored(over, staff)
    close_collection(over, by=staff.office)
    freeze_run(run, by=staff.office)
    for each in (sites, draw):
        reveal_draw(each, named=each.title, by=staff.office)
    begins("half")
    _half_way(round_, coming, (street, instrument), staff)
    duties.issue_duties(coming, staff=staff)


def _half_way(
    round_: Round, coming: Collection, ground: tuple[visits.Street, Instrument], staff: Staff
) -> None:
    """The round that is open: half of it came in, most of that is accepted."""
    put_to_work(staff, coming)
    street, instrument = ground
    first = coming.period_from + timedelta(days=1)
    draw = visits.draw_sites(coming, Words("2026-4 实地考察点位"), staff=staff)
    routes = visits.routes_of(draw, first, staff=staff, share=_HALF)
    walked = [each for route in routes for each in visits.walk(route, coming, street)]
    visits.decide(walked, staff=staff, share=_MOST)
    visits.send_out_today(draw, timezone.localdate(), staff=staff)
    plan = sheets.SurveyPlan(each=4, asked=2, households=10, first=first)
    draw = sheets.draw_communities(coming, Words("2026-4 入户调查社区"), plan, staff=staff)
    sheets.check_sheets(
        sheets.ask(coming, instrument, draw, plan, staff=staff), staff=staff, share=_MOST
    )
    wanted = papers.ask_for_papers(coming, staff=staff)
    handed_in = papers.hand_in_papers(wanted[: len(wanted) // 2], round_, staff=staff)
    papers.review_papers(handed_in[: round(len(handed_in) * _MOST)], staff=staff)
    papers.enter_figures(coming, round_, staff=staff, share=_HALF)
    for panel in panels.call_panels(coming, first + timedelta(days=7), staff=staff):
        panels.rate(panel, round_, staff=staff, share=_HALF)
    _scored(coming, staff)


def _visit(over: Collection, street: visits.Street, staff: Staff) -> SealedDraw:
    draw = visits.draw_sites(over, Words("2026-2 实地考察点位"), staff=staff)
    first = _PERIOD.first + timedelta(days=3)
    for route in visits.routes_of(draw, first, staff=staff):
        visits.decide(list(visits.walk(route, over, street)), staff=staff)
    return draw


def _opened(round_: Round, staff: Staff) -> Collection:
    standard = Standard(round_.edition, round_.checklist_set, round_.responsibility_plan)
    plan = CollectionPlan(
        KEY, RoundKind.MOCK, Words("2026 年第 2 轮模拟测评", "Mock test 2 of 2026"), _PERIOD,
        assessed_on=round_.assessed_on, tier=round_.tier, methods=list(map(Method, round_.methods)),
        note=Words(round_.note_zh, round_.note_en), is_synthetic=True,
    )  # fmt: skip
    city: City = round_.city
    made = plan_collection(city, plan, standard=standard, by=staff.office)
    there = Counter(round_.sites.order_by().values_list("site_type", flat=True))
    numbers = {key: min(_EACH, n) for key, n in there.items()}
    made = set_site_numbers(made, numbers, by=staff.office)
    methods = [Method(each) for each in round_.methods]
    set_calendar(made, dict.fromkeys(methods, _PERIOD), by=staff.office)
    gates = [GateSaid(**each) for each in round_.gates]
    aside = {each["item"]: each["reason"] for each in round_.not_applicable}
    made = open_collection(set_facts(made, gates, aside, by=staff.office), by=staff.office)
    put_to_work(staff, made)
    return Collection.objects.get(pk=made.pk)


def _scored(collection: Collection, staff: Staff) -> Run:
    return run_scoring(store_gathered(collection, tables_of(collection)), by=staff.office)
