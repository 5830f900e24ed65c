"""`wenming worker`, `migrate`: what an operator runs beside the pages."""

import os
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from wenming.base.language import marked as _
from wenming.cli.terminal import line_out, tell

FAILED = 2


def worker(options: Namespace) -> int:
    """Do long work until Ctrl-C or SIGTERM."""
    with ready(options) as trouble:
        from wenming.config.worker import work

        tell(_("Working; Ctrl-C ends it."), options.lang)
        return work()
    return trouble.code


def migrate(options: Namespace) -> int:
    """Bring the tables up to date."""
    with ready(options) as trouble:
        from django.core.management import call_command

        open_database()
        call_command("migrate", interactive=False, verbosity=0)
        tell(_("The tables are up to date."), options.lang)
        return 0
    return trouble.code


class Trouble:
    """What a command ends with when it was refused."""

    code = FAILED


@contextmanager
def ready(options: Namespace) -> Iterator[Trouble]:
    """Settings are named; what is wrong with them or with the database becomes one line."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    from wenming.config.server_user import PostgresUnavailable

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenming.config.settings")
    os.environ.pop("WENMING_LANG", None)  # of the command; mail has a language of its own
    try:
        yield Trouble()
    except (ImproperlyConfigured, PostgresUnavailable, DatabaseError) as refused:
        problem = " ".join(str(refused).split())
        line_out("server_unavailable", {"problem": problem}, options.lang)


def open_database() -> None:
    """Have the database running and Django set up."""
    import django
    from django.conf import settings

    from wenming.config.postgres import ensure_running

    if settings.EMBEDDED_POSTGRES:
        ensure_running(settings.WENMING_HOME)
    django.setup()
