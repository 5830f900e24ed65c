"""What a draw refuses, as coded facts."""

from typing import Final

from wenming.core.errors import DomainError

#: Every code of a `DrawError`, with the facts that come with it.
DRAW_CODES: Final[dict[str, tuple[str, ...]]] = {
    "allocation_exceeds_frame": ("total", "available"),
    "allocation_below_minimum": ("total", "needed"),
    "allocation_without_spread": ("left",),
    "cell_empty": ("row", "column"),
    "cell_not_number": ("row", "column", "value"),
    "cell_not_positive": ("row", "column", "value"),
    "cell_not_text": ("row", "column"),
    "cluster_differs": ("cluster", "column", "values"),
    "column_repeated": ("row", "column"),
    "columns_differ": ("row", "missing", "unknown"),
    "columns_missing": ("missing", "columns"),
    "frame_empty": (),
    "key_repeated": ("row", "key"),
    "no_replacement_left": ("stratum", "psu", "used"),
    "seed_not_32_bytes": ("length",),
    "strata_differ": ("field", "missing", "unknown"),
    "stratum_too_small": ("stratum", "wanted", "available"),
    "trials_exhausted": ("stratum", "trials"),
}

#: Every code of a mistake in a plan, with the facts that come with it.
PLAN_CODES: Final[dict[str, tuple[str, ...]]] = {
    "plan_field_missing": ("expected",),
    "plan_field_unknown": ("allowed",),
    "plan_field_unused": ("because",),
    "plan_field_wrong": ("expected", "found"),
    "plan_needs_one_of": ("fields", "found"),
}


class DrawError(DomainError):
    """A draw (抽样) that cannot be made as asked.

    Attributes:
        code: one of `DRAW_CODES`.
        facts: the facts listed there; `row` counts data rows from 0 as they were given.
    """

    code = "draw_error"

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code  # type: ignore[misc]  # one class, many codes: the table above lists them
        super().__init__(**facts)
