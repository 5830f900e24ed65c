"""The environment is read strictly: what is not understood is refused in words."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from wenming.config import environment, postgres


def test_a_variable_that_nobody_reads_is_a_slip_of_the_pen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENMING_DEBUGG", "True")
    with pytest.raises(ImproperlyConfigured, match="Nobody reads WENMING_DEBUGG"):
        environment.refuse_unknown()


@pytest.mark.parametrize("written", ["true", "1", "yes", "", "FALSE", " True"])
def test_a_flag_is_true_or_false_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.setenv("WENMING_DEBUG", written)
    with pytest.raises(ImproperlyConfigured, match="write True or False"):
        environment.flag("WENMING_DEBUG", default=False)


@pytest.mark.parametrize(("written", "meant"), [("True", True), ("False", False)])
def test_a_flag_is_read(monkeypatch: pytest.MonkeyPatch, written: str, meant: bool) -> None:
    monkeypatch.setenv("WENMING_DEBUG", written)
    assert environment.flag("WENMING_DEBUG", default=not meant) is meant


def test_a_list_is_split_at_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENMING_ALLOWED_HOSTS", "a.example, b.example,")
    assert environment.words("WENMING_ALLOWED_HOSTS", default=[]) == ["a.example", "b.example"]
    monkeypatch.setenv("WENMING_ALLOWED_HOSTS", "a.example,*")
    with pytest.raises(ImproperlyConfigured):
        environment.hosts("WENMING_ALLOWED_HOSTS", default=[])


def test_a_secret_key_is_made_once_and_only_its_owner_reads_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("WENMING_SECRET_KEY")
    home = tmp_path / "home"
    key = environment.secret_key(home)
    assert len(key) >= 50
    assert environment.secret_key(home) == key
    assert (home / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in home.iterdir()] == ["secret_key"]


def test_a_short_secret_key_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WENMING_SECRET_KEY", "short")
    with pytest.raises(ImproperlyConfigured, match="shorter than 50"):
        environment.secret_key(tmp_path)


def test_a_home_that_cannot_hold_the_key_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("WENMING_SECRET_KEY")
    (tmp_path / "file").touch()
    with pytest.raises(ImproperlyConfigured, match="Set WENMING_HOME"):
        environment.secret_key(tmp_path / "file")


def test_a_database_address_is_taken_apart() -> None:
    found = environment.database("postgresql://lin:s%40crt@db.example:6543/city?sslmode=require")
    assert (found["USER"], found["PASSWORD"]) == ("lin", "s@crt")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "6543", "city")
    assert found["OPTIONS"]["sslmode"] == "require"


def test_the_embedded_address_is_understood(tmp_path: Path) -> None:
    found = environment.database(postgres.database_url(tmp_path))
    assert found["HOST"] == str(postgres.socket_folder(tmp_path))
    assert (found["USER"], found["NAME"]) == ("wenming", "wenming")


@pytest.mark.parametrize(
    ("url", "reason"),
    [("sqlite:///x", "must begin with postgresql"), ("postgresql://host", "names no database")],
)
def test_another_engine_or_no_database_is_refused(url: str, reason: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=reason):
        environment.database(url)


def test_the_home_is_what_the_environment_says_and_complete(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WENMING_HOME", str(tmp_path / "a" / ".." / "b"))
    assert postgres.default_home() == tmp_path / "b"


OIDC = {
    "WENMING_OIDC_ISSUER": "https://sso.example/realms/city/",
    "WENMING_OIDC_CLIENT_ID": "wenming",
    "WENMING_OIDC_CLIENT_SECRET": "s",
}


def test_an_issuer_is_read_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.issuer() is None
    for name, value in OIDC.items():
        monkeypatch.setenv(name, value)
    found = environment.issuer()
    assert found is not None
    assert (found.address, found.name, found.claim) == (
        "https://sso.example/realms/city", "SSO", "preferred_username",
    )  # fmt: skip
    monkeypatch.delenv("WENMING_OIDC_CLIENT_SECRET")
    with pytest.raises(ImproperlyConfigured, match="WENMING_OIDC_CLIENT_SECRET is missing"):
        environment.issuer()


@pytest.mark.parametrize("address", ["http://sso.example", "sso.example", "ftp://sso.example"])
def test_an_issuer_is_reached_by_https(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    for name, value in (OIDC | {"WENMING_OIDC_ISSUER": address}).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match="https"):
        environment.issuer()
