"""An edition as plain values in one canonical form, and the hash that names it."""

import hashlib
import json
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache

from wenming.core.framework.model import WHERE_ANY, Edition

_LEAVES = frozenset({str, int, float, bool, type(None)})
_PLACES = frozenset({"place", "places"})


def plain(value: object) -> object:
    """A value as text, numbers, lists and dictionaries, the same on every machine.

    Decimals become text without trailing zeros, days ISO 8601, sets sorted lists, and a
    dataclass becomes a dictionary with the name of its class under `is`. Where something
    was read (`place`) is no part of what it says, and is left out.
    """
    if type(value) in _LEAVES:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if is_dataclass(value) and not isinstance(value, type):
        said = {name: getattr(value, name) for name in _field_names(type(value))}
        later = _later_names(type(value))
        return {"is": type(value).__name__} | {
            name: plain(each)
            for name, each in said.items()
            if each is not None or name not in later
        }
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(each) for key, each in value.items()}
    if isinstance(value, Set):
        return sorted(str(plain(each)) for each in value)
    if isinstance(value, list | tuple):
        return [each if type(each) in _LEAVES else plain(each) for each in value]
    return value


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind) if each.name not in _PLACES)


@cache
def _later_names(kind: type) -> frozenset[str]:
    return frozenset(each.name for each in fields(kind) if WHERE_ANY in each.metadata)


def canonical_json(value: object) -> bytes:
    """Canonical JSON: sorted keys, no blanks, UTF-8."""
    return json.dumps(
        plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def digest(value: object) -> str:
    """SHA-256 of the canonical JSON of a value, in hexadecimal."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def plain_edition(edition: Edition) -> object:
    """The whole edition as plain values, for storing and for hashing."""
    return plain(edition)


def edition_hash(edition: Edition) -> str:
    """The hash that names the content of an edition; file layout and comments do not matter."""
    return digest(edition)
