"""The cast, and the probe's addresses beside those of the site."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast


@pytest.fixture
def cast(db: None) -> "Cast":
    # Imported late: Django is set up after this file is read.
    from tests.cast import make_cast

    return make_cast()


@pytest.fixture
def probe(settings) -> None:
    settings.ROOT_URLCONF = "tests.base.desk.probe"


@pytest.fixture
def office(cast: "Cast") -> "Client":
    from django.test import Client

    from tests.cast import log_in

    return log_in(Client(), cast.lin)
