"""Pages of documents: what is asked for, what was handed in, its review."""

from wenming.submission.views.coverage import by_unit, coverage, home
from wenming.submission.views.package import package
from wenming.submission.views.papers import again, following, paper, queue, step, version_file
from wenming.submission.views.requirements import add, build, drop, edit, remind, requirement

__all__ = [
    "add",
    "again",
    "build",
    "by_unit",
    "coverage",
    "drop",
    "edit",
    "following",
    "home",
    "package",
    "paper",
    "queue",
    "remind",
    "requirement",
    "step",
    "version_file",
]
