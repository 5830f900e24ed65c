"""The log-in: who comes in, where to, and what is told to whoever does not."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, make_cast
from wenming.base.models import AuditEntry

pytestmark = pytest.mark.django_db
PASSWORD = "Yu-Lan-Hua-2026"


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    for who in (cast.lin, cast.sun):
        who.set_password(PASSWORD)
        who.save()
    return cast


def log_in(client: Client, name: str, password: str = PASSWORD, **more: str) -> object:
    return client.post(reverse("account_login"), {"login": name, "password": password, **more})


def test_the_right_password_leads_to_the_start(cast: Cast, client: Client) -> None:
    answer = log_in(client, "sun")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.get("/").status_code == 302
    assert AuditEntry.objects.filter(actor=cast.sun, action="account.login").count() == 1
