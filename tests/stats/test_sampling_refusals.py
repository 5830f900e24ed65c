"""What a draw refuses, each with its code and its facts."""

import re
from pathlib import Path

import pytest

from wenming.stats.sampling import (
    DIFFERENCE_CODES,
    DRAW_CODES,
    PLAN_CODES,
    DrawError,
    make_draw,
    plan_from,
)

SEED = bytes(range(32))
ROOT = Path(__file__).parents[2]
ROWS = [
    {"id": "1", "type": "a", "size": "3", "c": "x", "no": "2"},
    {"id": "2", "type": "a", "size": "2.5", "c": "x", "no": "10"},
    {"id": "3", "type": "b", "size": "1", "c": "y", "no": "B"},
]
SHARE = {"kind": "neyman", "total": 2, "minimum": 0}

REFUSED = [
    ({"strata": "kind", "size": "x", "method": "pps"}, {}, "columns_missing",
     {"missing": ["kind", "x"], "columns": ["c", "id", "no", "size", "type"]}),
    ({"n": 4}, {}, "stratum_too_small", {"stratum": "all", "wanted": 4, "available": 3}),
    ({"n": 2, "strata": "type"}, {}, "stratum_too_small",
     {"stratum": "b", "wanted": 2, "available": 1}),
    ({"n": {"a": 1, "c": 1}, "strata": "type"}, {}, "strata_differ",
     {"field": "n", "missing": ["b"], "unknown": ["c"]}),
    ({"method": {"a": "simple"}, "strata": "type"}, {}, "strata_differ",
     {"field": "method", "missing": ["b"], "unknown": []}),
    ({"strata": "type", "n": None, "allocation": {**SHARE, "spread": {"a": "1"}}}, {},
     "strata_differ", {"field": "allocation.spread", "missing": ["b"], "unknown": []}),
    ({"strata": "type", "n": None, "allocation": {**SHARE, "spread": "no"}}, {},
     "cell_not_number", {"row": 2, "column": "no", "value": "B"}),
    ({"strata": "type"}, {"type": ""}, "cell_empty", {"row": 1, "column": "type"}),
    ({"method": "pps", "size": "size"}, {"size": "0.0"}, "cell_not_positive",
     {"row": 1, "column": "size", "value": "0.0"}),
    ({"method": "pps", "size": "size"}, {"size": "-1"}, "cell_not_number",
     {"row": 1, "column": "size", "value": "-1"}),
    ({"method": "pps", "size": "size"}, {"size": "\uff11"}, "cell_not_number",
     {"row": 1, "column": "size", "value": "\uff11"}),
    ({"second_stage": {"cluster": "c", "n": 1}, "strata": "type", "n": 1}, {"type": "b"},
     "cluster_differs", {"cluster": "x", "column": "type", "values": ["a", "b"]}),
]  # fmt: skip


@pytest.mark.parametrize(("plan", "cell", "code", "facts"), REFUSED)
def test_a_draw_that_cannot_be_made_is_refused(
    plan: dict, cell: dict, code: str, facts: dict
) -> None:
    rows = [ROWS[0], {**ROWS[1], **cell}, ROWS[2]]
    base = {"label": "demo", "key": "id", "method": "simple", "n": 1}
    with pytest.raises(DrawError) as refusal:
        make_draw(rows, plan_from({**base, **plan}), SEED)
    assert (refusal.value.code, refusal.value.facts) == (code, facts)
    assert set(facts) == set(DRAW_CODES[code])


def test_sizes_that_never_let_a_trial_succeed_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wenming.stats.sampling.lots.MAX_TRIALS", 50)
    rows = [{"id": "giant", "size": str(10**12)}, {"id": "dwarf", "size": "1"}]
    plan = plan_from({"label": "d", "key": "id", "method": "pps", "size": "size", "n": 1})
    with pytest.raises(DrawError) as refusal:
        make_draw(rows, plan, SEED)
    assert refusal.value.code == "trials_exhausted"
    assert refusal.value.facts == {"stratum": "all", "trials": 50}


def test_a_seed_of_another_length_is_refused() -> None:
    plan = plan_from({"label": "d", "key": "id", "method": "simple", "n": 1})
    with pytest.raises(DrawError) as refusal:
        make_draw(ROWS, plan, b"secret")
    assert refusal.value.code == "seed_not_32_bytes"


def test_every_code_in_the_sources_is_in_a_table() -> None:
    sampling = ROOT / "wenming/stats/sampling"
    text = "".join(path.read_text(encoding="utf-8") for path in sampling.glob("*.py"))
    raised = set(re.findall(r'DrawError\(\s*"(\w+)"', text))
    noted = set(re.findall(r'refuse\(\s*"(\w+)"', text))
    assert raised == set(DRAW_CODES)
    assert noted == set(PLAN_CODES)


def test_every_code_is_explained_on_the_page() -> None:
    page = (ROOT / "docs/methods/draws.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"`(\w+)`", page))
    assert not {*DRAW_CODES, *PLAN_CODES, *DIFFERENCE_CODES} - explained
