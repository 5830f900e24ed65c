"""The embedded PostgreSQL, run for real: started, shared, killed, left behind, and by whom."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from wenming.config import postgres
from wenming.config.server_user import PostgresUnavailable, closed_part

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from wenming.config import postgres
print(postgres.ensure_running(Path(sys.argv[1]), durable=False), flush=True)
sys.stdin.readline()
"""

FORK = """
import os, sys
from pathlib import Path
import psycopg
from wenming.config import postgres
home = Path(sys.argv[1])
with postgres.running(home) as url:
    worker = os.fork()
    if worker == 0:
        postgres.release(home)
        os._exit(0)
    os.waitpid(worker, 0)
    print(psycopg.connect(url).execute("SELECT 1").fetchone()[0])
"""
# It becomes somebody else after its start: root's own Python may be out of their reach.
ORDINARY = """
import os, sys
from pathlib import Path
from wenming.config import postgres
os.setgroups([])
os.setgid(int(sys.argv[2]))
os.setuid(int(sys.argv[2]))
with postgres.running(Path(sys.argv[1])) as url:
    print(url)
"""


@pytest.fixture
def home() -> Iterator[Path]:
    """A home folder below a folder that everybody may enter (pytest's own are closed)."""
    folder = Path(tempfile.mkdtemp(prefix="wenming-pg-"))
    folder.chmod(0o711)
    yield folder
    postgres.stop(folder)
    shutil.rmtree(folder)


def ask(url: str, question: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(question.encode()).fetchone()
    return row[0] if row else None


def tell(url: str, order: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(order.encode())


def server_pid(home: Path) -> int:
    return int((home / "postgres" / "postmaster.pid").read_text().split("\n")[0])


def is_alive(pid: int) -> bool:
    # An orphan that has ended stays a zombie where process 1 does not bury the dead.
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def hold(home: Path) -> subprocess.Popen[str]:
    """Another process that uses the server of `home` until it is told to end."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def run(program: str, *arguments: Path | str) -> str:
    """What a program of its own prints."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def url_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def let_go(process: subprocess.Popen[str]) -> None:
    process.communicate("end\n", timeout=30)


def test_the_database_exists_and_keeps_chinese(home: Path) -> None:
    url = postgres.ensure_running(home, durable=False)
    assert ask(url, "SELECT current_database()") == "wenming"
    assert ask(url, "SHOW server_encoding") == "UTF8"
    assert ask(url, "SELECT upper('é') || length('文明')") == "É2"


def test_the_server_listens_on_no_network_and_strangers_cannot_reach_it(home: Path) -> None:
    url = postgres.ensure_running(home, durable=False)
    assert ask(url, "SHOW listen_addresses") == ""
    assert postgres.socket_folder(home).stat().st_mode & 0o077 == 0
    assert (home / "postgres").stat().st_mode & 0o077 == 0


def test_rows_survive_a_clean_stop(home: Path) -> None:
    url = postgres.ensure_running(home)
    tell(url, "CREATE TABLE kept AS SELECT 42 AS answer")
    pid = server_pid(home)
    postgres.release(home)
    assert not is_alive(pid)
    assert not (home / "postgres" / "postmaster.pid").exists()
    assert ask(postgres.ensure_running(home), "SELECT answer FROM kept") == 42


def test_rows_survive_kill_9_of_the_server(home: Path) -> None:
    url = postgres.ensure_running(home)
    tell(url, "CREATE TABLE kept AS SELECT 42 AS answer")
    os.kill(server_pid(home), signal.SIGKILL)
    assert ask(postgres.ensure_running(home), "SELECT answer FROM kept") == 42


def test_files_left_by_a_dead_server_do_not_matter(home: Path) -> None:
    postgres.ensure_running(home, durable=False)
    postgres.release(home)
    sockets = postgres.socket_folder(home)
    # After a power cut the old number may belong to any other program: here, to this one.
    left = f"{os.getpid()}\n{home / 'postgres'}\n0\n5432\n{sockets}\n\n0 0\nready\n"
    (home / "postgres" / "postmaster.pid").write_text(left)
    (sockets / ".s.PGSQL.5432").touch()
    (sockets / ".s.PGSQL.5432.lock").write_text(left)
    assert ask(postgres.ensure_running(home, durable=False), "SELECT 1") == 1


def test_a_first_start_cut_short_is_begun_again(home: Path) -> None:
    (home / "postgres").mkdir()
    (home / "postgres.new").mkdir()
    (home / "postgres.new" / "PG_VERSION").write_text("18")
    assert ask(postgres.ensure_running(home, durable=False), "SELECT 1") == 1


def test_two_processes_at_once_share_one_server_and_the_last_one_stops_it(home: Path) -> None:
    one, other = hold(home), hold(home)
    assert url_of(one) == url_of(other) == postgres.database_url(home)
    pid = server_pid(home)

    let_go(one)
    assert ask(postgres.database_url(home), "SELECT 1") == 1
    assert server_pid(home) == pid

    let_go(other)
    assert not is_alive(pid)


def test_a_killed_owner_leaves_a_server_that_the_next_one_takes_over(home: Path) -> None:
    owner = hold(home)
    url_of(owner)
    pid = server_pid(home)
    owner.kill()
    owner.communicate()

    postgres.ensure_running(home, durable=False)
    assert server_pid(home) == pid
    postgres.release(home)
    assert not is_alive(pid)


def test_a_forked_worker_does_not_stop_its_parents_server(home: Path) -> None:
    assert run(FORK, home) == "1"


def test_a_long_path_gets_its_socket_elsewhere(home: Path) -> None:
    deep = home / ("深" * 30) / "wenming"
    assert ask(postgres.ensure_running(deep, durable=False), "SELECT 1") == 1
    assert not (deep / "postgres-socket").exists()
    postgres.stop(deep)
    shutil.rmtree(postgres.socket_folder(deep))


def test_data_of_another_version_is_refused_in_words(home: Path) -> None:
    (home / "postgres").mkdir()
    (home / "postgres" / "PG_VERSION").write_text("16\n")
    with pytest.raises(PostgresUnavailable, match="written by PostgreSQL 16"):
        postgres.ensure_running(home)


def test_a_folder_that_cannot_be_made_is_refused_in_words(home: Path) -> None:
    (home / "file").touch()
    with pytest.raises(PostgresUnavailable, match="cannot be made"):
        postgres.ensure_running(home / "file" / "below")


def test_with_running_stops_the_server_at_the_end_of_the_block(home: Path) -> None:
    with postgres.running(home) as url:
        assert ask(url, "SELECT 1") == 1
        pid = server_pid(home)
    assert not is_alive(pid)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_an_ordinary_user_runs_a_server_of_their_own(home: Path) -> None:
    if closed := closed_part(Path(psycopg.__file__).parent):
        pytest.skip(f"the environment lies below {closed}, which only root may enter")
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    assert run(ORDINARY, home, str(nobody.pw_uid)) == postgres.database_url(home)
    assert (home / "postgres").stat().st_uid == nobody.pw_uid
    assert not (home / "postgres" / "postmaster.pid").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the server a user")
def test_root_in_a_closed_folder_is_told_where_to_go(home: Path) -> None:
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(PostgresUnavailable, match="Set WENMING_HOME to a folder elsewhere"):
        postgres.ensure_running(closed / "wenming")
    assert closed.stat().st_mode & 0o777 == 0o700


def test_starting_again_is_quick(home: Path) -> None:
    postgres.ensure_running(home, durable=False)
    begun = time.monotonic()
    postgres.ensure_running(home, durable=False)
    assert time.monotonic() - begun < 1  # an open door and one connection, no new server
