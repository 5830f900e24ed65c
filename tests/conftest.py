"""What every test stands on: settings of its own, and one PostgreSQL for all processes of a run."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker

from wenming.config import postgres

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first that is there is used; the shell without a surface draws the same pages faster."""

# A slow machine is no fault of the code: Hypothesis sets no deadline for one example.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

# pytest-django reads the settings first where the environment names them: before the home below.
_IS_EARLY = settings.configured
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenming.config.settings")
os.environ.setdefault("WENMING_DEBUG", "True")  # static files as they lie, not collected
os.environ.setdefault("WENMING_SECRET_KEY", "only-for-tests-" * 4)
os.environ.setdefault("WENMING_SECOND_FACTOR", "False")  # the tests of accounts turn it on

if "PYTEST_XDIST_WORKER" not in os.environ:
    # Made by the first process, inherited by its workers, so that they all share one server.
    _home = Path(tempfile.mkdtemp(prefix="wenming-tests-"))
    os.environ["WENMING_HOME"] = str(_home)

    @atexit.register
    def _clean_up() -> None:
        postgres.stop(_home)
        shutil.rmtree(_home, ignore_errors=True)


def pytest_configure(config: pytest.Config) -> None:
    """Django is set up here, after the environment above is settled."""
    is_alone = not getattr(config.option, "numprocesses", None)
    if _IS_EARLY and is_alone and "PYTEST_XDIST_WORKER" not in os.environ:
        raise pytest.UsageError("unset DJANGO_SETTINGS_MODULE: the tests choose their own home")
    django.setup()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Start the embedded server before the first test that wants a database."""
    if "DATABASE_URL" not in os.environ:
        postgres.ensure_running(Path(os.environ["WENMING_HOME"]), durable=False)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Tests with transactions of their own empty every table afterwards; a city never may."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in ("base_auditentry", "base_administratorrequest"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER never_emptied")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of the machine; the tests are skipped where there is none.

    One for all tests of a process: two playwrights in it would stand in each other's loop.
    """
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(
            "no browser on this machine: apt-get install chromium-headless-shell fonts-noto-cjk"
        )
    # Playwright's loop runs in this thread, where Django would refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
