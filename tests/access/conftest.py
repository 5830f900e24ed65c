"""The two cities that the walks go through."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from pytest_django import DjangoDbBlocker

if TYPE_CHECKING:
    from tests.access.world import World


@pytest.fixture(scope="module")
def world(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator["World"]:
    # Imported late: Django is set up after this file is read.
    from tests.access.world import built

    with built(django_db_blocker, tmp_path_factory.mktemp("neighbour")) as found:
        yield found
