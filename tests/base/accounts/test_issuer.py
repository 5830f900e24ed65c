"""Logging in by an issuer of the city: a real one, small, that speaks HTTP and signs its tokens."""

import json
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.base.accounts.acting import is_in
from tests.cast import Cast
from wenming.base.models import AuditEntry, User
from wenming.config.environment import Issuer

pytestmark = pytest.mark.django_db
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
STRANGE_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class House:
    """The issuer: what it says about the visitor, and what it was asked."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {"sub": "1001", "preferred_username": "sun"}
        self.said: dict[str, Any] = {"sub": "1001"}
        self.key = KEY
        self.asked: list[dict[str, list[str]]] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._answers())
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def token(self) -> str:
        """What it says, signed."""
        now = int(time.time())
        times = {"iss": self.address, "aud": "wenming", "iat": now, "exp": now + 300}
        return jwt.encode(times | self.claims, self.key, "RS256", headers={"kid": "k1"})

    def _answers(self) -> type[BaseHTTPRequestHandler]:
        house = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                places = {
                    "/.well-known/openid-configuration": {
                        "issuer": house.address,
                        "authorization_endpoint": f"{house.address}/authorize",
                        "token_endpoint": f"{house.address}/token",
                        "userinfo_endpoint": f"{house.address}/userinfo",
                        "jwks_uri": f"{house.address}/keys",
                        "token_endpoint_auth_methods_supported": ["client_secret_post"],
                    },
                    "/keys": {"keys": [house.public_key()]},
                    "/userinfo": house.said,
                }
                self.say(places[self.path])

            def do_POST(self) -> None:
                sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
                house.asked.append(parse_qs(sent))
                token = {"access_token": "a", "token_type": "Bearer", "id_token": house.token()}
                self.say(token)

            def say(self, content: object) -> None:
                body = json.dumps(content).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                """Say nothing on the terminal."""

        return Answers

    def public_key(self) -> dict[str, Any]:
        """The key with which its signature is checked; always the right one."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return {**public, "kid": "k1", "alg": "RS256", "use": "sig"}


@pytest.fixture
def house(settings: Any) -> Iterator[House]:
    cache.clear()
    house = House()
    settings.OIDC = Issuer(house.address, "wenming", "geheim", "市统一认证", "preferred_username")
    settings.SOCIALACCOUNT_PROVIDERS = settings.OIDC.providers
    yield house
    house.server.shutdown()
    house.server.server_close()


def go(client: Client, **more: str) -> dict[str, str]:
    """Press the button; what the issuer is asked."""
    sent = client.get("/account/issuer/", more)
    assert sent.status_code == 302
    asked = parse_qs(urlsplit(sent.headers["Location"]).query)
    return {name: values[0] for name, values in asked.items()}


def come_back(client: Client, **more: str) -> Any:
    """Press the button, be known by the issuer, and come back with its code."""
    asked = go(client, **more)
    return client.get("/account/issuer/back/", {"code": "c", "state": asked["state"]})


def test_who_has_an_account_comes_in_and_is_linked_once(
    cast: Cast, client: Client, house: House
) -> None:
    button = client.get(reverse("account_login")).content.decode()
    assert "使用市统一认证登录" in button
    assert come_back(client, next="/inbox/").headers["Location"] == "/inbox/"
    assert is_in(client)
    assert "code_verifier" in house.asked[0]
    assert house.asked[0]["client_secret"] == ["geheim"]
    client.post(reverse("account_logout"))
    house.claims["preferred_username"] = "renamed"
    come_back(client)
    assert is_in(client), "afterwards the issuer's own number of the person counts"
    actions = AuditEntry.objects.filter(actor=cast.sun).values_list("action", flat=True)
    assert list(actions).count("account.issuer_linked") == 1
    assert list(actions).count("account.login") == 2
    link = cast.sun.socialaccount_set.get()
    assert link.uid == "1001"


def unknown(cast: Cast, house: House) -> None:
    house.claims["preferred_username"] = "nobody"


def closed(cast: Cast, house: House) -> None:
    User.objects.filter(pk=cast.sun.pk).update(is_active=False)


def unsigned(cast: Cast, house: House) -> None:
    house.key = STRANGE_KEY


def for_others(cast: Cast, house: House) -> None:
    house.claims["aud"] = "another-program"


def by_others(cast: Cast, house: House) -> None:
    house.claims["iss"] = "https://evil.example"


def old(cast: Cast, house: House) -> None:
    house.claims["exp"] = int(time.time()) - 60


def nameless(cast: Cast, house: House) -> None:
    del house.claims["preferred_username"]


def about_another(cast: Cast, house: House) -> None:
    del house.claims["preferred_username"]
    house.said = {"sub": "2002", "preferred_username": "sun"}


@pytest.mark.parametrize(
    "spoil", [unknown, closed, unsigned, for_others, by_others, old, nameless, about_another]
)
def test_nobody_else_comes_in(
    cast: Cast, client: Client, house: House, spoil: Callable[[Cast, House], None]
) -> None:
    count = User.objects.count()
    spoil(cast, house)
    answer = come_back(client)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("account_login"))
    said = client.get(reverse("account_login")).content.decode()
    assert "没有对应的账号" in said or "未能完成" in said
    assert not is_in(client)
    assert User.objects.count() == count


def test_what_is_not_in_the_signed_token_is_asked_for(
    cast: Cast, client: Client, house: House
) -> None:
    del house.claims["preferred_username"]
    house.said = {"sub": "1001", "preferred_username": "Sun"}
    come_back(client)
    assert is_in(client)


def test_a_second_person_does_not_get_the_account_of_the_first(
    cast: Cast, client: Client, house: House
) -> None:
    come_back(client)
    house.claims["sub"] = "2002"
    stranger = Client()
    come_back(stranger)
    assert not is_in(stranger)


def test_nobody_links_a_foreign_identity_to_the_own_account(
    cast: Cast, client: Client, house: House
) -> None:
    from tests.cast import log_in

    house.claims["preferred_username"] = "stranger"
    log_in(client, cast.sun)
    come_back(client, process="connect")
    assert not cast.sun.socialaccount_set.exists()


def test_a_code_without_the_visitors_own_state_is_refused(
    cast: Cast, client: Client, house: House
) -> None:
    go(client)
    client.get("/account/issuer/back/", {"code": "c", "state": "invented"})
    assert not is_in(client)
    assert not house.asked


def test_the_second_factor_is_asked_for_here_too(cast: Cast, client: Client, house: House) -> None:
    house.claims["preferred_username"] = "feng"
    assert come_back(client).headers["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)


def test_without_an_issuer_there_is_no_door(client: Client) -> None:
    assert client.get("/account/issuer/").status_code == 404
    assert "issuer" not in client.get(reverse("account_login")).content.decode()
