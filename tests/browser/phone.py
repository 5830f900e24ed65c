"""A phone with its own memory for the tests of the app: opened, killed, opened again."""

import contextlib
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.conftest import NAMES

PATIENCE_S = 180


@dataclass
class Phone:
    """A server, somebody who is logged in, and the browser of a phone."""

    address: str
    cookie: str
    profile: Path
    browser: Browser

    def opened(self) -> BrowserContext:
        """The browser of the phone, with whatever it kept."""
        context = self.browser.browser_type.launch_persistent_context(
            str(self.profile),
            executable_path=next(path for name in NAMES if (path := shutil.which(name))),
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
            viewport={"width": 390, "height": 844},
        )
        context.set_default_timeout(60_000)
        cookies = {"sessionid": self.cookie, "language": "en"}
        context.add_cookies(
            [{"name": n, "value": v, "url": self.address} for n, v in cookies.items()]
        )
        return context

    def killed(self) -> int:
        """Kill every process of this phone at once, as an empty battery does."""
        mine = [pid for pid in _processes() if str(self.profile) in _command(pid)]
        for pid in mine:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return len(mine)

    def counted(self, rows: Any) -> int:
        """How many rows the server holds."""
        found: int = rows.count()
        return found


def _processes() -> Iterator[int]:
    return (int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit())


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
    except OSError:
        return ""


def installed(page: Page, address: str) -> None:
    """Open the app once with network, until it can be opened without."""
    page.goto(f"{address}/field/")
    page.wait_for_selector(".site")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    wait_until(lambda: bool(page.evaluate("navigator.serviceWorker.controller !== null")))


def wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.5)
