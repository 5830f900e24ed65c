"""Chance that gives the same on every Python: only `Random.random`, and arithmetic on it."""

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A stream of chance for one purpose; streams of different names do not disturb each other.

    `Random.random` is documented to stay the same for a seed; the other methods of
    `random` are not, so that whole numbers and choices are made here.
    """

    def __init__(self, seed: int, name: str) -> None:
        # Made-up evidence needs repeatable chance, not secret chance.
        self._random = random.Random(f"{seed}/{name}").random  # noqa: S311  # nosec B311

    def share(self) -> float:
        """A number from 0 up to, but not including, 1."""
        return self._random()

    def happens(self, probability: float) -> bool:
        """Whether something of this probability happens."""
        return self._random() < probability

    def number(self, least: int, most: int) -> int:
        """A whole number from `least` to `most`, both possible."""
        return least + int(self._random() * (most - least + 1))

    def one_of(self, choices: Sequence[T]) -> T:
        """One of the choices, each equally likely."""
        return choices[int(self._random() * len(choices))]

    def some_of(self, choices: Sequence[T], count: int) -> list[T]:
        """`count` different choices in random order; all of them when there are fewer."""
        left = list(choices)
        return [left.pop(int(self._random() * len(left))) for _ in range(min(count, len(left)))]

    def bell(self) -> float:
        """A number around 0 with standard deviation 1: the sum of twelve shares, less 6."""
        return sum(self._random() for _ in range(12)) - 6
