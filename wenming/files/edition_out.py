"""An edition as YAML that a person can read and mend by hand."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import yaml

from wenming.core.framework import Edition
from wenming.files.edition_rows import NUMBERS, Cells, edition_rows
from wenming.files.edition_yaml import SCHEMA

_WIDTH = 110
_SHORT = 80
_TEXT = "tag:yaml.org,2002:str"
_MAPPING = "tag:yaml.org,2002:map"
_LIST = "tag:yaml.org,2002:seq"
_FLAGS = ("true", "false")
_BARE = NUMBERS | {"pass_share", "critical", "major", "minor", "respondents", "deff"}


def write_edition_yaml(edition: Edition, path: Path) -> None:
    """Write an edition as YAML; numbers stay as they were written, Chinese as it is.

    Args:
        path: of the file, which is replaced when it exists.
    """
    root = _Document(edition_rows(edition)).root()
    text = yaml.serialize(
        root, Dumper=_Dumper, allow_unicode=True, width=_WIDTH, encoding=None, indent=2
    )
    path.write_text(text, encoding="utf-8", newline="\n")


class _Dumper(yaml.SafeDumper):
    """Lists stand two columns in from their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT002
        super().increase_indent(flow, False)


class _Document:
    """The nodes of the file, from the plain rows of an edition."""

    def __init__(self, rows: Mapping[str, Sequence[Cells]]) -> None:
        self.rows = rows

    def root(self) -> yaml.Node:
        head = self.rows["edition"][0]
        return _block(
            {
                "schema": _text(SCHEMA),
                "key": _text(head["key"]),
                "title": _words(head, "title"),
                "note": _words(head, "note"),
                "met": _text(head["met"]),
                "fallback": _text(head["fallback"]),
                "points": _flow(head, ("basic", "distinctive")),
                "partial": _number(head["partial"]),
                "grades": self._named("grades", ("coefficient", "mark")),
                "sites": _sites(head),
                "official": _flow(_without(head, "official_"), ("respondents", "deff", "mark")),
                "tiers": self._titles("tiers"),
                "groups": self._titles("groups"),
                "sources": _mapping(
                    [(_text(row["key"]), _text(row["text"])) for row in self.rows["sources"]]
                ),
                "gates": _list(map(_gate, self.rows["gates"])),
                "dimensions": _list(map(self._dimension, self.rows["dimensions"])),
            }
        )

    def _named(self, table: str, columns: Sequence[str]) -> yaml.Node:
        return _block({row["key"]: _flow(row, columns) for row in self.rows[table]})

    def _titles(self, table: str) -> yaml.Node:
        return _block({row["key"]: _words(row, "title") for row in self.rows[table]})

    def _below(self, table: str, column: str, key: str) -> list[Cells]:
        return [row for row in self.rows[table] if row[column] == key]

    def _dimension(self, row: Cells) -> yaml.Node:
        below = self._below("indicators", "dimension", row["key"])
        return _block(
            {
                "key": _text(row["key"]),
                "part": _text(row["part"]),
                "title": _words(row, "title"),
                "points": _number(row["points"]),
                "indicators": _list(map(self._indicator, below)),
            }
        )

    def _indicator(self, row: Cells) -> yaml.Node:
        below = self._below("items", "indicator", row["key"])
        return _block(
            {
                "key": _text(row["key"]),
                "ordinal": _text(row["ordinal"]),
                "title": _words(row, "title"),
                "items": _list(map(self._item, below)),
            }
        )

    def _item(self, row: Cells) -> yaml.Node:
        below = self._below("criteria", "item", row["key"])
        return _block(
            {
                "key": _text(row["key"]),
                "title": _words(row, "title"),
                "points": _number(row["points"]),
                "points_mark": _text(row["points_mark"]),
                "group": _text(row["group"]),
                "sources": _entries(row["sources"]),
                "note": _words(row, "note"),
                "shifted_tiers": _entries(row["shifted_tiers"]),
                "criteria": _list(map(self._criterion, below)),
            }
        )

    def _criterion(self, row: Cells) -> yaml.Node:
        columns = ("sample", "aggregate", "full", "each", "top", "trimmed", "required")
        return _block(
            {
                "shape": _text(row["shape"]),
                "method": _text(row["method"]),
                "unit": _text(row["unit"]),
                "site_types": _entries(row["site_types"]),
                "each_of": _entries(row.get("each_of", "")),
                **{column: _cell(column, row.get(column, "")) for column in columns},
                "conditions": _list(map(_condition, self._of(row, "conditions"))),
                "grades": _block({each["grade"]: _limit(each) for each in self._of(row, "limits")}),
            }
        )

    def _of(self, criterion: Cells, table: str) -> list[Cells]:
        below = self._below(table, "item", criterion["item"])
        return [row for row in below if row["criterion"] == criterion["n"]]


