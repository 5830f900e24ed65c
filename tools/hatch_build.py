"""Compile the translations whenever the package is built or installed for editing."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_words(root: Path) -> None:
    """Write a `.mo` file beside each `.po` file of the package."""
    for source in sorted((root / "wenming" / "locale").glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as text:
            catalog = read_po(text, locale=source.parent.parent.name, abort_invalid=True)
        with source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, catalog)


class CompileWords(BuildHookInterface[Any]):
    """What hatchling calls; it then packs the compiled files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every language before the files are collected."""
        del version, build_data
        compile_words(Path(self.root))
