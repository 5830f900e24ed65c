"""Every code has a sentence in both languages that says what, where and what to do next."""

import re
import string
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.base.codes import said
from wenming.base import wording
from wenming.base.language import chosen, short, translate
from wenming.base.wording import figures
from wenming.base.wording.phrases import PHRASES
from wenming.base.wording.speaking import SENTENCES
from wenming.core.errors import Place, Problem
from wenming.core.permissions import Capability
from wenming.core.reconcile import Figure, OwnFigures, reconcile
from wenming.core.rules import Shape
from wenming.core.terms import (
    GateKind,
    Mark,
    Method,
    Outcome,
    Part,
    Review,
    Role,
    Severity,
    State,
    Words,
)  # fmt: skip

PREPARED = {
    "range", "sentence", "title", "number", "sum_of", "documents", "verdict", "factor",
    "part_name", "estimate", "text_in", "seen", "unit", "job_name",
}  # fmt: skip
LATIN = re.compile(r"[A-Za-z]{2,}")
KEPT = {
    "UTF", "GB", "NUL", "YAML", "JSON", "CSV", "xlsx", "yaml", "schema", "documents", "design",
    "lonely", "fpc", "mean", "total", "ratio", "port", "round", "JPEG", "PNG", "WebP", "PDF", "WGS",
    "Asia", "Shanghai", "WENMING", "HOME", "DATABASE", "URL", "PostgreSQL", "deploy", "secret",
    "key",
}  # fmt: skip
OF_THE_PROGRAM = re.compile(r"WENMING_[A-Z_]+(=\w+)?|DATABASE_URL|wenming [a-z]+|--[a-z]+|\{\w+\}")
"""What whoever runs the system types as it stands, and the facts of a sentence."""


def fields(message: str) -> set[str]:
    return {name for _text, name, _spec, _kind in string.Formatter().parse(message) if name}


def codes() -> list[str]:
    return sorted({one.code for one in said()})


def test_the_sources_name_many_codes() -> None:
    assert {"cell_blank", "split_differs", "untested_items", "points_lost", "measured_share",
            "condition_met", "lonely_unit", "seed_differs", "items_with_two_leads",
            } <= set(codes())  # fmt: skip
    assert len(codes()) > 120


@pytest.mark.parametrize("code", codes())
def test_every_code_has_a_sentence(code: str) -> None:
    assert code in SENTENCES


def test_no_sentence_waits_for_a_code_that_nobody_says() -> None:
    assert {form.partition(".")[0] for form in SENTENCES} <= set(codes())


def test_a_sentence_asks_only_for_facts_that_come_with_its_code() -> None:
    for one in said():
        if one.facts is not None:
            form = wording.speaking.form_of(one.code, dict.fromkeys(one.facts, "x"))
            strange = fields(SENTENCES[form]) - one.facts - PREPARED
            assert not strange, (one, form, strange)


@pytest.mark.parametrize("form", sorted(SENTENCES))
def test_a_sentence_is_said_in_both_languages(form: str) -> None:
    chinese = translate(SENTENCES[form], "zh")
    assert fields(chinese) == fields(SENTENCES[form])
    left = set(LATIN.findall(OF_THE_PROGRAM.sub("", chinese))) - KEPT
    assert not left, chinese
    assert re.search(r"[\u4e00-\u9fff：。]", chinese)


def test_phrases_of_other_rooms_have_their_chinese() -> None:
    for phrase in PHRASES:
        assert not set(LATIN.findall(translate(phrase, "zh"))) - KEPT


@pytest.mark.parametrize(
    ("kind", "of"),
    [
        ("state", State), ("method", Method), ("shape", Shape), ("mark", Mark), ("part", Part),
        ("role", Role), ("review", Review), ("gate", GateKind), ("outcome", Outcome),
        ("severity", Severity), ("capability", Capability),
    ],
)  # fmt: skip
def test_every_member_has_a_label_in_both_languages(kind: str, of: type) -> None:
    for member in of:
        english, chinese = (wording.label(kind, member, language) for language in ("en", "zh"))
        assert english != member
        assert re.search(r"[\u4e00-\u9fff]", chinese)


@pytest.mark.parametrize(
    ("state", "sign", "word"),
    [("met", "✓", "达标"), ("not_met", "✗", "未达标"), ("untested", "–", "未测"),
     ("not_applicable", "○", "不适用")],
)  # fmt: skip
def test_a_state_has_a_sign_and_a_word(state: str, sign: str, word: str) -> None:
    assert (wording.sign(state), wording.label("state", state, "zh")) == (sign, word)


def figure(**changes: object) -> Figure:
    words = Words("不达标指标", "Items below the standard")
    return Figure(**{"key": "a", "title": words, "document": "D1", "unit": "项"} | changes)


