"""A day of an inspector without network: nothing is lost, nothing is taken twice."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Error, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.phone import Phone, installed, wait_until
from tests.cast import log_in
from tests.inspection.building import Errand, picture, small_errand
from tests.rounds.building import site_of
from wenming.inspection.models import PhotoUpload, VisitPhoto, VisitSheet
from wenming.inspection.services import uploads
from wenming.inspection.services.planning import DayPlan, plan_visits

VISITS = 30
pytestmark = pytest.mark.django_db(transaction=True)
CHUNK = 256 * 1024
COUNT_AT_ONCE = """
async () => {
  const line = document.getElementById("line-r3");
  line.querySelector(".begin").click();
  while (!line.querySelector(".plus")) await null;
  line.querySelector(".plus").click();
}
"""
"""Somebody is counted before the disk has kept that the clock runs."""


@dataclass
class Street(Phone):
    """A server with thirty visits, a phone with its own memory, and what the server saw.

    Attributes:
        offsets: where each piece of a photograph began, in the order of their coming.
        cut: numbers of pieces that break off: False before they are written, True after.
        wholes: the photographs that came in one piece.
        lost: numbers of those that break off, as `cut`.
    """

    offsets: list[int] = field(default_factory=list)
    cut: dict[int, bool] = field(default_factory=dict)
    wholes: list[Any] = field(default_factory=list)
    lost: dict[int, bool] = field(default_factory=dict)


@pytest.fixture
def street(
    transactional_db: None,
    browser: Browser,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
) -> Iterator[Street]:
    errand = small_errand()
    _thirty(errand)
    settings.API_REQUESTS_A_MINUTE = 100_000
    cookie = log_in(Client(), errand.sun).cookies[settings.SESSION_COOKIE_NAME].value
    server = LiveServer("localhost")
    found = Street(server.url, cookie, tmp_path / "phone", browser)
    monkeypatch.setattr(uploads, "append_chunk", _watched(uploads.append_chunk, found))
    monkeypatch.setattr(uploads, "take_photo", _watched_wholes(uploads.take_photo, found))
    yield found
    server.stop()


def _thirty(errand: Errand) -> None:
    cast = errand.field.cast
    sites = [site_of(cast, f"T{n:02}", f"考察点 {n:02}") for n in range(VISITS - 1)]
    plan = DayPlan(timezone.localdate(), (errand.sun, errand.gao), "东线")
    plan_visits(errand.field.collection, sites, plan, by=cast.lin)


def _watched(real: Callable[..., PhotoUpload], street: Street) -> Callable[..., PhotoUpload]:
    """The real service; some pieces break off on the way, before or after they are written."""

    def append(upload: PhotoUpload, chunk: bytes, *, offset: int, by: Any) -> PhotoUpload:
        number = len(street.offsets)
        street.offsets.append(offset)
        if street.cut.get(number) is False:
            raise ConnectionError("cut before a byte was written")
        kept = real(upload, chunk, offset=offset, by=by)
        if street.cut.get(number):
            raise ConnectionError("written, but the answer was lost")
        return kept

    return append


def _watched_wholes(real: Callable[..., PhotoUpload], street: Street) -> Callable[..., PhotoUpload]:
    """The real service; some photographs break off on the way, as pieces do."""

    def take(visit: Any, pk: Any, content: bytes, *, digest: str, by: Any) -> PhotoUpload:
        number = len(street.wholes)
        street.wholes.append(pk)
        if street.lost.get(number) is False:
            raise ConnectionError("cut before a byte was written")
        kept = real(visit, pk, content, digest=digest, by=by)
        if street.lost.get(number):
            raise ConnectionError("written, but the answer was lost")
        return kept

    return take


def inspect(page: Page, place: int, photo: Path) -> None:
    """Visit the next site that is open, with one failing line and its photograph."""
    page.locator(".site.planned").first.click()
    page.locator("#line-r5 .yes").click()
    page.locator("#line-r1 .no").click()
    page.locator("#line-r1 input[type=file]").first.set_input_files(photo)
    page.wait_for_selector("#line-r1 .photos img")
    page.locator("#line-r2 .zero").click()
    page.evaluate(COUNT_AT_ONCE)
    page.locator("#line-r4 .plus").last.click()
    page.locator("#line-r4 .plus").first.click()
    page.locator(".foot .main", has_text="Finish").click()
    expect(page.locator(".site.waiting, .site.sending")).to_have_count(place)


def test_thirty_visits_without_network_survive_a_killed_browser(street: Street) -> None:
    photo = street.profile.parent / "photo.jpg"
    context = street.opened()
    page = context.pages[0]
    installed(page, street.address)
    context.set_offline(True)
    page.goto(f"{street.address}/field/")
    for place in range(1, VISITS + 1):
        photo.write_bytes(picture(60))
        inspect(page, place, photo)
    assert street.counted(VisitSheet.objects) == 0
    assert street.killed() > 1
    with contextlib.suppress(Error):
        context.close()

    again = street.opened()
    again.set_offline(True)
    page = again.pages[0]
    page.goto(f"{street.address}/field/")
    expect(page.locator(".site.waiting")).to_have_count(VISITS)
    street.lost = {1: False, 2: True}
    again.set_offline(False)
    for n in (2, 3):  # twice the line breaks
        wait_until(lambda n=n: len(street.wholes) >= n)
        page.wait_for_selector(".foot .main:not([disabled])")
        page.locator(".foot .main").click()
    wait_until(lambda: street.counted(VisitSheet.objects) >= VISITS)
    page.wait_for_selector(".state:has-text('Everything is sent')")
    assert len(street.wholes) == VISITS  # those that broke off went in pieces the next time
    assert street.offsets == [0]  # one of them was there already
    page.locator(".foot .main").click()  # asked to send again, nothing is sent twice
    page.wait_for_selector(".foot .main:not([disabled])")
    assert street.counted(VisitSheet.objects) == VISITS
    assert street.counted(VisitSheet.objects.values("visit").distinct()) == VISITS
    assert street.counted(VisitPhoto.objects) == VISITS
    digests = VisitPhoto.objects.values("attachment__file__digest").distinct()
    assert street.counted(digests) == VISITS
    again.close()


def test_an_upload_that_was_cut_goes_on_where_it_was(street: Street) -> None:
    photo = street.profile.parent / "photo.jpg"
    photo.write_bytes(picture(1400))
    context = street.opened()
    page = context.pages[0]
    installed(page, street.address)
    street.cut = {1: False, 3: True}
    inspect(page, 1, photo)
    wait_until(lambda: len(street.offsets) >= 2)  # the policy of the page forbids to wait by script
    page.wait_for_selector(".foot .main:not([disabled])")
    assert PhotoUpload.objects.get().offset == CHUNK
    page.locator(".foot .main").click()
    wait_until(lambda: len(street.offsets) >= 4)
    page.wait_for_selector(".foot .main:not([disabled])")
    assert PhotoUpload.objects.get().offset == 3 * CHUNK
    page.locator(".foot .main").click()
    wait_until(lambda: street.counted(VisitSheet.objects) == 1)
    size = street.offsets[-1]
    rest = list(range(3 * CHUNK, size + 1, CHUNK))
    # the second piece is sent again; the fourth, whose answer was lost, is not
    assert street.offsets == [0, CHUNK, CHUNK, 2 * CHUNK, *rest]
    assert size > 3 * CHUNK
    context.close()
