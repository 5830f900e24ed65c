"""What every answer tells the browser: no script but ours, no frame, https and its cookies."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import InterfaceError, OperationalError, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test import Client
from django.urls import reverse

from tests.cast import log_in, make_cast
from wenming.config import serve

pytestmark = pytest.mark.django_db
OURS = ("me", "new_password", "new_token", "begin_session", "people", "person_new", "audit")
LIBRARY = ("mfa_index", "mfa_add_webauthn", "mfa_activate_totp", "account_login", "account_logout")
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style|\son[a-z]+=\"|\sstyle=\"|javascript:",
    re.IGNORECASE,
)

ASK = """
import json, django
django.setup()
from django.test import Client
plain = Client().get("/account/login/")
safe = Client().get("/account/login/", headers={"X-Forwarded-Proto": "https"})
print(json.dumps({
    "sent": [plain.status_code, plain.headers.get("Location")],
    "heads": dict(safe.headers),
    "cookies": {name: dict(each) for name, each in safe.cookies.items()},
}))
"""


def pages() -> list[str]:
    return [
        *(reverse(f"base:{name}") for name in OURS),
        *(reverse(name) for name in LIBRARY),
        "/forgotten/", "/welcome/x/", "/nowhere/", "/api/docs/",
    ]  # fmt: skip


@pytest.mark.parametrize("address", [None, *range(16)])
def test_no_page_of_accounts_needs_what_the_policy_forbids(
    client: Client, address: int | None
) -> None:
    cast = make_cast()
    log_in(client, cast.feng)
    target = "/" if address is None else pages()[address]
    answer = client.get(target, follow=True)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert not INLINE.findall(answer.content.decode()), target


@pytest.mark.parametrize(
    "address",
    ["/me/", "/me/password/", "/me/tokens/new/", "/inbox/", "/units/", "/units/?export=csv",
     "/help/", "/nowhere/", "/forgotten/"],
)  # fmt: skip
def test_no_page_is_kept_where_the_next_person_finds_it(client: Client, address: str) -> None:
    log_in(client, make_cast().lin)
    heads = client.get(address).headers
    assert {"private", "no-store"} <= set(re.split(r",\s*", heads["Cache-Control"]))


ATTACKS = (
    # who, to which address, how many bytes are announced, whether it is refused unread
    ("", "/account/login/", 3_000_000, True),
    ("", "/forgotten/", 3_000_000, True),
    ("", "/units/import/", 3_000_000, True),
    ("lin", "/account/login/", 3_000_000, True),
    ("lin", "/units/import/", 3_000_000, False),
    ("lin", "/units/import/", 600_000_000, True),
    ("", "/odk/x/submission", 3_000_000, False),  # its token is asked for first
    ("", "/odk/x/submission", 600_000_000, True),
)


@pytest.mark.parametrize(("who", "address", "size", "is_refused"), ATTACKS)
def test_more_than_may_be_sent_is_refused_unread(
    client: Client, who: str, address: str, size: int, *, is_refused: bool
) -> None:
    if who:
        log_in(client, make_cast().lin)
    answer = client.post(address, b"x", content_type="text/plain", CONTENT_LENGTH=str(size))
    assert (answer.status_code == 413) == is_refused, answer.status_code
    if is_refused:
        assert answer.headers["X-Request-ID"] in answer.content.decode()


FAILURES = ((OperationalError(), 503), (InterfaceError(), 503), (OSError(28, "full"), 507))


@pytest.mark.parametrize(("failure", "status"), FAILURES)
def test_a_page_without_database_or_room_says_so_with_a_number(
    client: Client, monkeypatch: pytest.MonkeyPatch, failure: Exception, status: int
) -> None:
    def refuse(*_: object) -> None:
        raise failure

    client.raise_request_exception = False
    monkeypatch.setattr("wenming.base.accounts.limits.VisitLimits.__call__", refuse)
    answer = client.get("/inbox/")
    assert answer.status_code == status
    assert answer.headers.get("Retry-After") == ("30" if status == 503 else None)
    assert answer.headers["X-Request-ID"] in answer.content.decode()


def asked(tmp_path: Path, **environment: str) -> dict[str, object]:
    """Two answers of a program that was started with these variables."""
    given = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "wenming.config.settings",
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "WENMING_HOME": str(tmp_path),
        "WENMING_DEBUG": "True",
        "WENMING_ALLOWED_HOSTS": "testserver",
        **environment,
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=given, capture_output=True, text=True, check=True
    )
    found: dict[str, object] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def test_with_https_nothing_goes_without_it(tmp_path: Path) -> None:
    found = asked(tmp_path, WENMING_HTTPS="True")
    assert found["sent"] == [301, "https://testserver/account/login/"]
    assert found["heads"]["Strict-Transport-Security"] == "max-age=31536000"
    assert found["cookies"]
    for name, cookie in found["cookies"].items():
        assert (cookie["secure"], cookie["samesite"]) == (True, "Lax"), name


def test_without_https_no_promise_is_made_for_it(tmp_path: Path) -> None:
    found = asked(tmp_path)
    assert found["sent"] == [200, None]
    assert "Strict-Transport-Security" not in found["heads"]


def test_a_page_does_not_wait_for_the_database_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    told = connections.settings["default"]
    kept = {**told, "OPTIONS": {**told["OPTIONS"], "options": "-c work_mem=8MB"}}
    monkeypatch.setitem(connections.settings, "default", kept)
    serve._bound_questions()
    said = DatabaseWrapper(kept).get_connection_params()["options"]
    assert said.startswith("-c work_mem=8MB -c statement_timeout=45s ")
