"""A round with a questionnaire in use, for tests of answering on the web and of paper."""

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.utils import timezone

from tests.core.questionnaire.building import instrument, question
from tests.rounds.building import Field, small_field
from wenming.survey.models import AnswerLink, Fieldwork
from wenming.survey.queries.links import link_of
from wenming.survey.services.instruments import (
    FieldDesign,
    bring_instrument,
    put_instrument_in_use,
    set_fieldwork,
)
from wenming.survey.services.links import LinkWish, make_links
from wenming.survey.views.answering import SALT

FORM = instrument(
    question("age", "integer", required="true", constraint=". >= 15",
             **{"message:zh": "须满15岁。", "message:en": "At least 15 years."}),
    question("sat", "select_one", choices="yn", required="true"),
    question("why", "text", relevant="${sat} = 'no'", required="true"),
    question("tell", "text", relevant="${sat} = 'no'"),
)  # fmt: skip
DESIGN = FieldDesign(("street",), ("community", "household"), (), "weight")
DRAWN = {"street": "城东", "community": "一社区", "household": "户#", "weight": "2"}


@dataclass(frozen=True)
class Survey:
    """The round, its survey, and who is there."""

    field: Field
    work: Fieldwork


def small_survey() -> Survey:
    field = small_field()
    draft = bring_instrument(FORM, city=field.cast.city, by=field.cast.lin)
    form = put_instrument_in_use(draft, by=field.cast.lin)
    work = set_fieldwork(field.collection, form, design=DESIGN, by=field.cast.lin)
    return Survey(field, work)


def wish(**changes: object) -> LinkWish:
    said: dict[str, object] = {
        "title": "致居民的信", "ends_at": timezone.now() + timedelta(days=3), "count": 2,
        "drawn": DRAWN,
    }  # fmt: skip
    return LinkWish(**(said | changes))  # type: ignore[arg-type]


def made(survey: Survey, **changes: object) -> list[str]:
    """The secrets of new links."""
    return list(make_links(survey.work, wish(**changes), by=survey.field.cast.lin)[1])


def link(secret: str) -> AnswerLink:
    found = link_of(secret)
    assert found is not None
    return found


def begun(secret: str, *, ago: timedelta = timedelta(minutes=3)) -> str:
    """The stamp of a form that was opened a while ago."""
    at = (timezone.now() - ago).isoformat()
    return signing.dumps([str(link(secret).pk), at], salt=SALT)
