"""The surveys that an interviewer takes along, and how far each of them is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import override

from wenming.base.models import City, User
from wenming.core import questionnaire
from wenming.core.lifecycle import CollectionState, SheetState
from wenming.core.permissions import Capability
from wenming.core.terms import AssignmentRole, Words
from wenming.survey.models import ContactCount, Fieldwork, Sheet
from wenming.survey.queries.instruments import instrument_of
from wenming.survey.queries.quotas import QuotasShown, cell_words, quotas_of


@dataclass(frozen=True, slots=True)
class SurveyErrand:
    """A survey as an interviewer takes it along (调查任务包).

    Attributes:
        quotas: how full they are, by the sheets of all interviewers.
        labels: who is meant by each quota, in both languages.
        brought: sheets of the interviewer that came in and were not set aside.
        contacts: what the interviewer wrote down for today; None where nothing.
    """

    work: Fieldwork
    instrument: questionnaire.Instrument
    quotas: QuotasShown
    labels: Sequence[Words]
    brought: int
    contacts: ContactCount | None


def open_surveys(person: User, city: City) -> QuerySet[Fieldwork]:
    """The surveys in which a person interviews now (可调查任务), of open rounds."""
    rows = Fieldwork.objects.for_city(city).visible_to(person, Capability.INTERVIEW)
    return (
        rows.filter(
            collection__state=CollectionState.OPEN,
            collection__assignments__person=person,
            collection__assignments__roles__contains=[AssignmentRole.INTERVIEWER.value],
        )
        .select_related("instrument", "collection", "city")
        .order_by("pk")
    )


def surveys_out(person: User, city: City) -> list[SurveyErrand]:
    """All that an interviewer needs to ask without network (调查任务包清单)."""
    return [_errand(work, person) for work in open_surveys(person, city)]


def _errand(work: Fieldwork, person: User) -> SurveyErrand:
    instrument, quotas = instrument_of(work.instrument), quotas_of(work)
    own = Sheet.objects.filter(fieldwork=work, interviewer=person)
    said = ContactCount.objects.filter(fieldwork=work, interviewer=person, day=timezone.localdate())
    return SurveyErrand(
        work=work,
        instrument=instrument,
        quotas=quotas,
        labels=[_words(each.quota.cell, instrument) for each in quotas.rows],
        brought=own.exclude(state=SheetState.SET_ASIDE).count(),
        contacts=said.first(),
    )


def _words(cell: questionnaire.Cell, instrument: questionnaire.Instrument) -> Words:
    said = {}
    for language in ("zh-hans", "en"):
        with override(language):
            said[language] = cell_words(cell, instrument)
    return Words(said["zh-hans"], said["en"])
