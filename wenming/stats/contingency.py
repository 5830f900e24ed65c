"""Whether two groups answer a question alike (两组作答是否一致), and many such tests at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import comb, fsum

from scipy.special import chdtrc

from wenming.stats.counts import BadSample

FEWEST_EXPECTED = 5
"""So many answers are expected in each cell, or the approximation by chi-square is poor."""


class GroupTestKind(StrEnum):
    """How two groups were compared (检验方法)."""

    CHI_SQUARE = "chi_square"  # 卡方检验
    FISHER = "fisher"  # 费希尔精确检验


@dataclass(frozen=True, slots=True)
class GroupTest:
    """How likely two groups would differ at least so much if they answered alike (两组比较).

    Attributes:
        p: from 0 to 1.
        statistic, df: of the chi-square test; None for the exact one.
        pooled: positions of the choices that were counted as one, because few took them.
    """

    p: float
    kind: GroupTestKind
    statistic: float | None = None
    df: int | None = None
    pooled: tuple[int, ...] = ()


def compare_groups(ours: Sequence[int], theirs: Sequence[int]) -> GroupTest | None:
    """Compare how two groups spread over the same choices (两组比较).

    While a cell expects fewer than five answers, the two rarest choices are counted as one; how
    many a cell expects depends on the sums alone, so that pooling does not look at the
    difference. When two choices are left and a cell still expects fewer, the test is exact.

    Args:
        ours, theirs: answers by choice, in the same order.

    Returns:
        None when a group is empty or everybody took the same choice: there is nothing to test.

    Raises:
        BadSample: the choices do not match, or a count is below 0.

    Source:
        docs/methods/interviewers.md; Pearson (1900), Fisher (1934).
    """
    if len(ours) != len(theirs) or min([0, *ours, *theirs]) < 0:
        raise BadSample(ours=list(ours), theirs=list(theirs))
    fewer = min(sum(ours), sum(theirs))
    taken = [[n] for n, pair in enumerate(zip(ours, theirs, strict=True)) if sum(pair)]
    if not fewer or len(taken) < 2:
        return None
    cells = _pooled(taken, ours, theirs)
    pooled = next((tuple(sorted(each)) for each in cells if len(each) > 1), ())
    table = [(sum(ours[n] for n in each), sum(theirs[n] for n in each)) for each in cells]
    if _is_sparse(table):
        return GroupTest(_fisher(table), GroupTestKind.FISHER, pooled=pooled)
    statistic = _chi_square(table)
    df = len(table) - 1
    return GroupTest(float(chdtrc(df, statistic)), GroupTestKind.CHI_SQUARE, statistic, df, pooled)


def holm(chances: Sequence[float]) -> tuple[float, ...]:
    """The p-values of many tests, corrected so that one false alarm among all is rare (校正).

    Source:
        Holm (1979), Scandinavian Journal of Statistics 6, 65–70; docs/methods/interviewers.md.
    """
    order = sorted(range(len(chances)), key=lambda n: chances[n])
    corrected = [1.0] * len(chances)
    largest = 0.0
    for rank, n in enumerate(order):
        largest = max(largest, min(1.0, chances[n] * (len(chances) - rank)))
        corrected[n] = largest
    return tuple(corrected)


def _pooled(
    taken: list[list[int]], ours: Sequence[int], theirs: Sequence[int]
) -> Sequence[Sequence[int]]:
    """The choices in groups of positions: the rarest together, as long as a cell is sparse.

    What was pooled once stays the one group that grows, so that one sentence can say it.
    """
    by_size = sorted(taken, key=lambda each: (ours[each[0]] + theirs[each[0]], -each[0]))
    groups: list[list[int]] = list(by_size)
    while len(groups) > 2 and _is_sparse(
        [(sum(ours[n] for n in each), sum(theirs[n] for n in each)) for each in groups]
    ):
        groups = [groups[0] + groups[1], *groups[2:]]
    return groups


def _is_sparse(table: Sequence[tuple[int, int]]) -> bool:
    rows: list[int] = [sum(column) for column in zip(*table, strict=True)]
    rarest = min(sum(each) for each in table)
    return min(rows) * rarest < FEWEST_EXPECTED * sum(rows)


def _chi_square(table: Sequence[tuple[int, int]]) -> float:
    rows = [sum(column) for column in zip(*table, strict=True)]
    return fsum(_distances(table, rows))


def _distances(table: Sequence[tuple[int, int]], rows: Sequence[int]) -> Iterator[float]:
    for cell in table:
        for count, row in zip(cell, rows, strict=True):
            expected = row * sum(cell) / sum(rows)
            yield (count - expected) ** 2 / expected


def _fisher(table: Sequence[tuple[int, int]]) -> float:
    """Two-sided: all tables with these sums that are no likelier than this one, on integers."""
    (ours, theirs), (others, rest) = table
    first, second, group = ours + theirs, others + rest, ours + others
    ways = [
        comb(first, k) * comb(second, group - k)
        for k in range(max(0, group - second), min(first, group) + 1)
    ]
    seen = comb(first, ours) * comb(second, others)
    return sum(each for each in ways if each <= seen) / sum(ways)
