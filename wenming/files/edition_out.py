"""An edition as YAML that a person can read and mend by hand."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from wenming.core.framework import Edition
from wenming.files.edition_rows import Cells, edition_rows
from wenming.files.edition_yaml import SCHEMA
from wenming.files.yaml_out import (
    block,
    cell_node,
    entries,
    flow,
    listed,
    mapping,
    number_node,
    text_node,
    titled,
    write_yaml,
)


def write_edition_yaml(edition: Edition, path: Path) -> None:
    """Write an edition as YAML; numbers stay as they were written, Chinese as it is.

    Args:
        path: of the file, which is replaced when it exists.
    """
    root = _Document(edition_rows(edition)).root()
    write_yaml(root, path)


class _Document:
    """The nodes of the file, from the plain rows of an edition."""

    def __init__(self, rows: Mapping[str, Sequence[Cells]]) -> None:
        self.rows = rows

    def root(self) -> yaml.Node:
        head = self.rows["edition"][0]
        return block(
            {
                "schema": text_node(SCHEMA),
                "key": text_node(head["key"]),
                "title": titled(head, "title"),
                "note": titled(head, "note"),
                "met": text_node(head["met"]),
                "fallback": text_node(head["fallback"]),
                "points": flow(head, ("basic", "distinctive")),
                "partial": number_node(head["partial"]),
                "statistic_years": cell_node("statistic_years", head["statistic_years"]),
                "grades": self._named("grades", ("coefficient", "mark")),
                "sites": _sites(head),
                "official": flow(_without(head, "official_"), ("respondents", "deff", "mark")),
                "tiers": self._titles("tiers"),
                "groups": self._titles("groups"),
                "sources": mapping(
                    [
                        (text_node(row["key"]), text_node(row["text"]))
                        for row in self.rows["sources"]
                    ]
                ),
                "gates": listed(map(_gate, self.rows["gates"])),
                "dimensions": listed(map(self._dimension, self.rows["dimensions"])),
            }
        )

    def _named(self, table: str, columns: Sequence[str]) -> yaml.Node:
        return block({row["key"]: flow(row, columns) for row in self.rows[table]})

    def _titles(self, table: str) -> yaml.Node:
        return block({row["key"]: titled(row, "title") for row in self.rows[table]})

    def _below(self, table: str, column: str, key: str) -> list[Cells]:
        return [row for row in self.rows[table] if row[column] == key]

    def _dimension(self, row: Cells) -> yaml.Node:
        below = self._below("indicators", "dimension", row["key"])
        return block(
            {
                "key": text_node(row["key"]),
                "part": text_node(row["part"]),
                "title": titled(row, "title"),
                "points": number_node(row["points"]),
                "indicators": listed(map(self._indicator, below)),
            }
        )

    def _indicator(self, row: Cells) -> yaml.Node:
        below = self._below("items", "indicator", row["key"])
        return block(
            {
                "key": text_node(row["key"]),
                "ordinal": text_node(row["ordinal"]),
                "title": titled(row, "title"),
                "items": listed(map(self._item, below)),
            }
        )

    def _item(self, row: Cells) -> yaml.Node:
        below = self._below("criteria", "item", row["key"])
        return block(
            {
                "key": text_node(row["key"]),
                "title": titled(row, "title"),
                "points": number_node(row["points"]),
                "points_mark": text_node(row["points_mark"]),
                "group": text_node(row["group"]),
                "sources": entries(row["sources"]),
                "note": titled(row, "note"),
                "shifted_tiers": entries(row["shifted_tiers"]),
                "criteria": listed(map(self._criterion, below)),
            }
        )

    def _criterion(self, row: Cells) -> yaml.Node:
        columns = ("sample", "aggregate", "full", "each", "top", "trimmed", "required")
        return block(
            {
                "shape": text_node(row["shape"]),
                "method": text_node(row["method"]),
                "unit": text_node(row["unit"]),
                "site_types": entries(row["site_types"]),
                "each_of": entries(row.get("each_of", "")),
                **{column: cell_node(column, row.get(column, "")) for column in columns},
                "conditions": listed(map(_condition, self._of(row, "conditions"))),
                "grades": block({each["grade"]: _limit(each) for each in self._of(row, "limits")}),
            }
        )

    def _of(self, criterion: Cells, table: str) -> list[Cells]:
        below = self._below(table, "item", criterion["item"])
        return [row for row in below if row["criterion"] == criterion["n"]]


def _sites(head: Cells) -> yaml.Node:
    return block(
        {
            "pass_share": number_node(head["site_share"]),
            "condition_share": number_node(head["condition_share"]),
            "weights": flow(_without(head, "weight_"), ("critical", "major", "minor")),
            "mark": text_node(head["site_mark"]),
        },
        flow=True,
    )


def _gate(row: Cells) -> yaml.Node:
    cells = {column: cell_node(column, row[column]) for column in ("op", "value", "item", "mark")}
    head = {
        "key": text_node(row["key"]),
        "kind": text_node(row["kind"]),
        "title": titled(row, "title"),
    }
    return block(head | cells, flow=True)


def _condition(row: Cells) -> yaml.Node:
    named = {"zh": row["text_zh"], "en": row["text_en"], **row}
    return flow(named, ("zh", "en", "method", "op", "value", "mark"))


def _limit(row: Cells) -> yaml.Node:
    columns = ("met", "op", "value")
    cells = {column: cell_node(column, row.get(column, "")) for column in columns}
    numbers = [number_node(word) for word in row.get("all_of", "").split(";") if word]
    below = {**cells, "all_of": listed(numbers, flow=True), "mark": text_node(row["mark"])}
    return block(below, flow=True)


def _without(row: Cells, prefix: str) -> Cells:
    return {
        column.removeprefix(prefix): cell
        for column, cell in row.items()
        if column.startswith(prefix)
    }
