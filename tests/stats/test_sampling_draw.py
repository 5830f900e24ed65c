"""Draws as a whole: their laws, their stages, and what they hand to the estimate."""

import json
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenming.stats.sampling import Draw, DrawError, make_draw, plan_from, stand_in
from wenming.stats.survey import Design, estimate_total

SEED = bytes(range(32))
Rows = list[dict[str, str]]

methods = st.sampled_from(["simple", "systematic", "pps"])
seeds = st.binary(min_size=32, max_size=32)


@st.composite
def frames(draw: st.DrawFn) -> Rows:
    count = draw(st.integers(2, 30))
    return [
        {
            "id": f"r{number}",
            "type": draw(st.sampled_from("ab")) if number > 1 else "ab"[number],
            "size": draw(st.sampled_from(["1", "2.5", "7", "12.25", "40"])),
        }
        for number in range(count)
    ]


def plan_for(method: str, n: object, **more: object):
    fields = {"systematic": {"order": ["size"]}, "pps": {"size": "size"}}.get(method, {})
    return plan_from({"label": "demo", "key": "id", "method": method, "n": n, **fields, **more})


@given(frames(), methods, seeds, st.data())
@settings(max_examples=60)
def test_sizes_are_as_planned_and_nobody_is_drawn_twice(
    rows: Rows, method: str, seed: bytes, chance: st.DataObject
) -> None:
    available = {name: sum(row["type"] == name for row in rows) for name in "ab"}
    n = {name: chance.draw(st.integers(1, count)) for name, count in available.items()}
    drawn = make_draw(rows, plan_for(method, n, strata="type", replacements=3), seed)

    assert {size.stratum: size.drawn for size in drawn.strata} == n
    for name, count in n.items():
        chosen = [pick.key for pick in drawn.selected if pick.stratum == name]
        spare = [pick.key for pick in drawn.replacements if pick.stratum == name]
        assert len(chosen) == count
        assert len(spare) == min(3, available[name] - count)
        assert len({*chosen, *spare}) == len(chosen) + len(spare)
        assert {*chosen, *spare} <= {row["id"] for row in rows if row["type"] == name}


@given(frames(), methods, seeds, st.randoms())
@settings(max_examples=40)
def test_the_same_seed_gives_the_same_draw_from_shuffled_rows(
    rows: Rows, method: str, seed: bytes, random
) -> None:
    plan = plan_for(method, 1, strata="type", replacements=2)
    shuffled = [dict(reversed(row.items())) for row in random.sample(rows, len(rows))]
    assert make_draw(shuffled, plan, seed) == make_draw(rows, plan, seed)


@given(frames(), st.integers(1, 5), seeds)
@settings(max_examples=40)
def test_probabilities_of_a_stratum_add_up_to_its_size(rows: Rows, n: int, seed: bytes) -> None:
    n = min(n, len(rows))
    drawn = make_draw(rows, plan_for("pps", n), seed)
    sizes = {row["id"]: Fraction(row["size"]) for row in rows}
    certain = [pick for pick in drawn.selected if pick.is_certain]
    left = sum(sizes.values()) - sum(sizes[pick.key] for pick in certain)
    for pick in drawn.selected:
        share = 1 if pick.is_certain else (n - len(certain)) * sizes[pick.key] / left
        assert pick.probability == share
        assert 0 < share <= 1


@given(frames(), st.integers(1, 20), seeds)
@settings(max_examples=40)
def test_a_larger_simple_draw_begins_with_the_smaller(rows: Rows, n: int, seed: bytes) -> None:
    n = min(n, len(rows) - 1)
    fewer = make_draw(rows, plan_for("simple", n, replacements=1), seed)
    more = make_draw(rows, plan_for("simple", n + 1), seed)
    keys = [pick.key for pick in (*fewer.selected, *fewer.replacements)]
    assert keys == [pick.key for pick in more.selected]


