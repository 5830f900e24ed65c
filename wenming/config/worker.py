"""The worker (后台进程): does long work, sends messages and keeps the schedule.

It ends by itself, with a code other than 0, when its database is gone or the program that started
it has died; whoever watches over it (`serve`, systemd) starts the next one.
"""

import asyncio
import os
import signal
import sys
from contextlib import suppress

import django
import psycopg
from django.conf import settings
from django.db import DatabaseError, connections
from django.utils.module_loading import import_string
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

from wenming.config.postgres import ensure_running
from wenming.config.server_user import PostgresUnavailable

AT_ONCE = 3  # a long computation leaves room for messages and the schedule
HEARTBEAT_S = 5.0
GRACE_S = 2.0  # what ends within it is ended; what lasts longer goes back to the queue
LOOK_S = 1.0
STOPPED, BROKEN = 0, 75  # 75: try again later (sysexits); 3 and 4 mean other things to gunicorn


def main() -> int:
    """Work as a child of the process whose number is the only argument."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenming.config.settings")
    parent = int(sys.argv[1])
    try:
        return work(parent=parent)
    except (PostgresUnavailable, DatabaseError) as refusal:
        sys.stderr.write(f"{' '.join(str(refusal).split())}\n")
        return BROKEN


def work(*, parent: int | None = None) -> int:
    """Do what waits in the queue and what the schedule asks for, until a signal ends it.

    Args:
        parent: the process with which the worker ends; None for whichever started it.

    Returns:
        `STOPPED` after a signal, `BROKEN` when the database or the parent was lost.

    Raises:
        PostgresUnavailable: the embedded server cannot run here.
    """
    if settings.EMBEDDED_POSTGRES:
        ensure_running(settings.WENMING_HOME)
    django.setup()
    import_string("wenming.base.services.jobs.take_up_left_jobs")()
    connections["default"].close()
    # A second app around the same tasks: what a task queues itself still goes through Django's
    # connection, and hence belongs to the transaction of the task.
    own = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    try:
        return asyncio.run(_until_signal(own, parent))
    except (ConnectorException, psycopg.Error, OSError) as lost:
        sys.stderr.write(f"The worker lost its database: {' '.join(str(lost).split())}\n")
        return BROKEN


async def _until_signal(own: App, parent: int | None) -> int:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sent in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sent, told.set)
    async with own.open_async():
        running = asyncio.create_task(
            own.run_worker_async(
                concurrency=AT_ONCE,
                install_signal_handlers=False,
                shutdown_graceful_timeout=GRACE_S,
                update_heartbeat_interval=HEARTBEAT_S,
                stalled_worker_timeout=settings.WORKER_LOST_S,
                delete_jobs="successful",
            )
        )
        watches = [asyncio.create_task(told.wait()), asyncio.create_task(_orphaned(parent))]
        await asyncio.wait([running, *watches], return_when=asyncio.FIRST_COMPLETED)
        for each in (running, *watches):
            each.cancel()
        with suppress(asyncio.CancelledError):
            await running
    return STOPPED if told.is_set() else BROKEN


async def _orphaned(parent: int | None) -> None:
    """Return when the process that started this one has died."""
    while parent is None or os.getppid() == parent:
        await asyncio.sleep(LOOK_S)
