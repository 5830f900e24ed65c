"""Long work of scoring, as the worker does it: a run, and a verification."""

from collections.abc import Mapping
from uuid import UUID

from django.urls import reverse

from wenming.base.models import Job
from wenming.base.services.progress import Progress
from wenming.base.wording.figures import printed
from wenming.rounds.models import Collection, Round
from wenming.scoring.queries.gathered import tables_of
from wenming.scoring.services.loading import store_gathered
from wenming.scoring.services.running import run_scoring
from wenming.scoring.services.verifying import frozen_runs, keep_verification, verify_city

STEPS_OF_A_RUN = 3


def score_round(job: Job, progress: Progress) -> Mapping[str, object]:
    """Score the round of a job (计分).

    Returns:
        The address of the run, and a sentence with its score.
    """
    round_ = Round.objects.for_city(job.city).get(pk=UUID(job.parameters["round"]))
    progress.total = STEPS_OF_A_RUN
    steps = iter(range(STEPS_OF_A_RUN))
    run = run_scoring(round_, by=job.by, told=lambda code: progress.step(next(steps), code))
    code = "run_scored"
    facts = {"run": str(run.pk), "number": run.number, "score": printed(run.score)}
    return {"address": reverse("scoring:record", args=[run.pk]), "code": code, "facts": facts}


def gather_round(job: Job, progress: Progress) -> Mapping[str, object]:
    """Gather what a round brought in so far, and score it (汇集计分).

    Returns:
        As `score_round`.
    """
    collection = Collection.objects.for_city(job.city).get(pk=UUID(job.parameters["collection"]))
    progress.total = STEPS_OF_A_RUN + 1
    progress.step(0, "gathering_round")
    round_ = store_gathered(collection, tables_of(collection))
    steps = iter(range(1, STEPS_OF_A_RUN + 1))
    run = run_scoring(round_, by=job.by, told=lambda code: progress.step(next(steps), code))
    facts = {"run": str(run.pk), "number": run.number, "score": printed(run.score)}
    address = reverse("scoring:record", args=[run.pk])
    return {"address": address, "code": "run_scored", "facts": facts}


def verify_results(job: Job, progress: Progress) -> Mapping[str, object]:
    """Verify the frozen results and the audit of the city of a job (结果核验).

    Returns:
        The address of what was found, and a sentence with how much it is.
    """
    progress.total = len(frozen_runs(job.city)) + 1
    progress.step(0, "verifying_audit")
    verified = verify_city(job.city, told=lambda code, facts: progress.step(None, code, **facts))
    kept = keep_verification(job.city, verified, by=job.by)
    facts = {
        "verification": str(kept.pk),
        "results": verified.results,
        "entries": verified.entries,
        "problems": kept.problem_count,
    }
    code = "verified_with_problems" if verified.found else "verified_whole"
    address = reverse("scoring:verification", args=[kept.pk])
    return {"address": address, "code": code, "facts": facts}
