"""Rules in words: every shape, condition, gate and line says what it asks, in both languages."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils.translation import override

from tests.framework.editions.building import CHECKLISTS_FILE, EDITION_A, EDITION_B
from wenming.core.errors import Place, Problem
from wenming.core.framework import Condition, Criterion, Gate
from wenming.core.rules import (
    AllOrNothingRule,
    ConditionsRule,
    ConditionTest,
    DeductionRule,
    DocumentsRule,
    GradeLimit,
    Limit,
    NumberRule,
    RatingRule,
    RatioRule,
    Rule,
    Shape,
    SitesRule,
    VetoRule,
)
from wenming.core.terms import GateKind, Mark, Method, Op, Words
from wenming.files.editions import read_checklists, read_edition
from wenming.framework.templatetags.rules import (
    condition_asks,
    gate_asks,
    grade_lines,
    line_asks,
    mark_shares,
    problem_cell,
    problem_sentence,
    rule_sentence,
    rule_terms,
)

CHINESE = re.compile(r"[\u4e00-\u9fff]")
A_80 = (GradeLimit("A", Limit(Op.AT_LEAST, Decimal(80), Mark.PUBLIC)),)
SHAPES: dict[Shape, tuple[Rule, str]] = {
    Shape.CONDITIONS: (ConditionsRule(3, (ConditionTest("A", 3),)), "条件"),
    Shape.NUMBER: (NumberRule(A_80), "数值"),
    Shape.SITES: (SitesRule(A_80), "点位"),
    Shape.RATIO: (RatioRule(Decimal(4)), "4 篇"),
    Shape.DEDUCTION: (DeductionRule(Decimal("0.4"), Decimal(2)), "0.4"),
    Shape.ALL_OR_NOTHING: (AllOrNothingRule(2), "满分"),
    Shape.VETO: (VetoRule(), "分"),
    Shape.RATING: (RatingRule(Decimal(100)), "100"),
    Shape.DOCUMENTS: (DocumentsRule(A_80), "材料"),
}


def criterion(
    shape: Shape, rule: Rule, *, unit: str = "", method: Method = Method.STATISTIC
) -> Criterion:
    return Criterion(n=1, method=method, shape=shape, rule=rule, unit=unit)


def chinese(said: str) -> str:
    assert CHINESE.search(said), said
    return said


def test_every_shape_is_there() -> None:
    assert set(SHAPES) == set(Shape)


@pytest.mark.parametrize("shape", Shape)
def test_every_shape_says_how_it_is_judged(shape: Shape) -> None:
    rule, word = SHAPES[shape]
    unit = "篇" if shape is Shape.RATIO else ""
    with override("zh-hans"):
        assert word in chinese(rule_sentence(criterion(shape, rule, unit=unit)))
    with override("en"):
        said = rule_sentence(criterion(shape, rule, unit=unit))
    assert said.endswith(".")
    assert not CHINESE.search(said.replace("篇", ""))


def test_no_two_shapes_say_the_same() -> None:
    with override("zh-hans"):
        said = [rule_sentence(criterion(shape, rule)) for shape, (rule, _) in SHAPES.items()]
    assert len(set(said)) == len(Shape)


@pytest.mark.parametrize(
    ("test", "asked"),
    [
        (ConditionTest("A", 2), "至少"),
        (ConditionTest("B", 0, frozenset({1, 3})), "1, 3"),
        (ConditionTest("B", 2, frozenset({1})), "1"),
    ],
    ids=["so many", "named", "both"],
)
def test_a_grade_says_which_conditions_it_needs(test: ConditionTest, asked: str) -> None:
    with override("zh-hans"):
        (line,) = grade_lines(criterion(Shape.CONDITIONS, ConditionsRule(3, (test,))))
    assert asked in chinese(line.asks)
    if test.at_least and test.all_of:
        assert "2" in line.asks


@pytest.mark.parametrize(
    ("op", "printed"),
    [(Op.ABOVE, ">80"), (Op.AT_LEAST, "≥80"), (Op.BELOW, "<80"), (Op.AT_MOST, "≤80")],
)
def test_a_limit_says_on_which_side(op: Op, printed: str) -> None:
    limits = (GradeLimit("A", Limit(op, Decimal(80), Mark.PUBLIC)),)
    (line,) = grade_lines(criterion(Shape.NUMBER, NumberRule(limits), unit="件"))
    assert line.asks == f"{printed} 件"
    assert line.mark == "public"
    (share,) = grade_lines(criterion(Shape.SITES, SitesRule(limits)))
    assert share.asks == f"{printed}%"


def test_what_else_a_rule_lays_down_is_said() -> None:
    pair = criterion(
        Shape.SITES, SitesRule(A_80, ("street", "community")), method=Method.INSPECTION
    )
    seen = criterion(Shape.NUMBER, NumberRule(A_80), method=Method.INSPECTION)
    rated = criterion(Shape.RATING, RatingRule(Decimal(100), trimmed=True))
    papers = replace(criterion(Shape.DOCUMENTS, DocumentsRule(A_80)), required=4)
    with override("zh-hans"):
        assert "至少" in rule_terms(replace(pair, sample=5))[0]
        assert "5" in rule_terms(replace(pair, sample=5))[1]
        assert {
            chinese(rule_terms(replace(seen, aggregate=how))[0]) for how in ("mean", "max", "sum")
        }
        assert "最高分" in rule_terms(rated)[0]
        assert "4" in rule_terms(papers)[0]
        assert rule_terms(criterion(Shape.VETO, VetoRule())) == []


def test_aggregates_differ_in_words() -> None:
    seen = criterion(Shape.NUMBER, NumberRule(A_80), method=Method.INSPECTION)
    said = {rule_terms(replace(seen, aggregate=how))[0] for how in ("mean", "max", "sum")}
    assert len(said) == 3


@pytest.mark.parametrize("kind", GateKind)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_gate_says_what_it_asks(kind: GateKind, language: str) -> None:
    limit = Limit(Op.AT_LEAST, Decimal(85), Mark.PUBLIC) if kind is GateKind.MINORS else None
    with override(language):
        said = gate_asks(Gate("PC", kind, Words("门槛"), limit=limit))
    assert bool(CHINESE.search(said)) == (language == "zh-hans")
    assert ("≥85" in said) == (kind is GateKind.MINORS)


def test_the_three_kinds_of_gates_differ() -> None:
    gates = [Gate("PC", kind, Words("门槛")) for kind in (GateKind.PRECONDITION, GateKind.NEGATIVE)]
    assert len({gate_asks(gate) for gate in gates}) == 2


def test_a_condition_says_its_limit_in_its_unit() -> None:
    limit = Limit(Op.AT_LEAST, Decimal(80))
    condition = Condition(1, Words("知晓"), Method.SURVEY, limit)
    assert condition_asks(condition) == "≥80%"
    assert condition_asks(replace(condition, method=Method.STATISTIC)) == "≥80"
    assert condition_asks(replace(condition, limit=None)) == "–"


def criteria_of_the_drafts() -> Iterator[Criterion]:
    for path in (EDITION_A, EDITION_B):
        for *_above, item in read_edition(path).items():
            yield from item.criteria


def test_every_criterion_of_the_research_drafts_has_words() -> None:
    with override("zh-hans"):
        for each in criteria_of_the_drafts():
            chinese(rule_sentence(each))
            assert all(line.asks and "None" not in line.asks for line in grade_lines(each))


@pytest.mark.parametrize("path", [CHECKLISTS_FILE], ids=lambda path: path.stem)
def test_every_line_of_the_checklists_has_words(path: Path) -> None:
    with override("zh-hans"):
        for _checklist, line in read_checklists(path).lines():
            assert chinese(line_asks(line))


def test_marks_are_shown_with_their_shares_best_proven_first() -> None:
    found = mark_shares({"invented": 3, "public": 1})
    assert found == [("public", 1, 25), ("invented", 3, 75)]
    assert mark_shares({}) == []


@pytest.mark.parametrize(
    ("place", "cell"),
    [
        (Place("a.xlsx", "items", 7, "points", "items!E7"), "E7"),
        (Place("a.xlsx", "items", 7), "A7"),
        (Place("a.xlsx", "items"), "–"),
        (Place("a.yaml", "", 12, "points"), "第 12 行"),
    ],
    ids=["cell", "row", "sheet", "line"],
)
def test_a_mistake_says_where_it_stands(place: Place, cell: str) -> None:
    problem = Problem("cell_blank", place, {"column": "points"})
    with override("zh-hans"):
        assert problem_cell(problem) == cell
        assert "points" in chinese(problem_sentence(problem))
