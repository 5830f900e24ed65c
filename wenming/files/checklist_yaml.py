"""Checklists of the field in YAML as plain rows."""

from pathlib import Path

from wenming.core.errors import Problem
from wenming.core.rows import Row, Tables
from wenming.files.layout import BELOW, TITLE, Layout, YamlFile
from wenming.files.yaml_tree import Scalar

SCHEMA = "wenming-checklists/1"

_ROOT: Layout = {"schema": BELOW, "site_types": BELOW}
_SITE_TYPE: Layout = {"key": "key", "title": TITLE, "how": "how", "mark": "mark", "lines": BELOW}
_SITE_TYPE_WITH_HOW: Layout = {**_SITE_TYPE, "how": {"zh": "how"}}
_LINE: Layout = {
    "key": "key",
    "title": TITLE,
    "item": "item",
    "severity": "severity",
    "judge": "judge",
    "op": "op",
    "value": "value",
    "window": "window",
    "mark": "mark",
}


def checklist_tables(
    path: Path, *, name: str | None = None, noted: list[Problem] | None = None
) -> Tables:
    """The plain rows of the checklists: `site_types` and `lines`.

    `how` may be a text or a mapping with the key `zh`.

    Args:
        name: the name to blame; the path as given when None.
        noted: takes the mistakes instead, where the rows are wanted in spite of them.

    Raises:
        BadInput: one problem for each mistake in the form of the file, with its place.

    Source:
        docs/reference/edition-format.md, section 3.
    """
    file = YamlFile(path, name, SCHEMA)
    file.row(file.root, _ROOT)
    types: list[Row] = []
    lines: list[Row] = []
    for block in file.blocks(file.root, "site_types"):
        is_text = isinstance(block.entries.get("how"), Scalar)
        row = file.row(block, _SITE_TYPE if is_text else _SITE_TYPE_WITH_HOW)
        types.append(row)
        key = Scalar(row.text("key"), row.at("key"))
        lines += [file.row(line, _LINE, site_type=key) for line in file.blocks(block, "lines")]
    file.finish(noted)
    return {"site_types": types, "lines": lines}
