"""Checklists of the field as YAML and as workbooks; reading them again gives the same lists."""

from collections.abc import Callable, Mapping
from pathlib import Path

import yaml

from wenming.core.errors import BadInput, Place, Problem
from wenming.core.framework import CheckLine, Checklist, Checklists
from wenming.files.checklist_yaml import SCHEMA
from wenming.files.edition_rows import Cells
from wenming.files.edition_workbook import write_tables
from wenming.files.editions import CHECKLIST_TABLES
from wenming.files.yaml_out import block, flow, listed, text_node, titled, write_yaml

_LINE = ("item", "severity", "judge", "op", "value", "window", "mark")


def write_checklists(checklists: Checklists, path: Path) -> None:
    """Write checklists as YAML or as a workbook, by the ending of the path.

    Args:
        path: of the file, which is replaced when it exists.

    Raises:
        BadInput: the ending names no form that can be written, or a text is longer than a cell.
    """
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        facts: dict[str, object] = {"ending": path.suffix, "allowed": ", ".join(_WRITERS)}
        raise BadInput([Problem("ending_unknown", Place(str(path)), facts)])
    write(checklists, path)


def _workbook(checklists: Checklists, path: Path) -> None:
    rows = {
        "site_types": [_site_type(each) for each in checklists.by_type.values()],
        "lines": [_line(checklist, line) for checklist, line in checklists.lines()],
    }
    write_tables(CHECKLIST_TABLES, rows, path)


def _yaml(checklists: Checklists, path: Path) -> None:
    lists = [_list_node(each) for each in checklists.by_type.values()]
    write_yaml(block({"schema": text_node(SCHEMA), "site_types": listed(lists)}), path)


_WRITERS: Mapping[str, Callable[[Checklists, Path], None]] = {
    ".xlsx": _workbook,
    ".yaml": _yaml,
    ".yml": _yaml,
}


def _list_node(checklist: Checklist) -> yaml.Node:
    row = _site_type(checklist)
    return block(
        {
            "key": text_node(row["key"]),
            "title": titled(row, "title"),
            "how": text_node(row["how"]),
            "mark": text_node(row["mark"]),
            "lines": listed([_line_node(_line(checklist, line)) for line in checklist.lines]),
        }
    )


def _line_node(row: Cells) -> yaml.Node:
    cells = flow(row, _LINE).value
    pairs = block({"key": text_node(row["key"]), "title": titled(row, "title")}).value
    return yaml.MappingNode("tag:yaml.org,2002:map", [*pairs, *cells], flow_style=True)


def _site_type(checklist: Checklist) -> Cells:
    return {
        "key": checklist.site_type,
        "title_zh": checklist.title.zh,
        "title_en": checklist.title.en,
        "how": checklist.how,
        "mark": checklist.mark.value,
    }


def _line(checklist: Checklist, line: CheckLine) -> Cells:
    limit = line.limit
    return {
        "key": line.key,
        "site_type": checklist.site_type,
        "title_zh": line.title.zh,
        "title_en": line.title.en,
        "item": line.item,
        "severity": line.severity.value,
        "judge": line.judgement.value,
        "op": limit.op.value if limit else "",
        "value": format(limit.value, "f") if limit else "",
        "window": line.window,
        "mark": limit.mark.value if limit else "",
    }
