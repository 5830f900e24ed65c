"""The words of the interface: collect them from the sources, and see that Chinese is complete.

`python -m tools.words` brings the `.po` file up to date and compiles it; `--check` only says what
is wrong. Neither needs GNU gettext.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from tools.hatch_build import compile_words

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "zh_Hans"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)|\{(\w+)\}")
NOTE = "Translators:"
# Babel's own header holds the time of day: a file that changes by itself makes noise in commits.
HEADER = r"""# The Chinese words of wenming 文明的中文词句
msgid ""
msgstr ""
"Language: zh_Hans\n"
"Plural-Forms: nplurals=1; plural=0;\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""

Text = str | tuple[str, ...] | list[str]
Found = tuple[str, int, str | tuple[str, ...], list[str], str | None]


def words_of(root: Path = ROOT) -> Catalog:
    """Every translatable message of the Python files and templates below `root`/wenming."""
    catalog = Catalog(locale=LANGUAGE, charset="utf-8")
    for place, line, text, comments, context in _found(root):
        catalog.add(text, None, [(place, line)], auto_comments=comments, context=context)
    return catalog


def translations(root: Path = ROOT) -> Catalog:
    """The Chinese catalogue as it lies in the repository; empty where there is none."""
    file = po_file(root)
    if not file.exists():
        return Catalog(locale=LANGUAGE, charset="utf-8")
    with file.open("rb") as text:
        return read_po(text, locale=LANGUAGE, abort_invalid=True)


def updated(root: Path = ROOT) -> bytes:
    """The `.po` file with new messages added, vanished ones removed, translations kept."""
    catalog = translations(root)
    catalog.update(words_of(root), no_fuzzy_matching=True)
    written = io.BytesIO()
    write_po(written, catalog, width=0, omit_header=True, ignore_obsolete=True,
             sort_output=True, include_lineno=False)  # fmt: skip
    return HEADER.encode() + written.getvalue()


def complaints(root: Path = ROOT) -> list[str]:
    """What keeps the Chinese from being complete: one sentence for each message."""
    known = translations(root)
    wrong = []
    for message in words_of(root):
        if not message.id:
            continue
        where = f"{message.locations[0][0]}:{message.locations[0][1]}: {message.id!r}"
        translated = known.get(_forms(message.id)[0], message.context)
        chinese = _forms(translated.string) if translated else [""]
        if not all(chinese):
            wrong.append(f"{where} has no Chinese; run make words and translate it")
        elif translated and translated.fuzzy:
            wrong.append(f"{where} is marked fuzzy; look at it and take the mark away")
        elif any(_names(form) != _names(_forms(message.id)[-1]) for form in chinese):
            wrong.append(f"{where} has other placeholders in Chinese than in English")
    return wrong


def main() -> int:
    """Bring the words up to date, or check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; say what is wrong")
    only_check = parser.parse_args().check
    if not only_check:
        file = po_file(ROOT)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(updated())
        compile_words(ROOT)
    wrong = complaints()
    for sentence in wrong:
        sys.stdout.write(sentence + "\n")
    return 1 if wrong else 0


def po_file(root: Path) -> Path:
    """Where the Chinese words lie."""
    return root / "wenming" / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def _found(root: Path) -> Iterator[Found]:
    package = root / "wenming"
    for file in sorted([*package.rglob("*.py"), *package.rglob("*.html"), *package.rglob("*.txt")]):
        place = file.relative_to(root).as_posix()
        source = file.read_text(encoding="utf-8")
        if file.suffix != ".py":
            # Python's tokenizer would stumble over the indentation of a page.
            source = re.sub(r"(?m)^[ \t]+", "", templatize(source, origin=place))
        lines = io.BytesIO(source.encode())
        options = {"encoding": "utf-8"}
        for line, text, comments, context in extract(
            "python", lines, KEYWORDS, [NOTE], options, strip_comment_tags=True
        ):
            yield place, line, text, comments, context


def _forms(text: Text | None) -> list[str]:
    """The singular and plural forms of a message; a message without plural has one."""
    return [text or ""] if isinstance(text, str | None) else list(text)


def _names(form: str) -> set[str]:
    return {old or new for old, new in PLACEHOLDER.findall(form)}


if __name__ == "__main__":
    sys.exit(main())
