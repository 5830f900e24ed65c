"""The evidence sorted by item, so that each criterion finds its own."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wenming.core.evidence import (
    DocumentReview,
    Evidence,
    Observation,
    PanelMark,
    Question,
    Site,
    Statistic,
)
from wenming.core.framework import CheckLine, Checklists, Edition
from wenming.core.terms import Method, Outcome
from wenming.engine.answers import Answers


@dataclass(frozen=True, slots=True)
class Seen:
    """One observation with its site, its line and what it came to."""

    observation: Observation
    site: Site
    line: CheckLine
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Index:
    """Evidence by item.

    Attributes:
        seen: observations by item, in canonical order.
        register: sites by type; types by item are in `types`.
        types: site types whose checklist has a line for the item.
    """

    edition: Edition
    evidence: Evidence
    statistics: Mapping[tuple[str, int], Sequence[Statistic]]
    documents: Mapping[str, Sequence[DocumentReview]]
    panel: Mapping[str, Sequence[PanelMark]]
    questions: Mapping[tuple[str, int], Sequence[Question]]
    seen: Mapping[str, Sequence[Seen]]
    register: Mapping[str, Sequence[Site]]
    types: Mapping[str, frozenset[str]]
    answers: Answers | None

    @classmethod
    def of(cls, edition: Edition, evidence: Evidence, checklists: Checklists) -> "Index":
        """Sort the evidence of a round."""
        statistics: dict[tuple[str, int], list[Statistic]] = defaultdict(list)
        for statistic in evidence.statistics:
            statistics[statistic.item, statistic.condition].append(statistic)
        documents: dict[str, list[DocumentReview]] = defaultdict(list)
        for document in evidence.documents:
            documents[document.item].append(document)
        panel: dict[str, list[PanelMark]] = defaultdict(list)
        for mark in evidence.panel:
            panel[mark.item].append(mark)
        questions: dict[tuple[str, int], list[Question]] = defaultdict(list)
        for question in evidence.survey.questions if evidence.survey else ():
            questions[question.item, question.condition].append(question)
        register: dict[str, list[Site]] = defaultdict(list)
        for site in evidence.sites:
            register[site.site_type].append(site)
        return cls(
            edition=edition,
            evidence=evidence,
            statistics=statistics,
            documents=documents,
            panel=panel,
            questions=questions,
            seen=_seen(evidence, checklists),
            register=register,
            types=_types(checklists),
            answers=Answers.of(evidence.answers, evidence.survey),
        )

    def in_round(self, method: Method) -> bool:
        """Whether the round uses this method."""
        return not self.evidence.plan.methods or method in self.evidence.plan.methods


def _seen(evidence: Evidence, checklists: Checklists) -> dict[str, list[Seen]]:
    lines = checklists.by_key()
    sites = {site.key: site for site in evidence.sites}
    seen: dict[str, list[Seen]] = defaultdict(list)
    for observation in evidence.observations:
        line = lines[observation.line][1]
        outcome = line.settle(observation.outcome, observation.value)
        seen[line.item].append(Seen(observation, sites[observation.site], line, outcome))
    return seen


def _types(checklists: Checklists) -> dict[str, frozenset[str]]:
    types: dict[str, set[str]] = defaultdict(set)
    for checklist, line in checklists.lines():
        types[line.item].add(checklist.site_type)
    return {item: frozenset(found) for item, found in types.items()}
