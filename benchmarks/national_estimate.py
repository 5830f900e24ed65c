"""National workload: 300 cities × 2,000 answer sheets × 60 yes/no questions, against svy and R.

Run: `.venv/bin/python benchmarks/national_estimate.py`. Figures are printed, never asserted.
"""

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wenming.stats.survey.national import Many, estimate_many

ROWS, QUESTIONS, STRATA, UNITS = 2_000, 60, 20, 100
SEED = 20240701


@dataclass(frozen=True)
class Workload:
    """The synthetic answers of all cities, sorted by city, stratum and unit."""

    answers: NDArray[np.uint8]
    city: NDArray[np.int64]
    stratum: NDArray[np.int64]
    psu: NDArray[np.int64]
    weights: NDArray[np.float64]


@dataclass(frozen=True)
class Timing:
    """How long something took for all cities, and what came out; columns share, se, deff."""

    name: str
    seconds: float
    result: NDArray[np.float64]
    note: str = ""


def generate(cities: int) -> Workload:
    """Answers with clusters that agree inside and weights that differ, from a fixed seed."""
    random = np.random.default_rng(SEED)
    rows = cities * ROWS
    unit = np.arange(ROWS) * UNITS // ROWS
    answers = np.empty((rows, QUESTIONS), dtype=np.uint8)
    for city in range(cities):
        level = random.uniform(0.3, 0.95, QUESTIONS)
        effect = random.normal(0, 0.08, (UNITS, QUESTIONS))
        chance = np.clip(level + effect, 0.01, 0.99)[unit]
        answers[city * ROWS : (city + 1) * ROWS] = random.random((ROWS, QUESTIONS)) < chance
    return Workload(
        answers,
        np.repeat(np.arange(cities), ROWS),
        np.tile(unit * STRATA // UNITS, cities),
        np.tile(unit, cities),
        random.uniform(50, 400, rows),
    )


def ours(work: Workload, repeats: int) -> Timing:
    """The best of several runs of `estimate_many`."""
    best, found = float("inf"), None
    for _ in range(repeats):
        start = time.perf_counter()
        found = estimate_many(
            work.answers, city=work.city, stratum=work.stratum, psu=work.psu, weights=work.weights
        )
        best = min(best, time.perf_counter() - start)
    assert isinstance(found, Many)
    return Timing("wenming", best, np.stack((found.share, found.se, found.deff_wor), axis=-1))


def with_svy(work: Workload, cities: int) -> Timing:
    """One svy sample per city and one call for its 60 questions, design effects included."""
    import polars
    from svy import Design, Sample

    names = [f"q{number}" for number in range(QUESTIONS)]
    result = np.empty((cities, QUESTIONS, 3))
    start = time.perf_counter()
    for city in range(cities):
        rows = slice(city * ROWS, (city + 1) * ROWS)
        columns = {name: work.answers[rows, number] for number, name in enumerate(names)}
        design = {"s": work.stratum[rows], "p": work.psu[rows], "w": work.weights[rows]}
        sample = Sample(
            data=polars.DataFrame(columns | design), design=Design(stratum="s", psu="p", wgt="w")
        )
        for number, found in enumerate(sample.estimation.mean(names, deff="wor")):
            figure = found.estimates[0]
            result[city, number] = figure.est, figure.se, figure.deff
    return Timing("svy, city by city", time.perf_counter() - start, result)


R_SCRIPT = """
suppressMessages(library(survey)); args <- commandArgs(TRUE)
d <- read.csv(args[1]); cities <- unique(d$city); out <- NULL; t <- proc.time()[[3]]
for (c in cities) {
  one <- svydesign(id=~p, strata=~s, weights=~w, data=d[d$city == c, ], nest=TRUE)
  for (q in grep("^q", names(d), value=TRUE)) {
    m <- svymean(as.formula(paste0("~", q)), one, deff=TRUE)
    out <- rbind(out, c(coef(m), SE(m), deff(m)))
  }
}
cat(proc.time()[[3]] - t, "\\n"); write.table(out, args[2], row.names=FALSE, col.names=FALSE)
"""


def with_r(work: Workload, cities: int) -> Timing | None:
    """R's survey, question by question, on the first cities only; None where it is missing."""
    program = shutil.which("Rscript")
    if program is None:
        return None
    rows = slice(0, cities * ROWS)
    header = ["city", "s", "p", "w", *(f"q{number}" for number in range(QUESTIONS))]
    columns = [work.city, work.stratum, work.psu, work.weights]
    table = np.column_stack([*(c[rows] for c in columns), work.answers[rows]])
    with tempfile.TemporaryDirectory() as folder:
        source, target, script = (Path(folder, name) for name in ("in.csv", "out.txt", "run.R"))
        np.savetxt(source, table, delimiter=",", header=",".join(header), comments="", fmt="%.17g")
        script.write_text(R_SCRIPT, encoding="utf-8")
        command = [program, str(script), str(source), str(target)]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode:
            return None
        result = np.loadtxt(target).reshape(cities, QUESTIONS, 3)
    return Timing("R survey", float(run.stdout), result, f"{cities} cities, extrapolated")


def difference(one: Timing, other: Timing) -> float:
    """The largest relative difference of share, standard error and design effect."""
    expected = other.result
    return float(np.max(np.abs(one.result[: len(expected)] - expected) / np.abs(expected)))


def peak_mb() -> float:
    """Peak resident memory of this process so far."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cities", type=int, default=300)
    parser.add_argument("--svy-cities", type=int, default=None, help="fewer, then extrapolated")
    parser.add_argument("--r-cities", type=int, default=5)
    chosen = parser.parse_args()
    work = generate(chosen.cities)
    mine = ours(work, repeats=5)
    memory = peak_mb()
    svy_cities = min(chosen.svy_cities or chosen.cities, chosen.cities)
    peers = [with_svy(work, svy_cities), with_r(work, min(chosen.r_cities, chosen.cities))]
    print(f"{chosen.cities} cities x {ROWS} rows x {QUESTIONS} questions, {UNITS} PSUs")
    print(f"{'method':<20}{'seconds':>10}{'ratio':>8}{'max rel. diff.':>16}  note")
    print(f"{mine.name:<20}{mine.seconds:>10.3f}{1:>8}{'':>16}  peak RSS {memory:.0f} MB")
    for peer in peers:
        if peer is None:
            print(f"{'R survey':<20}{'-':>10}{'-':>8}{'-':>16}  not installed")
            continue
        done = len(peer.result)
        seconds = peer.seconds * chosen.cities / done
        note = peer.note or ("" if done == chosen.cities else f"{done} cities, extrapolated")
        ratio = seconds / mine.seconds
        print(
            f"{peer.name:<20}{seconds:>10.2f}{ratio:>8.0f}{difference(mine, peer):>16.1e}  {note}"
        )


if __name__ == "__main__":
    main()