def test_a_split_that_differs_is_said_with_its_sum() -> None:
    split = tuple(
        (name, Decimal(value)) for name, value in zip("甲乙丙丁", (14, 14, 5, 7), strict=True)
    )
    own = OwnFigures(counts={})
    finding = reconcile([figure(value=Decimal(42), split=split)], own, groups={}, aliases={})[0]
    assert wording.sentence(finding.code, finding.facts, "zh") == (
        "不达标指标：所报为 42 项，分项 14+14+5+7 合计 40 项，相差 2 项；请核对分项。"
    )
    assert wording.sentence(finding.code, finding.facts, "en") == (
        "Items below the standard: 42 reported, but the parts 14+14+5+7 make 40; "
        "the difference is 2. Ask for the right split."
    )


def test_a_survey_reads_as_the_field_writes_it() -> None:
    facts = {
        "n": 1, "method": "survey", "unit": "%", "tested": True, "value": Fraction(503, 10),
        "base": 1024, "low": 47.2, "high": 53.4, "kind": "logit", "met": False, "grade": "C",
        "rate": Fraction(0), "limits": [{"grade": "A", "op": ">=", "value": 80, "mark": "public"}],
    }  # fmt: skip
    said_in = {each: wording.sentence("measured_share", facts, each) for each in ("zh", "en")}
    assert said_in["zh"] == ("1,024 份答卷中 50.3%（±3.1）；A 级 ≥80%（公开）；判为 C 级，未达标。")
    assert said_in["en"] == (
        "1,024 answers: 50.3% (±3.1); grade A ≥80% (public); judged as not met: grade C."
    )


def test_one_code_for_two_things_is_told_apart_by_its_facts() -> None:
    problem = wording.sentence("condition_unknown", {"value": "7", "size": 3}, "zh")
    reason = wording.sentence("condition_unknown", {"text": "有计划", "method": "survey"}, "zh")
    assert problem == "没有第 “7” 条条件；共 3 条，从 1 数起。"
    assert reason == "未考察：有计划（问卷调查）。"


@pytest.mark.parametrize(
    ("place", "start"),
    [
        (Place("a.csv", line=7, column="value"), "a.csv:7:value: “abc” 不是数字"),
        (Place("a.csv", line=7), "a.csv:7: "),
        (Place("a.csv"), "a.csv: "),
        (Place("e.xlsx", sheet="items", line=7, column="points", address="items!C7"),
         "e.xlsx [items!C7]: "),
        (Place("e.xlsx", sheet="items"), "e.xlsx [工作表 items]: "),
        (Place("p.yaml", column="n", address="allocation.n"), "p.yaml [allocation.n]: "),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(place: Place, start: str) -> None:
    problem = Problem("not_a_number", place, {"column": "value", "value": "abc"})
    assert wording.problem_line(problem, "zh").startswith(start)


def test_a_cell_cannot_break_the_line_or_command_the_terminal() -> None:
    problem = Problem("not_a_number", Place("a\x1b[2J.csv", line=1), {"value": "1\n2\x1b[31m"})
    line = wording.problem_line(problem, "zh")
    assert line.isprintable()


def test_a_fact_that_looks_like_a_placeholder_is_printed_as_it_is() -> None:
    assert "{value} %(x)s" in wording.sentence("not_a_number", {"value": "{value} %(x)s"}, "zh")


@pytest.mark.parametrize(
    ("number", "shown"),
    [(0, "0"), (12, "12"), ("0.10", "0.1"), (-29.7, "−29.7"), (Fraction(1, 3), "0.33"),
     (1024, "1,024"), (None, "–"), ("", "–"), (-0.001, "0"),
     (12345.5, "12,345.5")],
)  # fmt: skip
def test_numbers_are_printed_as_the_field_writes_them(number: object, shown: str) -> None:
    assert figures.printed(number) == shown


def test_a_probability_is_never_printed_as_a_certainty_that_nobody_has() -> None:
    shown = [figures.probability(p) for p in (0, 1e-9, 0.5, 1 - 1e-9, 1)]
    assert shown == ["0%", "<0.1%", "50%", ">99.9%", "100%"]


def test_a_skewed_interval_is_written_with_its_two_ends() -> None:
    shown = figures.estimate(99, "%", ends=(95.1, 99.8), n=200, language="zh")
    assert shown == "99%（95.1–99.8，n=200）"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "zh"), ({"LANG": "C.UTF-8"}, "zh"), ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "zh"), ({"LANG": "zh_CN.UTF-8", "WENMING_LANG": "en"}, "en"),
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
    ],
)  # fmt: skip
def test_chinese_unless_someone_asks_for_english(
    environment: dict[str, str], language: str
) -> None:
    assert chosen(environment) == language
    assert short("en-gb") == "en"
