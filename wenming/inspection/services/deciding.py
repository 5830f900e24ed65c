"""What the office does with a visit that was handed in: take it as evidence, or send it back."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from wenming.base.models import User
from wenming.base.services.inbox import Asked, Asking, ask
from wenming.base.transitions import transition
from wenming.core.errors import DomainError
from wenming.core.lifecycle import VisitAction
from wenming.inspection.models import SiteVisit
from wenming.rounds.services.collections import require_open

PHONE = "/field/"


class RemarkUnknownLine(DomainError):
    """A remark names a line that is not in the checklist of the visit."""

    code = "remark_unknown_line"


@transaction.atomic
def accept_visit(visit: SiteVisit, *, by: User) -> SiteVisit:
    """Take a visit as evidence (采用考察记录).

    Raises:
        CollectionNotOpen: the round was closed.
        TransitionNotAllowed, PermissionDenied: see `transition`.
    """
    require_open(visit.collection)
    return transition(visit, VisitAction.ACCEPT, by=by, title=visit.site.name)


@transaction.atomic
def accept_visits(visits: Sequence[SiteVisit], *, by: User) -> int:
    """Take several visits as evidence at once (批量采用); all of them or none.

    Raises:
        CollectionNotOpen, TransitionNotAllowed, PermissionDenied: as `accept_visit`.
    """
    for visit in sorted(visits, key=lambda each: each.pk):
        accept_visit(visit, by=by)
    return len(visits)


@transaction.atomic
def return_visit(
    visit: SiteVisit, *, because: str, remarks: Mapping[str, str] | None = None, by: User
) -> SiteVisit:
    """Send a visit back to be corrected (退回更正); both of the pair are told.

    Args:
        remarks: what is wrong, by the line of the checklist; blank ones are left out.

    Raises:
        FactsMissing: no reason is given.
        RemarkUnknownLine: a remark is about a line that the sheet does not have.
        CollectionNotOpen: the round was closed.
        TransitionNotAllowed, PermissionDenied: see `transition`.
    """
    require_open(visit.collection)
    told = {line: text.strip() for line, text in (remarks or {}).items() if text.strip()}
    last = visit.sheets.order_by("-version").first()
    known = set(last.records.values_list("line", flat=True)) if last else set()
    for line in told.keys() - known:
        raise RemarkUnknownLine(line=line)
    moved = transition(
        visit,
        VisitAction.RETURN,
        by=by,
        returned_because=because.strip(),
        remarks=[{"line": line, "text": text} for line, text in told.items()],
        version=(last.version if last else 0) + 1,
        not_possible="",
        title=visit.site.name,
    )
    _tell_pair(moved, by)
    return moved


def _tell_pair(visit: SiteVisit, by: User) -> None:
    facts = {"site": visit.site.name, "because": visit.returned_because}
    for each in visit.inspectors.select_related("person"):
        asking = Asking(
            "visit_returned",
            to=Asked(person=each.person),
            subject=visit,
            address=PHONE,
            facts=facts,
            minutes=15,
        )
        ask(asking, city=visit.city, by=by)
