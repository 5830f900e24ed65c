"""Every mistake in a YAML file is named with its line, key and path."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.files.writing import EDITION, only, refused, write
from wenming.core.errors import BadInput
from wenming.files import yaml_rows
from wenming.files.editions import read_edition
from wenming.files.problems import PROBLEMS
from wenming.files.yaml_rows import checklist_tables, edition_tables

HEAD = "schema: wenming-edition/1\n"


def line_of(text: str, part: str) -> int:
    """The line of the small edition on which `part` stands."""
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "code", "column", "address"),
    [
        ("met: A", "mett: A", "key_not_allowed", "mett", "mett"),
        ("met: A", "met: [A]", "text_expected", "met", "met"),
        ("met: A", "met: !!str A", "tag_refused", "met", "met"),
        ("met: A", "met: &a A", None, "", ""),
        ("fallback: C", "fallback: *a", "alias_refused", "fallback", "fallback"),
        ("key: small", "key: small\nkey: other", "key_repeated", "key", "key"),
        (
            "title: {zh: 小体系, en: Small edition}",
            "title: 小体系",
            "mapping_expected",
            "title",
            "title",
        ),
        (
            "points: 1.00",
            "points: {zh: 1}",
            "text_expected",
            "points",
            "dimensions[0].indicators[0].items[0].points",
        ),
        (
            "sources: [W01, W02]",
            "sources: W01",
            "list_expected",
            "sources",
            "dimensions[0].indicators[0].items[0].sources",
        ),
        (
            "sources: [W01, W02]",
            "sources: [W01, 'W02;W03']",
            "separator_in_entry",
            "sources",
            "dimensions[0].indicators[0].items[0].sources[1]",
        ),
        (
            "zh: 有计划",
            'zh: "有\\u0007计划"',
            "control_character",
            "zh",
            "dimensions[0].indicators[0].items[0].criteria[0].conditions[0].zh",
        ),
        (
            '{op: "<", value: 10.0}',
            '{op: "<", valeu: 10.0}',
            "key_not_allowed",
            "valeu",
            "dimensions[0].indicators[0].items[1].criteria[0].grades.A.valeu",
        ),
        ("weights: {critical", "weights: {crit", "key_not_allowed", "crit", "sites.weights.crit"),
    ],
)
def test_a_mistake_is_named_with_its_place(
    tmp_path: Path, old: str, new: str, code: str | None, column: str, address: str
) -> None:
    assert old in EDITION
    path = write(tmp_path / "e.yaml", EDITION.replace(old, new, 1))
    if code is None:
        assert edition_tables(path)
        return
    problem = only(refused(lambda: edition_tables(path, name="e.yaml")))
    place = problem.place
    where = line_of(EDITION, old) + new.count("\n")
    assert (problem.code, place.file, place.line) == (code, "e.yaml", where)
    assert (place.column, place.address) == (column, address)
    assert set(problem.facts) == set(PROBLEMS[code])


def test_all_mistakes_are_told_together(tmp_path: Path) -> None:
    text = EDITION.replace("met: A", "mett: A").replace("gates:", "gate:").replace("full:", "ful:")
    problems = refused(lambda: edition_tables(write(tmp_path / "e.yaml", text)))
    assert [problem.facts["nearest"] for problem in problems] == ["met", "gates", "full"]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "file_empty", 0),
        (b"\xef\xbb\xbf \n", "file_empty", 0),
        (b"# only a comment\n", "file_empty", 0),
        (b"- a\n", "mapping_expected", 1),
        (b"key: a\n", "key_missing", 1),
        (b"schema: wenming-round/1\n", "schema_wrong", 1),
        (b"schema: [a]\n", "schema_wrong", 1),
        (HEAD.encode() + b"key: [a\n", "yaml_syntax", 2),
        (HEAD.encode() + b"key: {a: b\nc", "yaml_syntax", 3),
        (HEAD.encode() + b"\tkey: a\n", "yaml_syntax", 2),
        (HEAD.encode() + b"---\nkey: a\n", "yaml_documents", 2),
        (HEAD.encode() + b"key: \xc4\xe3\n", "not_utf8", 2),
        (HEAD.encode() + b"key: \x00\n", "nul_byte", 2),
        (HEAD.encode() + b"key: \x01\n", "control_character", 2),
        (HEAD.encode() + b"? [a, b]\n: c\n", "key_not_text", 2),
        (HEAD.encode() + b"key: " + b"[" * 5000, "too_deep", 2),
        (HEAD.encode() + b"key: " + b"{a: " * 5000, "too_deep", 2),
    ],
)
def test_a_file_that_is_not_ours_is_refused(
    tmp_path: Path, content: bytes, code: str, line: int
) -> None:
    problems = refused(lambda: edition_tables(write(tmp_path / "e.yaml", content)))
    assert [(problem.code, problem.place.line) for problem in problems] == [(code, line)]
    assert set(problems[0].facts) == set(PROBLEMS[code])


def test_a_bomb_of_aliases_is_refused_at_its_first_alias(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]"] + [
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)
    ]
    problems = refused(lambda: edition_tables(write(tmp_path / "e.yaml", HEAD + "\n".join(lines))))
    assert {"alias_refused"} <= {problem.code for problem in problems}


def test_what_the_rules_refuse_is_named_by_path_too(tmp_path: Path) -> None:
    text = EDITION.replace("points: 1.00", "points: eins")
    problem = only(refused(lambda: read_edition(write(tmp_path / "e.yaml", text))))
    assert problem.code == "not_a_number"
    assert problem.place.line == line_of(text, "points: eins")
    assert problem.place.address == "dimensions[0].indicators[0].items[0].points"


def test_scalars_stay_as_they_are_written(tmp_path: Path) -> None:
    tables = edition_tables(write(tmp_path / "e.yaml", EDITION))
    assert tables["items"][0].text("key") == "1.10"
    assert tables["items"][0].text("points") == "1.00"
    assert tables["edition"][0].text("partial") == "true"
    assert [row.text("text_zh") for row in tables["conditions"]][:3] == ["有计划", "true", "~"]


def test_a_key_left_blank_reads_as_absent(tmp_path: Path) -> None:
    text = EDITION.replace("fallback: C", "fallback: ~").replace("tiers: {", "tiers:\nofficials: {")
    text = text.replace("officials: {west: {zh: 西部城市, en: western cities}}", "")
    tables = edition_tables(write(tmp_path / "e.yaml", text))
    assert tables["edition"][0].text("fallback") == ""
    assert tables["tiers"] == []


@pytest.mark.parametrize("how", ["步行 500 米", "{zh: 步行 500 米}"])
def test_how_of_a_checklist_is_a_text_or_a_chinese_text(tmp_path: Path, how: str) -> None:
    head = "schema: wenming-checklists/1\nsite_types:\n"
    text = f"{head}  - {{key: a, title: {{zh: 甲}}, how: {how}}}\n"
    tables = checklist_tables(write(tmp_path / "c.yaml", text))
    assert tables["site_types"][0].text("how") == "步行 500 米"


READERS = [getattr(yaml_rows, name) for name in yaml_rows.__all__]
SCHEMAS = ("edition", "checklists", "round", "survey", "reported")


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_random_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    for reader, schema in zip(READERS, SCHEMAS, strict=True):
        for head in (b"", f"schema: wenming-{schema}/1\n".encode()):
            with suppress(BadInput):
                reader(write(tmp_path / "f.yaml", head + content))


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    cuts=st.lists(st.tuples(st.integers(0, len(EDITION)), st.integers(0, 30)), max_size=4),
    put=st.sampled_from(
        ["", "\n", "[", "{", "- ", ": ", "'", '"', "&a ", "*a ", "!", "#", "\t", "x"]
    ),
)
def test_a_mangled_edition_is_read_or_refused(
    tmp_path: Path, cuts: list[tuple[int, int]], put: str
) -> None:
    text = EDITION
    for start, length in cuts:
        text = text[:start] + put + text[start + length :]
    with suppress(BadInput):
        read_edition(write(tmp_path / "f.yaml", text))
