"""Sealed draws (抽样): sites, communities, households, so that anyone can draw them again."""

from wenming.stats.sampling.draw import commitment, make_draw
from wenming.stats.sampling.errors import DRAW_CODES, PLAN_CODES, DrawError
from wenming.stats.sampling.frame import Frame, canonical_bytes, frame_from
from wenming.stats.sampling.plan import (
    Allocation,
    AllocationKind,
    DrawMethod,
    Plan,
    SecondStage,
)
from wenming.stats.sampling.reading import plan_from
from wenming.stats.sampling.result import Draw, Pick, StratumSize, stand_in
from wenming.stats.sampling.verification import (
    DIFFERENCE_CODES,
    Announcement,
    Difference,
    verify,
)

__all__ = [
    "DIFFERENCE_CODES",
    "DRAW_CODES",
    "PLAN_CODES",
    "Allocation",
    "AllocationKind",
    "Announcement",
    "Difference",
    "Draw",
    "DrawError",
    "DrawMethod",
    "Frame",
    "Pick",
    "Plan",
    "SecondStage",
    "StratumSize",
    "canonical_bytes",
    "commitment",
    "frame_from",
    "make_draw",
    "plan_from",
    "stand_in",
    "verify",
]
