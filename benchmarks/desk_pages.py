"""Ask a running server for every page of the desk, as eight clerks do at once, at city size.

Run: `.venv/bin/python -m benchmarks.desk_pages`. It makes an installation of its own with the
demonstration city grown to 300 units, 3,000 users, 2,000 sites of the register and 500,000
entries of the audit, serves it with the usual workers, logs in as the office, and follows links
until no new kind of page is found. Then eight clients ask for each of these pages in turn. Clients,
server and database share the machine. The peer is the same server's page of log-in, which reads
nothing of the city. Figures are printed, never asserted.
"""

import argparse
import http.client
import os
import re
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from http.cookies import SimpleCookie
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin, urlsplit

from benchmarks.take_visits import Server

if TYPE_CHECKING:
    from wenming.base.models import City, Unit
    from wenming.rounds.models import RegisteredSite

CLIENTS = 8
UNITS, USERS, SITES, ENTRIES = 300, 3_000, 2_000, 500_000
MOST = 600
"""Pages that are looked at for links."""
LINK = re.compile(r'<a [^>]*href="([^"]+)"')
LOGIN = "/account/login/"
LEFT_OUT = ("/account/logout", "/theme/", "/size/", "/static/", "/files/", "/field/", "/metrics")


def main() -> None:
    """Prepare, serve, find the pages and ask for them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=5, help="times that a client asks for a page")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--slowest", type=int, default=25, help="pages to print")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wenming-desk-") as home:
        Path(home).chmod(0o755)
        os.environ |= {"WENMING_HOME": home, "WENMING_SECOND_FACTOR": "False"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenming.config.settings")
        from wenming.config.postgres import running

        with running(Path(home)):
            _prepare()
            with Server(options.workers) as port:
                cookie = _log_in(port)
                pages = _found(port, cookie)
                took = {name: _asked(port, cookie, at, options.each) for name, at in pages.items()}
                floor = _asked(port, "", LOGIN, options.each)
    _print(took, floor, options.slowest)


def _prepare() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from wenming.cli.cast import stage
    from wenming.scoring.services import load_folder

    call_command("migrate", interactive=False, verbosity=0)
    demo = Path(__file__).resolve().parent.parent / "examples" / "demo"
    round_ = load_folder(demo).round
    stage(round_, "zh", is_worked=False)
    _grow(round_.city)


def _grow(city: "City") -> None:
    """To the size of a large city; rows that no service made, only to be read."""
    from django.db import connection

    from wenming.base.models import AuditHead
    from wenming.rounds.models import RegisteredSite

    _people(city, _units(city))
    sites = list(RegisteredSite.objects.filter(city=city))
    RegisteredSite.objects.bulk_create(_copy(sites, n) for n in range(len(sites), SITES))
    head = AuditHead.objects.get(city=city)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO base_auditentry (id, head_id, number, at, actor_id, action, subject,"
            " detail, request, before, hash) SELECT gen_random_uuid(), %s, %s + n,"
            " now() - n * interval '10 seconds', NULL, 'visit.take', 'visit:' || n, '{}', '', '',"
            " md5(n::text) FROM generate_series(1, %s) AS n",
            [head.pk, head.number, ENTRIES],
        )
        AuditHead.objects.filter(pk=head.pk).update(number=head.number + ENTRIES)
        cursor.execute("ANALYZE")


def _units(city: "City") -> list["Unit"]:
    from wenming.base.models import Unit, path_below

    known = list(Unit.objects.filter(city=city).order_by("pk"))
    made = []
    for n in range(len(known), UNITS):
        parent = known[n % 20]
        unit = Unit(city=city, name=f"演示社区{n:04}", parent=parent, pinyin=f"yanshishequ{n:04}")
        unit.path = path_below(parent, unit.pk)
        made.append(unit)
    Unit.objects.bulk_create(made)
    return known + made


def _people(city: "City", units: list["Unit"]) -> None:
    from wenming.base.models import Post, User
    from wenming.core.permissions import PostKind

    users = [
        User(username=f"clerk{n}", name=f"演示员{n}", home=city, pinyin=f"yanshiyuan{n}")
        for n in range(User.objects.count(), USERS)
    ]
    User.objects.bulk_create(users)
    Post.objects.bulk_create(
        Post(city=city, user=user, kind=PostKind.UNIT, unit=units[n % len(units)])
        for n, user in enumerate(users)
    )


def _copy(sites: list["RegisteredSite"], n: int) -> "RegisteredSite":
    like = sites[n % len(sites)]
    fields = {
        name: getattr(like, name)
        for name in ("city", "site_type", "address", "county", "street", "unit", "unit_name",
                     "area", "longitude", "latitude", "given_longitude", "given_latitude", "datum")
    }  # fmt: skip
    return type(like)(key=f"G{n:05}", title=f"{like.title}{n}", pinyin=like.pinyin, **fields)


def _get(port: int, cookie: str, address: str) -> tuple[int, str, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("GET", address, headers={"Cookie": cookie, "Accept-Language": "zh-CN"})
    answer = line.getresponse()
    content = answer.read()
    line.close()
    return answer.status, answer.headers.get("Location") or "", content


def _log_in(port: int) -> str:
    from wenming.demo.people import PASSWORD

    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("GET", LOGIN)
    answer = line.getresponse()
    answer.read()
    jar = _jar(answer)
    token = next(value for name, value in jar.items() if "csrf" in name)
    form = {"login": "office", "password": PASSWORD, "csrfmiddlewaretoken": token}
    sent = {
        "Cookie": _written(jar),
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": f"http://127.0.0.1:{port}",
    }
    line.request("POST", LOGIN, urlencode(form), sent)
    answer = line.getresponse()
    answer.read()
    if answer.status != 302:
        raise RuntimeError(f"log-in answered {answer.status}")
    return _written(jar | _jar(answer))


def _jar(answer: http.client.HTTPResponse) -> dict[str, str]:
    found: SimpleCookie = SimpleCookie()
    for each in answer.headers.get_all("Set-Cookie") or []:
        found.load(each)
    return {name: cookie.value for name, cookie in found.items()}


def _written(jar: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in jar.items())


def _found(port: int, cookie: str) -> dict[str, str]:
    """One address for each kind of page that links lead to."""
    queue, seen = ["/"], {"/"}
    pages: dict[str, str] = {}
    for _looked in range(MOST):
        if not queue:
            break
        address = queue.pop(0)
        status, led, content = _get(port, cookie, address)
        if status == 200 and b"<html" in content[:400].lower():
            pages.setdefault(_kind(address), address)
        for link in [led] if led else LINK.findall(content.decode("utf-8", "replace")):
            full = urlsplit(urljoin(f"http://h{address}", unescape(link)))
            target = full.path + (f"?{full.query}" if full.query else "")
            if full.netloc != "h" or target in seen or full.path.startswith(LEFT_OUT):
                continue
            seen.add(target)
            kind = _kind(target)
            if kind and kind not in pages and "." not in full.path.rpartition("/")[2]:
                queue.append(target)
    return pages


def _kind(address: str) -> str:
    from django.urls import Resolver404, resolve

    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def _asked(port: int, cookie: str, address: str, each: int) -> list[float]:
    """Seconds of every answer, eight clients at once."""

    def client(_: int) -> list[float]:
        seconds = []
        for _round in range(each):
            began = time.perf_counter()
            status, _led, _content = _get(port, cookie, address)
            seconds.append(time.perf_counter() - began)
            if status != 200:
                raise RuntimeError(f"{address} answered {status}")
        return seconds

    _get(port, cookie, address)
    with ThreadPoolExecutor(CLIENTS) as clients:
        return [s for told in clients.map(client, range(CLIENTS)) for s in told]


def _print(took: dict[str, list[float]], floor: list[float], slowest: int) -> None:
    ninety_five = {name: statistics.quantiles(told, n=20)[-1] for name, told in took.items()}
    ranked = sorted(ninety_five, key=lambda name: -ninety_five[name])
    base = statistics.median(floor)
    print(f"{len(took)} pages, {CLIENTS} clients; log-in page {base * 1000:.0f} ms in the middle")
    print(f"{'page':44}{'middle ms':>10}{'p95 ms':>9}{'× log-in':>10}")
    for name in ranked[:slowest]:
        middle = statistics.median(took[name])
        print(f"{name:44}{middle * 1000:10.0f}{ninety_five[name] * 1000:9.0f}{middle / base:10.1f}")
    slow = sum(1 for value in ninety_five.values() if value > 0.3)
    print(f"above 300 ms at 95 of 100: {slow} of {len(took)} pages")


if __name__ == "__main__":
    main()
