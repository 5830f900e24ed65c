"""Reading plain values from a mapping, keeping every mistake instead of stopping at the first."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from wenming.core.errors import Place, Problem
from wenming.stats.sampling.frame import normal_text

DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?")

#: What a field expects, shown by example, so that the facts of a problem have no language.
TEXT: Final = '"…"'
TEXTS: Final = '["…", …]'
MAPPING: Final = '{"…": …}'
QUOTED_DECIMAL: Final = '"0.35"'


@dataclass(slots=True)
class Fields:
    """One mapping under reading.

    Attributes:
        values: the mapping; a field that is None counts as not there.
        file: the name of the file, for the places of problems.
        path: where the mapping stands in the file, such as `allocation`; empty at the top.
        problems: what was wrong so far; shared with the mappings inside.
    """

    values: Mapping[str, object]
    file: str
    path: str = ""
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, code: str, name: str, **facts: object) -> None:
        """Note a mistake at field `name`."""
        address = ".".join(part for part in (self.path, name) if part)
        place = Place(file=self.file, column=name, address=address)
        self.problems.append(Problem(code=code, place=place, facts=facts))

    def known(self, *allowed: str) -> None:
        """Note every field that is not among `allowed`."""
        for name in self.values:
            if name not in allowed:
                self.refuse("plan_field_unknown", str(name), allowed=list(allowed))

    def has(self, name: str) -> bool:
        """Whether the field says something."""
        return self.values.get(name) not in (None, [])

    def missing(self, name: str, expected: str) -> bool:
        """Note, and say, that a needed field is not there."""
        if not self.has(name):
            self.refuse("plan_field_missing", name, expected=expected)
        return not self.has(name)

    def unused(self, name: str, because: str) -> None:
        """Note a field that has no meaning beside the others."""
        if self.has(name):
            self.refuse("plan_field_unused", name, because=because)

    def wrong(self, name: str, expected: str) -> None:
        """Note a field whose value is not of the expected kind."""
        self.refuse("plan_field_wrong", name, expected=expected, found=repr(self.values.get(name)))

    def text(self, name: str) -> str | None:
        """Text that is not empty; None when not there or wrong."""
        value = self.values.get(name)
        if value is None:
            return None
        if not is_text(value):
            self.wrong(name, TEXT)
            return None
        return normal_text(str(value))

    def whole(self, name: str, *, least: int, default: int) -> int:
        """A whole number from `least` on; the default when not there or wrong."""
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            self.wrong(name, whole_from(least))
            return default
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; empty when not there or wrong."""
        value = self.values.get(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(is_text(entry) for entry in value):
            self.wrong(name, TEXTS)
            return ()
        return tuple(normal_text(entry) for entry in value)

    def inner(self, name: str) -> "Fields | None":
        """A mapping inside this one; None when not there or wrong."""
        value = self.values.get(name)
        if value is None:
            return None
        if not isinstance(value, Mapping) or not all(is_text(entry) for entry in value):
            self.wrong(name, MAPPING)
            return None
        inside = {normal_text(entry): content for entry, content in value.items()}
        path = ".".join(part for part in (self.path, name) if part)
        return Fields(values=inside, file=self.file, path=path, problems=self.problems)


def whole_from(least: int) -> str:
    """The whole numbers from `least` on, shown by example."""
    return f"{least}, {least + 1}, {least + 2}, …"


def is_text(value: object) -> bool:
    """Whether a value is text with at least one sign, all of which UTF-8 can write."""
    return (
        isinstance(value, str)
        and value != ""
        and not any("\ud800" <= sign <= "\udfff" for sign in value)
    )
