"""What does not fit in the figures of a round as they stand now, without scoring it again."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from wenming.core.framework.canonical import digest
from wenming.core.reconcile import OwnFigures, reconcile
from wenming.core.terms import State
from wenming.engine.assess import Standing, own_figures
from wenming.engine.numbers import plain_facts
from wenming.framework.queries import responsibilities_of
from wenming.inspection.models import Observation
from wenming.rounds.models import Round, Site
from wenming.rounds.queries import groups_of
from wenming.scoring.models import Finding, Run, Settlement
from wenming.scoring.queries.recorded import figures_of
from wenming.survey.models import AnswerSheet

OWN_FIGURES = (
    "items", "items_tested", "items_untested", "items_met", "items_not_met", "units", "sites",
    "sites_visited", "answer_sheets",
)  # fmt: skip
"""Names of the system's own figures that a paper's figure can be compared with."""


@dataclass(frozen=True, slots=True)
class Found:
    """One finding (核对发现) with the fingerprint by which a later check meets it again."""

    code: str
    facts: dict[str, Any]

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of code and facts."""
        return digest([self.code, self.facts])

    @property
    def document(self) -> str:
        """Key of the paper that it is about; "" for the system's own records."""
        return str(self.facts.get("document") or "")


def found_now(round_: Round, run: Run | None) -> list[Found]:
    """What does not fit in the figures of a round (核对), in the order of the figures.

    Args:
        run: the latest run of the round, whose own figures they are compared with; None
            compares them only with themselves and each other.

    Source:
        docs/methods/reconciliation.md.
    """
    findings = reconcile(
        figures_of(round_),
        own_figures_of(run) if run else OwnFigures(counts={}),
        groups=groups_of(round_),
        aliases=round_.aliases,
    )
    return [Found(each.code, plain_facts(each.facts)) for each in findings]


def found_by(run: Run) -> list[Found]:
    """What a run found, in its order."""
    rows = run.findings.order_by("position").values_list("code", "facts")
    return [Found(code, facts) for code, facts in rows]


def latest_run_of(round_: Round) -> Run | None:
    """The latest run of one round; None before it is scored."""
    run = Run.objects.filter(round=round_).order_by("-number").first()
    if run is not None:
        run.round = round_  # at hand already, with what it holds
    return run


def own_figures_of(run: Run) -> OwnFigures:
    """The system's own figures (自有数字) as they stood when a run was computed."""
    if run.summary["edition"]["is_partial"]:
        return OwnFigures(counts={})
    round_ = run.round
    states = run.items.order_by("position").values_list("key", "state")
    return own_figures(
        Standing(
            states={key: State(state) for key, state in states},
            responsibilities=responsibilities_of(round_.responsibility_plan),
            sites=Site.objects.filter(round=round_).count(),
            sites_visited=Observation.objects.filter(round=round_).aggregate(
                n=Count("site", distinct=True)
            )["n"],
            answer_sheets=AnswerSheet.objects.filter(round=round_).count(),
        )
    )


def findings_with_settlements(run: Run) -> list[tuple[Finding, Settlement | None]]:
    """What a run found, each with what was made of it; None for one that no check met."""
    kept = Settlement.objects.filter(city=run.city_id, round_key=run.round.key)
    known = {each.fingerprint: each for each in kept.select_related("settled_by")}
    return [
        (finding, known.get(Found(finding.code, finding.facts).fingerprint))
        for finding in run.findings.order_by("position")
    ]
