"""The weight of a person who was drawn within a household."""

from decimal import Decimal


def person_weight(household: Decimal, adults: int) -> Decimal:
    """The weight of a person of whom one of several adults was drawn (个人权数).

    Args:
        household: the weight of the household, 1 over its chance; 0 or more.
        adults: how many could be drawn with the same chance, at least 1.

    Source:
        docs/methods/draws.md, section 9; Kish (1949).
    """
    return household * adults
