"""What the tests of the pages stand on."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

if TYPE_CHECKING:
    from tests.pages.shown import Shown


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator["Shown"]:
    """The demo round, loaded once for the tests of a module."""
    # Imported late: Django is set up after this file is read.
    from tests.pages.shown import shown

    with shown(django_db_blocker) as found:
        yield found


@pytest.fixture
def reader(db: None, pages: "Shown") -> Client:
    """The browser of somebody of the office of the demo city, logged in."""
    from tests.cast import log_in

    return log_in(Client(), pages.reader)


@pytest.fixture
def neighbour(db: None, pages: "Shown") -> Client:
    """The browser of somebody of the office of the other city, logged in."""
    from tests.cast import log_in

    return log_in(Client(), pages.neighbour)
