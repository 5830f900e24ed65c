"""Send filled-in visits with photographs to a server, as many phones do at the end of a day.

Run: `.venv/bin/python -m benchmarks.take_visits --minutes 10 --a-minute 500`. It makes an
installation of its own with the demonstration city, plans the visits, serves it with the usual
workers, and sends every visit as the phone does: the photograph in one piece, or with `--pieces`
as after a broken line, announced, uploaded in pieces and finished; then the sheet; what is
refused for a moment is sent again. At the end the
rows of the database are counted against what was acknowledged. Clients, server and database run
on the same machine, so that the figures are a floor. Figures are printed, never asserted.
"""

import argparse
import hashlib
import http.client
import io
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from PIL import Image

PAIRS = 10
PHONES = 16
CHUNK = 256 * 1024
TRIES = 20
API = "/api/v1/field"


@dataclass(frozen=True)
class Errand:
    """One visit to be sent: its identity, its site, its lines, and whose it is."""

    visit: str
    site: str
    lines: list[dict[str, Any]]
    token: str


@dataclass
class Told:
    """What the phones saw, and whether they send photographs whole."""

    is_whole: bool = True
    seconds: list[float] = field(default_factory=list)
    again: int = 0
    failed: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def main() -> None:
    """Prepare, serve, send and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--a-minute", type=int, default=500)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--pieces", action="store_true")
    options = parser.parse_args()
    count = round(options.minutes * options.a_minute)
    with tempfile.TemporaryDirectory(prefix="wenming-load-") as home:
        Path(home).chmod(0o755)
        os.environ["WENMING_HOME"] = home
        os.environ["WENMING_SECOND_FACTOR"] = "False"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenming.config.settings")
        from wenming.config.postgres import running

        with running(Path(home)):
            errands = _prepared(count)
            with Server(options.workers) as port:
                began = time.monotonic()
                told = _sent(errands, port, 60 / options.a_minute, is_whole=not options.pieces)
                took = time.monotonic() - began
            _print(told, count, took)


def _prepared(count: int) -> list[Errand]:
    """The demonstration city with an open round and so many visits planned."""
    import django

    django.setup()
    from django.core.management import call_command

    from wenming.cli.cast import stage
    from wenming.files.rounds import read_round
    from wenming.rounds.models import Collection
    from wenming.scoring.services import load_round

    call_command("migrate", interactive=False, verbosity=0)
    demo = Path(__file__).resolve().parent.parent / "examples" / "demo"
    stage(load_round(read_round(demo)), "zh", is_worked=False)
    return list(_planned(Collection.objects.get(key="2026-4"), count))


def _planned(collection: Any, count: int) -> Iterator[Errand]:
    from django.utils import timezone

    from wenming.base.models import User
    from wenming.framework.queries import checklists_of
    from wenming.inspection.services.planning import DayPlan, plan_visits
    from wenming.rounds.models import RegisteredSite

    lists = checklists_of(collection.checklist_set).by_type
    sites = [each for each in RegisteredSite.objects.order_by("key") if each.site_type in lists]
    office, left, day = User.objects.get(username="office"), count, timezone.localdate()
    teams = [_team(collection, n, office) for n in range(PAIRS)]
    for back in range(count // len(sites) + 1):
        for n, (pair, secret) in enumerate(teams):
            chosen = sites[n::PAIRS][:left]
            left -= len(chosen)
            if not chosen:
                return
            plan = DayPlan(day - timedelta(days=back), pair, f"{n + 1}号线")
            for visit in plan_visits(collection, chosen, plan, by=office):
                lines = [_seen(each) for each in lists[visit.site_type].lines]
                yield Errand(str(visit.pk), visit.site.key, lines, secret)


def _team(collection: Any, n: int, office: Any) -> tuple[tuple[Any, Any], str]:
    from django.utils import timezone

    from wenming.base.models import Post, User
    from wenming.base.services.tokens import make_token
    from wenming.core.permissions import Capability, PostKind
    from wenming.core.terms import AssignmentRole
    from wenming.rounds.services.collections import assign_person

    pair = []
    for side in "ab":
        person = User.objects.create(
            username=f"load{n}{side}", name=f"压测{n}{side}", home=collection.city
        )
        Post.objects.create(user=person, city=collection.city, kind=PostKind.INSPECTOR)
        person = User.objects.get(pk=person.pk)
        assign_person(collection, person, [AssignmentRole.INSPECTOR], by=office)
        pair.append(person)
    until = timezone.localdate() + timedelta(days=1)
    _token, secret = make_token(
        pair[0], "load", city=collection.city, capabilities=[Capability.INSPECT], until=until
    )
    return (pair[0], pair[1]), secret


def _seen(line: Any) -> dict[str, Any]:
    """What is noted for a line: pass or fail is judged, the rest was not to be seen."""
    if line.judgement == "pass_fail":
        return {"line": line.key, "outcome": "conform"}
    return {"line": line.key, "outcome": "not_observed", "reason": "no_occasion"}


class Server:
    """The server of the installation, in processes of its own."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def __enter__(self) -> int:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "wenming.cli", "serve", "--port", str(port)]
        command += ["--workers", str(self.workers)]
        self.server = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self.server.stdout is not None
        for line in self.server.stdout:
            if line.startswith("http"):
                return int(line.strip().rstrip("/").rpartition(":")[2])
        raise RuntimeError("the server did not start")

    def __exit__(self, *_: object) -> None:
        self.server.terminate()
        self.server.wait(timeout=60)


