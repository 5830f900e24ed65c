"""What the tests of accounts do again and again."""

from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client
from django.urls import reverse

PASSWORD = "Yu-Lan-Hua-2026"
NEW = "Tian-Qing-7-Yun"
WRONG = "Feng-Da-9-Lang"

Page = Any


class LightArgon2(Argon2PasswordHasher):
    """Argon2 with as little work as it allows."""

    time_cost, memory_cost, parallelism = 1, 8, 1


def enter(client: Client, name: str, password: str = PASSWORD, **more: str) -> Page:
    """Type a user name and a password into the page."""
    fields = {"login": name, "password": password, **more}
    return client.post(reverse("account_login"), fields)


def is_in(client: Client) -> bool:
    """Whether the browser is logged in: the page of one's account opens."""
    return client.get(reverse("base:me")).status_code == 200


def confirm(client: Client, password: str = PASSWORD) -> Page:
    """Prove oneself once more before something that protects the account is changed."""
    return client.post(reverse("account_reauthenticate"), {"password": password})


def text_of(answer: Page) -> str:
    """A page without what differs by chance: the token of the form, the number of the request."""
    body = answer.content.decode()
    return "\n".join(line for line in body.splitlines() if "csrfmiddlewaretoken" not in line)
