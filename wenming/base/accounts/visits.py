"""Keeps a session in a row that says whose visit it is, so that a person sees and ends them."""

import re
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY as USER_KEY
from django.contrib.sessions.backends.db import SessionStore as LibraryStore
from django.http import HttpRequest
from django.utils import timezone

from wenming.base.accounts.addresses import client_address
from wenming.base.models import Visit

BEGUN_KEY, TOUCHED_KEY = "begun_at", "touched_at"
NUMBER_KEY, ADDRESS_KEY, BROWSER_KEY = "number", "address", "browser"
LONGEST_NAME = 300
_BROWSERS = (
    ("MicroMessenger/", "WeChat"), ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_MACHINES = (
    ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
    ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


class SessionStore(LibraryStore):
    """Django's sessions in the database, with a row of ours."""

    @classmethod
    def get_model_class(cls) -> type[Visit]:
        """The table."""
        return Visit

    def create_model_instance(self, data: Mapping[str, Any]) -> Visit:
        """The row as it is written now; what it says stands in the session, too."""
        visit = super().create_model_instance(dict(data))
        assert isinstance(visit, Visit)  # noqa: S101  # nosec B101 (the model above)
        visit.user_id = data.get(USER_KEY)
        visit.number = data.get(NUMBER_KEY)
        visit.begun_at = _moment(data.get(BEGUN_KEY))
        visit.seen_at = _moment(data.get(TOUCHED_KEY))
        visit.address = data.get(ADDRESS_KEY, "")
        visit.browser = data.get(BROWSER_KEY, "")
        return visit


def begin_visit(request: HttpRequest) -> None:
    """A visit begins now (会话开始); it ends after `limits.LONGEST` at the latest."""
    now = timezone.now().timestamp()
    said = re.sub(r"[^\x20-\x7e]", "", request.headers.get("User-Agent", ""))
    request.session[BEGUN_KEY] = request.session[TOUCHED_KEY] = now
    request.session[NUMBER_KEY] = str(uuid.uuid4())
    request.session[ADDRESS_KEY] = client_address(request)
    request.session[BROWSER_KEY] = said[:LONGEST_NAME]


def browser_name(said: str) -> str:
    """A browser as people call it (浏览器名称), such as `Edge, Windows`; "" for none."""
    found = [
        next((name for sign, name in table if sign in said), "") for table in (_BROWSERS, _MACHINES)
    ]
    return ", ".join(name for name in found if name)


def _moment(stamp: float | None) -> datetime | None:
    return None if stamp is None else datetime.fromtimestamp(stamp, UTC)
