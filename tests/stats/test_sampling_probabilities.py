"""Inclusion probabilities: by exact enumeration of the very code, and by counting over seeds."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations, permutations, product
from math import prod

import pytest

from wenming.stats.sampling import make_draw, plan_from
from wenming.stats.sampling.lots import (
    Source,
    certain_units,
    draw_pps,
    draw_simple,
    sampford_trial,
    systematic_places,
)
from wenming.stats.sampling.randomness import Stream

Subset = frozenset[str]

SIZES = [
    ({"a": 1, "b": 2, "c": 3, "d": 2}, 2),
    ({"a": 1, "b": 1, "c": 1, "d": 2, "e": 2}, 3),
    ({"a": 5, "b": 1, "c": 1}, 1),
    ({"a": 2, "b": 2, "c": 2, "d": 2}, 3),
    ({"a": 3, "b": 4, "c": 4}, 2),
]
#: Upper 0.1 % points of chi-square by degrees of freedom.
CHI_SQUARE = {5: 20.5, 9: 27.9, 23: 49.7}


class EveryChoice(Stream):
    """A stream that walks through all that could be drawn, one path at a time."""

    def __init__(self) -> None:
        super().__init__(bytes(32), ())
        self.path: list[tuple[int, int]] = []

    def below(self, limit: int) -> int:
        if self.position == len(self.path):
            self.path.append((0, limit))
        choice, known = self.path[self.position]
        assert known == limit
        self.position += 1
        return choice

    def next_path(self) -> bool:
        """Turn to the next path; false when all have been walked."""
        self.position = 0
        while self.path and self.path[-1][0] == self.path[-1][1] - 1:
            self.path.pop()
        if self.path:
            choice, limit = self.path[-1]
            self.path[-1] = (choice + 1, limit)
        return bool(self.path)


def outcomes(
    act: Callable[[Stream], list[str] | None],
) -> Iterator[tuple[Subset | None, Fraction]]:
    """Every outcome of an act with its exact probability."""
    stream = EveryChoice()
    while True:
        chosen = act(stream)
        chance = Fraction(1, prod(limit for _, limit in stream.path))
        yield None if chosen is None else frozenset(chosen), chance
        if not stream.next_path():
            return


def design_of(sizes: dict[str, int], n: int) -> dict[Subset, Fraction]:
    """The exact probability of each set, given that a trial succeeds."""
    chances: Counter[Subset] = Counter()
    for chosen, chance in outcomes(lambda stream: sampford_trial(sizes, n, stream)):
        if chosen is not None:
            chances[chosen] += chance
    whole = sum(chances.values())
    return {chosen: Fraction(chance) / whole for chosen, chance in chances.items()}


def sampford_by_his_own_rule(sizes: dict[str, int], n: int) -> dict[Subset, Fraction]:
    """One unit by p, n - 1 more with replacement by p / (1 - n·p), until all differ."""
    whole = sum(sizes.values())
    share = {key: Fraction(size, whole) for key, size in sizes.items()}
    odds = {key: p / (1 - n * p) for key, p in share.items()}
    chances: Counter[Subset] = Counter()
    for drawn in product(sizes, repeat=n):
        if len(set(drawn)) == n:
            chances[frozenset(drawn)] += share[drawn[0]] * prod(odds[key] for key in drawn[1:])
    total = sum(chances.values())
    return {chosen: Fraction(chance) / total for chosen, chance in chances.items()}


def inclusion(design: dict[Subset, Fraction]) -> dict[str, Fraction]:
    counts: Counter[str] = Counter()
    for chosen, chance in design.items():
        counts.update(dict.fromkeys(chosen, chance))
    return {key: Fraction(chance) for key, chance in counts.items()}


@pytest.mark.parametrize(("sizes", "n"), SIZES)
def test_each_unit_comes_in_with_exactly_its_share(sizes: dict[str, int], n: int) -> None:
    whole = sum(sizes.values())
    expected = {key: Fraction(n * size, whole) for key, size in sizes.items()}
    assert inclusion(design_of(sizes, n)) == expected


@pytest.mark.parametrize(("sizes", "n"), SIZES)
def test_the_trials_make_sampfords_design(sizes: dict[str, int], n: int) -> None:
    assert design_of(sizes, n) == sampford_by_his_own_rule(sizes, n)


@pytest.mark.parametrize(("units", "n"), [(7, 3), (10, 4), (6, 6), (5, 1), (12, 5)])
def test_a_systematic_draw_gives_each_place_the_same_chance(units: int, n: int) -> None:
    counts: Counter[int] = Counter()
    for start in range(units):
        places = systematic_places(units, n, start=start)
        assert len(set(places)) == n
        counts.update(places)
    assert counts == dict.fromkeys(range(units), n)


def test_stratified_draws_by_every_order_of_tickets() -> None:
    """All orders of tickets being equally likely, each unit of a stratum has n / N."""
    strata = {"x": ("abcd", 3), "y": ("ef", 1)}
    counts: Counter[str] = Counter()
    orders = [list(permutations(keys)) for keys, _ in strata.values()]
    for drawn in product(*orders):
        for order, (_, n) in zip(drawn, strata.values(), strict=True):
            counts.update(order[:n])
    draws = len(orders[0]) * len(orders[1])
    for stratum, (keys, n) in strata.items():
        source = Source(seed=bytes(32), label="demo", place=(stratum,))
        lot = draw_simple(list(keys), n, replacements=0, source=source)
        assert all(unit.probability == Fraction(counts[unit.key], draws) for unit in lot.drawn)


def test_units_that_would_reach_one_are_certain_until_none_does() -> None:
    sizes = {"a": 100, "b": 30, "c": 10, "d": 5, "e": 5, "f": 5}
    # With n = 3: a is certain; then 2·30 ≥ 55, so b is too; then 1·10 < 25.
    assert certain_units(sizes, 3) == ["a", "b"]
    source = Source(seed=bytes(32), label="demo", place=("all",))
    lot = draw_pps(sizes, 3, replacements=0, source=source)
    chances = {unit.key: unit.probability for unit in lot.drawn}
    assert (chances.pop("a"), chances.pop("b")) == (1, 1)
    ((key, chance),) = chances.items()
    assert chance == Fraction(sizes[key], 25)


def test_a_unit_that_reaches_one_exactly_is_certain() -> None:
    assert certain_units({"a": 2, "b": 1, "c": 1}, 2) == ["a"]
    assert certain_units({"a": 2, "b": 2}, 2) == ["a", "b"]


def seeds(count: int) -> Iterator[bytes]:
    return (hashlib.sha256(number.to_bytes(4, "big")).digest() for number in range(count))


def test_all_pairs_of_a_simple_draw_are_equally_likely_over_seeds() -> None:
    rows = [{"id": key} for key in "abcde"]
    plan = plan_from({"label": "demo", "key": "id", "method": "simple", "n": 2})
    counts = Counter(
        frozenset(pick.key for pick in make_draw(rows, plan, seed).selected) for seed in seeds(3000)
    )
    pairs = [frozenset(pair) for pair in combinations("abcde", 2)]
    assert sum((counts[pair] - 300) ** 2 / 300 for pair in pairs) < CHI_SQUARE[9]


def test_the_order_of_visits_and_reserve_is_random_too() -> None:
    rows = [{"id": key} for key in "abcd"]
    plan = plan_from({"label": "demo", "key": "id", "method": "simple", "n": 2, "replacements": 2})
    counts: Counter[tuple[str, ...]] = Counter()
    for seed in seeds(2400):
        drawn = make_draw(rows, plan, seed)
        counts[tuple(pick.key for pick in (*drawn.selected, *drawn.replacements))] += 1
    assert len(counts) == 24
    assert sum((count - 100) ** 2 / 100 for count in counts.values()) < CHI_SQUARE[23]


def test_sets_of_a_pps_draw_come_as_often_as_they_should_over_seeds() -> None:
    sizes, n = SIZES[0]
    rows = [{"id": key, "x": str(size)} for key, size in sizes.items()]
    plan = plan_from({"label": "demo", "key": "id", "method": "pps", "size": "x", "n": n})
    counts = Counter(
        frozenset(pick.key for pick in make_draw(rows, plan, seed).selected) for seed in seeds(4000)
    )
    expected = {chosen: float(4000 * chance) for chosen, chance in design_of(sizes, n).items()}
    assert counts.keys() <= expected.keys()
    gap = sum((counts[one] - mean) ** 2 / mean for one, mean in expected.items())
    assert gap < CHI_SQUARE[len(expected) - 1]
