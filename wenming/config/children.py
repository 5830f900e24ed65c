"""Workers beside the web server: started with it, begun anew when they die, ended with it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

PAUSES_S = (0.0, 1.0, 2.0, 5.0, 10.0, 30.0)
STEADY_S = 60.0  # who lived that long has not died of its beginning
GRACE_S = 10.0
WORK = "import sys; from wenming.config.worker import main; sys.exit(main())"


@dataclass
class _Child:
    """A place for a worker, and who holds it now."""

    process: subprocess.Popen[bytes] | None = None
    begun_at: float = 0.0
    deaths: int = 0


@dataclass
class Workers:
    """The workers of a server (后台进程组)."""

    count: int
    say: Callable[[str], None]
    children: list[_Child] = field(default_factory=list)

    def start(self) -> None:
        """Start all of them."""
        self.children = [_Child() for _ in range(self.count)]
        for child in self.children:
            self._begin(child)

    def look_after(self) -> None:
        """Start those again that have died; after each death in a row with a longer pause."""
        for child in self.children:
            if child.process is not None and child.process.poll() is not None:
                lived = time.monotonic() - child.begun_at
                child.deaths = 1 if lived > STEADY_S else child.deaths + 1
                self.say(f"A worker ended (process {child.process.pid}); starting another.")
                child.process = None
            if child.process is None and self._may_begin(child):
                self._begin(child)

    def stop(self) -> None:
        """Ask all of them to end; what they are at goes back to the queue."""
        for child in self.children:
            if child.process is not None and child.process.poll() is None:
                child.process.terminate()

    def wait(self) -> None:
        """See them end; whoever does not is killed, which loses nothing."""
        deadline = time.monotonic() + GRACE_S
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()
        self.children = []

    def _may_begin(self, child: _Child) -> bool:
        pause = PAUSES_S[min(child.deaths, len(PAUSES_S)) - 1] if child.deaths else 0.0
        return time.monotonic() >= child.begun_at + pause

    def _begin(self, child: _Child) -> None:
        # A session of its own: Ctrl-C reaches the server alone, which then ends its workers.
        child.process = subprocess.Popen(
            [sys.executable, "-c", WORK, str(os.getpid())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        child.begun_at = time.monotonic()
