"""Tables of an older version: taken when they are whole, refused when they are not."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from wenming.base.queries.wellbeing import missing_migrations
from wenming.config.tables import TablesHalfway, bring_up_to_date, refuse_halfway

NEW = {key: each for key, each in MigrationLoader(None).disk_migrations.items() if each.replaces}
OLD = {name for each in NEW.values() for name in each.replaces}


def written_by_the_old_version(*, without: tuple[str, str] | None = None) -> None:
    """Tell the database that the migrations of the old version made its tables."""
    recorder = MigrationRecorder(connection)
    for app, name in OLD | set(NEW):
        recorder.record_unapplied(app, name)
    for app, name in OLD - {without}:
        recorder.record_applied(app, name)


@pytest.mark.django_db
def test_tables_that_the_old_version_made_whole_are_taken_as_they_are() -> None:
    written_by_the_old_version()

    bring_up_to_date()

    assert missing_migrations() == []
    assert ("scoring", "0001_tables") in MigrationRecorder(connection).applied_migrations()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "lacking", [("scoring", "0005_keep_figure_checks"), ("base", "0003_default_view")]
)
def test_tables_that_the_old_version_had_not_finished_are_refused(
    lacking: tuple[str, str],
) -> None:
    written_by_the_old_version(without=lacking)

    with pytest.raises(TablesHalfway) as refused:
        bring_up_to_date()

    assert refused.value.facts == {"migrations": [".".join(lacking)]}
    assert missing_migrations() == [".".join(lacking)]


def test_an_empty_database_is_not_halfway() -> None:
    refuse_halfway([])
