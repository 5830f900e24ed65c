"""The cast, and for each person of it a program with a token."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.api.calling import Caller
    from tests.cast import Cast
    from wenming.base.models import User


@pytest.fixture
def cast(db: None) -> "Cast":
    """The cast of the small city."""
    from tests.cast import make_cast

    return make_cast()


@pytest.fixture
def as_(cast: "Cast") -> "Callable[[User], Caller]":
    """The program of a person, in the person's city."""
    from tests.api.calling import Caller, token_of

    def called(user: "User") -> Caller:
        return Caller(token_of(user, cast.other_city if user == cast.wu else cast.city))

    return called
