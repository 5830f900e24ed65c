"""The server, run for real: it says where it is, answers, steps aside and stops cleanly."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from wenming.config.postgres import is_alive
from wenming.config.serve import NoFreePort, free_port

ROOT = Path(__file__).parents[2]
START = "from wenming.config.serve import serve; serve('127.0.0.1', {port}, workers=1)"


@pytest.fixture
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="wenming-serve-"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody listens to."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def start(home: Path, port: int, **more: Any) -> subprocess.Popen[str]:
    own = {"WENMING_HOME": str(home), "WENMING_DEBUG": "False"}
    return subprocess.Popen(
        [sys.executable, "-c", START.format(port=port)],
        cwd=ROOT,
        env={**{k: v for k, v in os.environ.items() if k != "DATABASE_URL"}, **own},
        stdout=subprocess.PIPE,
        text=True,
        **more,
    )


def answer(port: int, path: str) -> tuple[int, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    response = connection.getresponse()
    return response.status, dict(response.headers)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_on_the_next_free_port_and_stops_cleanly(
    home: Path, taken: int, how: signal.Signals
) -> None:
    with start(home, taken) as server:
        try:
            address = server.stdout.readline().strip()
            port = int(address.removeprefix("http://127.0.0.1:").removesuffix("/"))
            assert port != taken
            status, headers = answer(port, "/no-such-page")
        finally:
            server.send_signal(how)
        rest, _ = server.communicate(timeout=30)

    assert status == 404
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert server.returncode == 0
    assert rest == ""  # the address was the last line
    assert not is_alive(home)


def database_pid(home: Path) -> int:
    return int((home / "postgres" / "postmaster.pid").read_text().split("\n")[0])


def test_ctrl_c_reaches_every_process_and_none_complains(home: Path, taken: int) -> None:
    with start(home, taken, start_new_session=True, stderr=subprocess.PIPE) as server:
        try:
            address = server.stdout.readline().strip()
            port = int(address.removeprefix("http://127.0.0.1:").removesuffix("/"))
            assert answer(port, "/healthz")[0] == 200
        finally:
            os.killpg(server.pid, signal.SIGINT)
        _, said = server.communicate(timeout=30)
    assert "Traceback" not in said
    assert not is_alive(home)


def test_a_killed_database_is_started_again_while_the_server_runs(home: Path, taken: int) -> None:
    with start(home, taken) as server:
        try:
            assert server.stdout.readline().startswith("http://")
            before = database_pid(home)
            os.kill(before, signal.SIGKILL)
            patience = time.monotonic() + 20
            while time.monotonic() < patience and not is_back(home, before):
                time.sleep(0.1)
            assert is_back(home, before)
        finally:
            server.terminate()
    assert not is_alive(home)


def is_back(home: Path, before: int) -> bool:
    return is_alive(home) and database_pid(home) != before


def test_a_taken_port_is_stepped_over(taken: int) -> None:
    assert free_port("127.0.0.1", taken) > taken


def test_the_last_port_taken_is_refused_in_words() -> None:
    with socket.create_server(("127.0.0.1", 65_535)), pytest.raises(NoFreePort, match="in use"):
        free_port("127.0.0.1", 65_535)
