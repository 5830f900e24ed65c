"""Which work runs in the worker (任务): the only table from a kind of job to what it calls.

The work is a function `(job, progress) -> Mapping | None`; the word for its kind stands in
`base/wording/desk.py` under `job`. docs/reference/desk.md says what it may return.
"""

from collections.abc import Mapping

JOBS: Mapping[str, str] = {
    "check_files": "wenming.base.services.file_check.check_files",
    "gather_round": "wenming.scoring.services.jobs.gather_round",
    "score_round": "wenming.scoring.services.jobs.score_round",
    "verify_results": "wenming.scoring.services.jobs.verify_results",
}
"""Kind of job → dotted path of the function that does it."""

SWEPT_BESIDE: Mapping[str, str] = {
    "forms": "wenming.api.odk.settling.forget_settled",
    "uploads": "wenming.inspection.services.uploads.forget_unfinished",
}
"""What rooms sweep away of their own once an hour → the function that does so."""

DONE_DAILY: Mapping[str, str] = {
    "documents": "wenming.submission.services.telling.remind_by_date",
}
"""What rooms do every morning → the function that does so."""
