"""The environment, read strictly: a value that we do not understand is refused, not guessed."""

import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

KNOWN = frozenset(
    {
        "WENMING_ALLOWED_HOSTS",
        "WENMING_DEBUG",
        "WENMING_EMAIL_FROM",
        "WENMING_EMAIL_URL",
        "WENMING_HOME",
        "WENMING_HTTPS",
        "WENMING_LANG",  # the language of the command line
        "WENMING_METRICS_TOKEN",
        "WENMING_OIDC_CLAIM",
        "WENMING_OIDC_CLIENT_ID",
        "WENMING_OIDC_CLIENT_SECRET",
        "WENMING_OIDC_ISSUER",
        "WENMING_OIDC_NAME",
        "WENMING_SECOND_FACTOR",
        "WENMING_SECRET_KEY",
        "WENMING_TILES_ATTRIBUTION",
        "WENMING_TILES_URL",
        "WENMING_TRUST_PROXY",
        "WENMING_TRUSTED_ORIGINS",
    }
)

SHORTEST_TOKEN = 20
_OIDC_NEEDED = ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")
_OIDC = (*_OIDC_NEEDED, "NAME", "CLAIM")


def refuse_unknown() -> None:
    """Refuse a `WENMING_…` variable that nobody reads: it is a slip of the pen.

    Raises:
        ImproperlyConfigured: names the variables and those that exist.
    """
    unknown = sorted(n for n in os.environ if n.startswith("WENMING_") and n not in KNOWN)
    if unknown:
        raise ImproperlyConfigured(
            f"Nobody reads {', '.join(unknown)}. Known are {', '.join(sorted(KNOWN))}."
        )


def flag(name: str, *, default: bool) -> bool:
    """A yes or no, written `True` or `False` and in no other way.

    Raises:
        ImproperlyConfigured: the variable holds anything else.
    """
    written = os.environ.get(name, str(default))
    if written not in {"True", "False"}:
        raise ImproperlyConfigured(f"{name} is {written!r}; write True or False.")
    return written == "True"


def words(name: str, *, default: list[str]) -> list[str]:
    """A list separated by commas; spaces around its members do not count."""
    if name not in os.environ:
        return default
    return [word.strip() for word in os.environ[name].split(",") if word.strip()]


def hosts(name: str, *, default: list[str]) -> list[str]:
    """The names under which pages are reached; each is named.

    Raises:
        ImproperlyConfigured: all names are allowed: links in mails would lead wherever the sender
            of a request likes.
    """
    given = words(name, default=default)
    if "*" in given:
        raise ImproperlyConfigured(f"{name} must name the hosts; * is not taken.")
    return given


@dataclass(frozen=True, slots=True)
class Issuer:
    """An issuer of identities (OpenID Connect) by whom people may log in, too.

    Attributes:
        name: what the button says.
        claim: whose value is the user name here.
    """

    address: str
    client: str
    secret: str
    name: str
    claim: str

    @property
    def providers(self) -> dict[str, object]:
        """The same as django-allauth wants it."""
        app = {
            "provider_id": "city",
            "name": self.name,
            "client_id": self.client,
            "secret": self.secret,
            "settings": {"server_url": self.address, "oauth_pkce_enabled": True},
        }
        return {"openid_connect": {"APPS": [app]}}


def issuer() -> Issuer | None:
    """The issuer of `WENMING_OIDC_…`; None when none of these variables is set.

    Raises:
        ImproperlyConfigured: one is missing, or the address is not https.
    """
    given = {n: os.environ.get(f"WENMING_OIDC_{n}", "").strip() for n in _OIDC}
    if not any(given.values()):
        return None
    if missing := [f"WENMING_OIDC_{name}" for name in _OIDC_NEEDED if not given[name]]:
        raise ImproperlyConfigured(f"{', '.join(missing)} is missing: OpenID Connect needs it.")
    address = given["ISSUER"].rstrip("/")
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in {"localhost", "127.0.0.1"}:
        raise ImproperlyConfigured("WENMING_OIDC_ISSUER must begin with https://.")
    name, claim = given["NAME"] or "SSO", given["CLAIM"] or "preferred_username"
    return Issuer(address, given["CLIENT_ID"], given["CLIENT_SECRET"], name, claim)


