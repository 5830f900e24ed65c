"""The draw within a household (户内抽样): who of its adults is asked, and with what weight."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

LABEL = b"wenming-member-1"
ADULT = 18
"""Years of age from which somebody can be drawn."""

_WORD = 8
_WORDS = 4
_SPAN = 1 << (8 * _WORD)


@dataclass(frozen=True, slots=True)
class Adult:
    """Somebody of a household who can be drawn (户内合格成员); the name stays on the phone.

    Attributes:
        age: in whole years.
        sex: `female` or `male`.
    """

    age: int
    sex: str


def household_order(adults: Sequence[Adult]) -> list[int]:
    """Who comes first, second, … (户内排序): the oldest first, then women, then as typed.

    Returns:
        Positions in `adults`, from 0.

    Source:
        docs/methods/draws.md, section 9.
    """
    return sorted(range(len(adults)), key=lambda each: (-adults[each].age, adults[each].sex, each))


def drawn_place(instance: UUID, size: int) -> int:
    """The place in this order of whoever is asked (户内抽中序位), each equally likely.

    Args:
        instance: of the answer sheet; made on the phone before the household is listed.
        size: how many can be drawn; 1 or more.

    Returns:
        A place from 0 to `size` - 1.

    Source:
        docs/methods/draws.md, section 9.
    """
    digest = hashlib.sha256(LABEL + str(instance).encode()).digest()
    fair = _SPAN - _SPAN % size
    while True:
        for number in range(_WORDS):
            word = int.from_bytes(digest[number * _WORD : (number + 1) * _WORD], "big")
            if word < fair:
                return word % size
        digest = hashlib.sha256(digest).digest()


def drawn_adult(instance: UUID, adults: Sequence[Adult]) -> int:
    """Whom the draw hits (户内抽中成员), as a position in the list as typed.

    Args:
        adults: at least one.

    Source:
        docs/methods/draws.md, section 9.
    """
    return household_order(adults)[drawn_place(instance, len(adults))]


def person_weight(household: Decimal, adults: int) -> Decimal:
    """The weight of a person of whom one of several adults was drawn (个人权数).

    Args:
        household: the weight of the household, 1 over its chance; 0 or more.
        adults: how many could be drawn with the same chance, at least 1.

    Source:
        docs/methods/draws.md, section 9.
    """
    return household * adults
