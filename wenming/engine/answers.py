"""Answer sheets as a sample: estimates of the share that answers yes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wenming.core.errors import BadInput, DomainError, Problem
from wenming.core.evidence import AnswerTable, Question, SurveyDesign
from wenming.engine.raking import RakingReport, rake_answers
from wenming.stats.survey import Design, Estimate, Options, estimate_mean_of, estimate_share

LEVEL = 0.9


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """The answer sheets with their design.

    Attributes:
        yes: by column of the table: 1 for yes, 0 for no, NaN for no answer.
        raking: what raking did to the weights of `design`; None without margins.
    """

    table: AnswerTable
    survey: SurveyDesign
    design: Design
    yes: dict[str, NDArray[np.float64]]
    raking: RakingReport | None = None

    @classmethod
    def of(cls, table: AnswerTable | None, survey: SurveyDesign | None) -> "Answers | None":
        """The answers of a round, raked where it has margins; None when there are none.

        Raises:
            BadInput: a cell does not fit into a design; the problem names its line.
            DomainError: the columns as a whole do not make a design.
        """
        if table is None or survey is None or not len(table):
            return None
        columns = table.columns
        numbers = {
            name: np.array([float(text) for text in columns[name]], dtype=np.float64)
            for name in {survey.weights, *survey.fpc}
            if name
        }
        try:
            design = Design.from_columns(
                lonely=survey.lonely,
                weights=numbers[survey.weights] if survey.weights else None,
                strata=_strata(table, survey),
                clusters=[columns[name] for name in survey.clusters],
                fpc=[numbers[name] for name in survey.fpc],
            )
        except DomainError as error:
            raise _placed(error, table) from error
        yes = {question.column: _yes(table, survey, question) for question in survey.questions}
        design, raking = rake_answers(design, table, survey)
        return cls(table, survey, design, yes, raking)

    def estimate(self, questions: Sequence[Question]) -> Estimate | None:
        """The share that answers yes; several questions give the mean of their shares.

        Returns:
            The estimate at 90 %, or None when nobody answered one of the questions.
        """
        columns = [self.yes[question.column] for question in questions]
        if not columns or any(np.isnan(column).all() for column in columns):
            return None
        options = Options(level=LEVEL, interval=self.survey.interval)
        if len(columns) == 1:
            return estimate_share(self.design, columns[0], options=options)
        return estimate_mean_of(self.design, columns, options=options)


def _strata(table: AnswerTable, survey: SurveyDesign) -> list[tuple[str, ...]]:
    """Strata of the first stage; several columns together name one stratum."""
    if not survey.strata:
        return []
    columns = [table.columns[name] for name in survey.strata]
    return [tuple("\x1f".join(values) for values in zip(*columns, strict=True))]


def _placed(error: DomainError, table: AnswerTable) -> DomainError:
    """The same refusal with the line of the sheet, where it is about one sheet."""
    row = error.facts.get("row")
    if not isinstance(row, int):
        return error
    facts = {key: value for key, value in error.facts.items() if key != "row"}
    return BadInput([Problem(error.code, table.places[row], facts)])


def _yes(table: AnswerTable, survey: SurveyDesign, question: Question) -> NDArray[np.float64]:
    known: dict[str, float] = dict.fromkeys(survey.missing, float("nan"))
    known |= dict.fromkeys(question.yes, 1.0)
    return np.array([known.get(text, 0.0) for text in table.columns[question.column]])
