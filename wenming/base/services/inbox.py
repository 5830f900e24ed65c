"""Asks somebody for something, and settles it when it is done (待办)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from wenming.base.models import City, Group, InboxEntry, Unit, User
from wenming.base.services.audit import subject_of
from wenming.core.permissions import Capability


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked: exactly one of a person, a unit, a working group, or all with a capability.

    A unit's request is seen by everybody who holds a post in it, and each may answer it.
    """

    person: User | None = None
    unit: Unit | None = None
    group: Group | None = None
    capability: Capability | None = None

    def __post_init__(self) -> None:
        given = [self.person, self.unit, self.group, self.capability]
        if sum(each is not None for each in given) != 1:
            raise ValueError("exactly one of person, unit, group and capability is asked")

    @property
    def columns(self) -> dict[str, object]:
        """The same as columns of an inbox entry."""
        return {
            "person": self.person,
            "unit": self.unit,
            "group": self.group,
            "capability": self.capability.value if self.capability else "",
        }


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked, why, until when, and what hangs on it (待办事项).

    Attributes:
        code: key of the sentence that says what is asked; `<code>_why` may say why.
        subject: the row that it is about.
        address: the page on which it is answered; it is opened in a drawer.
        facts: what the sentences need, by name; plain values only.
        due: None for no deadline.
        worth: points that hang on it; None where they are not known.
        minutes: the time it usually takes; None where it is not known.
    """

    code: str
    to: Asked
    subject: models.Model
    address: str
    facts: Mapping[str, object] = field(default_factory=dict)
    due: datetime | None = None
    worth: Decimal | None = None
    minutes: int | None = None


@transaction.atomic
def ask(wanted: Asking, *, city: City, by: User | None) -> InboxEntry:
    """Put something into somebody's inbox (提出待办).

    What is asked again while it is open is brought up to date instead of asked twice. The audit
    records the act that leads to it; the inbox only follows from that.

    Args:
        by: who asks; None for the program itself.
    """
    key = {
        "city": city,
        "code": wanted.code,
        "subject": subject_of(wanted.subject),
        **wanted.to.columns,
    }
    rest = {
        "address": wanted.address,
        "facts": dict(wanted.facts),
        "due": wanted.due,
        "worth": wanted.worth,
        "minutes": wanted.minutes,
        "asked_by": by,
    }
    if not _brought_up_to_date(key, rest):
        try:
            with transaction.atomic():
                return InboxEntry.objects.create(**key, **rest)
        except IntegrityError:  # somebody else asked the same in this moment
            _brought_up_to_date(key, rest)
    entry: InboxEntry = InboxEntry.objects.open().get(**key)
    return entry


def _brought_up_to_date(key: Mapping[str, object], rest: Mapping[str, object]) -> bool:
    return bool(InboxEntry.objects.open().filter(**key).update(**rest))


def settle(subject: models.Model, *, code: str = "", by: User | None) -> int:
    """Take what was asked about a row out of the inboxes (办结待办); it stays to be looked up.

    Args:
        code: only this; "" for everything that is asked about the row.
        by: who did it; None when it settled itself.

    Returns:
        How many entries were settled.
    """
    found = InboxEntry.objects.open().filter(subject=subject_of(subject))
    if code:
        found = found.filter(code=code)
    return found.update(settled_at=timezone.now(), settled_by=by)
