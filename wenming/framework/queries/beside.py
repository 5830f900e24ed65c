"""What rooms downstream say beside editions and items; the settings name who says it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from wenming.base.models import City, User
from wenming.core.terms import Words
from wenming.framework.models import Edition


@dataclass(frozen=True, slots=True)
class Use:
    """Something that was made with an edition, such as a round (使用处).

    Attributes:
        address: its page; "" when the person may not open it.
    """

    title: Words
    address: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an item stood when it was last scored (现状), drawn by the room that scored it.

    Attributes:
        template: part that draws `row`: state, value against limit, points.
        row: what the part is given.
        address: the page of the result.
    """

    template: str
    row: object
    address: str


@dataclass(frozen=True, slots=True)
class Beside:
    """One room that has something to say (下游).

    Attributes:
        uses: what was made with each of these editions, by identity.
        standings: how the items of an edition stand, by key; as far as the person may see it.
    """

    uses: Callable[[User, City, Iterable[UUID]], Mapping[UUID, Sequence[Use]]]
    standings: Callable[[User, City, UUID], Mapping[str, Standing]]


def uses_of(user: User, city: City, editions: Iterable[Edition]) -> dict[UUID, list[Use]]:
    """What was made with editions (版本使用情况), by the identity of the edition."""
    wanted = [edition.pk for edition in editions]
    found: dict[UUID, list[Use]] = {pk: [] for pk in wanted}
    for room in _rooms():
        for pk, uses in room.uses(user, city, wanted).items():
            found[pk] += uses
    return found


def standings_of(user: User, city: City, edition: Edition) -> dict[str, Standing]:
    """How the items of an edition stand (指标现状), by key; empty when nothing was scored."""
    found: dict[str, Standing] = {}
    for room in _rooms():
        found.update(room.standings(user, city, edition.pk))
    return found


def _rooms() -> Sequence[Beside]:
    rooms: Sequence[Beside] = import_string(settings.FRAMEWORK_BESIDE)
    return rooms
