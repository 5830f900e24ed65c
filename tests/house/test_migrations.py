"""The tables that the migrations make are those of the models."""

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils.translation import override


def test_no_migration_is_missing() -> None:
    with override(None):  # the names of libraries stand in migrations untranslated
        loader = MigrationLoader(None)
        detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
        missing = detector.changes(graph=loader.graph)
    assert {app: [each.operations for each in found] for app, found in missing.items()} == {}
