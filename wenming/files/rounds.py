"""The folder of a round: every file that is there, and the mistakes of all of them at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from wenming.core.errors import BadInput, Place, Problem
from wenming.core.rows import Row, Tables
from wenming.files.csv_rows import Columns, csv_table
from wenming.files.editions import checklist_tables, edition_tables, read_checklists, read_edition
from wenming.files.round_yaml import named_files
from wenming.files.texts import nearest
from wenming.files.yaml_rows import design_tables, reported_tables, round_tables

__all__ = ["CSV_FILES", "RoundFiles", "read_checklists", "read_edition", "read_round"]

_REGISTER = ("site_type", "title", "county", "street", "unit")

CSV_FILES: Mapping[str, Columns] = {
    "responsibility": Columns(("item", "unit", "role"), ("group", "due", "target")),
    "statistics": Columns(("item", "value"), ("condition", "unit", "period", "source")),
    "sites": Columns(("site", "site_type"), ("title", "county", "street", "unit")),
    "observations": Columns(
        ("site", "line"), ("time", "outcome", "value", "inspector", "remark", "photo")
    ),
    "documents": Columns(
        ("document", "item", "outcome"),
        (
            "condition",
            "requirement",
            "method",
            "title",
            "kind",
            "reason",
            "reviewer",
            "date",
            "unit",
        ),
    ),
    "panel": Columns(("item", "assessor", "mark")),
    "answers": Columns(("sheet",), is_free=True),
}
"""The columns of each CSV file of a round, by the name of its table."""

_YAML_FILES: Mapping[str, Callable[..., Tables]] = {
    "design.yaml": design_tables,
    "reported.yaml": reported_tables,
}


@dataclass(frozen=True, slots=True)
class RoundFiles:
    """What the folder of a round holds, as plain rows (轮次文件夹).

    Attributes:
        tables: every table of the files that are present; an absent file has no key.
        edition: the tables of the edition that the round names.
        checklists: the tables of the checklists; None when the round names none.
    """

    tables: Tables
    edition: Tables
    checklists: Tables | None


def read_round(folder: Path) -> RoundFiles:
    """Read the folder of a round.

    Places name the files as they are called within the folder, so that the same folder
    reads the same wherever it lies.

    Raises:
        BadInput: one problem for each mistake of every file.

    Source:
        docs/reference/round-format.md.
    """
    if not folder.is_dir():
        raise BadInput([Problem("folder_missing", Place(str(folder)))])
    reading = _Reading(folder)
    plan = reading.tables(round_tables, "round.yaml")
    tables = dict(plan)
    for name, read in _YAML_FILES.items():
        if (folder / name).exists():
            tables |= reading.tables(read, name)
    for table, columns in CSV_FILES.items():
        if (folder / f"{table}.csv").exists():
            tables[table] = reading.rows(table, columns)
    reading.refuse_unexpected()
    edition = reading.named("edition", edition_tables)
    checklists = reading.named("checklists", checklist_tables)
    if edition is None and plan:
        row = plan["round"][0]
        reading.problems.append(Problem("cell_blank", row.at("edition"), {"column": "edition"}))
    if reading.problems or edition is None:
        raise BadInput(reading.problems)
    return RoundFiles(tables, edition, checklists)


class _Reading:
    """Reads the files of one folder and keeps the mistakes of each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []

    def tables(self, read: Callable[..., Tables], name: str) -> Tables:
        try:
            return read(self.folder / name, name=name)
        except BadInput as refused:
            self.problems += refused.problems
            return {}

    def rows(self, table: str, columns: Columns) -> list[Row]:
        if table == "observations" and not (self.folder / "sites.csv").exists():
            columns = replace(columns, optional=(*columns.optional, *_REGISTER))
        try:
            return csv_table(
                self.folder / f"{table}.csv",
                required=columns.required,
                optional=columns.optional,
                free=columns.is_free,
                name=f"{table}.csv",
            )
        except BadInput as refused:
            self.problems += refused.problems
            return []

    def refuse_unexpected(self) -> None:
        """A misspelt name must not be ignored: `observation.csv` would be no evidence at all."""
        allowed = [f"{table}.csv" for table in CSV_FILES]
        for path in sorted(self.folder.glob("*.csv")):
            if path.name not in allowed:
                near = nearest(path.name, allowed)
                facts: dict[str, object] = {"allowed": ", ".join(allowed), "nearest": near}
                self.problems.append(Problem("file_unexpected", Place(path.name), facts))

    def named(self, key: str, read: Callable[..., Tables]) -> Tables | None:
        """The tables of a file that `round.yaml` names under `key`; None when it names none."""
        try:
            name = named_files(self.folder / "round.yaml").get(key)
        except BadInput:
            return None  # told already, when round.yaml itself was read
        return self.tables(read, name) if name else None
