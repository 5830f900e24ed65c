"""How a new installation begins: three administrators, and everybody else by them."""

import re

import pytest
from django.test import Client

from tests.base.accounts.acting import NEW, enter
from tests.cast import in_session
from wenming.base.models import AuditEntry, City, Post, User
from wenming.base.services.accounts import PasswordRefused
from wenming.base.services.first_administrators import (
    Administrator,
    AdministratorExists,
    NoAdministrator,
    make_first_administrator,
)
from wenming.base.services.invitations import invitation_of, invite, take_up
from wenming.base.services.people import (
    PersonDetails,
    PostForOneself,
    UsernameTaken,
    deactivate_account,
    make_account,
)
from wenming.base.services.posts import PostDetails, PostsExclude, grant_post
from wenming.core.permissions import PostKind
from wenming.core.terms import Words

pytestmark = pytest.mark.django_db
CITY = Words("新城市")
KINDS = {
    "xi": PostKind.SYSTEM_ADMINISTRATOR,
    "an": PostKind.SECURITY_ADMINISTRATOR,
    "shen": PostKind.AUDIT_ADMINISTRATOR,
}


def begin(username: str, kind: PostKind, password: str | None = None) -> tuple[User, str]:
    details = PersonDetails(f"{username}先生")
    return make_first_administrator(CITY, Administrator(username, details, kind, password))


def test_three_administrators_start_an_empty_installation(client: Client) -> None:
    xi, an, _shen = (begin(name, kind)[0] for name, kind in KINDS.items())
    city = City.objects.get()
    lin = make_account(city, "lin", PersonDetails("林晓"), by=in_session(xi))
    grant_post(lin, PostDetails(PostKind.OFFICE), city=city, by=in_session(an))
    take_up(invite(lin, city=city, by=in_session(xi)), NEW)
    assert enter(client, "lin", NEW).status_code == 302
    assert client.get("/inbox/").status_code == 200
    first = AuditEntry.objects.filter(action="account.first", actor=None)
    assert sorted(entry.detail["username"] for entry in first) == sorted(KINDS)


def test_the_link_lets_the_administrator_set_a_password(client: Client) -> None:
    xi, secret = begin("xi", PostKind.SYSTEM_ADMINISTRATOR)
    assert not xi.has_usable_password()
    found = invitation_of(secret)
    assert found is not None
    assert found.user == xi


def test_a_password_that_was_typed_in_is_changed_at_the_first_login(client: Client) -> None:
    _xi, secret = begin("xi", PostKind.SYSTEM_ADMINISTRATOR, NEW)
    assert secret == ""
    enter(client, "xi", NEW)
    assert client.get("/inbox/").headers["Location"].startswith("/me/password/")


def test_a_second_one_of_the_same_kind_is_refused_while_the_first_is_there() -> None:
    xi, _ = begin("xi", PostKind.SYSTEM_ADMINISTRATOR)
    with pytest.raises(AdministratorExists):
        begin("xi2", PostKind.SYSTEM_ADMINISTRATOR)
    assert not User.objects.filter(username="xi2").exists()
    User.objects.filter(pk=xi.pk).update(is_active=False)
    begin("xi2", PostKind.SYSTEM_ADMINISTRATOR)


def test_what_is_wrong_leaves_nothing_behind() -> None:
    begin("xi", PostKind.SYSTEM_ADMINISTRATOR)
    with pytest.raises(UsernameTaken):
        begin("xi", PostKind.AUDIT_ADMINISTRATOR)
    with pytest.raises(PasswordRefused):
        begin("shen", PostKind.AUDIT_ADMINISTRATOR, "Admin@123456")
    with pytest.raises(NoAdministrator):
        begin("lin", PostKind.OFFICE)
    assert (User.objects.count(), Post.objects.count()) == (1, 1)


def test_the_three_exclude_each_other_and_every_other_post() -> None:
    xi, an, shen = (begin(name, kind)[0] for name, kind in KINDS.items())
    city = City.objects.get()
    for who in (xi, shen):
        for kind in PostKind:
            if kind not in {PostKind.UNIT, PostKind.GROUP_LEAD}:
                held = kind == KINDS[who.username]
                if not held:
                    with pytest.raises(PostsExclude):
                        grant_post(who, PostDetails(kind), city=city, by=in_session(an))
    with pytest.raises(PostForOneself):
        grant_post(an, PostDetails(PostKind.OFFICE), city=city, by=in_session(an))
    with pytest.raises(PostForOneself):
        deactivate_account(xi, city=city, by=in_session(xi), reason="x")


def test_the_command_makes_them() -> None:
    """In processes of their own, against an empty database of their own."""
    import shutil
    import tempfile
    from pathlib import Path

    from tests.cli.running import run
    from wenming.config import postgres

    home = Path(tempfile.mkdtemp(prefix="wenming-first-"))
    environment = {"WENMING_HOME": str(home)}
    try:
        words = ("createadmin", "--post", "system", "--username", "xi", "--name", "席工")
        nowhere = run(*words, **environment)
        assert (nowhere.returncode, "--city" in nowhere.stderr) == (2, True), nowhere.stderr
        first = run(*words, "--city", "新城市", "--address", "https://wm.example/", **environment)
        assert first.returncode == 0, first.stderr
        assert "系统管理员" in first.stdout
        assert re.search(r"^https://wm\.example/welcome/[\w-]{40,}/$", first.stdout, re.M)
        again = run(*words[:4], "xi2", *words[5:], **environment)
        assert (again.returncode, "席工" in again.stderr) == (2, True), again.stderr
        blank = run("createadmin", "--post", "audit", **environment)
        assert blank.returncode == 2
        assert len(blank.stderr.splitlines()) == 2, "user name and name are missing"
    finally:
        postgres.stop(home)
        shutil.rmtree(home)
