"""Drawing inside one stratum: simple, systematic, and proportional to size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from wenming.stats.sampling.errors import DrawError
from wenming.stats.sampling.randomness import Stream, in_hash_order

#: Trials of Sampford's draw before giving up; ordinary strata need fewer than a thousand.
MAX_TRIALS = 1_000_000


@dataclass(frozen=True, slots=True)
class Drawn:
    """A unit that was drawn.

    Attributes:
        key: the unit.
        probability: its inclusion probability (入样概率), exact; above 0, at most 1.
        fraction: the sampling fraction for the variance: the share of the stratum that counts
            as known. The probability itself, except for PPS; see docs/methods/draws.md, section 6.
        is_certain: whether it was taken because of its size, without a draw (必选单元).
    """

    key: str
    probability: Fraction
    fraction: Fraction
    is_certain: bool = False


@dataclass(frozen=True, slots=True)
class Lot:
    """What was drawn in one stratum.

    Attributes:
        drawn: in the order of visits.
        replacements: the reserve (备选样本), to be used in this order; fewer than asked for
            where the stratum has no more.
    """

    drawn: tuple[Drawn, ...]
    replacements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the random numbers of one stratum come from.

    Attributes:
        seed: 32 bytes.
        label: the label of the draw.
        place: what is drawn from: the stratum, or the stratum and the cluster.
    """

    seed: bytes
    label: str
    place: tuple[str, ...]

    def stream(self, purpose: str) -> Stream:
        """Random words under the label (draw, purpose, place…)."""
        return Stream(self.seed, (self.label, purpose, *self.place))

    def shuffled(self, keys: Sequence[str], purpose: str) -> list[str]:
        """The keys in the order of their tickets under the label (draw, purpose, place…)."""
        label = (self.label, purpose, *self.place)
        return in_hash_order(list(keys), seed=self.seed, label=label)


def draw_simple(keys: Sequence[str], n: int, *, replacements: int, source: Source) -> Lot:
    """Draw by hash order (简单随机抽样): the first n tickets, and after them the reserve.

    Args:
        keys: the units, in any order.
        n: at most as many as there are units.

    Returns:
        Each set of n units is equally likely; each unit has the probability n / N.

    Raises:
        DrawError: `stratum_too_small`.

    Source:
        docs/methods/draws.md, section 5, "Simple".
    """
    _check_size(keys, n, source)
    order = source.shuffled(keys, "simple")
    share = Fraction(n, len(keys))
    return Lot(
        drawn=tuple(Drawn(key, share, share) for key in order[:n]),
        replacements=tuple(order[n : n + replacements]),
    )


def draw_systematic(keys: Sequence[str], n: int, *, replacements: int, source: Source) -> Lot:
    """Draw at equal distances from a random start (等距抽样).

    Args:
        keys: the units in the declared order.
        n: at most as many as there are units.

    Returns:
        The drawn units in the declared order, each with the probability n / N exactly; the
        reserve in hash order.

    Raises:
        DrawError: `stratum_too_small`.

    Source:
        docs/methods/draws.md, section 5, "Systematic".
    """
    _check_size(keys, n, source)
    units = len(keys)
    start = source.stream("systematic").below(units)
    chosen = [keys[place] for place in systematic_places(units, n, start=start)]
    share = Fraction(n, units)
    left = sorted(set(keys) - set(chosen))
    return Lot(
        drawn=tuple(Drawn(key, share, share) for key in chosen),
        replacements=tuple(source.shuffled(left, "replacement")[:replacements]),
    )