def _sites(head: Cells) -> yaml.Node:
    return _block(
        {
            "pass_share": _number(head["site_share"]),
            "condition_share": _number(head["condition_share"]),
            "weights": _flow(_without(head, "weight_"), ("critical", "major", "minor")),
            "mark": _text(head["site_mark"]),
        },
        flow=True,
    )


def _gate(row: Cells) -> yaml.Node:
    cells = {column: _cell(column, row[column]) for column in ("op", "value", "item", "mark")}
    head = {"key": _text(row["key"]), "kind": _text(row["kind"]), "title": _words(row, "title")}
    return _block(head | cells, flow=True)


def _condition(row: Cells) -> yaml.Node:
    named = {"zh": row["text_zh"], "en": row["text_en"], **row}
    return _flow(named, ("zh", "en", "method", "op", "value", "mark"))


def _limit(row: Cells) -> yaml.Node:
    columns = ("met", "op", "value")
    cells = {column: _cell(column, row.get(column, "")) for column in columns}
    numbers = [_number(word) for word in row.get("all_of", "").split(";") if word]
    below = {**cells, "all_of": _list(numbers, flow=True), "mark": _text(row["mark"])}
    return _block(below, flow=True)


def _without(row: Cells, prefix: str) -> Cells:
    return {
        column.removeprefix(prefix): cell
        for column, cell in row.items()
        if column.startswith(prefix)
    }


def _block(below: Mapping[str, yaml.Node], *, flow: bool = False) -> yaml.Node:
    """A mapping of what is not blank."""
    return _mapping([(_text(key), node) for key, node in below.items() if node.value], flow=flow)


def _mapping(pairs: list[tuple[yaml.Node, yaml.Node]], *, flow: bool = False) -> yaml.Node:
    return yaml.MappingNode(_MAPPING, pairs, flow_style=flow)


def _list(below: Iterable[yaml.Node], *, flow: bool = False) -> yaml.Node:
    return yaml.SequenceNode(_LIST, list(below), flow_style=flow)


def _flow(row: Cells, columns: Sequence[str]) -> yaml.Node:
    return _block({column: _cell(column, row.get(column, "")) for column in columns}, flow=True)


def _words(row: Cells, name: str) -> yaml.Node:
    zh, en = row[f"{name}_zh"], row[f"{name}_en"]
    return _block({"zh": _text(zh), "en": _text(en)}, flow=len(zh) + len(en) <= _SHORT)


def _entries(cell: str) -> yaml.Node:
    return _list([_text(word) for word in cell.split(";") if word], flow=True)


def _cell(column: str, cell: str) -> yaml.Node:
    return _number(cell) if column in _BARE else _text(cell)


def _text(value: str) -> yaml.Node:
    return yaml.ScalarNode(_TEXT, value)


def _number(value: str) -> yaml.Node:
    """Written bare, digit for digit."""
    plain = "bool" if value in _FLAGS else "float" if "." in value else "int"
    return yaml.ScalarNode(f"tag:yaml.org,2002:{plain}", value)
