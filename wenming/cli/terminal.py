"""Text on a terminal: columns that stand below each other although Chinese is twice as wide."""

import json
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from wenming.base import wording
from wenming.base.language import translate
from wenming.core.errors import Problem

NARROWEST, WIDEST = 72, 120
THINNEST = 18
GAP = "  "


def say(message: str, language: str, **facts: object) -> str:
    """A marked message in a language, with its facts filled in."""
    return translate(message, language).format(**facts)


def page_width() -> int:
    """How many columns a line may have."""
    return min(WIDEST, max(NARROWEST, shutil.get_terminal_size((WIDEST, 24)).columns))


def width(text: str) -> int:
    """Columns that a text takes; Chinese characters take two, combining marks none."""
    return sum(_columns(sign) for sign in text)


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """A text filled up to so many columns; cut with an ellipsis where it is longer."""
    shown = cut(text, columns)
    blank = " " * (columns - width(shown))
    return blank + shown if right else shown + blank


def cut(text: str, columns: int) -> str:
    """A text that takes at most so many columns."""
    if width(text) <= columns:
        return text
    kept, taken = "", 1
    for sign in text:
        taken += _columns(sign)
        if taken > columns:
            break
        kept += sign
    return kept + "…"


def table(
    header: Sequence[str], rows: Sequence[Sequence[str]], *, left: Iterable[int], indent: int = 2
) -> list[str]:
    """Lines of a table; left columns give way where the page is too narrow.

    Args:
        header: headings; also the number of columns.
        rows: as wide as the header.
        left: positions of columns that stand to the left; all others stand to the right.
        indent: blanks before each line.
    """
    lefts = set(left)
    widths = [
        max(width(row[position]) for row in (header, *rows)) for position in range(len(header))
    ]
    surplus = indent + sum(widths) + len(GAP) * (len(widths) - 1) - page_width()
    while surplus > 0 and any(widths[position] > THINNEST for position in lefts):
        widths[max(lefts, key=lambda position: widths[position])] -= 1
        surplus -= 1
    return [
        (
            " " * indent
            + GAP.join(
                pad(cell, columns, right=position not in lefts)
                for position, (cell, columns) in enumerate(zip(row, widths, strict=True))
            )
        ).rstrip()
        for row in (header, *rows)
    ]


def wrapped(text: str, *, first: str = "", rest: str = "") -> list[str]:
    """A paragraph in lines; breaks at blanks and between Chinese characters.

    Args:
        text: one paragraph.
        first: what stands before the first line.
        rest: what stands before the other lines.
    """
    lines, line = [], first
    for piece in _pieces(text):
        if width(line) + width(piece.rstrip()) > page_width() and line.strip() != first.strip():
            lines.append(line.rstrip())
            line, piece = rest, piece.lstrip()
        line += piece
    return [*lines, line.rstrip()]


def lines_out(lines: Iterable[str]) -> None:
    """Print lines."""
    sys.stdout.write("\n".join(lines) + "\n")


def tell(message: str, language: str, **facts: object) -> None:
    """Print a marked message at once, so that it is seen while the work goes on."""
    sys.stdout.write(say(message, language, **facts) + "\n")
    sys.stdout.flush()


def json_out(value: object) -> None:
    """Print JSON; escaped where the terminal cannot show every character."""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    sys.stdout.write(json.dumps(value, ensure_ascii=encoding != "utf8", indent=2) + "\n")


def problem_out(problems: Iterable[Problem], language: str) -> None:
    """Print each mistake of an input as one line on stderr."""
    for problem in problems:
        sys.stderr.write(wording.problem_line(problem, language) + "\n")


def line_out(code: str, facts: Mapping[str, object], language: str) -> None:
    """Print one refusal or notice as one line on stderr."""
    sys.stderr.write(f"wenming: {wording.sentence(code, facts, language)}\n")


def _columns(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _pieces(text: str) -> list[str]:
    """Words with the blank behind them; Chinese characters, with closing marks behind them."""
    pieces: list[str] = []
    fresh = True
    for sign in text:
        wide = unicodedata.east_asian_width(sign) in "WF"
        closing = sign in "，。；：、！？）》”’…"
        if pieces and (closing or not (fresh or wide)):
            pieces[-1] += sign
        else:
            pieces.append(sign)
        fresh = wide or sign == " "
    return pieces