def test_another_seed_label_or_stratum_gives_another_draw() -> None:
    rows = [{"id": f"r{number}", "s": "ab"[number % 2]} for number in range(200)]

    def order(label: str, seed: bytes, strata: str | None) -> list[str]:
        plan = plan_from(
            {"label": label, "key": "id", "method": "simple", "strata": strata, "n": 50}
        )
        return [pick.key for pick in make_draw(rows, plan, seed).selected]

    draws = [
        order("demo", SEED, None),
        order("demo 2", SEED, None),
        order("demo", SEED[::-1], None),
    ]
    assert len({tuple(one) for one in draws}) == 3
    first, second = np.split(np.array(order("demo", SEED, "s")), 2)
    assert [int(key[1:]) // 2 for key in first] != [int(key[1:]) // 2 for key in second]


def test_a_systematic_draw_keeps_its_distance_on_the_declared_order() -> None:
    rows = [{"id": f"r{number}", "no": str(number)} for number in range(23)]
    plan = plan_from({"label": "d", "key": "id", "method": "systematic", "order": ["no"], "n": 5})
    places = [int(pick.key[1:]) for pick in make_draw(rows, plan, SEED).selected]
    assert places == sorted(places)
    assert {after - before for before, after in pairwise(places)} <= {4, 5}


def test_methods_may_differ_by_stratum() -> None:
    rows = [{"id": f"r{number}", "s": "ab"[number % 2], "x": "1"} for number in range(20)]
    drawn = make_draw(
        rows,
        plan_from(
            {
                "label": "d",
                "key": "id",
                "method": "stratified",
                "within": {"a": "simple", "b": "pps"},
                "strata": "s",
                "size": "x",
                "allocation": {"kind": "equal", "total": 7},
            }
        ),
        SEED,
    )
    sizes = [(size.stratum, size.method, size.available, size.drawn) for size in drawn.strata]
    assert sizes == [("a", "simple", 10, 4), ("b", "pps", 10, 3)]


@pytest.mark.parametrize("spread", ["x", {"a": "1.5", "b": "0.5"}])
def test_neyman_takes_its_spread_from_a_column_or_from_the_plan(spread: object) -> None:
    values = {"a": ["0", "3"], "b": ["0", "1"]}  # 1.5 and 0.5, with the divisor N in place of N - 1
    rows = [
        {"id": f"{name}{number}", "s": name, "x": values[name][number % 2]}
        for name in "ab"
        for number in range(20)
    ]
    share = {"kind": "neyman", "total": 16, "minimum": 2, "spread": spread}
    plan = plan_from(
        {"label": "d", "key": "id", "method": "stratified", "strata": "s", "allocation": share}
    )
    drawn = make_draw(rows, plan, SEED)
    assert [size.drawn for size in drawn.strata] == [12, 4]


def households() -> Rows:
    return [
        {
            "id": f"h{community}-{number:02}",
            "community": f"c{community}",
            "side": "EW"[community % 2],
        }
        for community in range(12)
        for number in range(5 + 3 * community)
    ]


def two_stages() -> Draw:
    plan = plan_from(
        {
            "label": "demo",
            "key": "id",
            "method": "pps",
            "strata": "side",
            "n": 3,
            "replacements": 1,
            "second_stage": {"cluster": "community", "n": 5, "replacements": 2},
        }
    )
    return make_draw(households(), plan, SEED)


def test_two_stages_draw_communities_and_then_households() -> None:
    drawn = two_stages()
    clusters = {pick.psu for pick in drawn.selected}
    sizes = {name: sum(row["community"] == name for row in households()) for name in clusters}
    assert len(clusters) == 6
    for name in clusters:
        picks = [pick for pick in drawn.selected if pick.psu == name]
        assert [pick.order for pick in picks] == list(range(1, min(5, sizes[name]) + 1))
        assert all(pick.key.startswith(f"h{name[1:]}-") for pick in picks)
        assert all(
            pick.probability == pick.fractions[1] * (picks[0].probability / picks[0].fractions[1])
            for pick in picks
        )


def test_households_of_a_stratum_have_one_weight_when_communities_go_by_size() -> None:
    drawn = two_stages()
    for side, total in (("E", 120), ("W", 138)):
        picks = [pick for pick in drawn.selected if pick.stratum == side and not pick.is_certain]
        assert {pick.probability for pick in picks} == {Fraction(15, total)}
        assert sum(pick.weight for pick in picks if pick.weight) == total


def test_a_cluster_smaller_than_the_sample_is_taken_whole() -> None:
    rows = [{"id": f"h{number}", "c": "small" if number < 3 else "large"} for number in range(20)]
    inside = {"cluster": "c", "n": 5, "replacements": 4}
    plan = {"label": "d", "key": "id", "method": "simple", "n": 2, "second_stage": inside}
    drawn = make_draw(rows, plan_from(plan), SEED)
    small = [pick for pick in drawn.selected if pick.psu == "small"]
    assert [pick.probability for pick in small] == [1, 1, 1]
    assert not any(pick.psu == "small" for pick in drawn.replacements)


def test_each_cluster_has_its_reserve_and_then_come_the_reserve_clusters() -> None:
    drawn = two_stages()
    chosen = {pick.psu for pick in drawn.selected}
    inside = [pick for pick in drawn.replacements if pick.psu in chosen]
    outside = [pick for pick in drawn.replacements if pick.psu not in chosen]
    assert len({pick.psu for pick in outside}) == 2
    assert all(pick.psu_order == 1 for pick in outside)
    assert len({pick.key for pick in (*drawn.selected, *inside, *outside)}) == len(
        [*drawn.selected, *inside, *outside]
    )
    assert all(pick.probability is None and pick.weight is None for pick in drawn.replacements)


def test_the_reserve_is_used_in_order_until_it_is_used_up() -> None:
    rows = [{"id": f"r{number}"} for number in range(9)]
    drawn = make_draw(rows, plan_for("simple", 3, replacements=2), SEED)
    order = [stand_in(drawn, stratum="all", used=used) for used in range(2)]
    assert order == list(drawn.replacements)
    with pytest.raises(DrawError) as refusal:
        stand_in(drawn, stratum="all", used=2)
    assert refusal.value.code == "no_replacement_left"

    stages = two_stages()
    psu = stages.selected[0].psu
    found = stand_in(stages, stratum=stages.selected[0].stratum, psu=psu, used=0)
    assert (found.psu, found.order) == (psu, 1)


def test_the_draw_can_be_written_as_json_and_does_not_hold_the_seed() -> None:
    drawn = two_stages()
    text = json.dumps(drawn.to_json())
    assert SEED.hex() not in text
    assert json.loads(text)["list"] == drawn.rows()
    assert json.loads(text)["commitment"] == drawn.commitment


def test_the_size_itself_is_estimated_without_error() -> None:
    """With weights 1/π, the total of sizes is exact in every PPS draw, and its variance 0."""
    rows = [
        {"id": f"r{number}", "s": "ab"[number % 2], "size": str(5 + number**3)}
        for number in range(30)
    ]
    drawn = make_draw(rows, plan_for("pps", 8, strata="s"), SEED)
    assert any(pick.is_certain for pick in drawn.selected)
    columns = drawn.design_columns()
    design = Design.from_columns(
        lonely="fail",
        weights=np.array(columns["weight"], dtype=float),
        strata=[columns["stratum"]],
        clusters=[columns["psu"]],
        fpc=[np.array(columns["fpc"], dtype=float)],
    )
    sizes = {row["id"]: float(row["size"]) for row in rows}
    total = estimate_total(design, [sizes[key] for key in columns["key"]])
    assert total.estimate == pytest.approx(sum(sizes.values()), rel=1e-12)
    assert total.se == pytest.approx(0, abs=1e-6)


def test_two_stages_hand_both_fractions_to_the_estimate() -> None:
    columns = two_stages().design_columns()
    assert {len(column) for column in columns.values()} == {len(two_stages().selected)}
    design = Design.from_columns(
        lonely="fail",
        weights=np.array(columns["weight"], dtype=float),
        strata=[columns["stratum"]],
        clusters=[columns["psu"], columns["key"]],
        fpc=[np.array(columns[name], dtype=float) for name in ("fpc", "fpc2")],
    )
    total = estimate_total(design, [1.0] * design.rows)
    assert total.estimate == pytest.approx(len(households()), rel=1e-12)
