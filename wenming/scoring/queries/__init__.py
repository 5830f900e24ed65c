"""Questions across tables: what a run says, and the evidence behind it."""

from wenming.scoring.queries.answers import AnswerCount, Counts, QuestionCounts, answer_counts
from wenming.scoring.queries.changes import earlier_of
from wenming.scoring.queries.gaps import GapBy, GapRow, LeadOverlap, gap_rows, lead_overlap
from wenming.scoring.queries.history import history_of
from wenming.scoring.queries.recorded import evidence_of
from wenming.scoring.queries.reported import ReportedFigures, reported_figures
from wenming.scoring.queries.results import (
    ItemFilter,
    SortBy,
    item_result,
    items_of,
    latest_run,
    neighbours,
    newer_run,
    next_revision,
)
from wenming.scoring.queries.seen import SeenRun, seen_by
from wenming.scoring.queries.trace import (
    ItemEvidence,
    SeenLine,
    SiteVisit,
    document,
    evidence_behind,
    observation,
    site_visit,
)

__all__ = [
    "AnswerCount",
    "Counts",
    "GapBy",
    "GapRow",
    "ItemEvidence",
    "ItemFilter",
    "LeadOverlap",
    "QuestionCounts",
    "ReportedFigures",
    "SeenLine",
    "SeenRun",
    "SiteVisit",
    "SortBy",
    "answer_counts",
    "document",
    "earlier_of",
    "evidence_behind",
    "evidence_of",
    "gap_rows",
    "history_of",
    "item_result",
    "items_of",
    "latest_run",
    "lead_overlap",
    "neighbours",
    "newer_run",
    "next_revision",
    "observation",
    "reported_figures",
    "seen_by",
    "site_visit",
]
