"""A whole installation with a home of its own, driven from outside."""

import http.client
import http.cookiejar
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg

from wenming.config import postgres

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "Wenming-Demo-2026"
PATIENCE_S = 90.0
BEGIN = """
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenming.config.settings")
import django
from django.conf import settings
from wenming.config.postgres import ensure_running
ensure_running(settings.WENMING_HOME)
django.setup()
"""


class Installation:
    """A home folder, the commands in it, and the server that it may run."""

    def __init__(self, home: Path, **more: str) -> None:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("WENMING_", "DJANGO_"))}
        kept.pop("DATABASE_URL", None)
        self.home = home
        self.environment = kept | {
            "WENMING_HOME": str(home),
            "WENMING_SECOND_FACTOR": "False",
            "WENMING_LANG": "en",
            "PYTHONPATH": str(ROOT),
            **more,
        }
        self.server: subprocess.Popen[str] | None = None
        self.port = 0

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        """A command in a process of its own."""
        return subprocess.run(
            [sys.executable, "-m", "wenming.cli", *map(str, words)],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def script(self, code: str) -> str:
        """Run a few lines with Django set up; what they print."""
        done = subprocess.run(
            [sys.executable, "-c", BEGIN + code],
            cwd=ROOT,
            env={k: v for k, v in self.environment.items() if k != "WENMING_LANG"},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """Rows of the database while a server runs here; asked again while it is starting."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                with psycopg.connect(postgres.database_url(self.home), autocommit=True) as link:
                    return list(link.execute(query, values))
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def start(self, *words: str) -> None:
        """Serve on a free port, until `stop`."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.server = subprocess.Popen(
            [sys.executable, "-m", "wenming.cli", "serve", "--port", str(self.port), *words],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.server.stdout is not None
        for line in self.server.stdout:
            if line.startswith("http"):
                self.port = int(line.strip().rstrip("/").rpartition(":")[2])
                return
        raise AssertionError("the server did not start")

    def stop(self) -> int:
        """End the server as systemd does."""
        assert self.server is not None
        self.server.terminate()
        code = self.server.wait(timeout=60)
        self.server = None
        return code

    def pages(self) -> list[int]:
        """The processes that answer pages."""
        return [child.pid for child in self._children() if "wenming.cli" in self._told(child)]

    def workers(self) -> list[int]:
        """The processes that do long work."""
        return [child.pid for child in self._children() if "config.worker" in self._told(child)]

    def database(self) -> int:
        """The process of the database server."""
        return int((self.home / "postgres" / "postmaster.pid").read_text().split("\n")[0])

    def _children(self) -> list[psutil.Process]:
        assert self.server is not None
        return psutil.Process(self.server.pid).children()

    @staticmethod
    def _told(process: psutil.Process) -> str:
        try:
            return " ".join(process.cmdline())
        except psutil.NoSuchProcess:
            return ""


class Visitor:
    """A person at a browser who tries again when the server is away, unless told otherwise."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.cookies), _Staying()
        )

    def get(self, path: str) -> str:
        """A page, once the server answers."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            status, text, _ = self.try_once(path)
            if status == 200:
                return text
            assert time.monotonic() < deadline, (path, status, text[:500])
            time.sleep(0.1)

    def try_once(
        self, path: str, fields: dict[str, str] | None = None, file: tuple[str, str] | None = None
    ) -> tuple[int, str, str]:
        """Ask once: status (0 for no answer), text, and where it leads."""
        body, kind = _form(fields or {}, file) if fields is not None else (None, "")
        headers = {"Content-Type": kind, "Referer": self.base} if body else {}
        request = urllib.request.Request(self.base + path, data=body, headers=headers)  # noqa: S310
        try:
            with self.opener.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode(), answer.headers.get("Location", "")
        except urllib.error.HTTPError as refused:
            text = refused.read().decode(errors="replace")
            return refused.code, text, refused.headers.get("Location", "")
        except (OSError, http.client.HTTPException):
            return 0, "", ""

    def log_in(self, username: str) -> None:
        """Log in with the password of the demonstration."""
        page = self.get("/account/login/")
        fields = {"csrfmiddlewaretoken": token_in(page), "login": username, "password": PASSWORD}
        status, text, where = self.try_once("/account/login/", fields)
        assert status == 302, (status, text[:2000])
        assert "login" not in where

    def post(self, page: str, path: str, fields: dict[str, str], **more: tuple[str, str]) -> str:
        """Send a form that stands on a page; where it leads, "" when it was not answered."""
        full = {"csrfmiddlewaretoken": token_in(page), **fields}
        status, text, where = self.try_once(path, full, more.get("file"))
        assert status in {0, 302, 502, 503, 500}, (status, text[:3000])
        return where if status == 302 else ""


class _Staying(urllib.request.HTTPRedirectHandler):
    """Where an answer leads is noted, not followed."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def token_in(page: str) -> str:
    """The token of the forms of a page."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found, page[:2000]
    return found[1]


def _form(fields: dict[str, str], file: tuple[str, str] | None) -> tuple[bytes, str]:
    if file is None:
        return urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded"
    mark = uuid.uuid4().hex
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    name, text = file
    parts.append(
        f'--{mark}\r\nContent-Disposition: form-data; name="edition"; filename="{name}"\r\n'
        f"Content-Type: application/yaml\r\n\r\n{text}\r\n--{mark}--\r\n"
    )
    return "".join(parts).encode(), f"multipart/form-data; boundary={mark}"


@contextmanager
def installed(**more: str) -> Iterator[Installation]:
    """An installation that is gone afterwards, whatever is left running of it."""
    home = Path(tempfile.mkdtemp(prefix="wenming-ops-"))
    home.chmod(0o755)
    installation = Installation(home, **more)
    try:
        yield installation
    finally:
        if installation.server is not None:
            tree = psutil.Process(installation.server.pid).children(recursive=True)
            installation.server.send_signal(signal.SIGKILL)
            installation.server.wait()
            for left in tree:
                if left.is_running():
                    left.kill()
        postgres.stop(home)
        shutil.rmtree(home, ignore_errors=True)
