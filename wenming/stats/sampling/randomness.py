"""Random numbers that anyone can make again: SHA-256 of a seed, a label and a counter."""

import hashlib
from dataclasses import dataclass, field

from wenming.stats.sampling.errors import DrawError

SEED_BYTES = 32
WORD_BYTES = 8
WORD_BITS = 8 * WORD_BYTES


def packed(*texts: str) -> bytes:
    """Texts as bytes that can be read in one way only.

    Returns:
        For each text its length in UTF-8 bytes (4 bytes, big-endian), then these bytes.

    Source:
        docs/methods/draws.md, section 2, "Labels".
    """
    raws = [text.encode() for text in texts]
    return b"".join(len(raw).to_bytes(4, "big") + raw for raw in raws)


def ticket(seed: bytes, label: tuple[str, ...], key: str) -> bytes:
    """The lot that `key` draws under `label`: whoever has the smallest comes first.

    Returns:
        32 bytes: SHA-256 of the seed, the label's texts and the key, all packed.

    Raises:
        DrawError: `seed_not_32_bytes`.

    Source:
        docs/methods/draws.md, section 2, "Tickets".
    """
    check_seed(seed)
    return hashlib.sha256(seed + packed(*label, key)).digest()


def in_hash_order(keys: list[str], *, seed: bytes, label: tuple[str, ...]) -> list[str]:
    """The keys by their tickets, smallest first; equal tickets, should they ever be, by key.

    Raises:
        DrawError: `seed_not_32_bytes`.

    Source:
        docs/methods/draws.md, section 2, "Tickets".
    """
    return sorted(keys, key=lambda key: (ticket(seed, label, key), key))


def check_seed(seed: bytes) -> None:
    """Refuse a seed of another length than 32 bytes.

    Raises:
        DrawError: `seed_not_32_bytes`.

    Source:
        docs/methods/draws.md, section 2, "Seed".
    """
    if len(seed) != SEED_BYTES:
        raise DrawError("seed_not_32_bytes", length=len(seed))


@dataclass(slots=True)
class Stream:
    """An endless row of random 64-bit words under one label.

    Attributes:
        seed: 32 bytes.
        label: texts that name what the words are for; another label, other words.
        position: how many words have been taken.
    """

    seed: bytes
    label: tuple[str, ...]
    position: int = field(default=0, init=False)
    _prefix: bytes = field(default=b"", init=False, repr=False)

    def __post_init__(self) -> None:
        check_seed(self.seed)
        self._prefix = self.seed + packed(*self.label)

    def word(self) -> int:
        """The next word: the first 8 bytes of SHA-256(seed ‖ label ‖ counter), big-endian.

        Returns:
            An integer from 0 to 2**64 - 1.

        Source:
            docs/methods/draws.md, section 2, "Words".
        """
        counter = self.position.to_bytes(WORD_BYTES, "big")
        self.position += 1
        return int.from_bytes(hashlib.sha256(self._prefix + counter).digest()[:WORD_BYTES], "big")

    def below(self, limit: int) -> int:
        """An integer from 0 to `limit` - 1, each equally likely.

        Words beyond the last whole multiple of `limit` are passed over, because a remainder
        alone would favour small numbers. A `limit` above 2**64 takes several words at a time.

        Args:
            limit: 1 or more.

        Source:
            docs/methods/draws.md, section 2, "Integers".
        """
        words = max(1, -(-(limit - 1).bit_length() // WORD_BITS))
        span = 1 << (WORD_BITS * words)
        fair = span - span % limit
        while True:
            drawn = self.word()
            for _ in range(words - 1):
                drawn = (drawn << WORD_BITS) | self.word()
            if drawn < fair:
                return drawn % limit
