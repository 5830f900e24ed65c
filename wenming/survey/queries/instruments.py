"""Questionnaires as core knows them, built again from their stored rows."""

from wenming.core import questionnaire
from wenming.core.errors import Place
from wenming.core.rows import Row
from wenming.survey.models import Instrument


def instrument_of(stored: Instrument) -> questionnaire.Instrument:
    """The questionnaire (问卷), built again from its stored rows."""
    tables = {
        name: [Row(values, Place(name, line=line)) for line, values in enumerate(rows, start=1)]
        for name, rows in stored.content.items()
    }
    return questionnaire.build_instrument(tables, file=stored.key)
