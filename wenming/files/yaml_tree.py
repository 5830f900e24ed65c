"""YAML as a tree of texts that know their place; no value is guessed and no tag obeyed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from wenming.core.errors import BadInput, Place, Problem

DEEPEST = 20
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as it is written; "" for a value left out."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Listing:
    """Values in order."""

    entries: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Block:
    """Values by key, with the place of each key."""

    entries: dict[str, "Node"]
    keys: dict[str, Scalar]
    place: Place


Node = Scalar | Listing | Block


def parse_yaml(text: str, file: str, problems: list[Problem]) -> Block:
    """Parse one YAML document whose root is a mapping.

    Args:
        file: the name to blame.
        problems: repeated keys, aliases and tags are added here.

    Raises:
        BadInput: the text is not YAML, or its root is no mapping.
    """
    if found := _CONTROL.search(text):
        place = Place(file, line=text.count("\n", 0, found.start()) + 1)
        raise _refusal("control_character", place, character=f"U+{ord(found.group()):04X}")
    try:
        root = _Composer(file, text, problems).root()
    except yaml.MarkedYAMLError as failed:
        mark = failed.problem_mark or failed.context_mark
        line, at = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        line = min(line, text.rstrip().count("\n") + 1)
        problem = failed.problem or failed.context or ""
        raise _refusal("yaml_syntax", Place(file, line=line), problem=problem, at=at) from failed
    except (yaml.YAMLError, ValueError) as failed:
        problem = str(failed).partition("\n")[0]
        raise _refusal("yaml_syntax", Place(file), problem=problem, at=0) from failed
    if not isinstance(root, Block):
        raise _refusal("mapping_expected", root.place, found=kind(root))
    return root


def kind(node: Node) -> str:
    """What a node is, in a word: text, list or mapping."""
    return {Scalar: "text", Listing: "list", Block: "mapping"}[type(node)]


class _Composer:
    """Composes the tree from the parser's events, so that depth and aliases are in our hand."""

    def __init__(self, file: str, text: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)

    def root(self) -> Node:
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            raise _refusal("file_empty", Place(self.file))
        root = self._node(self._next(), Place(self.file), 0)
        self._next()  # the end of the document
        if not isinstance(event := self._next(), yaml.StreamEndEvent):
            raise _refusal("yaml_documents", self._at(Place(self.file), event))
        return root

    def _next(self) -> yaml.Event:
        event = next(self.events)
        return next(self.events) if isinstance(event, yaml.StreamStartEvent) else event

    def _at(self, place: Place, event: yaml.Event) -> Place:
        line = event.start_mark.line + 1 if event.start_mark else 0
        return Place(self.file, line=line, column=place.column, address=place.address)

    def _node(self, event: yaml.Event, place: Place, depth: int) -> Node:
        place = self._at(place, event)
        if depth > DEEPEST:
            raise _refusal("too_deep", place, most=DEEPEST)
        if isinstance(event, yaml.AliasEvent):
            self._note("alias_refused", place, name=event.anchor)
            return Scalar("", place)
        if getattr(event, "tag", None) is not None:
            self._note("tag_refused", place, tag=getattr(event, "tag", ""))
        if isinstance(event, yaml.SequenceStartEvent):
            return Listing(tuple(self._entries(place, depth)), place)
        if isinstance(event, yaml.MappingStartEvent):
            return self._block(place, depth)
        return self._scalar(event, place)

    def _scalar(self, event: yaml.Event, place: Place) -> Scalar:
        text = str(getattr(event, "value", ""))
        if not getattr(event, "style", None) and text in _NULL:
            text = ""
        if found := _CONTROL.search(text):
            self._note("control_character", place, character=f"U+{ord(found.group()):04X}")
            text = _CONTROL.sub("", text)
        return Scalar(text, place)

    def _entries(self, place: Place, depth: int) -> Iterator[Node]:
        n = 0
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            below = Place(self.file, column=place.column, address=f"{place.address}[{n}]")
            yield self._node(event, below, depth + 1)
            n += 1

    def _block(self, place: Place, depth: int) -> Block:
        entries: dict[str, Node] = {}
        keys: dict[str, Scalar] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._node(event, place, depth + 1)
            if not isinstance(key, Scalar):
                self._note("key_not_text", key.place)
                self._node(self._next(), place, depth + 1)
                continue
            address = f"{place.address}.{key.text}" if place.address else key.text
            below = Place(self.file, column=key.text, address=address)
            value = self._node(self._next(), below, depth + 1)
            if key.text in keys:
                first = keys[key.text].place.line
                at = self._at(below, event)
                self._note("key_repeated", at, key=key.text, first_line=first)
                continue
            entries[key.text] = value
            keys[key.text] = Scalar(key.text, self._at(below, event))
        return Block(entries, keys, place)

    def _note(self, code: str, place: Place, **facts: object) -> None:
        self.problems.append(Problem(code, place, facts))


def _refusal(code: str, place: Place, **facts: object) -> BadInput:
    return BadInput([Problem(code, place, facts)])