def _sent(errands: list[Errand], port: int, every_s: float, *, is_whole: bool) -> Told:
    """Send all visits at the wished pace, from several phones at a time."""
    told, content = Told(is_whole), _photograph()
    began = time.monotonic()
    with ThreadPoolExecutor(PHONES) as phones:
        for n, errand in enumerate(errands):
            time.sleep(max(0.0, began + n * every_s - time.monotonic()))
            phones.submit(_send, errand, content, port, told)
    return told


def _photograph() -> bytes:
    """A photograph of 1280 × 960 points and about 440 kB."""
    out = io.BytesIO()
    Image.effect_noise((1280, 960), 40).convert("RGB").save(out, "JPEG", quality=60)
    return out.getvalue()


def _send(errand: Errand, content: bytes, port: int, told: Told) -> None:
    mark = uuid4().bytes
    photo = content[:2] + b"\xff\xfe\x00\x12" + mark + content[2:]  # a comment makes it unlike
    phone, began = _Phone(port, errand.token, told), time.monotonic()
    upload = str(uuid4())
    digest = hashlib.sha256(photo).hexdigest()
    begin = {"id": upload, "visit": errand.visit, "size": len(photo), "digest": digest}
    try:
        if told.is_whole:
            asked = f"visit={errand.visit}&digest={digest}"
            phone.ask("PUT", f"{API}/photos/{upload}?{asked}", photo)
        else:
            phone.ask("POST", f"{API}/uploads", begin)
            for at in range(0, len(photo), CHUNK):
                phone.ask("PUT", f"{API}/uploads/{upload}/{at}", photo[at : at + CHUNK])
            phone.ask("POST", f"{API}/uploads/{upload}/finish", {})
        phone.ask("POST", f"{API}/visits/{errand.visit}/sheets", _sheet(errand, upload))
    except RuntimeError as refused:
        with told.lock:
            told.failed.append(str(refused))
        return
    finally:
        phone.link.close()
    with told.lock:
        told.seconds.append(time.monotonic() - began)


def _sheet(errand: Errand, upload: str) -> dict[str, Any]:
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 60))
    records = [each | {"seen_at": now} for each in errand.lines]
    failing = next(each for each in records if each["outcome"] == "conform")
    failing["outcome"] = "not_conform"
    return {
        "instance": str(uuid4()), "version": 1, "site": errand.site, "begun_at": now,
        "finished_at": now, "records": records,
        "photos": [{"id": upload, "line": failing["line"], "taken_at": now, "source": "camera"}],
    }  # fmt: skip


class _Phone:
    """One connection, which tries again as the phone does."""

    def __init__(self, port: int, token: str, told: Told) -> None:
        self.link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.head = {"Authorization": f"Bearer {token}"}
        self.told = told

    def ask(self, method: str, path: str, body: dict[str, Any] | bytes) -> None:
        """Ask until it is taken; an answer that says no is told."""
        is_bytes = isinstance(body, bytes)
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        kind = "application/octet-stream" if is_bytes else "application/json"
        for _ in range(TRIES):
            try:
                self.link.request(method, path, sent, self.head | {"Content-Type": kind})
                answer = self.link.getresponse()
                text = answer.read().decode(errors="replace")
            except (OSError, http.client.HTTPException):
                self.link.close()
                answer, text = None, ""
            if answer is not None and answer.status in (200, 201):
                return
            if answer is not None and answer.status not in (429, 500, 502, 503):
                raise RuntimeError(f"{method} {path}: {answer.status} {text[:300]}")
            with self.told.lock:
                self.told.again += 1
            time.sleep(1)
        raise RuntimeError(f"{method} {path}: no answer")


def _print(told: Told, count: int, took: float) -> None:
    from django.db import connection

    from wenming.inspection.models import VisitPhoto, VisitSheet

    connection.close()
    sheets = VisitSheet.objects.count()
    visits = VisitSheet.objects.values("visit").distinct().count()
    photos = VisitPhoto.objects.values("attachment__file__digest").distinct().count()
    seconds = sorted(told.seconds)
    lost, twice = len(seconds) - visits, sheets - visits
    lines = [
        f"{count} visits with a photograph each in {took:.0f} s: {60 * visits / took:.0f} a minute",
        f"acknowledged {len(seconds)}; on the server {visits} visits, {photos} photographs",
        f"lost {lost}, doubled {twice}, asked again {told.again}, refused {len(told.failed)}",
    ]
    if seconds:
        middle, late = statistics.median(seconds), seconds[int(len(seconds) * 0.95)]
        lines.append(f"a whole visit took {middle:.2f} s in the middle, {late:.2f} s at 95 of 100")
    print("\n".join(lines))
    for each in told.failed[:3]:
        print(each)


if __name__ == "__main__":
    main()
