"""Sets the quotas of a round; they guide interviewers and never refuse a sheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from wenming.base.access import check
from wenming.base.models import User
from wenming.base.services.audit import record
from wenming.core.errors import DomainError
from wenming.core.lifecycle import CollectionState
from wenming.core.permissions import Capability
from wenming.core.questionnaire import Cell, is_possible_cell
from wenming.rounds.services.collections import CollectionClosed
from wenming.survey.models import Fieldwork, Quota
from wenming.survey.queries.instruments import instrument_of

MOST_QUOTAS = 300
MOST_WANTED = 1_000_000


class QuotaCellUnknown(DomainError):
    """A cell names a question, a choice or a range that the questionnaire does not have."""

    code = "quota_cell_unknown"


class QuotaTwice(DomainError):
    """The same cell stands twice among the quotas."""

    code = "quota_twice"


class TooManyQuotas(DomainError):
    """There are more cells than anybody could follow."""

    code = "too_many_quotas"


@dataclass(frozen=True, slots=True)
class QuotaWish:
    """How many sheets of a cell are wanted (配额要求)."""

    cell: Cell
    wanted: int


@transaction.atomic
def set_quotas(fieldwork: Fieldwork, wishes: Sequence[QuotaWish], *, by: User) -> list[Quota]:
    """Say whom a round wants how often (设定配额), in place of what was said before.

    Raises:
        TooManyQuotas, QuotaTwice: see above.
        QuotaCellUnknown: the questionnaire of the round cannot have such a cell.
        CollectionClosed: the round was closed.
        PermissionDenied: `by` may not edit questionnaires of the round.
    """
    check(by, Capability.EDIT_QUESTIONNAIRE, fieldwork)
    fresh = Fieldwork.objects.select_for_update(of=("self",)).get(pk=fieldwork.pk)
    if fresh.collection.state == CollectionState.CLOSED:
        raise CollectionClosed(round=fresh.collection.title_zh)
    if len(wishes) > MOST_QUOTAS:
        raise TooManyQuotas(most=MOST_QUOTAS, count=len(wishes))
    instrument = instrument_of(fresh.instrument)
    cells: list[Cell] = []
    for n, wish in enumerate(wishes, start=1):
        if not is_possible_cell(wish.cell, instrument):
            raise QuotaCellUnknown(n=n)
        if wish.cell in cells:
            raise QuotaTwice(n=n, before=cells.index(wish.cell) + 1)
        cells.append(wish.cell)
    Quota.objects.filter(fieldwork=fresh).delete()
    made = Quota.objects.bulk_create(
        Quota(
            city_id=fresh.city_id, fieldwork=fresh, position=n, cell=dict(each.cell),
            wanted=each.wanted,
        )
        for n, each in enumerate(wishes)
    )  # fmt: skip
    said = [{"cell": dict(each.cell), "wanted": each.wanted} for each in wishes]
    detail = {"n": len(made), "wanted": sum(each.wanted for each in wishes), "quotas": said}
    record("quotas.set", by=by, city=fresh.city, subject=fresh, detail=detail)
    return made
