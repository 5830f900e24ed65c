"""An edition as plain values in one canonical form, and the hash that names it."""

import hashlib
import json
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum

from wenming.core.framework.model import Edition


def plain(value: object) -> object:
    """A value as text, numbers, lists and dictionaries, the same on every machine.

    Decimals become text without trailing zeros, sets become sorted lists, and a
    dataclass becomes a dictionary with the name of its class under `is`.
    """
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if is_dataclass(value) and not isinstance(value, type):
        named = {each.name: plain(getattr(value, each.name)) for each in fields(value)}
        return {"is": type(value).__name__} | named
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(each) for key, each in value.items()}
    if isinstance(value, Set):
        return sorted(str(plain(each)) for each in value)
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value


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
