"""One word for one thing: each public class of the field stands in docs/glossary.md."""

import re
from collections import Counter

from tests.house import rules
from tests.house.tree import ROOT, fail_with, source, sources

ROW = re.compile(r"^\|(?P<chinese>[^|]+)\|(?P<english>[^|]+)\|(?P<code>[^|]+)\|(?P<note>[^|]*)\|$")
CLASS = re.compile(r"`([A-Z]\w+)`")
CODE = re.compile(r"`(\w+)(?:\.\w+)?`")


def rows() -> list[re.Match[str]]:
    """The rows of all tables of the glossary, without their heads."""
    lines = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    found = [match for line in lines if (match := ROW.match(line))]
    return [row for row in found if row["code"].strip() not in {"code", "---"}]


def known() -> set[str]:
    """The identifiers of the glossary's code column."""
    return {name for row in rows() for name in CODE.findall(row["code"])}


def test_every_public_class_of_the_field_is_in_the_glossary() -> None:
    field = [one for one in sources("wenming/") if is_of_the_field(one.place)]
    fail_with(fault for one in field for fault in rules.missing_words(one, known()))


def is_of_the_field(place: str) -> bool:
    """Whether a file defines words of the field: core, and the models of the apps."""
    return place.startswith("wenming/core/") or "/models" in place


def test_a_class_without_a_word_is_seen() -> None:
    planted = source("wenming/core/planted.py", "class Wyrzlbrmpft: pass\n")
    assert list(rules.missing_words(planted, known()))


def test_every_row_has_chinese_english_and_code() -> None:
    assert rows()
    for row in rows():
        assert re.search(r"[\u4e00-\u9fff]", row["chinese"]), row.group()
        assert row["english"].strip(), row.group()
        assert CODE.findall(row["code"]), row.group()


def test_no_class_name_has_two_rows() -> None:
    names = Counter(name for row in rows() for name in CLASS.findall(row["code"]))
    assert [name for name, count in names.items() if count > 1] == []
