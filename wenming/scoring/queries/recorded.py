"""The evidence of a round as the database keeps it, for the engine."""

from decimal import Decimal

from wenming.core.errors import Place
from wenming.core.evidence import Evidence
from wenming.core.reconcile import Figure
from wenming.framework.queries import responsibilities_of
from wenming.inspection.queries import observations_of, panel_of
from wenming.rounds.models import Round
from wenming.rounds.queries import gates_of, groups_of, not_applicable_of, plan_of, sites_of
from wenming.statistic.queries import statistics_of
from wenming.submission.queries import documents_of
from wenming.survey.queries import survey_of


def evidence_of(round_: Round) -> Evidence:
    """Everything a round brought in (佐证), equal to what was read from its folder.

    Only the places differ: rows of the database know their table, not the line of the file.
    """
    survey, answers = survey_of(round_)
    return Evidence(
        plan=plan_of(round_),
        statistics=statistics_of(round_),
        sites=sites_of(round_),
        observations=observations_of(round_),
        documents=documents_of(round_),
        panel=panel_of(round_),
        responsibilities=responsibilities_of(round_.responsibility_plan),
        answers=answers,
        survey=survey,
        not_applicable=not_applicable_of(round_),
        gates=gates_of(round_),
        figures=figures_of(round_),
        groups=groups_of(round_),
        aliases=round_.aliases,
    )


def figures_of(round_: Round) -> tuple[Figure, ...]:
    """The figures of a round (所报数字) as they were reported, in their order."""
    place = Place("reported.yaml")
    return tuple(
        Figure(
            key=each.key,
            title=each.title,
            document=each.document,
            value=each.value,
            unit=each.unit,
            of=each.of,
            means=each.means,
            lower_bound=each.lower_bound,
            base=each.base,
            data=each.compared_with,
            split=tuple((part, Decimal(value)) for part, value in each.split),
            split_by=each.split_by,
            members=tuple(each.members),
            place=place,
        )
        for each in round_.figures.order_by("position")
    )
