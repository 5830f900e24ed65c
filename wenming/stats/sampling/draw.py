"""Making a draw: from frame, plan and seed to the list, the same for everyone who makes it."""

import hashlib
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from wenming.stats.sampling.allocation import neyman_weights, share_total, variance_of
from wenming.stats.sampling.errors import DrawError
from wenming.stats.sampling.frame import Row, frame_from
from wenming.stats.sampling.lots import Source
from wenming.stats.sampling.plan import Allocation, AllocationKind, DrawMethod, Plan
from wenming.stats.sampling.randomness import check_seed
from wenming.stats.sampling.result import Draw, StratumSize
from wenming.stats.sampling.stages import draw_stratum
from wenming.stats.sampling.units import Unit, number_in, units_of

SCHEME = b"wenming-draw-1"
Strata = Mapping[str, list[Unit]]
T = TypeVar("T")


def commitment(frame: bytes, plan: bytes, seed: bytes) -> bytes:
    """What is published before a draw (承诺值), so that nothing can be changed after it.

    Args:
        frame: SHA-256 of the frame, 32 bytes.
        plan: SHA-256 of the plan, 32 bytes.
        seed: 32 bytes, secret until the release.

    Returns:
        SHA-256("wenming-draw-1" ‖ frame ‖ plan ‖ seed), 32 bytes.

    Raises:
        DrawError: `seed_not_32_bytes`.

    Source:
        docs/methods/draws.md, section 1, "Commitment".
    """
    check_seed(seed)
    return hashlib.sha256(SCHEME + frame + plan + seed).digest()


def make_draw(rows: Sequence[Row], plan: Plan, seed: bytes) -> Draw:
    """Draw a sample (抽样) with its reserve; the order of rows does not matter.

    Args:
        rows: the frame: one mapping of column to text for each row.
        plan: what shall be drawn.
        seed: 32 bytes; from the operating system, and new for each draw.

    Raises:
        DrawError: with a code of `DRAW_CODES`: the frame is not in order, does not fit the
            plan, or has too few units.

    Source:
        docs/methods/draws.md, sections 1 to 6.
    """
    check_seed(seed)
    frame = frame_from(rows, key=plan.key)
    strata = units_of(frame, plan)
    wanted = units_wanted(strata, plan)
    methods = _methods(plan, strata)

    lists = [
        draw_stratum(units, wanted[name], methods[name], plan=plan, source=source)
        for name, units in strata.items()
        for source in [Source(seed=seed, label=plan.label, place=(name,))]
    ]
    return Draw(
        label=plan.label,
        frame_hash=frame.digest().hex(),
        plan_hash=plan.digest().hex(),
        commitment=commitment(frame.digest(), plan.digest(), seed).hex(),
        strata=tuple(
            StratumSize(name, str(methods[name]), len(units), wanted[name])
            for name, units in strata.items()
        ),
        selected=tuple(pick for one in lists for pick in one.selected),
        replacements=tuple(pick for one in lists for pick in one.reserve),
    )


def units_wanted(strata: Strata, plan: Plan) -> dict[str, int]:
    """How many first-stage units the plan draws in each stratum.

    Raises:
        DrawError: `strata_differ` (the plan names other strata than the frame has);
            `cell_not_number` (a spread); see also `share_total`.

    Source:
        docs/methods/draws.md, section 4.
    """
    if isinstance(plan.n, int):
        return dict.fromkeys(strata, plan.n)
    if plan.n is not None:
        return _matched(plan.n, strata, field="n")
    if plan.allocation is None:
        return {}
    available = {stratum: len(units) for stratum, units in strata.items()}
    return share_total(
        _weights(plan.allocation, strata, available),
        available=available,
        total=plan.allocation.total,
        minimum=plan.allocation.minimum,
    )


def _weights(allocation: Allocation, strata: Strata, available: dict[str, int]) -> dict[str, int]:
    if allocation.kind is AllocationKind.EQUAL:
        return dict.fromkeys(available, 1)
    if allocation.kind is AllocationKind.PROPORTIONAL or allocation.spread is None:
        return available
    column = allocation.spread
    if isinstance(column, str):
        variances = {
            stratum: variance_of([number_in(unit, column) for unit in units])
            for stratum, units in strata.items()
        }
    else:
        spreads = _matched(column, strata, field="allocation.spread")
        variances = {stratum: Fraction(text) ** 2 for stratum, text in spreads.items()}
    return neyman_weights(variances, available=available)


def _methods(plan: Plan, strata: Strata) -> dict[str, DrawMethod]:
    if isinstance(plan.method, DrawMethod):
        return dict.fromkeys(strata, plan.method)
    return _matched(plan.method, strata, field="method")


def _matched(values: Mapping[str, T], strata: Strata, *, field: str) -> dict[str, T]:
    missing, unknown = sorted(strata.keys() - values.keys()), sorted(values.keys() - strata.keys())
    if missing or unknown:
        raise DrawError("strata_differ", field=field, missing=missing, unknown=unknown)
    return dict(values)
