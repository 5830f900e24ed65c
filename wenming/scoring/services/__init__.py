"""Loads rounds and scores them; each function is one action, whole or not at all."""

from wenming.scoring.services.freezing import CorrectionUnexplained, RunOutdated, freeze_run
from wenming.scoring.services.loading import RoundAlreadyScored, load_round
from wenming.scoring.services.revising import CorrectionNotPossible, begin_correction
from wenming.scoring.services.running import load_folder, run_scoring

__all__ = [
    "CorrectionNotPossible",
    "CorrectionUnexplained",
    "RoundAlreadyScored",
    "RunOutdated",
    "begin_correction",
    "freeze_run",
    "load_folder",
    "load_round",
    "run_scoring",
]
