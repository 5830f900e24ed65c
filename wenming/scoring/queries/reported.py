"""Figures as papers report them, beside what a run found to be wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass

from wenming.scoring.models import Figure, ReportedDocument, Run


@dataclass(frozen=True, slots=True)
class ReportedFigures:
    """The figures (所报数字) of one paper.

    Attributes:
        document: None for figures that name no known paper.
        figures: in the order of the paper.
    """

    document: ReportedDocument | None
    figures: Sequence[Figure]


def reported_figures(run: Run) -> list[ReportedFigures]:
    """What each paper of the round reports, in the order of the papers."""
    documents = list(ReportedDocument.objects.filter(round=run.round_id).order_by("position"))
    figures = list(Figure.objects.filter(round=run.round_id).order_by("position"))
    known = {document.key for document in documents}
    listed = [
        ReportedFigures(document, [each for each in figures if each.document == document.key])
        for document in documents
    ]
    others = [each for each in figures if each.document not in known]
    return listed + ([ReportedFigures(None, others)] if others else [])
