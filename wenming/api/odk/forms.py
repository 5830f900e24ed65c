"""The forms that a person may fill in now: questionnaires and checklists of their open rounds."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from wenming.api.odk.refusals import FormUnknown
from wenming.base.models import City, User
from wenming.core.permissions import Capability
from wenming.core.questionnaire import (
    OWN_NAMES,
    Choice,
    FormQuestion,
    Instrument,
    Labels,
    QuestionKind,
    checklist_instrument,
)
from wenming.core.terms import SheetSource
from wenming.files.xlsform_out import write_xlsform, xform_of
from wenming.inspection.models import SiteVisit
from wenming.inspection.queries.day import UNDONE, Errand, day_out
from wenming.rounds.models import Collection
from wenming.survey.models import Fieldwork
from wenming.survey.queries.errands import open_surveys
from wenming.survey.queries.instruments import instrument_of

SURVEY, VISIT = "survey", "visit"
START, END, SOURCE = f"{OWN_NAMES}start", f"{OWN_NAMES}end", f"{OWN_NAMES}source"
DESIGN, SOURCES = f"{OWN_NAMES}design_", f"{OWN_NAMES}sources"
_NAME = re.compile(rf"({SURVEY}|{VISIT})-([0-9a-f]{{32}})(?:-([A-Za-z][A-Za-z0-9_.-]*))?")
_SOURCES: dict[SheetSource, Labels] = {
    SheetSource.HOUSEHOLD: {"zh": "入户", "en": "At home"},
    SheetSource.STREET: {"zh": "街头拦访", "en": "In the street"},
    SheetSource.PAPER: {"zh": "纸质录入", "en": "From paper"},
}
_HOW: Labels = {"zh": "答卷来源", "en": "How it came about"}
_DRAWN: Labels = {"zh": "抽样信息", "en": "How the respondent was drawn"}


@dataclass(frozen=True, slots=True)
class OdkForm:
    """A form as programs of OpenRosa know it (采集表单)."""

    instrument: Instrument
    about: str

    @property
    def key(self) -> str:
        """Its name, the same as long as the round lasts."""
        return self.instrument.key

    def xform(self) -> bytes:
        """As an XForm."""
        return xform_of(self.instrument)

    def xlsform(self) -> bytes:
        """As an XLSForm."""
        return write_xlsform(self.instrument)


@dataclass(frozen=True, slots=True)
class FormName:
    """What the name of a form says (表单编号): kind, round and, of a visit, the site type."""

    kind: str
    collection: UUID
    site_type: str


def name_of(form: str) -> FormName:
    """What the name of a form says.

    Raises:
        FormUnknown: it is none of ours.
    """
    found = _NAME.fullmatch(form)
    if found is None:
        raise FormUnknown(form=form[:100])
    kind, collection, site_type = found.groups()
    return FormName(kind, UUID(collection), site_type or "")


def forms_of(person: User, city: City) -> list[OdkForm]:
    """What a person may fill in now (可填表单): of open rounds, and only their own part."""
    return [*_questionnaires(person, city), *_checklists(person, city)]


def form_of(person: User, city: City, form: str) -> OdkForm:
    """One form of a person.

    Raises:
        FormUnknown: there is no such form for them now.
    """
    wanted = name_of(form)
    parts = {SURVEY: _questionnaires, VISIT: _checklists}
    for each in parts[wanted.kind](person, city):
        if each.key == form:
            return each
    raise FormUnknown(form=form)


def checklist_version(collection: Collection) -> str:
    """Names the state of the checklists of a round (检查表版本)."""
    lists = collection.checklist_set
    return lists.version if lists else ""


def _questionnaires(person: User, city: City) -> Iterator[OdkForm]:
    for work in open_surveys(person, city):
        yield OdkForm(survey_form(work), work.collection.title_zh)


def survey_form(work: Fieldwork) -> Instrument:
    """The questionnaire of a round with what each sheet must say of itself (问卷表单)."""
    asked = instrument_of(work.instrument)
    languages = asked.languages
    around = [
        FormQuestion(START, QuestionKind.START, {}),
        FormQuestion(
            SOURCE,
            QuestionKind.SELECT_ONE,
            _in(languages, _HOW),
            choices=SOURCES,
            is_required=True,
        ),
    ]
    for number, column in enumerate(work.columns, start=1):
        labels = {each: f"{text}: {column}" for each, text in _in(languages, _DRAWN).items()}
        name = f"{DESIGN}{number}"
        around.append(FormQuestion(name, QuestionKind.TEXT, labels, is_required=True))
    sources = (Choice(each.value, _in(languages, text)) for each, text in _SOURCES.items())
    return replace(
        asked,
        key=f"{SURVEY}-{work.collection_id.hex}",
        choices={**asked.choices, SOURCES: tuple(sources)},
        questions=(*around, *asked.questions, FormQuestion(END, QuestionKind.END, {})),
    )


def _in(languages: tuple[str, ...], labels: Labels) -> Labels:
    return {each: labels.get(each) or labels["zh"] for each in languages}


def _checklists(person: User, city: City) -> Iterator[OdkForm]:
    if not person.may(Capability.INSPECT, city=city):
        return
    day = day_out(person, city)
    by_list: dict[str, list[Errand]] = defaultdict(list)
    for errand in day.errands:
        if errand.visit.state in UNDONE:
            by_list[errand.checklist].append(errand)
    for key, errands in by_list.items():
        first = errands[0].visit
        sites = tuple(_site(each.visit) for each in errands)
        text = "\n".join(f"{each.key} {each.label['zh']}" for each in sites)
        sum_ = hashlib.sha256(text.encode()).hexdigest()[:6]
        version = f"{checklist_version(first.collection)}-{sum_}"
        made = checklist_instrument(day.checklists[key], version=version, sites=sites)
        name = f"{VISIT}-{first.collection_id.hex}-{made.key}"
        yield OdkForm(replace(made, key=name), first.collection.title_zh)


def _site(visit: SiteVisit) -> Choice:
    """A visit to choose; its version tells a correction from the first sheet."""
    day = f"{visit.planned_on:%m-%d}"
    label = f"{day} {visit.site.title}"
    return Choice(f"{visit.pk.hex}.{visit.version}", {"zh": label, "en": label})
