"""`wenming createadmin`: the first accounts of an installation, asked for or given as options."""

import getpass
import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from wenming.base import wording
from wenming.base.language import marked as _
from wenming.cli.operating import open_database, ready
from wenming.cli.terminal import lines_out, say
from wenming.core.errors import BadInput, DomainError, Place, Problem
from wenming.core.terms import Words

if TYPE_CHECKING:
    from wenming.base.services.first_administrators import Administrator

POSTS = ("system", "security", "audit")
PASSWORD_LINE = 4096


class CityUnclear(DomainError):
    """There are several cities, and none was named."""

    code = "city_unclear"


class PasswordMissing(DomainError):
    """A password was to come on the standard input, and none came."""

    code = "password_missing"


def createadmin(options: Namespace) -> int:
    """Open the account of a first administrator."""
    with ready(options) as trouble:
        _create(options)
        return 0
    return trouble.code


def _create(options: Namespace) -> None:
    _ask(options)
    from django.core.management import call_command

    open_database()
    call_command("migrate", interactive=False, verbosity=0)
    from wenming.base.services.first_administrators import make_first_administrator

    city = _city(options)
    user, secret = make_first_administrator(city, _wanted(options))
    post = wording.label("post", f"{options.post}_administrator", options.lang)
    facts = {"username": user.username, "name": user.name, "post": post, "city": city.zh}
    lines = [say(_("{name} ({username}) is now {post} of {city}."), options.lang, **facts)]
    if secret:
        lines += [
            say(_("Open this link within 72 hours and set the password; it is shown only now:"),
                options.lang),
            f"{options.address.rstrip('/')}/welcome/{secret}/",
        ]  # fmt: skip
    lines_out(lines)


def _ask(options: Namespace) -> None:
    """Ask for what was not given; where nobody can answer, say what is missing."""
    questions = {
        "post": _("Post (system, security or audit): "),
        "username": _("User name: "),
        "name": _("Name: "),
    }
    missing = [name for name in questions if not getattr(options, name)]
    for name in missing if sys.stdin.isatty() else ():
        setattr(options, name, input(say(questions[name], options.lang)).strip())
    if blank := [name for name in questions if not (getattr(options, name) or "").strip()]:
        place = Place("wenming createadmin")
        raise BadInput([Problem("option_missing", place, {"option": f"--{n}"}) for n in blank])
    if missing and not options.password_stdin:
        question = say(_("Password (leave it blank to get a link): "), options.lang)
        options.password = getpass.getpass(question)


def _wanted(options: Namespace) -> "Administrator":
    from wenming.base.services.first_administrators import Administrator
    from wenming.base.services.people import PersonDetails
    from wenming.core.permissions import PostKind

    kinds = {post: PostKind(f"{post}_administrator") for post in POSTS}
    password = getattr(options, "password", "") or None
    if options.password_stdin:
        password = sys.stdin.readline(PASSWORD_LINE).rstrip("\r\n")
        if not password:
            raise PasswordMissing
    return Administrator(
        options.username,
        PersonDetails(options.name, email=options.email),
        kinds.get(options.post, PostKind.UNIT),
        password,
    )


def _city(options: Namespace) -> Words:
    """The city that was named, else the only one that there is."""
    from wenming.base.models import City

    if options.city and options.city.strip():
        return Words(options.city.strip())
    known = list(City.objects.all()[:2])
    if len(known) == 1:
        return known[0].name
    if not known and sys.stdin.isatty():
        return Words(input(say(_("City, by its Chinese name: "), options.lang)).strip())
    raise CityUnclear(count=City.objects.count())
