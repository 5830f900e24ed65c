"""What keys a mapping may have, and from it one plain row; every mistake is noted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from wenming.core.errors import BadInput, Place, Problem
from wenming.core.rows import Row
from wenming.files.texts import as_text, nearest, read_bytes
from wenming.files.yaml_tree import Block, Listing, Node, Scalar, kind, parse_yaml

WORDS = ";,、，"
"""Marks that part the words of a list of keys, and so cannot stand in one."""

_MOST_MEGABYTES = 16


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of texts that becomes one cell.

    Attributes:
        column: of the cell.
        separator: stands between the entries in the cell.
        refused: characters that no entry may hold.
    """

    column: str
    separator: str = ";"
    refused: str = WORDS


@dataclass(frozen=True, slots=True)
class Below:
    """A key whose content becomes rows of its own."""


BELOW = Below()

Layout = Mapping[str, "str | Listed | Below | Layout"]
"""The keys of a mapping as they nest in the file; a text names the column of the cell."""

TITLE: Layout = {"zh": "title_zh", "en": "title_en"}
NOTE: Layout = {"zh": "note_zh", "en": "note_en"}


class YamlFile:
    """One YAML file while it is turned into rows; `finish` tells every mistake at once."""

    def __init__(self, path: Path, name: str | None, schema: str) -> None:
        file = name or str(path)
        self.problems: list[Problem] = []
        text = as_text(read_bytes(path, file, most=_MOST_MEGABYTES), file)
        try:
            self.root = parse_yaml(text, file, self.problems)
        except BadInput as refused:
            raise BadInput([*refused.problems, *self.problems]) from refused
        self._check_schema(schema)

    def _check_schema(self, expected: str) -> None:
        given = self.root.entries.get("schema")
        if given is None:
            self.note("key_missing", self.root.place, key="schema")
        elif not isinstance(given, Scalar) or given.text != expected:
            value = given.text if isinstance(given, Scalar) else kind(given)
            self.note("schema_wrong", given.place, value=value, expected=expected)
        else:
            return
        raise BadInput(self.problems)

    def finish(self, noted: list[Problem] | None = None) -> None:
        """Raise what was noted.

        Args:
            noted: takes the mistakes instead, where the rows are wanted in spite of them.

        Raises:
            BadInput: at least one mistake was noted.
        """
        if noted is not None:
            noted += self.problems
        elif self.problems:
            raise BadInput(self.problems)

    def note(self, code: str, place: Place, **facts: object) -> None:
        """Note a mistake."""
        self.problems.append(Problem(code, place, facts))

    def row(self, block: Block, layout: Layout, **fixed: Scalar) -> Row:
        """One row from a mapping.

        Args:
            layout: the keys that the mapping may have.
            fixed: cells that come from elsewhere, such as the key of the parent.
        """
        cells = dict(fixed)
        self._take(block, layout, cells)
        return Row(
            values={column: cell.text for column, cell in cells.items()},
            place=block.place,
            places={column: cell.place for column, cell in cells.items()},
        )

    def _take(self, block: Block, layout: Layout, cells: dict[str, Scalar]) -> None:
        for key, node in block.entries.items():
            meant = layout.get(key)
            if meant is None:
                self._refuse_key(block.keys[key], layout)
            elif isinstance(meant, str):
                cells[meant] = self._scalar(node)
            elif isinstance(meant, Listed):
                cells[meant.column] = self._listed(node, meant)
            elif not isinstance(meant, Below):
                self._take(self._block(node), meant, cells)

    def _refuse_key(self, key: Scalar, layout: Layout) -> None:
        self.note(
            "key_not_allowed",
            key.place,
            key=key.text,
            allowed=", ".join(layout),
            nearest=nearest(key.text, layout),
        )

    def _scalar(self, node: Node) -> Scalar:
        if isinstance(node, Scalar):
            return node
        self.note("text_expected", node.place, found=kind(node))
        return Scalar("", node.place)

    def _block(self, node: Node) -> Block:
        if isinstance(node, Block):
            return node
        if not _is_blank(node):
            self.note("mapping_expected", node.place, found=kind(node))
        return Block({}, {}, node.place)

    def _entries(self, node: Node) -> Sequence[Node]:
        if isinstance(node, Listing):
            return node.entries
        if not _is_blank(node):
            self.note("list_expected", node.place, found=kind(node))
        return ()

    def _listed(self, node: Node, meant: Listed) -> Scalar:
        entries = [self._scalar(each) for each in self._entries(node)]
        for entry in entries:
            if any(mark in entry.text for mark in meant.refused):
                self.note(
                    "separator_in_entry", entry.place, value=entry.text, separators=meant.refused
                )
        return Scalar(meant.separator.join(entry.text for entry in entries), node.place)

    def blocks(self, block: Block, key: str) -> Iterator[Block]:
        """The mappings of the list under `key`, in order; none when it is absent."""
        if key in block.entries:
            yield from map(self._block, self._entries(block.entries[key]))

    def named(self, block: Block, key: str) -> Iterator[tuple[Scalar, Block]]:
        """The mappings of the mapping under `key`, each with its own key."""
        if key in block.entries:
            below = self._block(block.entries[key])
            for name, node in below.entries.items():
                yield below.keys[name], self._block(node)

    def pairs(self, block: Block, key: str) -> Iterator[tuple[Scalar, Scalar]]:
        """The texts of the mapping under `key`, each with its own key."""
        if key in block.entries:
            below = self._block(block.entries[key])
            for name, node in below.entries.items():
                yield below.keys[name], self._scalar(node)


def _is_blank(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text
