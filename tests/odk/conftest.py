"""A round with its forms, and a server for programs of ODK."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from pytest_django.live_server_helper import LiveServer

if TYPE_CHECKING:
    from tests.api.odk_filling import Afield


@pytest.fixture
def out(transactional_db: None) -> "Afield":
    """Somebody who inspects and somebody who interviews."""
    # Imported late: Django is set up after this file is read.
    from tests.api.odk_filling import afield

    return afield()


@pytest.fixture
def site(out: "Afield") -> Iterator[str]:
    """The address of a server with that round."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()
