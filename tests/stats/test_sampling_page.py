"""docs/methods/draws.md: its digits, and its thirty lines, which draw without our program."""

import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from wenming.stats.sampling import Draw, canonical_bytes, make_draw, plan_from

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/methods/draws.md").read_text(encoding="utf-8")
EXAMPLES = ROOT / "examples/draws"
SEED = bytes(range(32))


def read_rows(name: str) -> list[dict[str, str]]:
    with (EXAMPLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_plan(name: str) -> dict[str, object]:
    return yaml.safe_load((EXAMPLES / f"{name}.plan.yaml").read_text(encoding="utf-8"))


def example(name: str) -> Draw:
    return make_draw(read_rows(name), plan_from(read_plan(name)), SEED)


def table_after(mark: str) -> dict[str, list[str]]:
    """The first table behind a mark of the page: first cell to the other cells."""
    lines = PAGE[PAGE.index(mark) :].splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("| stratum"))
    table = {}
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        first, *others = [cell.strip() for cell in line.strip("|").split("|")]
        table[first] = others
    return table


def test_the_page_shows_the_hashes_of_the_examples() -> None:
    sites, communities = example("sites"), example("communities")
    for digits in (sites.frame_hash, sites.plan_hash, sites.commitment, communities.commitment):
        assert f"`{digits}`" in PAGE


def test_the_page_shows_the_list_of_sites() -> None:
    drawn = example("sites")
    table = table_after("`sites.plan.yaml`, seed")
    assert len(table) == len(drawn.strata) == 4
    for size in drawn.strata:
        chosen = [pick for pick in drawn.selected if pick.stratum == size.stratum]
        spare = [pick.key for pick in drawn.replacements if pick.stratum == size.stratum]
        assert table[size.stratum] == [
            str(size.available),
            str(size.drawn),
            " ".join(pick.key for pick in chosen),
            " ".join(spare),
            str(chosen[0].probability),
            str(chosen[0].weight),
        ]


def test_the_page_shows_the_list_of_communities() -> None:
    drawn = example("communities")
    table = table_after("`communities.csv` and")
    assert len(table) == len(drawn.strata) == 2
    for size in drawn.strata:
        chosen = [pick for pick in drawn.selected if pick.stratum == size.stratum]
        spare = [pick.key for pick in drawn.replacements if pick.stratum == size.stratum]
        assert table[size.stratum] == [
            str(size.available),
            str(size.drawn),
            " ".join(pick.key for pick in chosen),
            " ".join(spare),
            " ".join(str(pick.probability) for pick in chosen),
        ]


def redraw_lines() -> str:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
    return code


def test_the_lines_of_the_page_are_about_thirty_and_need_nothing() -> None:
    code = redraw_lines()
    assert len([line for line in code.splitlines() if line.strip()]) <= 30
    imported = re.findall(r"^(?:import|from) (.+?)(?: import .+)?$", code, flags=re.MULTILINE)
    assert imported == ["csv, hashlib, io, json, sys", "pathlib"]


PLANS: list[dict[str, object]] = [
    {},
    {"n": 2},
    {"strata": None, "method": "simple", "n": 9},
    {"replacements": 0},
    {"label": 'a "label", 带引号\n and a line'},
]


@pytest.mark.parametrize("changes", PLANS)
def test_the_lines_of_the_page_draw_the_same_list(
    changes: dict[str, object], tmp_path: Path
) -> None:
    plan = plan_from({**read_plan("sites"), **changes})
    rows = read_rows("sites")
    rows[3]["name"] = 'two\nlines, and "quotes"'
    drawn = make_draw(rows, plan, SEED)
    expected = [drawn.commitment]
    for size in drawn.strata:
        listed = [row for row in drawn.rows() if row["stratum"] == size.stratum]
        expected += [
            "\t".join(row[c] for c in ("role", "stratum", "order", "key")) for row in listed
        ]

    (tmp_path / "redraw.py").write_text(redraw_lines(), encoding="utf-8")
    (tmp_path / "frame.csv").write_bytes(canonical_bytes(rows, key="site"))
    (tmp_path / "plan.json").write_bytes(plan.canonical_bytes())
    command = [sys.executable, "-I", "redraw.py", "frame.csv", "plan.json", SEED.hex()]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=60)
    assert done.stdout.decode().splitlines() == expected
