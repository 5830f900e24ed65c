"""The frame: the list from which is drawn, as bytes that depend on nothing but its content."""

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wenming.stats.sampling.errors import DrawError

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Frame:
    """A sampling frame (抽样框) in canonical order.

    Attributes:
        key: the column that names a row; its values are unique and not empty.
        columns: all columns, by code point.
        rows: by key, by code point; every text in NFC with `\\n` as its line end.
        places: for each row the data row, from 0, that it was in the list as given.
    """

    key: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    places: tuple[int, ...]

    def canonical_bytes(self) -> bytes:
        """The frame as the CSV file whose hash is published.

        Returns:
            UTF-8 without mark; the columns, then one line for each row, each ended by `\\n`.

        Source:
            docs/methods/draws.md, section 1, "Frame".
        """
        lines = [self.columns, *(tuple(row[name] for name in self.columns) for row in self.rows)]
        return "".join(",".join(map(_quoted, line)) + "\n" for line in lines).encode()

    def digest(self) -> bytes:
        """SHA-256 of the canonical bytes; 32 bytes.

        Source:
            docs/methods/draws.md, section 1, "Frame".
        """
        return hashlib.sha256(self.canonical_bytes()).digest()


def frame_from(rows: Sequence[Row], *, key: str) -> Frame:
    """Bring a list into canonical form.

    Args:
        rows: one mapping of column to text for each row, all with the same columns, in any order.
        key: the column that names a row.

    Raises:
        DrawError: `frame_empty`; `columns_missing` (no such key column); `columns_differ` (a row
            has other columns than the first); `cell_not_text` (a cell is not text, or not text
            that UTF-8 can write); `column_repeated` (two names are one in NFC); `cell_empty`
            (a key is empty); `key_repeated`.

    Source:
        docs/methods/draws.md, section 1, "Frame".
    """
    if not rows:
        raise DrawError("frame_empty")
    clean = [_clean_row(row, number) for number, row in enumerate(rows)]
    key = normal_text(key)
    columns = tuple(sorted(clean[0]))
    if key not in columns:
        raise DrawError("columns_missing", missing=[key], columns=list(columns))
    _check_rows(clean, key)

    order = sorted(range(len(clean)), key=lambda number: clean[number][key])
    return Frame(
        key=key,
        columns=columns,
        rows=tuple(clean[number] for number in order),
        places=tuple(order),
    )


def _check_rows(clean: list[dict[str, str]], key: str) -> None:
    seen: set[str] = set()
    for number, row in enumerate(clean):
        if row.keys() != clean[0].keys():
            missing = sorted(clean[0].keys() - row.keys())
            unknown = sorted(row.keys() - clean[0].keys())
            raise DrawError("columns_differ", row=number, missing=missing, unknown=unknown)
        if not row[key]:
            raise DrawError("cell_empty", row=number, column=key)
        if row[key] in seen:
            raise DrawError("key_repeated", row=number, key=row[key])
        seen.add(row[key])


def canonical_bytes(rows: Sequence[Row], *, key: str) -> bytes:
    """The canonical CSV of a list; see `Frame.canonical_bytes`.

    Raises:
        DrawError: see `frame_from`.

    Source:
        docs/methods/draws.md, section 1, "Frame".
    """
    return frame_from(rows, key=key).canonical_bytes()


def normal_text(text: str) -> str:
    """Text in Unicode's NFC, with every line end (CR LF or CR) as LF.

    Source:
        docs/methods/draws.md, section 1, "Frame".
    """
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")


def _clean_row(row: Row, number: int) -> dict[str, str]:
    clean = {}
    for name, value in row.items():
        if not (_is_text(name) and _is_text(value)):
            raise DrawError("cell_not_text", row=number, column=str(name))
        if normal_text(name) in clean:
            raise DrawError("column_repeated", row=number, column=name)
        clean[normal_text(name)] = normal_text(value)
    return clean


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not any("\ud800" <= sign <= "\udfff" for sign in value)


def _quoted(field: str) -> str:
    if any(sign in field for sign in ',"\n'):
        return '"' + field.replace('"', '""') + '"'
    return field
