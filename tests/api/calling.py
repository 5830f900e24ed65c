"""A program that calls the interface with the token of a person."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from tests.cast import fresh
from wenming.base.models import City, User
from wenming.base.services.tokens import make_token
from wenming.core.permissions import NEED_SESSION


@dataclass
class Caller:
    """A program with the token of a person; every answer is JSON."""

    secret: str
    language: str = "en"

    def ask(self, method: str, address: str, body: Any = None, **heads: str) -> Any:
        """Call an operation below /api/v1."""
        given = {"Authorization": f"Bearer {self.secret}", "Accept-Language": self.language}
        return Client().generic(
            method,
            f"/api/v1{address}",
            data=body if isinstance(body, bytes) else "" if body is None else json.dumps(body),
            content_type=f"application/{'octet-stream' if isinstance(body, bytes) else 'json'}",
            headers=given | {name.replace("_", "-"): each for name, each in heads.items()},
        )


def token_of(user: User, city: City) -> str:
    """A token that allows everything that its person may do."""
    again = fresh(user)
    allowed = again.capabilities(city) - NEED_SESSION
    until = timezone.localdate() + timedelta(days=30)
    return make_token(again, "测试", city=city, capabilities=allowed, until=until)[1]
