"""A scoring run as long work, for as long as the program lists none of its own."""

from collections.abc import Mapping
from uuid import UUID

from wenming.base.models import Job
from wenming.base.services.progress import Progress
from wenming.rounds.models import Round
from wenming.scoring.services import run_scoring


def score_round(job: Job, progress: Progress) -> Mapping[str, object]:
    """Score the round of a job."""
    progress.total = 2
    progress.step(0, "checking_files")
    run = run_scoring(Round.objects.get(pk=UUID(job.parameters["round"])))
    progress.step(1, "checking_files")
    return {"code": "files_whole", "facts": {"count": run.number}}
