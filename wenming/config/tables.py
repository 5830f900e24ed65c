"""Bring the tables of the database up to date, or say why that cannot be done."""

from collections.abc import Collection

from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from wenming.base.queries.wellbeing import halfway_migrations
from wenming.core.errors import DomainError


class TablesHalfway(DomainError):
    """The tables stand between two versions that this program does not know how to join."""

    code = "tables_halfway"


def bring_up_to_date() -> None:
    """Make the tables that are missing, as this version wants them.

    Raises:
        TablesHalfway: an older program must finish its own tables first; nothing was changed.
    """
    refuse_halfway(MigrationRecorder(connection).applied_migrations())
    call_command("migrate", interactive=False, verbosity=0)


def refuse_halfway(applied: Collection[tuple[str, str]]) -> None:
    """Refuse migrations, app and name, of which an older program had not made all.

    Raises:
        TablesHalfway: names those that lack.
    """
    if lacking := halfway_migrations(applied):
        raise TablesHalfway(migrations=lacking)
