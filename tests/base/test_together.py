"""Tables that are made at once are those that the operations would make one by one."""

from collections.abc import Sequence

import pytest
from django.db import connection, migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from wenming.base.together import Together

pytestmark = pytest.mark.django_db

OPERATIONS: Sequence[Operation] = (
    migrations.CreateModel(
        "Street",
        [("id", models.BigAutoField(primary_key=True)), ("name", models.CharField(max_length=9))],
        options={"indexes": [models.Index(fields=["name"], name="street_name")]},
    ),
    migrations.CreateModel(
        "House",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("street", models.ForeignKey("tried.Street", models.CASCADE)),
        ],
    ),
    migrations.AddField("House", "number", models.IntegerField(default=1)),
    migrations.AddIndex("House", models.Index(fields=["number"], name="house_number")),
    migrations.AddConstraint(
        "House",
        models.CheckConstraint(condition=models.Q(number__gt=0), name="house_number_positive"),
    ),
)
LATER: Sequence[Operation] = (
    migrations.AddField("Street", "length_m", models.IntegerField(null=True)),
    migrations.AddConstraint(
        "Street", models.UniqueConstraint(fields=["name"], name="street_name_once")
    ),
)


def made(operations: Sequence[Operation], state: ProjectState | None = None) -> ProjectState:
    """Work through the operations as `migrate` does."""
    state = state or ProjectState()
    _ = state.apps  # `migrate` draws up what there is before it begins
    with connection.schema_editor() as editor:
        for each in operations:
            before = state.clone()
            each.state_forwards("tried", state)
            each.database_forwards("tried", editor, before, state)
    return state


def tables() -> list[tuple[str, ...]]:
    """Columns, indexes and constraints of the tables of this test."""
    asked = (
        (
            "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns"
            " WHERE table_name LIKE 'tried_%'"
        ),
        "SELECT tablename, indexdef FROM pg_indexes WHERE tablename LIKE 'tried_%'",
        (
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid::regclass::text LIKE 'tried_%'"
        ),
    )
    found: list[tuple[str, ...]] = []
    with connection.cursor() as cursor:
        for each in asked:
            cursor.execute(each)
            found += cursor.fetchall()
    return sorted(found)


def gone(operations: Sequence[Operation]) -> None:
    """Work through the operations backwards."""
    after, before = ProjectState(), ProjectState()
    for each in operations:
        each.state_forwards("tried", after)
    with connection.schema_editor() as editor:
        for each in reversed(operations):
            each.database_backwards("tried", editor, after, before)


def test_the_same_tables_come_out() -> None:
    made(OPERATIONS)
    one_by_one = tables()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE tried_house, tried_street")
    made([Together(OPERATIONS)])
    assert tables() == one_by_one
    assert any("house_number_positive" in row for row in one_by_one)


def test_what_is_added_to_a_table_that_was_there_is_added() -> None:
    state = made([Together(OPERATIONS)])
    made([Together(LATER)], state)
    assert any("length_m" in row for row in tables())
    assert any("street_name_once" in row for row in tables())


def test_it_goes_backwards() -> None:
    made([Together(OPERATIONS)])
    assert tables()
    gone([Together(OPERATIONS)])
    assert tables() == []
