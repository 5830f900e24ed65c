"""A step of a migration that makes many tables at once (一次建表)."""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class Together(Operation):
    """Several operations that are worked out as one.

    Why: Django draws up all related models anew after each operation, which for a hundred tables
    takes longer than the database needs to make them. Here they are drawn up once, at the end;
    a table is made as it is then, with its fields, indexes and constraints.

    Args:
        operations: such as `makemigrations` writes them. Only tables, and columns, indexes and
            constraints: nothing that moves what is stored.
    """

    reduces_to_sql = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change what the models are said to be, without drawing them up in between."""
        state.__dict__.pop("apps", None)
        for each in self.operations:
            each.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make the tables, then what is added to tables that were there before."""
        made = self._made()
        for each in self.operations:
            if isinstance(each, CreateModel) or _table_of(each) not in made:
                each.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take away what was added, the last first."""
        made = self._made()
        for each in reversed(self.operations):
            if isinstance(each, CreateModel) or _table_of(each) not in made:
                each.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What it does, as `migrate` tells it."""
        return f"Make {len(self._made())} tables at once"

    def _made(self) -> set[str]:
        return {each.name_lower for each in self.operations if isinstance(each, CreateModel)}


def _table_of(operation: Operation) -> str:
    """The model that an operation adds something to, in small letters."""
    return str(getattr(operation, "model_name", getattr(operation, "name", ""))).lower()
