"""Verification: yes to what was promised, and a name for everything else."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenming.stats.sampling import (
    DIFFERENCE_CODES,
    Announcement,
    Difference,
    Draw,
    DrawError,
    Plan,
    commitment,
    make_draw,
    plan_from,
    verify,
)

SEED = bytes(range(32))
ROWS = [
    {"id": f"r{number:02}", "s": "ab"[number % 2], "x": str(number + 1)} for number in range(20)
]
PLAN = plan_from(
    {"label": "demo", "key": "id", "method": "simple", "strata": "s", "n": 3, "replacements": 2}
)
DRAW = make_draw(ROWS, PLAN, SEED)
ANNOUNCED = Announcement(DRAW.commitment, DRAW.frame_hash, DRAW.plan_hash)
TAMPERED = [{**row, "x": "99"} if row["id"] == "r07" else row for row in ROWS]


def codes(differences: list[Difference]) -> list[str]:
    for difference in differences:
        assert set(difference.facts) == set(DIFFERENCE_CODES[difference.code])
    return [difference.code for difference in differences]


@given(
    st.sampled_from(["simple", "pps", "systematic"]),
    st.binary(min_size=32, max_size=32),
    st.randoms(),
)
@settings(max_examples=30)
def test_an_honest_draw_is_verified(method: str, seed: bytes, random) -> None:
    fields = {"pps": {"size": "x"}, "systematic": {"order": ["x"]}}.get(method, {})
    plan = plan_from(
        {"label": "d", "key": "id", "method": method, "n": 4, "replacements": 2, **fields}
    )
    drawn = make_draw(ROWS, plan, seed)
    published = random.sample(drawn.rows(), len(drawn.rows()))
    announced = Announcement(drawn.commitment.upper(), drawn.frame_hash, drawn.plan_hash)
    assert verify(random.sample(ROWS, 20), plan, seed, announced, published) == []
    assert verify(ROWS, plan, seed, drawn.commitment, published) == []


def test_the_commitment_seals_frame_plan_and_seed() -> None:
    sealed = commitment(bytes.fromhex(DRAW.frame_hash), bytes.fromhex(DRAW.plan_hash), SEED)
    assert sealed.hex() == DRAW.commitment


def test_a_list_with_keys_only_is_compared_by_keys() -> None:
    names = [{"id": row["key"]} for row in DRAW.rows()]
    assert verify(ROWS, PLAN, SEED, ANNOUNCED, names) == []
    assert codes(verify(ROWS, PLAN, SEED, ANNOUNCED, names[1:])) == ["row_missing"]


def test_a_changed_frame_is_named() -> None:
    assert codes(verify(TAMPERED, PLAN, SEED, ANNOUNCED, DRAW.rows())) == ["frame_differs"]
    found = codes(verify(TAMPERED, PLAN, SEED, DRAW.commitment, DRAW.rows()))
    assert found == ["commitment_differs"]


def test_a_row_taken_out_of_the_frame_is_named_with_what_it_changes() -> None:
    gone = DRAW.selected[0].key
    rows = [row for row in ROWS if row["id"] != gone]
    found = verify(rows, PLAN, SEED, ANNOUNCED, DRAW.rows())
    assert codes(found)[0] == "frame_differs"
    assert Difference("row_added", {"key": gone}) in found


def test_a_changed_plan_is_named() -> None:
    plan = replace(PLAN, replacements=3)
    found = verify(ROWS, plan, SEED, ANNOUNCED, DRAW.rows())
    assert codes(found) == ["plan_differs", "row_missing", "row_missing"]


def test_a_changed_seed_is_named_and_told_from_a_changed_frame() -> None:
    other = bytes(32)
    honest = make_draw(ROWS, PLAN, other).rows()
    assert codes(verify(ROWS, PLAN, other, ANNOUNCED, honest)) == ["seed_differs"]

    both = make_draw(TAMPERED, PLAN, other).rows()
    found = codes(verify(TAMPERED, PLAN, other, ANNOUNCED, both))
    assert found == ["frame_differs", "seed_differs"]


def test_hashes_that_are_no_hashes_do_not_excuse_the_seed() -> None:
    announced = Announcement("00" * 32, "not a hash", DRAW.plan_hash)
    found = codes(verify(ROWS, PLAN, SEED, announced, DRAW.rows()))
    assert found == ["frame_differs", "seed_differs"]


def tampered_list(draw: Draw) -> list[tuple[list[dict[str, str]], list[Difference]]]:
    rows = draw.rows()
    first, last = rows[0], rows[-1]
    outside = next(row["id"] for row in ROWS if row["id"] not in {line["key"] for line in rows})
    missing = {name: first[name] for name in ("key", "stratum", "role", "order")}
    moved = {"key": first["key"], "column": "order", "published": "2", "redrawn": "1"}
    promoted = {
        "key": last["key"],
        "column": "role",
        "published": "selected",
        "redrawn": "replacement",
    }
    return [
        (rows[1:], [Difference("row_missing", missing)]),
        ([*rows, {**first, "key": outside}], [Difference("row_added", {"key": outside})]),
        ([*rows, first], [Difference("row_repeated", {"key": first["key"]})]),
        ([{**first, "order": "2"}, *rows[1:]], [Difference("row_moved", moved)]),
        ([*rows[:-1], {**last, "role": "selected"}], [Difference("row_moved", promoted)]),
        ([*rows, {**first, "key": ""}], [Difference("list_without_key", {"row": len(rows)})]),
    ]


@pytest.mark.parametrize(("published", "expected"), tampered_list(DRAW))
def test_a_changed_list_is_named_row_by_row(published: list, expected: list[Difference]) -> None:
    found = verify(ROWS, PLAN, SEED, ANNOUNCED, published)
    assert found == expected
    assert codes(found)


def test_a_changed_weight_is_named() -> None:
    first, *others = DRAW.rows()
    found = verify(ROWS, PLAN, SEED, ANNOUNCED, [{**first, "weight": "3"}, *others])
    facts = {"key": first["key"], "column": "weight", "published": "3", "redrawn": "10/3"}
    assert found == [Difference("row_moved", facts)]


@pytest.mark.parametrize(
    ("rows", "plan", "code"),
    [
        ([*ROWS, ROWS[0]], PLAN, "key_repeated"),
        (ROWS[:3], PLAN, "stratum_too_small"),
        (ROWS, replace(PLAN, strata="street"), "columns_missing"),
    ],
)
def test_what_cannot_be_drawn_again_is_said_so(rows: list, plan: Plan, code: str) -> None:
    found = verify(rows, plan, SEED, ANNOUNCED, DRAW.rows())
    assert codes(found)[-1] == "cannot_redraw"
    assert found[-1].facts["code"] == code


def test_a_seed_of_another_length_is_refused() -> None:
    with pytest.raises(DrawError):
        verify(ROWS, PLAN, SEED[:-1], ANNOUNCED, DRAW.rows())
