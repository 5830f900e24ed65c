"""The edition and the checklists that the evidence is made for, as read from their files."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Mapping = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """The two files as plain dictionaries; `wenming.files` is what checks them."""

    edition: Mapping
    checklists: Mapping

    @classmethod
    def read(cls, folder: Path) -> "Source":
        """Read `edition_2005_b.yaml` and `checklists.yaml` in `folder`."""
        return cls(_read(folder / "edition_2005_b.yaml"), _read(folder / "checklists.yaml"))

    def items(self) -> Iterator[Mapping]:
        """Every item of the edition, in order."""
        for dimension in self.edition["dimensions"]:
            for indicator in dimension["indicators"]:
                yield from indicator["items"]

    def conditions(self) -> Iterator[tuple[Mapping, int, Mapping, str]]:
        """Every condition with its item, its number and its method."""
        for item in self.items():
            for criterion in item["criteria"]:
                for n, condition in enumerate(criterion.get("conditions", ()), start=1):
                    yield item, n, condition, condition.get("method", criterion["method"])

    def lines(self) -> dict[str, list[Mapping]]:
        """The lines of each site type."""
        return {each["key"]: each["lines"] for each in self.checklists["site_types"]}


def _read(path: Path) -> Mapping:
    content: Mapping = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content
