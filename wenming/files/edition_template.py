"""Empty workbooks of editions and checklists, for whoever begins from paper."""

from collections.abc import Mapping
from pathlib import Path

from wenming.files.csv_rows import Columns
from wenming.files.edition_rows import EDITION_TABLES
from wenming.files.edition_workbook import write_tables
from wenming.files.editions import CHECKLIST_TABLES

_TABLES: Mapping[str, Mapping[str, Columns]] = {
    "edition": EDITION_TABLES,
    "checklists": CHECKLIST_TABLES,
}
TEMPLATES = tuple(_TABLES)


def write_template(path: Path, what: str) -> None:
    """Write the empty workbook of an edition or of checklists: every sheet, column and choice.

    Args:
        path: of the file, which is replaced when it exists.
        what: one of `TEMPLATES`.
    """
    write_tables(_TABLES[what], {}, path)
