"""Sums that do not depend on the order of rows: exactly rounded, by group."""

from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wenming.stats.survey.errors import ColumnsOfUnequalLength, DesignValueMissing

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
Flags = NDArray[np.bool_]
Column = ArrayLike


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """Rows gathered into groups, ready for exact sums.

    Attributes:
        codes: the group of each row, 0 to `size` − 1.
        size: the number of groups; none is empty.
        order: the rows, sorted by group.
        starts: where each group starts in `order`; one more at the end.
    """

    codes: Codes
    size: int
    order: Codes
    starts: tuple[int, ...]

    @classmethod
    def of(cls, codes: Codes) -> "Grouping":
        """Gather rows by code; codes run from 0 without gaps."""
        counts = np.bincount(codes)
        starts = np.concatenate(([0], np.cumsum(counts)))
        order = np.argsort(codes, kind="stable").astype(np.intp)
        return cls(codes, len(counts), order, tuple(starts.tolist()))

    def sums(self, values: Floats) -> Floats:
        """Sum the columns of `values` by group.

        Args:
            values: one row per row, shape (rows, k).

        Returns:
            Shape (groups, k); each number is the exact sum, rounded once, so that the order of
            rows cannot change a digit.
        """
        if self.size == len(self.codes):
            return values[self.order]
        result = np.empty((self.size, values.shape[1]))
        bounds = [*zip(self.starts[:-1], self.starts[1:], strict=True)]
        for column in range(values.shape[1]):
            row = values[self.order, column].tolist()
            result[:, column] = [fsum(row[start:stop]) for start, stop in bounds]
        return result


def total(values: Floats) -> float:
    """Sum one column exactly, rounded once."""
    return fsum(values.tolist())


def encode(column: Column, *, name: str, rows: int | None = None) -> tuple[list[str], Codes]:
    """Number the labels of a column in their sorted order.

    Args:
        column: labels, one per row: words, whole numbers or flags.
        name: what to call the column in a refusal.
        rows: how many rows there must be; None takes what comes.

    Returns:
        The labels in order, as words, and the code of each row.

    Raises:
        ColumnsOfUnequalLength: the column has another number of rows.
        DesignValueMissing: a label is missing (None or not a number).
    """
    labels = np.asarray(column)
    if rows is not None and labels.shape != (rows,):
        raise ColumnsOfUnequalLength(column=name, rows=rows, found=labels.shape)
    if labels.dtype.kind == "O":
        missing = np.array([label is None or label != label for label in labels.tolist()])
        labels = np.array([str(label) for label in labels.tolist()])
    else:
        missing = labels != labels
    if missing.any():
        raise DesignValueMissing(column=name, row=int(np.argmax(missing)))
    unique, codes = np.unique(labels, return_inverse=True)
    return [str(label) for label in unique.tolist()], codes.reshape(-1).astype(np.intp)


def numbers(column: Column, *, name: str, rows: int | None = None) -> Floats:
    """Read a column of numbers, one per row; NaN where an answer is missing.

    Raises:
        ColumnsOfUnequalLength: the column has another number of rows.
    """
    values = np.asarray(column, dtype=np.float64)
    if values.ndim != 1 or (rows is not None and len(values) != rows):
        raise ColumnsOfUnequalLength(column=name, rows=rows, found=values.shape)
    return values


def nest(outer: Codes, inner: Codes) -> Codes:
    """Number the pairs of two codings, so that inner labels may repeat in outer groups."""
    pairs = outer * (int(inner.max(initial=0)) + 1) + inner
    return np.asarray(np.unique(pairs, return_inverse=True)[1].reshape(-1), dtype=np.intp)


def domains(labels: Column, within: Flags | None = None) -> dict[str, Flags]:
    """Split the rows of a design into domains by label, without leaving any row out.

    Args:
        labels: one column, one label per row.
        within: a larger domain to stay inside; None is everybody.

    Returns:
        One mask of the design's length for each label, in the order of labels. A domain is always
        a mask: the design keeps all its rows, because filtering first loses the units that have
        nobody in the domain and makes the standard error too small.
    """
    names, codes = encode(labels, name="by")
    inside = np.ones(len(codes), dtype=np.bool_) if within is None else within
    return {name: (codes == code) & inside for code, name in enumerate(names)}
