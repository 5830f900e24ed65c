"""Which item of a new edition continues which item of an old one, so that duties can follow."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from fractions import Fraction

from wenming.core.compare import PlacedItem, placed_items
from wenming.core.framework import Edition

ALIKE = Fraction(3, 5)
"""Names that share at least so much are proposed as the same thing under another key."""


class Kinship(StrEnum):
    """How an item of the new edition stands to the old one (沿革)."""

    SAME = "same"  # 不变
    MOVED = "moved"  # 移动
    RENAMED = "renamed"  # 改名
    REKEYED = "rekeyed"  # 换编号
    SPLIT = "split"  # 拆分
    NEW = "new"  # 新增
    GONE = "gone"  # 取消


@dataclass(frozen=True, slots=True)
class Succession:
    """An item with the one that it continues (沿革).

    Attributes:
        before: None for a new item.
        after: None for an item that is gone.
        likeness: how much of the Chinese names is the same, 0 to 1; 1 for the same key.
    """

    kind: Kinship
    before: PlacedItem | None
    after: PlacedItem | None
    likeness: Fraction = Fraction(1)


def successions(before: Edition, after: Edition) -> tuple[Succession, ...]:
    """What every item of the new edition continues, then what is gone (沿革对照).

    The same key is the same item. An item with a new key continues the lost item whose name
    is most like its own, when they share enough; several that continue one are a split. It is
    a proposal: a person confirms it.

    Source:
        docs/methods/comparison.md.
    """
    old, new = placed_items(before), placed_items(after)
    lost = [old[key] for key in old if key not in new]
    found = [_by_key(old[key], new[key]) if key in old else _by_name(lost, new[key]) for key in new]
    heirs = Counter(each.before.item.key for each in found if _is_rekeyed(each) and each.before)
    marked = [_marked(each, heirs) for each in found]
    gone = [Succession(Kinship.GONE, each, None) for each in lost if each.item.key not in heirs]
    return (*marked, *gone)


def _by_key(before: PlacedItem, after: PlacedItem) -> Succession:
    places = (before.part, before.dimension, before.indicator)
    if places != (after.part, after.dimension, after.indicator):
        return Succession(Kinship.MOVED, before, after)
    is_renamed = before.item.title.zh != after.item.title.zh
    return Succession(Kinship.RENAMED if is_renamed else Kinship.SAME, before, after)


def _by_name(lost: Sequence[PlacedItem], after: PlacedItem) -> Succession:
    best = max(_likenesses(lost, after), key=lambda pair: pair[0], default=None)
    if best is None or best[0] < ALIKE:
        return Succession(Kinship.NEW, None, after, Fraction(0))
    return Succession(Kinship.REKEYED, best[1], after, best[0])


def _likenesses(
    lost: Sequence[PlacedItem], after: PlacedItem
) -> Iterator[tuple[Fraction, PlacedItem]]:
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(after.item.title.zh)
    for each in lost:
        matcher.set_seq1(each.item.title.zh)
        size = len(each.item.title.zh) + len(after.item.title.zh)
        same = sum(block.size for block in matcher.get_matching_blocks())
        yield Fraction(2 * same, size or 1), each


def _is_rekeyed(each: Succession) -> bool:
    return each.kind is Kinship.REKEYED


def _marked(each: Succession, heirs: Counter[str]) -> Succession:
    if _is_rekeyed(each) and each.before and heirs[each.before.item.key] > 1:
        return Succession(Kinship.SPLIT, each.before, each.after, each.likeness)
    return each
