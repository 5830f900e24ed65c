"""Checking a published draw: yes, or the name of everything that differs."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from wenming.stats.sampling.draw import commitment as seal
from wenming.stats.sampling.draw import make_draw
from wenming.stats.sampling.errors import DrawError
from wenming.stats.sampling.frame import Row, frame_from, normal_text
from wenming.stats.sampling.plan import Plan
from wenming.stats.sampling.randomness import check_seed
from wenming.stats.sampling.result import Draw

#: Every code of a `Difference`, with the facts that come with it.
DIFFERENCE_CODES: Final[dict[str, tuple[str, ...]]] = {
    "frame_differs": ("announced", "found"),
    "plan_differs": ("announced", "found"),
    "seed_differs": ("announced", "found"),
    "commitment_differs": ("announced", "found"),
    "cannot_redraw": ("code", "facts"),
    "row_missing": ("key", "stratum", "role", "order"),
    "row_added": ("key",),
    "row_moved": ("key", "column", "published", "redrawn"),
    "row_repeated": ("key",),
    "list_without_key": ("row",),
}
#: Columns of the list that tell where a row stands; compared where the published list has them.
COMPARED: Final = ("role", "stratum", "psu", "psu_order", "order", "probability", "weight")
HASH: Final = re.compile(r"[0-9a-fA-F]{64}")


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which a published draw is not the draw that was promised.

    Attributes:
        code: one of `DIFFERENCE_CODES`.
        facts: the facts listed there.
    """

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Announcement:
    """What was published before the draw was released (公告).

    Attributes:
        commitment: 64 hexadecimal digits.
        frame_hash: 64 hexadecimal digits; None when only the commitment was published.
        plan_hash: the same for the plan.
    """

    commitment: str
    frame_hash: str | None = None
    plan_hash: str | None = None


def verify(
    rows: Sequence[Row],
    plan: Plan,
    seed: bytes,
    announced: Announcement | str,
    published: Sequence[Mapping[str, str]],
) -> list[Difference]:
    """Draw again and compare with what was announced before and published after (核验).

    A wrong commitment alone cannot tell what was changed. Where the hashes of frame and plan
    were announced with it, the changed one is named.

    Args:
        rows: the published frame.
        plan: the published plan.
        seed: the published seed, 32 bytes.
        announced: the commitment, alone or with the hashes of frame and plan.
        published: the published list: the column `key`, or the frame's own, and any of `COMPARED`.

    Returns:
        Empty when all is as promised; else one entry for each difference. A frame from which
        nothing can be drawn is the difference `cannot_redraw`.

    Raises:
        DrawError: `seed_not_32_bytes`.

    Source:
        docs/methods/draws.md, section 7.
    """
    check_seed(seed)
    before = Announcement(announced) if isinstance(announced, str) else announced
    differences: list[Difference] = []
    try:
        frame_hash = frame_from(rows, key=plan.key).digest()
        differences += _seal_differences(before, _announcement(frame_hash, plan, seed), seed)
        redrawn = make_draw(rows, plan, seed)
    except DrawError as error:
        refusal = Difference("cannot_redraw", {"code": error.code, "facts": error.facts})
        return [*differences, refusal]
    return [*differences, *_list_differences(redrawn, published, key=plan.key)]


def _announcement(frame_hash: bytes, plan: Plan, seed: bytes) -> Announcement:
    return Announcement(
        commitment=seal(frame_hash, plan.digest(), seed).hex(),
        frame_hash=frame_hash.hex(),
        plan_hash=plan.digest().hex(),
    )


def _seal_differences(
    announced: Announcement, found: Announcement, seed: bytes
) -> list[Difference]:
    pairs = {
        "frame_differs": (announced.frame_hash, found.frame_hash),
        "plan_differs": (announced.plan_hash, found.plan_hash),
    }
    differences = [
        Difference(code, {"announced": before, "found": now})
        for code, (before, now) in pairs.items()
        if before is not None and not _is_same(before, now)
    ]
    if _is_same(announced.commitment, found.commitment):
        return differences

    facts = {"announced": announced.commitment, "found": found.commitment}
    if announced.frame_hash is None or announced.plan_hash is None:
        return [*differences, Difference("commitment_differs", facts)]
    if _is_promised(announced, seed):
        return differences
    return [*differences, Difference("seed_differs", facts)]


def _is_promised(announced: Announcement, seed: bytes) -> bool:
    """Whether this seed makes the commitment out of the hashes that were announced with it."""
    texts = (announced.frame_hash or "", announced.plan_hash or "")
    if not all(HASH.fullmatch(text.strip()) for text in texts):
        return False
    frame_hash, plan_hash = (bytes.fromhex(text.strip()) for text in texts)
    return _is_same(announced.commitment, seal(frame_hash, plan_hash, seed).hex())


def _is_same(announced: str, found: str | None) -> bool:
    return announced.strip().lower() == found


def _list_differences(
    redrawn: Draw, published: Sequence[Mapping[str, str]], *, key: str
) -> Iterator[Difference]:
    """Rows that are missing, added, moved or twice on the list."""
    expected = {row["key"]: row for row in redrawn.rows()}
    seen: set[str] = set()
    for number, line in enumerate(published):
        name = normal_text(line.get("key") or line.get(key) or "")
        if not name:
            yield Difference("list_without_key", {"row": number})
        elif name in seen:
            yield Difference("row_repeated", {"key": name})
        elif name not in expected:
            yield Difference("row_added", {"key": name})
        else:
            yield from _moved(expected[name], line)
        seen.add(name)
    for name, row in expected.items():
        if name not in seen:
            facts = {column: row[column] for column in ("key", "stratum", "role", "order")}
            yield Difference("row_missing", facts)


def _moved(expected: Mapping[str, str], line: Mapping[str, str]) -> Iterator[Difference]:
    for column in COMPARED:
        if column in line and normal_text(line[column]) != expected[column]:
            facts = {"published": line[column], "redrawn": expected[column]}
            yield Difference("row_moved", {"key": expected["key"], "column": column, **facts})
