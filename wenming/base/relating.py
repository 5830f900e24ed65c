"""What the rooms that stand above say of a unit, without being known below."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from wenming.base.models import Unit, User


@dataclass(frozen=True, slots=True)
class Related:
    """What another room holds for a unit (相关信息).

    Attributes:
        address: where it is shown; "" for nowhere.
    """

    title: str | Promise
    count: int
    address: str = ""


RelatedFinder = Callable[[User, Unit], Iterable[Related]]
