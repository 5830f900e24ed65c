"""The settings of the program, in which a round can be scored as long work in any case."""

from wenming.config import settings as own

globals().update({name: value for name, value in vars(own).items() if name.isupper()})
JOBS = {"score_round": "tests.operations.scoring_work.score_round", **own.JOBS}
