"""Opens the accounts with which a new installation begins: its first three administrators."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from wenming.base.models import City, Post, User
from wenming.base.services.accounts import set_password
from wenming.base.services.audit import record
from wenming.base.services.invitations import link_of_installation
from wenming.base.services.people import PersonDetails, new_account
from wenming.base.services.takeup import take_up_city
from wenming.core.errors import DomainError
from wenming.core.permissions import ADMINISTRATORS, PostKind
from wenming.core.terms import Words


class AdministratorExists(DomainError):
    """Somebody holds this post already; the administrators of the city make further ones."""

    code = "administrator_exists"


class NoAdministrator(DomainError):
    """A post that is not one of an administrator was to be given without one."""

    code = "no_administrator"


@dataclass(frozen=True, slots=True)
class Administrator:
    """Who shall be an administrator (管理员).

    Attributes:
        password: None for a link by which the person sets it.
    """

    username: str
    details: PersonDetails
    kind: PostKind
    password: str | None = None


@transaction.atomic
def make_first_administrator(city: Words, wanted: Administrator) -> tuple[User, str]:
    """Open the account of a first administrator (首任管理员), and give it its post.

    *Why*: accounts are opened by a system administrator and posts are given by a security
    administrator, so that somebody has to come first. Whoever runs the program on the machine may
    do this once for each of the three; it is done again only when nobody holds the post any more.

    Args:
        city: made when there is none of this name.

    Returns:
        The account, and the secret of a one-time link, or "" where a password was given; that
        has to be changed at the first log-in.

    Raises:
        NoAdministrator: the post is not one of the three.
        AdministratorExists: somebody with an open account holds the post in the city.
        BadUsername, UsernameTaken: another name has to be found.
        PasswordRefused: the password breaks the rules.
    """
    if wanted.kind not in ADMINISTRATORS:
        raise NoAdministrator(post=wanted.kind)
    place = take_up_city(city)
    _refuse_second(place, wanted.kind)
    user = new_account(place, wanted.username, wanted.details)
    Post.objects.create(city=place, user=user, kind=wanted.kind)
    facts = {"username": user.username, "name": user.name, "post": wanted.kind}
    record("account.first", by=None, city=place, subject=user, detail=facts)
    if wanted.password is None:
        return user, link_of_installation(user)
    fresh = set_password(user, wanted.password, by=None, city=place)
    fresh.must_change_password = True
    fresh.save(update_fields=["must_change_password"])
    return fresh, ""


def _refuse_second(city: City, kind: PostKind) -> None:
    is_open = Q(valid_until=None) | Q(valid_until__gte=localdate())
    held = Post.objects.filter(is_open, city=city, kind=kind, user__is_active=True)
    holder = held.select_related("user").first()
    if holder is not None:
        raise AdministratorExists(post=kind, person=holder.user.name, city=city.name_zh)
