"""The nodes of YAML files that a person can read and mend by hand."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import yaml

from wenming.files.edition_rows import NUMBERS, Cells

_WIDTH = 110
_SHORT = 80
_TEXT = "tag:yaml.org,2002:str"
_MAPPING = "tag:yaml.org,2002:map"
_LIST = "tag:yaml.org,2002:seq"
_FLAGS = ("true", "false")
_BARE = NUMBERS | {"pass_share", "critical", "major", "minor", "respondents", "deff"}


def write_yaml(root: yaml.Node, path: Path) -> None:
    """Write a document; Chinese stays as it is.

    Args:
        path: of the file, which is replaced when it exists.
    """
    text = yaml.serialize(
        root, Dumper=_Dumper, allow_unicode=True, width=_WIDTH, encoding=None, indent=2
    )
    path.write_text(text, encoding="utf-8", newline="\n")


class _Dumper(yaml.SafeDumper):
    """Lists stand two columns in from their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT002
        super().increase_indent(flow, False)


def block(below: Mapping[str, yaml.Node], *, flow: bool = False) -> yaml.Node:
    """A mapping of what is not blank."""
    return mapping([(text_node(key), node) for key, node in below.items() if node.value], flow=flow)


def mapping(pairs: list[tuple[yaml.Node, yaml.Node]], *, flow: bool = False) -> yaml.Node:
    """A mapping of these pairs, in their order."""
    return yaml.MappingNode(_MAPPING, pairs, flow_style=flow)


def listed(below: Iterable[yaml.Node], *, flow: bool = False) -> yaml.Node:
    """A list."""
    return yaml.SequenceNode(_LIST, list(below), flow_style=flow)


def flow(row: Cells, columns: Sequence[str]) -> yaml.Node:
    """A mapping of some columns of a row, on one line."""
    return block({column: cell_node(column, row.get(column, "")) for column in columns}, flow=True)


def titled(row: Cells, name: str) -> yaml.Node:
    """A name in both languages, on one line where it is short."""
    zh, en = row[f"{name}_zh"], row[f"{name}_en"]
    return block({"zh": text_node(zh), "en": text_node(en)}, flow=len(zh) + len(en) <= _SHORT)


def entries(cell: str) -> yaml.Node:
    """The entries of a cell, which `;` separates, as a list on one line."""
    return listed([text_node(word) for word in cell.split(";") if word], flow=True)


def cell_node(column: str, cell: str) -> yaml.Node:
    """A cell, bare where its column holds numbers."""
    return number_node(cell) if column in _BARE else text_node(cell)


def text_node(value: str) -> yaml.Node:
    """A text, in quotes where YAML would read it as something else."""
    return yaml.ScalarNode(_TEXT, value)


def number_node(value: str) -> yaml.Node:
    """Written bare, digit for digit."""
    plain = "bool" if value in _FLAGS else "float" if "." in value else "int"
    return yaml.ScalarNode(f"tag:yaml.org,2002:{plain}", value)
