"""How far a round is, as each method's room says it; without those rooms being known here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from wenming.base.models import User
from wenming.core.terms import Method
from wenming.rounds.models import Collection


@dataclass(frozen=True, slots=True)
class MethodProgress:
    """How far one method of a round is (采集进度).

    Attributes:
        unit: what is counted, such as visits.
        wanted: how many are wanted; None where nobody said.
        waiting: how many wait for somebody to look at them.
        address: where they are listed; "" for nowhere.
    """

    method: Method
    done: int
    unit: str | Promise
    wanted: int | None = None
    waiting: int = 0
    address: str = ""

    @property
    def percent(self) -> Decimal | None:
        """How much of what is wanted is done, at most 100; None where nobody said how much."""
        if not self.wanted:
            return None
        return min(Decimal(100), Decimal(self.done) * 100 / self.wanted)


ProgressFinder = Callable[[User, Collection], MethodProgress | None]


def progress_of(user: User, collection: Collection) -> Sequence[MethodProgress]:
    """How far each method of a round is (采集进度), as far as the person may see it."""
    finders: Sequence[ProgressFinder] = import_string(settings.DESK_ROUND_PROGRESS)
    found = [finder(user, collection) for finder in finders]
    return [each for each in found if each is not None and collection.uses(each.method)]
