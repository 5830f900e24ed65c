"""The child processes that are kept warm (暗房): one for each picture that is drawn at a time."""

import atexit
import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from wenming.base.darkroom.limits import MOST_TOLD

_PACKAGES = Path(__file__).resolve().parents[3]
_COMMAND = (sys.executable, "-E", "-s", "-B", "-m", "wenming.base.darkroom.child")
_KEPT_ENVIRONMENT = ("SYSTEMROOT", "LD_LIBRARY_PATH", "PATH")
_MOST_IDLE = 4


class Late(Exception):
    """The picture took longer than it may; its process was ended."""


class Gone(Exception):
    """The child process ended without an answer."""


class Room:
    """One child process, which draws one picture at a time; nothing of ours is in it."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self._asked = 0
        self._child = subprocess.Popen(
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_PACKAGES,
            env={key: os.environ[key] for key in _KEPT_ENVIRONMENT if key in os.environ},
            close_fds=True,
            bufsize=0,
            start_new_session=True,
        )

    def ask(self, picture: dict[str, object], *, wall_s: float) -> tuple[int, str]:
        """How the process of a picture ended (negative: by which signal), and what it told.

        Raises:
            Late: after `wall_s` seconds.
            Gone: the child is not there any more.
        """
        self._asked += 1
        line = json.dumps(picture | {"number": self._asked}).encode() + b"\n"
        try:
            self._child.stdin.write(line)  # type: ignore[union-attr]
        except OSError as broken:
            raise Gone from broken
        answer = self._line(time.monotonic() + wall_s)
        try:
            told: dict[str, Any] = json.loads(answer)
            number, code, words = told["number"], int(told["code"]), str(told["told"])
        except (ValueError, TypeError, KeyError) as odd:
            raise Gone from odd
        if number != self._asked:
            raise Gone
        return code, words

    def _line(self, until: float) -> bytes:
        answer = b""
        out: IO[bytes] = self._child.stdout  # type: ignore[assignment]
        with selectors.DefaultSelector() as waiting:
            waiting.register(out, selectors.EVENT_READ)
            while not answer.endswith(b"\n"):
                if not waiting.select(max(0.0, until - time.monotonic())):
                    raise Late
                more = os.read(out.fileno(), MOST_TOLD)
                if not more or len(answer) > 8 * MOST_TOLD:
                    raise Gone
                answer += more
        return answer

    def end(self) -> None:
        """End the child and whatever it split off."""
        if self.owner == os.getpid():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._child.pid, signal.SIGKILL)
            self._child.wait()
        for end in (self._child.stdin, self._child.stdout):
            if end is not None:
                end.close()


_idle: list[Room] = []
_lock = threading.Lock()


@contextlib.contextmanager
def room() -> Iterator[Room]:
    """A warm child for one picture; after whatever went wrong in it, it is not used again."""
    with _lock:
        # A process that was split off from this one must not speak through its pipes.
        strange = [each for each in _idle if each.owner != os.getpid()]
        _idle[:] = [each for each in _idle if each.owner == os.getpid()]
        found = _idle.pop() if _idle else None
    for each in strange:
        each.end()
    found, is_whole = found or Room(), False
    try:
        yield found
        is_whole = True
    finally:
        if not (is_whole and _is_kept(found)):
            found.end()


def _is_kept(found: Room) -> bool:
    """Whether a child that has drawn its picture waits for the next one."""
    with _lock:
        if len(_idle) >= _MOST_IDLE:
            return False
        _idle.append(found)
        return True


@atexit.register
def close_rooms() -> None:
    """End the children that wait for pictures."""
    with _lock:
        ended, _idle[:] = list(_idle), []
    for each in ended:
        each.end()
