"""Drawn places on the phone: only those released to the caller, and each look is kept."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.api.calling import Caller, token_of
from tests.cast import make_person
from tests.survey.answering import Survey, small_survey
from wenming.base.models import AuditEntry, User
from wenming.core.permissions import PostKind
from wenming.core.terms import AssignmentRole
from wenming.rounds.models import SealedDraw
from wenming.rounds.services.collections import assign_person
from wenming.rounds.services.draw_releases import ReleaseWish, release_picks
from wenming.rounds.services.draws import DrawWish, join_draw, make_sealed_draw
from wenming.stats.sampling import plan_from

pytestmark = pytest.mark.django_db
COMMUNITIES = [
    {"community": f"{street}{n}社区", "street": street, "households": str(100 + n)}
    for street, number in (("城东", 5), ("城西", 3))
    for n in range(1, number + 1)
]


@pytest.fixture
def survey() -> Survey:
    made = small_survey()
    made.work.fpc = ["communities_total"]
    made.work.save(update_fields=["fpc"])
    return made


def interviewer(survey: Survey, name: str) -> tuple[User, Caller]:
    cast = survey.field.cast
    person = make_person(name, name="何静", city=cast.city, kind=PostKind.INTERVIEWER)
    role = AssignmentRole.INTERVIEWER
    assign_person(survey.field.collection, person, [role], by=cast.lin)
    return person, Caller(token_of(person, cast.city))


def drawn(survey: Survey) -> SealedDraw:
    plan = plan_from(
        {
            "label": "社区", "key": "community", "method": "simple", "strata": "street", "n": 2,
            "replacements": 1,
        }
    )  # fmt: skip
    cast = survey.field.cast
    wish = DrawWish("社区", COMMUNITIES, plan, collection=survey.field.collection)
    return make_sealed_draw(cast.city, wish, by=cast.lin)


def places(caller: Caller) -> list[Mapping[str, Any]]:
    (found,) = caller.ask("GET", "/field/surveys").json()["surveys"]
    told: list[Mapping[str, Any]] = found["places"]
    return told


def test_only_what_was_released_to_the_caller_is_told_and_the_look_is_kept(survey: Survey) -> None:
    (he, hers), (_lv, his) = interviewer(survey, "he"), interviewer(survey, "lv")
    draw, lin = drawn(survey), survey.field.cast.lin
    join_draw(draw, he, by=lin)
    assert places(hers) == []
    picks = list(draw.picks.in_use().order_by("position"))
    day = timezone.localdate() + timedelta(days=1)
    release_picks(draw, [picks[0].pk], ReleaseWish("东线", day, people=[he]), by=lin)
    (place,) = places(hers)
    row = next(each for each in COMMUNITIES if each["community"] == picks[0].key)
    number = {"城东": "5", "城西": "3"}[row["street"]]
    assert place["columns"] == {
        "community": row["community"], "street": row["street"], "communities_total": number,
    }  # fmt: skip
    assert (place["day"], place["route"]) == (day.isoformat(), "东线")
    assert AuditEntry.objects.filter(action="draw.look", actor=he).exists()
    assert places(his) == []
    others = [each.key for each in draw.picks.all() if each.pk != picks[0].pk]
    answer = hers.ask("GET", "/field/surveys").content.decode()
    assert not any(key in answer for key in others)
