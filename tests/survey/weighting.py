"""A round whose answers are weighted: its edition judges a share, its questionnaire asks for it."""

import pytest

from tests.core.questionnaire.building import instrument, question
from tests.rounds.building import CONTENT, Field, small_field
from wenming.survey.models import Fieldwork
from wenming.survey.services.instruments import (
    FieldDesign,
    bring_instrument,
    put_instrument_in_use,
    set_fieldwork,
)

FORM = instrument(
    question("local", "select_one", choices="yn"),
    question("age", "integer"),
    question("clean", "select_one", choices="yn", item="B1.1", yes="yes", no="no"),
)


def weighted_field(monkeypatch: pytest.MonkeyPatch) -> Field:
    """A round whose edition judges B1.1 by a share of the answers."""
    first, *others = CONTENT["criteria"]
    asked = {**first, "shape": "number", "method": "survey", "unit": "%"}
    monkeypatch.setitem(CONTENT, "criteria", [asked, *others])
    return small_field()


def weighted_work(field: Field) -> Fieldwork:
    """Its survey, with the questionnaire in use and counties and communities as design."""
    draft = bring_instrument(FORM, city=field.cast.city, by=field.cast.lin)
    form = put_instrument_in_use(draft, by=field.cast.lin)
    design = FieldDesign(("county",), ("community",))
    return set_fieldwork(field.collection, form, design=design, by=field.cast.lin)
