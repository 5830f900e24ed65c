"""The code by which ODK Collect sets itself up with a token that was just made."""

import json
import logging
import re
import zlib
from base64 import b64decode
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from tests.cast import Cast, log_in
from tests.qr_reading import read_picture
from wenming.base.models import AuditEntry

pytestmark = pytest.mark.django_db
PICTURE = re.compile(r"data:image/svg\+xml;base64,[\w+/=]+")
SECRET = re.compile(r"wm_[\w-]{43}")


def made(client: Client, *capabilities: str, **more: Any) -> str:
    until = (localdate() + timedelta(days=1)).isoformat()
    said = {"name": "手机", "until": until, "capabilities": capabilities}
    return client.post(reverse("base:new_token"), said, **more).content.decode()


def test_the_phone_reads_the_doors_with_the_token_from_the_picture(
    cast: Cast, client: Client
) -> None:
    page = made(log_in(client, cast.zhou), "interview", secure=True)
    (secret,), (picture,) = set(SECRET.findall(page)), PICTURE.findall(page)
    settings = json.loads(zlib.decompress(b64decode(read_picture(picture))))
    assert settings == {
        "general": {
            "protocol": "odk_default",
            "server_url": f"https://testserver/odk/{secret}",
            "form_update_mode": "match_exactly",
            "periodic_form_updates_check": "every_fifteen_minutes",
            "autosend": "wifi_and_cellular",
        },
        "admin": {},
        "project": {"name": cast.city.name.zh},
    }
    assert f'<code class="secret">{settings["general"]["server_url"]}</code>' in page
    assert Client().get(f"/odk/{secret}/formList", secure=True).status_code == 200
    assert "HTTPS" not in page


def test_without_https_the_page_warns(cast: Cast, client: Client) -> None:
    page = made(log_in(client, cast.sun), "inspect")
    assert "HTTPS" in page
    assert PICTURE.search(page)


def test_a_token_that_opens_no_door_gets_no_picture(cast: Cast, client: Client) -> None:
    page = made(log_in(client, cast.zhou), "view_sheets")
    assert SECRET.search(page)
    assert not PICTURE.search(page)


def test_the_token_stands_in_no_line_of_the_log_and_no_record(
    cast: Cast, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    log_in(client, cast.zhou)
    with caplog.at_level(logging.DEBUG):
        page = made(client, "interview")
    found = SECRET.search(page)
    assert found is not None
    assert caplog.records
    assert found[0] not in "\n".join(str(vars(each)) for each in caplog.records)
    assert found[0] not in "\n".join(str(each.detail) for each in AuditEntry.objects.all())