def systematic_places(units: int, n: int, *, start: int) -> list[int]:
    """The places, from 0, that a systematic draw takes from a list.

    The distance N / n need not be whole: unit j is drawn when one of the whole numbers
    r, r + N, …, r + (n - 1)N lies from jn up to, not including, (j + 1)n. Each unit so owns n of
    the nN numbers that can come, one for each start: its probability is n / N.

    Args:
        units: N, the length of the list.
        n: places to be taken, at most `units`.
        start: r, from 0 to `units` - 1.

    Returns:
        n places, rising.

    Source:
        docs/methods/draws.md, section 5, "Systematic".
    """
    return [(start + step * units) // n for step in range(n)]


def draw_pps(sizes: Mapping[str, int], n: int, *, replacements: int, source: Source) -> Lot:
    """Draw with probability proportional to size, without replacement (PPS 抽样).

    Units whose probability would reach 1 are taken for certain; the others are drawn by
    Sampford's design, whose inclusion probabilities are exactly n·x / X.

    Args:
        sizes: size of each unit; whole numbers above 0.
        n: at most as many as there are units.

    Returns:
        The drawn units by key; the reserve drawn one after another from what is left,
        each time in proportion to size.

    Raises:
        DrawError: `stratum_too_small`; `trials_exhausted` when the sizes are so extreme that
            Sampford's draw does not come to an end.

    Source:
        docs/methods/draws.md, section 5, "PPS"; Sampford (1967).
    """
    _check_size(list(sizes), n, source)
    certain = certain_units(sizes, n)
    rest = {key: sizes[key] for key in sorted(sizes) if key not in certain}
    left, whole = n - len(certain), sum(rest.values())
    chosen = _sampford(rest, left, source) if left else []

    shares = {key: Fraction(left * size, whole) for key, size in rest.items()}
    known = sum((share * share for share in shares.values()), Fraction(0)) / (left or 1)
    drawn = [Drawn(key, Fraction(1), Fraction(1), is_certain=True) for key in certain]
    drawn += [Drawn(key, shares[key], known) for key in chosen]
    spare = {key: size for key, size in rest.items() if key not in set(chosen)}
    return Lot(
        drawn=tuple(sorted(drawn, key=lambda unit: unit.key)),
        replacements=tuple(_one_by_one(spare, replacements, source.stream("replacement"))),
    )


def certain_units(sizes: Mapping[str, int], n: int) -> list[str]:
    """The units that n draws in proportion to size would take for certain (必选单元).

    After such units are set aside, others may reach 1 among what is left: it is looked again
    until none does.

    Args:
        sizes: size of each unit; whole numbers above 0.
        n: at most as many as there are units.

    Returns:
        Keys in order.

    Source:
        docs/methods/draws.md, section 5, "PPS".
    """
    certain: list[str] = []
    rest = dict(sizes)
    while True:
        left, whole = n - len(certain), sum(rest.values())
        found = [key for key, size in rest.items() if left * size >= whole]
        if not left or not found:
            return sorted(certain)
        certain += found
        rest = {key: size for key, size in rest.items() if key not in set(found)}


def sampford_trial(sizes: Mapping[str, int], n: int, stream: Stream) -> list[str] | None:
    """One trial of Sampford's draw.

    Each unit, in the order given, comes in with its own probability n·x / X; if n came in, they
    are accepted with a probability in proportion to the sum of their (1 - n·x / X).

    Args:
        sizes: size x of each unit, whole and above 0, with n·x below their sum X.
        n: 1 or more.

    Returns:
        n units, in the order given; None when the trial failed and another one is due.

    Source:
        docs/methods/draws.md, section 5, "PPS"; Sampford (1967).
    """
    whole = sum(sizes.values())
    chosen = [key for key, size in sizes.items() if stream.below(whole) < n * size]
    if len(chosen) != n:
        return None
    bound = sum(sorted((whole - n * size for size in sizes.values()), reverse=True)[:n])
    room = sum(whole - n * sizes[key] for key in chosen)
    return chosen if stream.below(bound) < room else None


def _sampford(sizes: Mapping[str, int], n: int, source: Source) -> list[str]:
    stream = source.stream("pps")
    for _ in range(MAX_TRIALS):
        chosen = sampford_trial(sizes, n, stream)
        if chosen is not None:
            return chosen
    raise DrawError("trials_exhausted", stratum=source.place[0], trials=MAX_TRIALS)


def _one_by_one(sizes: dict[str, int], n: int, stream: Stream) -> list[str]:
    left, chosen = dict(sizes), list[str]()
    while left and len(chosen) < n:
        mark = stream.below(sum(left.values()))
        ends = accumulate(left.values())
        found = next(key for key, end in zip(left, ends, strict=True) if mark < end)
        chosen.append(found)
        del left[found]
    return chosen


def _check_size(keys: Sequence[str], n: int, source: Source) -> None:
    if n > len(keys):
        place = " / ".join(source.place)
        raise DrawError("stratum_too_small", stratum=place, wanted=n, available=len(keys))
