"""Who of a household is asked: by a rule that anyone repeats, each adult equally likely."""

import hashlib
from collections import Counter
from uuid import UUID

from wenming.stats.sampling.household import Adult, drawn_adult, drawn_place, household_order

INSTANCE = UUID("6f0c1a52-3b7e-4d19-9a41-2c5d8e7f9b10")
LISTED = [Adult(47, "male"), Adult(45, "female"), Adult(19, "female"), Adult(72, "female")]


def test_the_worked_example() -> None:
    """docs/methods/draws.md, section 9."""
    assert [LISTED[each].age for each in household_order(LISTED)] == [72, 47, 45, 19]
    spoken = b"wenming-member-16f0c1a52-3b7e-4d19-9a41-2c5d8e7f9b10"
    word = int(hashlib.sha256(spoken).hexdigest()[:16], 16)
    assert word == 1617801345024009011
    assert drawn_place(INSTANCE, 4) == word % 4 == 3
    assert LISTED[drawn_adult(INSTANCE, LISTED)].age == 19


def test_of_the_same_age_women_come_first_and_then_as_typed() -> None:
    same = [Adult(40, "male"), Adult(40, "female"), Adult(40, "male"), Adult(40, "female")]
    assert household_order(same) == [1, 3, 0, 2]


def test_the_order_of_typing_changes_nobodys_chance() -> None:
    turned = LISTED[::-1]
    assert LISTED[drawn_adult(INSTANCE, LISTED)] == turned[drawn_adult(INSTANCE, turned)]


def test_each_place_is_equally_likely() -> None:
    drawn = Counter(drawn_place(UUID(int=n), 3) for n in range(3000))
    assert all(abs(count - 1000) < 100 for count in drawn.values())  # 3.9 standard deviations
    assert {drawn_place(UUID(int=n), 1) for n in range(9)} == {0}
