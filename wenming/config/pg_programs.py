"""PostgreSQL's own programs (数据库工具): which fit the server at hand, how they are run."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.db import connection

from wenming.config.postgres import programs
from wenming.config.server_user import PostgresUnavailable


def run_program(program: str, arguments: Sequence[str], *, with_address: bool = True) -> str:
    """Run a program of PostgreSQL on our database; the password is never on its command line.

    Returns:
        What it printed.

    Raises:
        PostgresUnavailable: no program fits the server, or it failed; says why.
    """
    address, password = _address()
    words = [str(_folder() / program), *([f"--dbname={address}"] if with_address else [])]
    done = subprocess.run(
        [*words, *arguments],
        env={**os.environ, "PGPASSWORD": password} if password else None,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
    )
    if done.returncode != 0:
        said = " ".join(done.stderr.split())[-500:]
        raise PostgresUnavailable(f"{program} failed: {said}")
    return done.stdout


def server_version() -> int:
    """The major version of the server at hand."""
    connection.ensure_connection()
    return int(connection.connection.info.server_version) // 10_000


def _address() -> tuple[str, str]:
    """The address of the database without its password, and the password."""
    parts = urlsplit(settings.DATABASE_URL)
    host = parts.netloc.rpartition("@")[2]
    user = quote(parts.username or "", safe="%")
    place = f"{user}@{host}" if user else host
    clean = f"{parts.scheme}://{place}{parts.path}" + (f"?{parts.query}" if parts.query else "")
    return clean, str(settings.DATABASES["default"].get("PASSWORD") or "")


def _folder() -> Path:
    """The folder whose programs are as new as the server; the nearest newer ones also do.

    Raises:
        PostgresUnavailable: all are older than the server, or there are none.
    """
    wanted = server_version()
    known = {version: folder for folder in _folders() if (version := _version(folder))}
    fitting = sorted(version for version in known if version >= wanted)
    if not fitting:
        found = ", ".join(map(str, sorted(known))) or "none"
        raise PostgresUnavailable(
            f"The server is PostgreSQL {wanted}; programs found here: {found}. "
            f"Install the client programs of PostgreSQL {wanted} or newer."
        )
    return known[fitting[0]]


def _folders() -> Iterator[Path]:
    with suppress(PostgresUnavailable):  # without the wheel, those of the machine may do
        yield programs(settings.WENMING_HOME)
    if found := shutil.which("pg_dump"):
        yield Path(found).parent
    yield from Path("/usr/lib/postgresql").glob("*/bin")


def _version(folder: Path) -> int:
    """The major version of the programs in a folder; 0 where there are none."""
    program = folder / "pg_restore"
    if not (folder / "pg_dump").exists() or not program.exists():
        return 0
    done = subprocess.run([str(program), "--version"], capture_output=True, text=True, check=False)
    number = re.search(r"\) (\d+)", done.stdout)
    return int(number[1]) if number else 0