def tiles_url() -> str:
    """`WENMING_TILES_URL`: where map tiles come from; "" for no such service.

    Raises:
        ImproperlyConfigured: it is no address with {z}, {x} and {y}.
    """
    given = os.environ.get("WENMING_TILES_URL", "")
    is_address = urlsplit(given).scheme in {"http", "https"} and bool(urlsplit(given).hostname)
    if given and not (is_address and all(part in given for part in ("{z}", "{x}", "{y}"))):
        raise ImproperlyConfigured(
            f"WENMING_TILES_URL is {given!r}; write an address that holds {{z}}, {{x}} and {{y}}, "
            "such as https://tiles.example/{z}/{x}/{y}.png."
        )
    return given


def hosts_of(address: str) -> list[str]:
    """Scheme and host of an address, as a security policy names them; none of a blank one."""
    parts = urlsplit(address)
    return [f"{parts.scheme}://{parts.netloc}"] if address else []


def secret_key(home: Path) -> str:
    """`WENMING_SECRET_KEY`, or a key made once and kept in `home` where only its owner reads it.

    Raises:
        ImproperlyConfigured: the given key is short, or the folder cannot be written.
    """
    if given := os.environ.get("WENMING_SECRET_KEY"):
        if len(given) < 50:  # what Django itself asks for
            raise ImproperlyConfigured("WENMING_SECRET_KEY is shorter than 50 characters.")
        return given
    kept = home / "secret_key"
    try:
        if not kept.exists():
            home.mkdir(parents=True, exist_ok=True)
            _write_once(kept, secrets.token_urlsafe(64))
        return kept.read_text()
    except OSError as error:
        raise ImproperlyConfigured(
            f"The secret key cannot be kept in {home} ({error.strerror}). "
            "Set WENMING_HOME to a folder that you may write to, or set WENMING_SECRET_KEY."
        ) from error


def token(name: str) -> str:
    """A secret word that a program shows to us; "" for none.

    Raises:
        ImproperlyConfigured: it is so short that it could be guessed.
    """
    written = os.environ.get(name, "")
    if written and len(written) < SHORTEST_TOKEN:
        raise ImproperlyConfigured(f"{name} is shorter than {SHORTEST_TOKEN} characters.")
    return written


@dataclass(frozen=True, slots=True)
class Mail:
    """How mail is sent; without a host it is not, and messages wait."""

    sender: str
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = field(default="", repr=False)
    is_encrypted: bool = False  # from the first byte
    is_upgraded: bool = False  # after STARTTLS


def mail() -> Mail:
    """How mail is sent, from `WENMING_EMAIL_URL` and `WENMING_EMAIL_FROM`.

    `smtps://` is encrypted from the first byte (port 465), `smtp+tls://` after STARTTLS (587);
    `smtp://` is not encrypted at all (25) and meant for a server on this machine.

    Raises:
        ImproperlyConfigured: the address cannot be understood, or the sender is missing.
    """
    url = os.environ.get("WENMING_EMAIL_URL", "")
    sender = os.environ.get("WENMING_EMAIL_FROM", "")
    if not url:
        return Mail(sender or "wenming@localhost")
    parts = urlsplit(url)
    usual = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    if parts.scheme not in usual or not parts.hostname or parts.path not in {"", "/"}:
        raise ImproperlyConfigured(
            "WENMING_EMAIL_URL must read smtps://user:password@host:465, smtp+tls://… or smtp://…"
        )
    if "@" not in sender:
        raise ImproperlyConfigured("WENMING_EMAIL_FROM must be the address from which mail comes.")
    return Mail(
        sender=sender,
        host=parts.hostname,
        port=parts.port or usual[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_encrypted=parts.scheme == "smtps",
        is_upgraded=parts.scheme == "smtp+tls",
    )


def _write_once(path: Path, text: str) -> None:
    """Appear whole or not at all, readable by the owner alone; the first of two writers wins."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent) as draft:
        draft.write(text)
        draft.flush()
        with suppress(FileExistsError):
            path.hardlink_to(draft.name)


def database(url: str) -> dict[str, object]:
    """Django's description of the database behind a `postgresql://` address.

    Raises:
        ImproperlyConfigured: the address is not one of PostgreSQL, or names no database.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured(
            "DATABASE_URL must begin with postgresql:// (PostgreSQL is the only engine)."
        )
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ImproperlyConfigured("DATABASE_URL names no database: postgresql://host/name.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": "5",
            "tcp_user_timeout": "30000",  # a machine that is gone is noticed
            **options,
            "pool": {"min_size": 1, "max_size": 8, "timeout": 5, "reconnect_timeout": 5},
        },
    }
