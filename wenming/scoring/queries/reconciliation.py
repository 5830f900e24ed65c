"""The reconciliation desk: papers with their figures, and what does not fit beside each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from wenming.base.models import Attachment
from wenming.core.lifecycle import SettlementState
from wenming.rounds.models import Round
from wenming.scoring.models import Figure, ReportedDocument, Settlement

Known = tuple[str, str]


@dataclass(frozen=True, slots=True)
class DeskFigure:
    """One figure as the desk shows it (所报数字).

    Attributes:
        whole: the figure that it is a part of; None for none.
        own: the system's own figure that it is compared with; None where that is not known.
        open, settled: findings that name it.
    """

    figure: Figure
    whole: Figure | None
    own: int | None
    open: int
    settled: int


@dataclass(frozen=True, slots=True)
class DeskPaper:
    """One paper with its figures, in its order.

    Attributes:
        document: None for figures that name no known paper.
        file: the paper itself; None where nobody brought it, or the person may not open it.
    """

    document: ReportedDocument | None
    figures: Sequence[DeskFigure]
    file: Attachment | None = None


def desk_papers(
    round_: Round,
    documents: Sequence[ReportedDocument],
    settlements: Sequence[Settlement],
    own: Mapping[str, int],
    *,
    files: Mapping[UUID, Sequence[Attachment]],
) -> list[DeskPaper]:
    """The papers of a round with their figures and findings, in the order of the papers.

    Args:
        documents: the papers, in their order.
        settlements: what the latest check found.
        own: the system's own figures by name; empty when none are known.
        files: those of each paper that the reader may open, the latest first.
    """
    figures = list(Figure.objects.filter(round=round_).order_by("position"))
    by_name = {(each.document, each.key): each for each in figures}
    found = {state: _named(settlements, state) for state in SettlementState}
    keys = {document.key for document in documents}
    rows = [
        DeskFigure(
            figure,
            whole=by_name.get((figure.document, figure.of)) if figure.of else None,
            own=own.get(figure.compared_with),
            open=found[SettlementState.OPEN][figure.document, figure.key],
            settled=found[SettlementState.SETTLED][figure.document, figure.key],
        )
        for figure in figures
    ]
    papers = [
        DeskPaper(
            document,
            [row for row in rows if row.figure.document == document.key],
            file=next(iter(files.get(document.pk, ())), None),
        )
        for document in documents
    ]
    others = [row for row in rows if row.figure.document not in keys]
    return papers + ([DeskPaper(None, others)] if others else [])


def figures_named(settlement: Settlement) -> list[Known]:
    """Document and key of each figure that a finding is about."""
    facts = settlement.facts
    if not facts.get("key"):
        return []
    beside = facts.get("documents")
    if isinstance(beside, list):
        return [(str(each["document"]), str(facts["key"])) for each in beside]
    named = [(settlement.document, str(facts["key"]))]
    if facts.get("whole_key"):
        named.append((settlement.document, str(facts["whole_key"])))
    return named


def figures_of_finding(settlement: Settlement) -> list[Figure]:
    """The figures that a finding is about, as they stand now, in their order."""
    names = set(figures_named(settlement))
    if not names or settlement.round_id is None:
        return []
    same = Figure.objects.filter(round=settlement.round_id, key__in={key for _doc, key in names})
    return [each for each in same.order_by("position") if (each.document, each.key) in names]


def _named(settlements: Sequence[Settlement], state: SettlementState) -> Counter[Known]:
    of_state = [each for each in settlements if each.state == state]
    return Counter(name for each in of_state for name in figures_named(each))
