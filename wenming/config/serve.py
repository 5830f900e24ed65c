"""Serve the site with gunicorn, and its workers beside it, until Ctrl-C or SIGTERM."""

import atexit
import os
import shutil
import socket
import sys
import tempfile
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from wenming.config.children import Workers
from wenming.config.postgres import ensure_running, is_alive, release
from wenming.config.server_user import PostgresUnavailable

TRIES = 50
THREADS = 4
PATIENCE_S = 45  # less than a proxy in front waits


class NoFreePort(RuntimeError):
    """All ports from the wished one on are taken; the message names them."""


class Watch(Arbiter):  # type: ignore[misc]
    """Gunicorn's master, which also sees once a second that database and workers are alive."""

    def __init__(self, app: "Server") -> None:
        super().__init__(app)
        self.beside = Workers(app.jobs, say=self.log.warning)

    def start(self) -> None:
        """Listen, and start the workers beside."""
        super().start()
        self.beside.start()

    def stop(self, graceful: bool = True) -> None:  # noqa: FBT002 (gunicorn's)
        """Stop both kinds of workers, at the same time."""
        self.beside.stop()
        super().stop(graceful)
        self.beside.wait()

    def murder_workers(self) -> None:
        """End what hangs, as gunicorn does; start a killed PostgreSQL and killed workers again."""
        super().murder_workers()
        if settings.EMBEDDED_POSTGRES and not is_alive(settings.WENMING_HOME):
            self.log.error("The embedded PostgreSQL is gone; starting it again.")
            try:
                ensure_running(settings.WENMING_HOME)
            except PostgresUnavailable as refusal:
                self.log.error("%s", refusal)
        self.beside.look_after()


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn, told by our own arguments instead of its command line."""

    def __init__(self, *, host: str, port: int, workers: int, jobs: int) -> None:
        self.host = host
        self.port = port
        self.workers = workers
        self.jobs = jobs
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults."""
        wished: dict[str, Any] = {
            "bind": _address(self.host, self.port),
            "control_socket_disable": True,
            "graceful_timeout": 10,
            "loglevel": "warning",
            "post_fork": _leave_the_lease_to_the_master,
            "preload_app": True,
            "proc_name": "wenming",
            "threads": THREADS,
            "timeout": 60,
            "when_ready": self._announce,
            "worker_class": "gthread",
            "workers": self.workers,
        }
        for name, value in wished.items():
            self.cfg.set(name, value)

    def run(self) -> None:
        """Serve until a signal ends it."""
        Watch(self).run()

    def load(self) -> Any:
        """The WSGI application, built once before the workers are forked."""
        from wenming.config.wsgi import application

        return application

    def _announce(self, _server: Arbiter) -> None:
        shown = "127.0.0.1" if self.host in {"", "0.0.0.0", "::"} else self.host  # noqa: S104
        sys.stdout.write(f"http://{_address(shown, self.port)}/\n")
        sys.stdout.flush()


def serve(host: str = "127.0.0.1", port: int = 8000, *, workers: int = 2, jobs: int = 1) -> None:
    """Serve the site; the last line printed is its address.

    Args:
        port: the wished port; the next free one is taken when it is in use.
        workers: processes for pages, each with four threads.
        jobs: processes for long work; 0 when it runs elsewhere, by `wenming worker`.

    Raises:
        NoFreePort: the fifty ports from `port` on are all in use.
        PostgresUnavailable: the embedded server cannot run here.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenming.config.settings")
    count_together()
    free = free_port(host, port)
    if settings.EMBEDDED_POSTGRES:
        ensure_running(settings.WENMING_HOME)
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    if not settings.DEBUG:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    _let_go_of_the_database()
    _bound_questions()
    Server(host=host, port=free, workers=workers, jobs=jobs).run()


def count_together() -> None:
    """Have all processes count into one folder for /metrics; early, before anybody counts.

    prometheus_client looks at the environment when it is imported.
    """
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        folder = tempfile.mkdtemp(prefix="wenming-metrics-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder


def _leave_the_lease_to_the_master(_server: Arbiter, _worker: Worker) -> None:
    """A worker that ends has nothing to give back; Ctrl-C ends it in the midst of anything."""
    atexit.unregister(release)


def free_port(host: str, wished: int) -> int:
    """The first port from `wished` on that nobody listens to.

    Raises:
        NoFreePort: all fifty are taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(wished, min(wished + TRIES, 65_536)):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except PermissionError as error:
                raise NoFreePort(
                    f"Port {port} is kept for root; choose one from 1024 on."
                ) from error
            except OSError:
                continue
            return port
    raise NoFreePort(f"Ports {wished} to {wished + TRIES - 1} are all in use; choose another.")


def _address(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _bound_questions() -> None:
    """A page waits for the database so long and no longer; long work and migrations do not ask.

    Whoever waits holds one of the few threads: the page that gives up says so (503).
    """
    options = connections.settings["default"]["OPTIONS"]
    bound = f"-c statement_timeout={PATIENCE_S}s -c idle_in_transaction_session_timeout=120s"
    options["options"] = f"{options.get('options', '')} {bound}".strip()


def _let_go_of_the_database() -> None:
    """Forked workers must not share a connection with this process."""
    wrapper = connections["default"]
    wrapper.close()
    if isinstance(wrapper, DatabaseWrapper):
        wrapper.close_pool()
