"""What a survey says of the items that it feeds, before and after raking, against their limits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wenming.core.evidence import Evidence, Question
from wenming.core.framework import Edition, Item
from wenming.core.framework.checklist import NO_CHECKLISTS
from wenming.core.rules import GradeLimit, Limit
from wenming.core.terms import Method
from wenming.engine.criteria import measure
from wenming.engine.index import Index
from wenming.engine.raking import RakingReport
from wenming.engine.readings import CriterionResult, Reading


@dataclass(frozen=True, slots=True)
class SurveyedFigure:
    """An estimate of a survey with what its item asks for (问卷估计对照标准).

    Attributes:
        condition: number of the condition that it feeds; 0 for the item itself.
        before: with the design weights.
        reading: with the raked weights; the same where nothing was raked.
        limits: of each grade, best first; empty for a condition.
        limit: of a condition.
        is_met: None where nothing can be said.
    """

    item: Item
    condition: int
    questions: Sequence[Question]
    before: Reading
    reading: Reading
    limits: Sequence[GradeLimit] = ()
    limit: Limit | None = None
    grade: str = ""
    is_met: bool | None = None


@dataclass(frozen=True, slots=True)
class Surveyed:
    """The figures of a survey as it stands (问卷现状).

    Attributes:
        raking: None without margins, or without sheets.
    """

    figures: Sequence[SurveyedFigure]
    raking: RakingReport | None


def surveyed(edition: Edition, evidence: Evidence) -> Surveyed:
    """Estimate what each item is asked for (问卷估计), as the assessment of the round will.

    Raises:
        BadInput, DomainError: as for `assess`.
    """
    index = Index.of(edition, evidence, NO_CHECKLISTS)
    plain = index
    if evidence.survey is not None and evidence.survey.raking is not None:
        unraked = replace(evidence, survey=replace(evidence.survey, raking=None))
        plain = Index.of(edition, unraked, NO_CHECKLISTS)
    figures: list[SurveyedFigure] = []
    for _dimension, _indicator, item in edition.items():
        for criterion in item.criteria:
            asked = {n for key, n in index.questions if key == item.key}
            if asked:
                before, after = (measure(each, item, criterion) for each in (plain, index))
                figures += _figures(index, item, (before, after))
    return Surveyed(figures, index.answers.raking if index.answers else None)


def _figures(
    index: Index, item: Item, results: tuple[CriterionResult, CriterionResult]
) -> list[SurveyedFigure]:
    before, after = results
    whole = index.questions.get((item.key, 0), ())
    found = []
    if whole and after.criterion.method is Method.SURVEY and not after.conditions:
        tested = after.verdict.is_tested
        found.append(
            SurveyedFigure(
                item, 0, whole, before.reading, after.reading, after.limits,
                grade=after.verdict.grade, is_met=after.verdict.is_met if tested else None,
            )
        )  # fmt: skip
    for was, now in zip(before.conditions, after.conditions, strict=True):
        questions = index.questions.get((item.key, now.condition.n), ())
        if questions and now.condition.method is Method.SURVEY:
            found.append(
                SurveyedFigure(
                    item, now.condition.n, questions, was.reading, now.reading,
                    limit=now.condition.limit, is_met=now.state,
                )
            )  # fmt: skip
    return found
