"""Visits (登录会话): what the server keeps of a browser while somebody is logged in."""

from typing import Any

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from wenming.base.models.people import User


class Visit(AbstractBaseSession):
    """A browser that is logged in (登录会话), or about to be; it goes when the visit ends.

    Attributes:
        number: by which pages name it; the key of the session is told to nobody.
        user: None until the log-in is complete.
        seen_at: the last request, to a minute.
        address: from which the log-in came.
        browser: what the browser said of itself at the log-in.
    """

    number = models.UUIDField(null=True, db_index=True)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="visits")
    begun_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    address = models.TextField(blank=True)
    browser = models.TextField(blank=True)

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def get_session_store_class(cls) -> type[Any]:
        """Where the manager finds how a session is written."""
        from wenming.base.accounts.visits import SessionStore

        return SessionStore
