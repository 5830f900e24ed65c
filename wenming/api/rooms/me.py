"""Who calls, and in which cities they work."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from wenming.api.operations import Deed, Room
from wenming.api.shapes import Named, Shown, WordsShown
from wenming.base.access import city_of, person
from wenming.base.models import ApiToken, City, Post, User
from wenming.core.permissions import Capability, PostKind

room = Room(tags=["Caller 调用者"])


class CityShown(Shown):
    """A city."""

    id: UUID
    name: WordsShown
    province: str
    is_synthetic: bool
    is_current: bool

    @classmethod
    def of(cls, city: City, *, current: City) -> "CityShown":
        """From its row."""
        return cls(
            id=city.pk,
            name=WordsShown.of(city.name),
            province=city.province,
            is_synthetic=city.is_synthetic,
            is_current=city.pk == current.pk,
        )


class PostShown(Shown):
    """A post in a city."""

    kind: PostKind
    title: str
    unit: Named | None
    group: Named | None

    @classmethod
    def of(cls, post: Post) -> "PostShown":
        """From its row."""
        return cls(
            kind=PostKind(post.kind),
            title=post.title,
            unit=Named.of(post.unit),
            group=Named.of(post.group),
        )


class TokenShown(Shown):
    """The token by which the call came."""

    name: str
    start: str
    expires_at: datetime


class MeShown(Shown):
    """The caller."""

    username: str
    name: str
    city: CityShown
    posts: list[PostShown]
    capabilities: list[Capability]
    token: TokenShown | None


class CitiesShown(Shown):
    """The cities of the caller."""

    rows: list[CityShown]


@room.deed(Deed("GET", "/me", Capability.USE_API, "调用者本人、所在城市、岗位和权限。", MeShown))
def show_me(request: HttpRequest) -> MeShown:
    """The caller, with posts and capabilities in the city at hand.

    A token shows only what it allows, never more than its person may do.
    """
    user, city = person(request), city_of(request)
    return MeShown(
        username=user.username,
        name=user.name,
        city=CityShown.of(city, current=city),
        posts=[PostShown.of(post) for post in user.posts_held if post.city_id == city.pk],
        capabilities=sorted(user.capabilities(city)),
        token=_token(request),
    )


@room.deed(Deed("GET", "/cities", Capability.USE_API, "调用者任职的城市。", CitiesShown))
def list_cities(request: HttpRequest) -> CitiesShown:
    """The cities in which the caller works; of a token, its own alone."""
    user: User = person(request)
    current = city_of(request)
    return CitiesShown(rows=[CityShown.of(each, current=current) for each in user.cities])


def _token(request: HttpRequest) -> TokenShown | None:
    token: ApiToken | None = getattr(request, "api_token", None)
    if token is None:
        return None
    return TokenShown(name=token.name, start=token.start, expires_at=token.expires_at)
