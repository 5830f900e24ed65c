"""An edition in YAML as plain rows."""

from collections import defaultdict
from pathlib import Path

from wenming.core.errors import Problem
from wenming.core.rows import Row, Tables
from wenming.files.layout import BELOW, NOTE, TITLE, Layout, Listed, YamlFile
from wenming.files.yaml_tree import Block, Scalar

SCHEMA = "wenming-edition/1"

_EDITION: Layout = {
    "schema": BELOW,
    "key": "key",
    "title": TITLE,
    "note": NOTE,
    "met": "met",
    "fallback": "fallback",
    "points": {"basic": "basic", "distinctive": "distinctive"},
    "partial": "partial",
    "statistic_years": "statistic_years",
    "grades": BELOW,
    "sites": {
        "pass_share": "site_share",  # nosec B105
        "condition_share": "condition_share",
        "weights": {
            "critical": "weight_critical",
            "major": "weight_major",
            "minor": "weight_minor",
        },
        "mark": "site_mark",
    },
    "official": {
        "respondents": "official_respondents",
        "deff": "official_deff",
        "mark": "official_mark",
    },
    "tiers": BELOW,
    "groups": BELOW,
    "sources": BELOW,
    "gates": BELOW,
    "dimensions": BELOW,
}
_GRADE: Layout = {"coefficient": "coefficient", "mark": "mark"}
_GATE: Layout = {
    "key": "key",
    "kind": "kind",
    "title": TITLE,
    "op": "op",
    "value": "value",
    "item": "item",
    "mark": "mark",
}
_DIMENSION: Layout = {
    "key": "key",
    "part": "part",
    "title": TITLE,
    "points": "points",
    "indicators": BELOW,
}
_INDICATOR: Layout = {"key": "key", "ordinal": "ordinal", "title": TITLE, "items": BELOW}
_ITEM: Layout = {
    "key": "key",
    "title": TITLE,
    "points": "points",
    "points_mark": "points_mark",
    "group": "group",
    "sources": Listed("sources"),
    "note": NOTE,
    "shifted_tiers": Listed("shifted_tiers"),
    "criteria": BELOW,
}
_CRITERION: Layout = {
    "shape": "shape",
    "method": "method",
    "unit": "unit",
    "site_types": Listed("site_types"),
    "sample": "sample",
    "each_of": Listed("each_of"),
    "aggregate": "aggregate",
    "full": "full",
    "each": "each",
    "top": "top",
    "trimmed": "trimmed",
    "required": "required",
    "conditions": BELOW,
    "grades": BELOW,
}
_CONDITION: Layout = {
    "zh": "text_zh",
    "en": "text_en",
    "method": "method",
    "op": "op",
    "value": "value",
    "mark": "mark",
}
_LIMIT: Layout = {
    "op": "op",
    "value": "value",
    "met": "met",
    "all_of": Listed("all_of"),
    "mark": "mark",
}


def edition_tables(
    path: Path, *, name: str | None = None, noted: list[Problem] | None = None
) -> Tables:
    """The plain rows of an edition written in YAML.

    Args:
        name: the name to blame; the path as given when None.
        noted: takes the mistakes instead, where the rows are wanted in spite of them.

    Raises:
        BadInput: one problem for each mistake in the form of the file, with its place.

    Source:
        docs/reference/edition-format.md, sections 1 and 2.
    """
    file = YamlFile(path, name, SCHEMA)
    tables: dict[str, list[Row]] = defaultdict(list)
    root = file.root
    tables["edition"] = [file.row(root, _EDITION)]
    tables["grades"] = [file.row(b, _GRADE, key=key) for key, b in file.named(root, "grades")]
    for table in ("tiers", "groups"):
        tables[table] = [file.row(b, TITLE, key=key) for key, b in file.named(root, table)]
    tables["sources"] = [
        Row({"key": key.text, "text": text.text}, key.place, {"key": key.place, "text": text.place})
        for key, text in file.pairs(root, "sources")
    ]
    tables["gates"] = [file.row(block, _GATE) for block in file.blocks(root, "gates")]
    for dimension in file.blocks(root, "dimensions"):
        _dimension(file, dimension, tables)
    file.finish(noted)
    return dict(tables)


def _dimension(file: YamlFile, block: Block, tables: dict[str, list[Row]]) -> None:
    tables["dimensions"].append(file.row(block, _DIMENSION))
    for indicator in file.blocks(block, "indicators"):
        tables["indicators"].append(file.row(indicator, _INDICATOR, dimension=_key(block)))
        for item in file.blocks(indicator, "items"):
            tables["items"].append(file.row(item, _ITEM, indicator=_key(indicator)))
            for n, criterion in enumerate(file.blocks(item, "criteria"), start=1):
                parent = {"item": _key(item)}
                number = Scalar(str(n), criterion.place)
                tables["criteria"].append(file.row(criterion, _CRITERION, n=number, **parent))
                _below_criterion(file, criterion, parent | {"criterion": number}, tables)


def _below_criterion(
    file: YamlFile, block: Block, parent: dict[str, Scalar], tables: dict[str, list[Row]]
) -> None:
    for condition in file.blocks(block, "conditions"):
        tables["conditions"].append(file.row(condition, _CONDITION, **parent))
    for grade, limit in file.named(block, "grades"):
        tables["limits"].append(file.row(limit, _LIMIT, grade=grade, **parent))


def _key(block: Block) -> Scalar:
    key = block.entries.get("key")
    return key if isinstance(key, Scalar) else Scalar("", block.place)
