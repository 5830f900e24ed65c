"""People with a password, and a clock that can be moved."""

import time
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.utils import timezone

from tests.base.accounts.acting import PASSWORD

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from tests.cast import Cast


@pytest.fixture(autouse=True)
def light(settings: "SettingsWrapper") -> None:
    """The real way to hash, with so little work that the tests do not wait for it."""
    settings.PASSWORD_HASHERS = ["tests.base.accounts.acting.LightArgon2"]


@pytest.fixture
def cast(db: None) -> "Cast":
    """The cast; Sun (inspector) and Feng (system administrator) can log in with `PASSWORD`."""
    from tests.cast import make_cast
    from wenming.base.models import User

    cache.clear()
    cast = make_cast()
    first, *others = (cast.sun, cast.feng, cast.chu)
    first.set_password(PASSWORD)
    for who in (first, *others):
        User.objects.filter(pk=who.pk).update(password=first.password)
        who.refresh_from_db()
    return cast


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Moves the clock forward: `later(minutes=31)`; further calls add up."""
    real, ahead = timezone.now, [timedelta()]

    def move(**span: float) -> None:
        ahead[0] += timedelta(**span)
        for place in ("django.utils.timezone.now", "axes.handlers.proxy.now"):
            monkeypatch.setattr(place, lambda: real() + ahead[0])
        moved = SimpleNamespace(time=lambda: time.time() + ahead[0].total_seconds())
        for place in ("mfa.totp.internal.auth", "account.internal.flows.reauthentication"):
            monkeypatch.setattr(f"allauth.{place}.time", moved)

    return move
