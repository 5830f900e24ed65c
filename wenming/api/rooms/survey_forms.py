"""Forms of surveys on a phone: questionnaires with their conditions as trees, answer sheets."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BeforeValidator, Field

from wenming.api.shapes import Given, Identity, Moment, Shown, WordsShown, text_without_halves
from wenming.core.questionnaire import (
    Choice,
    Expression,
    FormQuestion,
    Instrument,
)
from wenming.core.questionnaire.answers import LONGEST_ANSWER
from wenming.core.terms import SheetSource, Words
from wenming.survey.models import ContactCount
from wenming.survey.queries.errands import SurveyErrand
from wenming.survey.queries.quotas import ShownQuota
from wenming.survey.services.places import ReleasedPlace
from wenming.survey.services.sheets import SentPlace, SentSheet

_NO_NULL = r"^[^\x00]*$"
Column = Annotated[
    str,
    Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$"),
    BeforeValidator(text_without_halves),
]
Answer = Annotated[
    str,
    Field(max_length=LONGEST_ANSWER, pattern=_NO_NULL),
    BeforeValidator(text_without_halves),
]
Cell = Annotated[str, Field(max_length=200, pattern=_NO_NULL), BeforeValidator(text_without_halves)]
Labels = dict[str, str]


class ExpressionShown(Shown):
    """An expression as a tree, as docs/reference/questionnaire.md defines what it comes to."""

    kind: str = Field(
        description="`number`, `text`, `name`, `self`, `call`, `negative`, or an operator"
    )
    value: str = Field(description="Digits, text, name of a question or of a function; else blank")
    parts: list["ExpressionShown"]

    @classmethod
    def of(cls, expression: Expression | None) -> "ExpressionShown | None":
        """From a parsed expression; None from none."""
        return None if expression is None else cls._of(expression)

    @classmethod
    def _of(cls, expression: Expression) -> "ExpressionShown":
        parts = [cls._of(part) for part in expression.parts]
        return cls(kind=expression.kind, value=expression.value, parts=parts)


class ChoiceShown(Shown):
    """One answer that can be chosen."""

    key: str
    label: Labels

    @classmethod
    def of(cls, choice: Choice) -> "ChoiceShown":
        """From a choice."""
        return cls(key=choice.key, label=dict(choice.label))


class QuestionAsked(Shown):
    """One entry of a questionnaire: a question, a note or a group."""

    key: str
    kind: str
    label: Labels
    hint: Labels
    within: str = Field(description="Key of the group that it stands in; blank at the top")
    choices: str = Field(description="Key of its list of choices; blank where one does not choose")
    required: bool
    relevant: ExpressionShown | None = Field(description="It is asked only while this holds")
    constraint: ExpressionShown | None = Field(description="`self` is the answer")
    message: Labels = Field(description="What is said when the constraint does not hold")
    calculation: ExpressionShown | None

    @classmethod
    def of(cls, question: FormQuestion) -> "QuestionAsked":
        """From a question."""
        return cls(
            key=question.key,
            kind=question.kind.value,
            label=dict(question.label),
            hint=dict(question.hint),
            within=question.within,
            choices=question.choices,
            required=question.is_required,
            relevant=ExpressionShown.of(question.relevant),
            constraint=ExpressionShown.of(question.constraint),
            message=dict(question.constraint_message),
            calculation=ExpressionShown.of(question.calculation),
        )


class QuestionnaireShown(Shown):
    """A questionnaire as it is asked."""

    title: Labels
    version: str
    languages: list[str] = Field(description="The first is shown where another is missing")
    missing: list[str] = Field(description="Choices that mean “no answer”, whatever the question")
    lists: dict[str, list[ChoiceShown]] = Field(description="Lists of choices by key")
    questions: list[QuestionAsked]

    @classmethod
    def of(cls, instrument: Instrument) -> "QuestionnaireShown":
        """From an instrument."""
        return cls(
            title=dict(instrument.title),
            version=instrument.version,
            languages=list(instrument.languages),
            missing=sorted(instrument.missing),
            lists={
                key: [ChoiceShown.of(each) for each in choices]
                for key, choices in instrument.choices.items()
            },
            questions=[QuestionAsked.of(each) for each in instrument.questions],
        )


class QuotaAfield(Shown):
    """A kind of people, with how many sheets of them are wanted and there."""

    label: WordsShown
    cell: dict[str, Any] = Field(
        description="By question: the choice, or the lowest and highest number, null for open"
    )
    wanted: int
    have: int = Field(description="Accepted ones and those that were not looked at yet")

    @classmethod
    def of(cls, shown: ShownQuota, label: Words) -> "QuotaAfield":
        """From a quota and how full it is."""
        return cls(
            label=WordsShown.of(label),
            cell=shown.quota.cell,
            wanted=shown.progress.wanted,
            have=shown.progress.have,
        )


class ContactsShown(Shown):
    """What an interviewer met with today, as it was written down."""

    refused: int
    not_reached: int
    not_eligible: int
    unknown_eligibility: int

    @classmethod
    def of(cls, row: ContactCount | None) -> "ContactsShown | None":
        """From its row; None from none."""
        if row is None:
            return None
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


class PlaceAfield(Shown):
    """A drawn place, and what each sheet from there says in columns of the design."""

    id: UUID
    name: str
    day: date
    route: str
    columns: dict[str, str]


class SurveyShown(Shown):
    """A survey as the phone keeps it."""

    id: UUID = Field(description="To which sheets are sent")
    round: UUID
    collection: WordsShown
    questionnaire: QuestionnaireShown
    columns: list[str] = Field(description="Of the design; each sheet must fill them in `drawn`")
    numbers: list[str] = Field(description="Columns that must hold a number, 0 or more")
    weight: str = Field(description="The column of the weight; of a household sheet without adults")
    varying: str = Field(description="The column that names the innermost unit; blank for none")
    places: list[PlaceAfield] = Field(description="Drawn places that were released to the caller")
    quotas: list[QuotaAfield]
    brought: int = Field(description="Sheets of the caller that came in and were not set aside")
    contacts: ContactsShown | None = Field(description="Of today; null where nothing was said")

    @classmethod
    def of(cls, errand: SurveyErrand, places: Iterable[ReleasedPlace]) -> "SurveyShown":
        """From a survey, how far it is, and the places that were released."""
        work = errand.work
        quotas = zip(errand.quotas.rows, errand.labels, strict=True)
        return cls(
            id=work.pk,
            round=work.collection_id,
            collection=WordsShown.of(work.collection.title),
            questionnaire=QuestionnaireShown.of(errand.instrument),
            columns=work.columns,
            numbers=[*work.fpc, *([work.weights] if work.weights else [])],
            weight=work.weights,
            varying=work.clusters[-1] if work.clusters else "",
            places=[
                PlaceAfield(
                    id=each.pick,
                    name=each.name,
                    day=each.day,
                    route=each.route,
                    columns=dict(each.columns),
                )
                for each in places
            ],
            quotas=[QuotaAfield.of(quota, label) for quota, label in quotas],
            brought=errand.brought,
            contacts=ContactsShown.of(errand.contacts),
        )


class PlaceGiven(Given):
    """Where a sheet was filled in."""

    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]
    accuracy: Annotated[float, Field(ge=0, le=1_000_000)] | None = None


class AnswersGiven(Given):
    """An answer sheet that was filled in on a phone."""

    instance: Identity = Field(description="Made on the phone; the same sheet is taken once")
    source: Literal["household", "street"]
    started_at: Moment
    ended_at: Moment
    answers: dict[Column, Answer] = Field(
        max_length=2000, description="Text by question; several choices are parted by blanks"
    )
    drawn: dict[Column, Cell] = Field(
        default_factory=dict,
        max_length=100,
        description="By column of the design; of a household also `members`, `member` and more",
    )
    place: PlaceGiven | None = None

    @property
    def sheet(self) -> SentSheet:
        """The sheet, as the service takes it."""
        return SentSheet(
            instance=self.instance,
            source=SheetSource(self.source),
            started_at=self.started_at,
            ended_at=self.ended_at,
            answers=dict(self.answers),
            drawn=dict(self.drawn),
            place=self._place(),
        )

    def _place(self) -> SentPlace | None:
        if self.place is None:
            return None
        accuracy = self.place.accuracy
        return SentPlace(
            latitude=_rounded(self.place.latitude, 6),
            longitude=_rounded(self.place.longitude, 6),
            accuracy_m=None if accuracy is None else _rounded(accuracy, 1),
        )


def _rounded(number: float, places: int) -> Decimal:
    return round(Decimal(repr(number)), places)


class AnswersTaken(Shown):
    """What was taken."""

    instance: UUID
    sheet: UUID
    state: str
    repeated: bool = Field(description="The same sheet had been taken before")
    received_at: datetime
