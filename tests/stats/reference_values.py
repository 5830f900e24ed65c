"""The reference values and data sets that the survey tests compare with."""

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wenming.stats.survey import Design

FOLDER = Path(__file__).parent / "reference"
REFERENCE: dict[str, Any] = json.loads((FOLDER / "reference.json").read_text(encoding="utf-8"))
DESIGNS = [*REFERENCE["designs"]]


class Sample:
    """One data set: columns by name, as words or as numbers."""

    def __init__(self, name: str) -> None:
        with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            self.rows = [*csv.DictReader(file)]

    def words(self, column: str) -> NDArray[np.str_]:
        return np.array([row[column] for row in self.rows])

    def numbers(self, column: str) -> NDArray[np.float64]:
        return np.array([float("nan" if row[column] == "NA" else row[column]) for row in self.rows])


@cache
def sample(name: str) -> Sample:
    """Read a data set once."""
    return Sample(name)


@cache
def design(name: str) -> Design:
    """The six designs of the reference, from the columns that its calls name."""
    school = sample(name.removesuffix("_nofpc"))
    fpc = [] if name.endswith("_nofpc") else [school.numbers("fpc")]
    weights = None if name == "apisrs" else school.numbers("pw")
    strata = [school.words("stype")] if "strat" in name else []
    clusters = [school.words("dnum")] if "clus" in name else []
    return Design.from_columns(
        lonely="fail", weights=weights, strata=strata, clusters=clusters, fpc=fpc
    )


def answers(name: str, variable: str) -> dict[str, NDArray[np.float64]]:
    """The columns behind a variable of the reference, by R's name for each."""
    school = sample(name.removesuffix("_nofpc"))
    if variable == "gt700":
        high = school.numbers("api00") > 700
        return {
            "I(api00 > 700)FALSE": (~high).astype(float),
            "I(api00 > 700)TRUE": high.astype(float),
        }
    if variable == "api_multi":
        return {column: school.numbers(column) for column in ("api00", "api99", "ell", "meals")}
    if variable in ("stype", "sch.wide"):
        words = school.words(variable)
        return {f"{variable}{w}": (words == w).astype(float) for w in np.unique(words)}
    return {variable: school.numbers(variable)}


YES_NO = {
    "schwide": lambda s: s.words("sch.wide") == "Yes",
    "gt700": lambda s: s.numbers("api00") > 700,
    "rare_gt880": lambda s: s.numbers("api00") > 880,
    "all": lambda s: s.numbers("api00") > 0,
    "none": lambda s: s.numbers("api00") < 0,
    "elem": lambda s: s.words("stype") == "E",
}


def yes_no(name: str, question: str) -> NDArray[np.float64]:
    """The six yes/no questions of the blocks on intervals of shares."""
    return YES_NO[question](sample(name.removesuffix("_nofpc"))).astype(float)


def close(found: object, expected: object, *, rel: float = 1e-9, size: object = 0.0) -> bool:
    """Whether numbers agree to `rel`; where the truth is 0, to `rel` of `size`."""
    return bool(
        np.allclose(
            np.asarray(found, dtype=float),
            np.asarray(expected, dtype=float),
            rtol=rel,
            atol=rel * float(np.max(np.abs(np.asarray(size, dtype=float)))),
        )
    )
