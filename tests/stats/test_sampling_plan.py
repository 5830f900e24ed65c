"""Reading a plan: every mistake at once, and one row of bytes for one meaning."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenming.core.errors import BadInput
from wenming.stats.sampling import PLAN_CODES, DrawMethod, plan_from

SIMPLE = {"label": "demo", "key": "id", "method": "simple", "n": 3}
STRATIFIED = {**SIMPLE, "method": "stratified", "strata": "type"}
PPS = {**SIMPLE, "method": "pps", "size": "x"}

counts = st.integers(1, 50)
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=4)
sizes_asked = counts | st.dictionaries(names, counts, min_size=1, max_size=3)
spreads = st.none() | names | st.dictionaries(names, st.just("0.5"), min_size=1, max_size=3)


def problems(plan: object) -> set[tuple[str, str]]:
    with pytest.raises(BadInput) as refusal:
        plan_from(plan, file="plan.yaml")
    assert all(problem.place.file == "plan.yaml" for problem in refusal.value.problems)
    for problem in refusal.value.problems:
        assert set(problem.facts) == set(PLAN_CODES[problem.code])
    return {(problem.code, problem.place.address) for problem in refusal.value.problems}


def test_the_canonical_plan_names_every_field() -> None:
    expected = (
        '{"allocation":null,"key":"id","label":"demo","method":"simple","n":3,"order":[],'
        '"replacements":0,"second_stage":null,"size":null,"strata":null}'
    )
    assert plan_from(SIMPLE).canonical_bytes() == expected.encode()


def test_the_digest_is_the_same_everywhere() -> None:
    plan = plan_from({**STRATIFIED, "label": "演示 é", "n": {"主干道": 4, "公园": 2}})
    digits = "abc88daa08c68dc1e9dadf16160522e0d3d79a72ddfcf3217b208e06c3aca70e"
    assert plan.digest().hex() == digits


def test_stratified_is_a_word_for_a_method_in_each_stratum() -> None:
    assert plan_from(STRATIFIED) == plan_from({**STRATIFIED, "method": "simple"})
    mixed = plan_from(
        {**STRATIFIED, "within": {"a": "pps", "b": "simple"}, "size": "x", "replacements": None}
    )
    assert mixed.method == {"a": DrawMethod.PPS, "b": DrawMethod.SIMPLE}


def test_two_spellings_of_a_column_are_one() -> None:
    assert plan_from({**SIMPLE, "key": "cafe\u0301"}).key == "caf\u00e9"


@given(names, names, sizes_asked, st.integers(0, 5))
def test_a_published_plan_is_read_back(label: str, key: str, n: object, spare: int) -> None:
    plan = plan_from({**STRATIFIED, "label": label, "key": key, "n": n, "replacements": spare})
    published = json.loads(plan.canonical_bytes())
    assert plan_from(published) == plan
    assert plan_from(published).canonical_bytes() == plan.canonical_bytes()


@given(st.sampled_from(["equal", "proportional", "neyman"]), counts, st.integers(0, 5), spreads)
def test_an_allocation_is_read_back_or_refused(
    kind: str, total: int, minimum: int, spread: object
) -> None:
    share = {"kind": kind, "total": total, "minimum": minimum, "spread": spread}
    given_plan = {**STRATIFIED, "n": None, "allocation": share}
    if (kind == "neyman") == (spread is not None):
        plan = plan_from(given_plan)
        assert plan_from(json.loads(plan.canonical_bytes())) == plan
    else:
        assert {address for _, address in problems(given_plan)} == {"allocation.spread"}


def test_every_mistake_is_named_at_once() -> None:
    wrong = {
        "label": "",
        "method": "stratified",
        "within": "by hand",
        "n": True,
        "allocation": {"kind": "neyman", "totl": 5},
        "second_stage": 3,
        "replacements": -1,
        "sise": "x",
    }
    assert problems(wrong) == {
        ("plan_field_wrong", "label"),
        ("plan_field_missing", "key"),
        ("plan_field_missing", "strata"),
        ("plan_field_wrong", "within"),
        ("plan_field_wrong", "n"),
        ("plan_needs_one_of", "n"),
        ("plan_field_unknown", "allocation.totl"),
        ("plan_field_missing", "allocation.total"),
        ("plan_field_missing", "allocation.spread"),
        ("plan_field_unused", "allocation"),
        ("plan_field_wrong", "second_stage"),
        ("plan_field_wrong", "replacements"),
        ("plan_field_unknown", "sise"),
    }


ONE_MISTAKE = [
    (None, "plan_field_missing", "plan"),
    ([], "plan_field_wrong", "plan"),
    ("simple", "plan_field_wrong", "plan"),
    ({**SIMPLE, "n": None}, "plan_needs_one_of", "n"),
    ({**SIMPLE, "n": 0}, "plan_field_wrong", "n"),
    ({**SIMPLE, "n": 2.0}, "plan_field_wrong", "n"),
    ({**SIMPLE, "n": {"a": 2}}, "plan_field_unused", "n"),
    ({**STRATIFIED, "n": {"a": "2"}}, "plan_field_wrong", "n.a"),
    ({**STRATIFIED, "n": {"a": None}}, "plan_field_missing", "n.a"),
    ({**STRATIFIED, "n": {1: 2}}, "plan_field_wrong", "n"),
    ({**SIMPLE, "method": "lottery"}, "plan_field_wrong", "method"),
    ({**SIMPLE, "method": ["simple"]}, "plan_field_wrong", "method"),
    ({**SIMPLE, "method": {"a": "simple"}}, "plan_field_unused", "method"),
    ({**STRATIFIED, "method": {"a": "stratified"}}, "plan_field_wrong", "method.a"),
    ({**SIMPLE, "within": "simple"}, "plan_field_unused", "within"),
    ({**SIMPLE, "size": "x"}, "plan_field_unused", "size"),
    ({**SIMPLE, "order": ["x"]}, "plan_field_unused", "order"),
    ({**SIMPLE, "method": "systematic"}, "plan_field_missing", "order"),
    ({**SIMPLE, "method": "systematic", "order": "x"}, "plan_field_wrong", "order"),
    ({**SIMPLE, "method": "pps"}, "plan_field_missing", "size"),
    ({**SIMPLE, "label": "\ud800"}, "plan_field_wrong", "label"),
    ({**SIMPLE, "second_stage": {"n": 2}}, "plan_field_missing", "second_stage.cluster"),
    ({**SIMPLE, "second_stage": {"cluster": "c"}}, "plan_field_missing", "second_stage.n"),
    (
        {**STRATIFIED, "n": None, "allocation": {"kind": "fair", "total": 9}},
        "plan_field_wrong",
        "allocation.kind",
    ),
    (
        {
            **STRATIFIED,
            "n": None,
            "allocation": {"kind": "neyman", "total": 9, "spread": {"a": 0.5}},
        },
        "plan_field_wrong",
        "allocation.spread.a",
    ),
]


@pytest.mark.parametrize(("plan", "code", "address"), ONE_MISTAKE)
def test_a_mistake_is_named_with_its_path(plan: object, code: str, address: str) -> None:
    assert problems(plan) == {(code, address)}


def test_pps_of_clusters_needs_no_size() -> None:
    plan = plan_from({**PPS, "size": None, "second_stage": {"cluster": "c", "n": 5}})
    assert plan.size is None


def test_what_is_expected_is_shown_by_example_and_has_no_language() -> None:
    wrong = {**SIMPLE, "label": 7, "n": 0, "method": "pps", "order": ["x"]}
    with pytest.raises(BadInput) as refusal:
        plan_from(wrong)
    facts = {problem.place.address: problem.facts for problem in refusal.value.problems}
    assert facts == {
        "label": {"expected": '"…"', "found": "7"},
        "n": {"expected": "1, 2, 3, …", "found": "0"},
        "size": {"expected": '"…" (method: pps)'},
        "order": {"because": "method ≠ systematic"},
    }
