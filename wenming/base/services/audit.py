"""Adds entries to the audit chain, and finds where a chain was tampered with."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import models, transaction
from django.utils import timezone

from wenming.base.models import AuditEntry, AuditHead, City, User

_request: ContextVar[str] = ContextVar("request", default="")


@contextmanager
def in_request(number: str) -> Iterator[None]:
    """Entries that are recorded meanwhile carry the number of the request."""
    token = _request.set(number)
    try:
        yield
    finally:
        _request.reset(token)


def request_number() -> str:
    """The number of the request that is being answered; "" outside of one."""
    return _request.get()


def subject_of(row: models.Model) -> str:
    """The name by which the audit knows a row: its kind and identity."""
    return f"{row._meta.label_lower}:{row.pk}"


@transaction.atomic
def record(
    action: str,
    *,
    by: User | None,
    city: City | None,
    subject: models.Model | str = "",
    detail: Mapping[str, object] | None = None,
) -> AuditEntry:
    """Write down what was done (审计记录), in the transaction in which it is done.

    The head of the city's chain stays locked until the transaction ends, so that entries are
    numbered without a gap. Record last, or everybody else waits for the rest of the work.

    Args:
        by: None for the program itself.
        city: None for what belongs to no city.
        detail: facts by name; anything but numbers and lists is kept as text.
    """
    head = _locked_head(city)
    entry = AuditEntry(
        head=head,
        number=head.number + 1,
        at=timezone.now(),
        actor=by,
        action=action,
        subject=subject if isinstance(subject, str) else subject_of(subject),
        detail=_plain(detail or {}),
        request=_request.get(),
        before=head.hash,
    )
    entry.hash = hash_of(entry, city_id=head.city_id)
    entry.save(force_insert=True)
    head.number, head.hash = entry.number, entry.hash
    head.save(update_fields=["number", "hash"])
    return entry


def _locked_head(city: City | None) -> AuditHead:
    heads = AuditHead.objects.select_for_update().filter(city=city)
    head = heads.first()
    if head is None:
        AuditHead.objects.bulk_create([AuditHead(city=city)], ignore_conflicts=True)
        head = heads.get()
    return head


def _plain(detail: Mapping[str, object]) -> dict[str, object]:
    text = json.dumps(dict(detail), default=str, ensure_ascii=False)
    plain: dict[str, object] = json.loads(text)
    return plain


def hash_of(entry: AuditEntry, *, city_id: object) -> str:
    """The SHA-256 of an entry with the hash before it, in hexadecimal digits.

    Source: docs/methods/audit.md.
    """
    content = [
        entry.before,
        str(city_id or ""),
        entry.number,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        str(entry.actor_id or ""),
        entry.action,
        entry.subject,
        entry.detail,
        entry.request,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Tampering:
    """A place where the chain does not hold (审计链异常).

    Attributes:
        code: a key of the wording table.
        number: of the entry; where one is missing, the number that it had.
        at: when the entry says it was written; None for a missing one.
    """

    code: str
    number: int
    at: datetime | None = None


def verify_chain(head: AuditHead) -> list[Tampering]:
    """Every place where a chain was changed, shortened or reordered (审计链核验).

    Returns:
        In the order of the numbers; empty when the chain holds.
    """
    found: list[Tampering] = []
    before, expected = "", 1
    for entry in head.entries.order_by("number").iterator(chunk_size=2000):
        found += [Tampering("audit_missing", n) for n in range(expected, entry.number)]
        if entry.hash != hash_of(entry, city_id=head.city_id):
            found.append(Tampering("audit_changed", entry.number, entry.at))
        elif entry.before != before and entry.number == expected:
            found.append(Tampering("audit_reordered", entry.number, entry.at))
        before, expected = entry.hash, entry.number + 1
    found += [Tampering("audit_missing", n) for n in range(expected, head.number + 1)]
    if not found and (head.number, head.hash) != (expected - 1, before):
        found.append(Tampering("audit_head_changed", head.number))
    return found
