"""Loads rounds and scores them; each function is one action, whole or not at all."""

from wenming.scoring.services.loading import RoundAlreadyScored, load_round
from wenming.scoring.services.running import load_folder, run_scoring

__all__ = ["RoundAlreadyScored", "load_folder", "load_round", "run_scoring"]
