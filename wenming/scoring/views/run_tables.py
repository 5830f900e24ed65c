"""The lists of runs and of verifications: columns, filters, and what they say when empty."""

from dataclasses import replace
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from wenming.base import wording
from wenming.base.tables import Column, Empty, Table, TableFilter
from wenming.base.templatetags.figures import words
from wenming.base.wording.figures import interval
from wenming.core.lifecycle import RunState
from wenming.core.permissions import Capability
from wenming.rounds.models import Round
from wenming.scoring.models import Run, Verification


class RunFilter(TableFilter):
    """Runs of one round, in one state."""

    round = forms.ChoiceField(label=_("Round"))
    state = forms.ChoiceField(label=_("State of the run"))

    def offer(self) -> None:
        """Rounds of the city, whatever their revision; the three states."""
        seen = Round.objects.visible_to(self.user).for_city(self.city).order_by("-loaded_at")
        rounds = {each.key: words(each.title) or each.key for each in seen}
        self.choices_of("round", list(rounds.items()))
        language = get_language() or "zh"
        states = [(each.value, wording.label("run_state", each, language)) for each in RunState]
        self.choices_of("state", states)

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The runs that fit."""
        ways = {"round": "round__key", "state": "state"}
        return rows.filter(**{ways[name]: value for name, value in self.chosen.items()})


def _interval(run: Run) -> str | None:
    if run.score is None or run.low is None or run.high is None:
        return None
    ends = interval(run.low, run.high)
    return gettext("%(ends)s, score outside") % {"ends": ends} if run.outside else ends


RUNS = Table(
    key="runs",
    title=_("Runs and results"),
    columns=(
        Column("number", _("Run"), sort="number"),
        Column("round.title", _("Round"), kind="words", sort="round__title_zh"),
        Column("round.revision", _("Revision"), kind="number", is_optional=True),
        Column(
            "state", _("State of the run"), label="run_state", sort="state",
            template="scoring/parts/run_badge.html",
        ),
        Column("result_number", _("Result number"), sort="result_number"),
        Column("score", _("Score"), kind="points", sort="score"),
        Column("interval", _("Interval"), value=_interval),
        Column("coverage", _("Coverage"), kind="share", sort="coverage"),
        Column("by.name", _("Computed by"), sort="by__name"),
        Column("finished_at", _("Computed"), kind="moment", sort="finished_at"),
        Column("frozen_at", _("Frozen at"), kind="moment", sort="frozen_at", is_optional=True),
        Column("engine_version", _("Program"), is_optional=True),
        Column("digest", _("Digest"), is_optional=True),
    ),
    sort="-number",
    filters=RunFilter,
    address=lambda run: reverse("scoring:record", args=[run.pk]),
    empty=Empty(
        _("No round has been scored yet"),
        _("Each scoring of a round is kept here, until one of them is frozen as the result."),
        "scoring:score",
        _("Score a round"),
        Capability.RUN_SCORING,
    ),
)  # fmt: skip

OF_THE_WHOLE_CITY = frozenset({"score", "interval", "coverage"})

RUNS_WITHOUT_SCORE = replace(
    RUNS, columns=tuple(each for each in RUNS.columns if each.key not in OF_THE_WHOLE_CITY)
)
"""For whoever may know of the runs, but not what the city scores."""


def _outcome(verification: Verification) -> str:
    return "whole" if not verification.problem_count else "broken"


VERIFICATIONS = Table(
    key="verifications",
    title=_("Verification of results"),
    columns=(
        Column("finished_at", _("Verified at"), kind="moment", sort="finished_at"),
        Column(
            "outcome", _("Outcome"), label="verification", value=_outcome,
            template="scoring/parts/verification_badge.html",
        ),
        Column("problem_count", _("Discrepancies"), kind="number", sort="problem_count"),
        Column("results", _("Results looked at"), kind="number", sort="results"),
        Column("entries", _("Audit entries looked at"), kind="number", sort="entries"),
        Column("by.name", _("Asked for by"), sort="by__name"),
        Column("engine_version", _("Program"), is_optional=True),
    ),
    sort="-finished_at",
    address=lambda row: reverse("scoring:verification", args=[row.pk]),
    empty=Empty(
        _("Nothing has been verified yet"),
        _(
            "“Verify now” computes every frozen result again from its rows, compares each row with "
            "what it was, and follows the chains of results and audit."
        ),
    ),
)  # fmt: skip
