"""Plain rows from every kind of YAML file that we read."""

from wenming.files.checklist_yaml import checklist_tables
from wenming.files.edition_yaml import edition_tables
from wenming.files.round_yaml import design_tables, reported_tables, round_tables

__all__ = [
    "checklist_tables",
    "design_tables",
    "edition_tables",
    "reported_tables",
    "round_tables",
]
