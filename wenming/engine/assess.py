"""The assessment of a round: every item measured, judged, scored, explained and reconciled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wenming.core.evidence import Evidence, GateFact, Responsibility
from wenming.core.explain import explain_item
from wenming.core.framework import Checklists, Edition, Gate, Item
from wenming.core.framework.checklist import NO_CHECKLISTS
from wenming.core.reconcile import Finding, OwnFigures, reconcile
from wenming.core.rules import worst_of
from wenming.core.scoring import Judged, RoundScore, score_round
from wenming.core.terms import Role, State
from wenming.engine.chances import item_chances
from wenming.engine.criteria import measure
from wenming.engine.index import Index
from wenming.engine.readings import Assessment, CriterionResult, ItemResult
from wenming.engine.saying import criterion_reason
from wenming.engine.totals import interval_of


def assess(
    edition: Edition, evidence: Evidence, checklists: Checklists = NO_CHECKLISTS
) -> Assessment:
    """Assess a round.

    The same edition and evidence give the same result on every machine, in whatever order
    the rows stand.

    Raises:
        BadInput: a cell of the answer sheets is not a number where one is needed.
        DomainError: the answer sheets do not make a design; the facts say why.

    Source:
        docs/methods/scoring.md; docs/methods/uncertainty.md.
    """
    index = Index.of(edition, evidence, checklists)
    aside = {each.item: each.reason for each in evidence.not_applicable}
    measured = {
        item.key: tuple(measure(index, item, criterion) for criterion in item.criteria)
        for _, _, item in edition.items()
    }
    judged = {item.key: _judged(item, measured[item.key], aside) for _, _, item in edition.items()}
    score = score_round(edition, judged)
    items = _items(score, measured)
    return Assessment(
        edition=edition,
        evidence=evidence,
        checklists=checklists,
        score=score,
        items=items,
        gates=_gates(edition, evidence),
        findings=_findings(edition, evidence, score),
        interval=interval_of(index, items, score),
        raking=index.answers.raking if index.answers else None,
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """How a round stands (轮次现状), as far as the system's own figures need to know.

    Attributes:
        states: of every item by key, in the order of the edition.
        responsibilities: None when none are known.
    """

    states: Mapping[str, State]
    responsibilities: Sequence[Responsibility] | None
    sites: int
    sites_visited: int
    answer_sheets: int


def own_figures(standing: Standing) -> OwnFigures:
    """The system's own figures of a whole edition, which reported ones are compared with."""
    states = list(standing.states.values())
    untested = [key for key, state in standing.states.items() if state is State.UNTESTED]
    rows = standing.responsibilities
    counts = {
        "items": len(states),
        "items_tested": sum(state in (State.MET, State.NOT_MET) for state in states),
        "items_untested": len(untested),
        "items_met": states.count(State.MET),
        "items_not_met": states.count(State.NOT_MET),
        "units": len({row.unit for row in rows or ()}),
        "sites": standing.sites,
        "sites_visited": standing.sites_visited,
        "answer_sheets": standing.answer_sheets,
    }
    if rows is None:
        return OwnFigures(counts, untested)
    leads: dict[str, set[str]] = {}
    for row in rows:
        if row.role is Role.LEAD:
            leads.setdefault(row.item, set()).add(row.unit)
    return OwnFigures(
        counts=counts,
        untested=untested,
        without_lead=[key for key in standing.states if key not in leads],
        with_two_leads=[key for key in standing.states if len(leads.get(key, ())) > 1],
    )


def _own_figures(edition: Edition, evidence: Evidence, score: RoundScore) -> OwnFigures:
    """Of an excerpt nothing is known of the items that are not listed."""
    if edition.is_partial:
        return OwnFigures(counts={})
    return own_figures(
        Standing(
            states={each.item.key: each.state for each in score.items},
            responsibilities=evidence.responsibilities,
            sites=len(evidence.sites),
            sites_visited=len({each.site for each in evidence.observations}),
            answer_sheets=len(evidence.answers) if evidence.answers else 0,
        )
    )


def _gates(edition: Edition, evidence: Evidence) -> tuple[tuple[Gate, GateFact | None], ...]:
    facts = {fact.gate: fact for fact in evidence.gates}
    return tuple((gate, facts.get(gate.key)) for gate in edition.gates)


def _findings(edition: Edition, evidence: Evidence, score: RoundScore) -> tuple[Finding, ...]:
    own = _own_figures(edition, evidence, score)
    return tuple(reconcile(evidence.figures, own, groups=evidence.groups, aliases=evidence.aliases))


def _judged(item: Item, criteria: Sequence[CriterionResult], aside: Mapping[str, str]) -> Judged:
    verdict = worst_of(each.verdict for each in criteria)
    if item.key in aside:
        return Judged(verdict, applies=False, reason=aside[item.key])
    return Judged(verdict)


def _items(
    score: RoundScore, measured: Mapping[str, tuple[CriterionResult, ...]]
) -> tuple[ItemResult, ...]:
    results = []
    for each in score.items:
        criteria = measured[each.item.key]
        reasons = explain_item(each, score, tuple(criterion_reason(found) for found in criteria))
        applies = each.state is not State.NOT_APPLICABLE
        results.append(
            ItemResult(each, criteria, reasons, item_chances(criteria) if applies else None)
        )
    return tuple(results)
