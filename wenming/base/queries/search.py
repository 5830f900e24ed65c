"""What the search finds among units and people."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language

from wenming.base import wording
from wenming.base.models import City, Post, Unit, User
from wenming.base.queries.units import units_named
from wenming.base.seeking import Hit


def units_found(user: User, city: City, text: str, limit: int) -> Iterator[Hit]:
    """Units (责任单位) whose name, other name or pinyin holds the text, those in being first."""
    units = units_named(Unit.objects.visible_to(user).for_city(city), text)
    language = get_language() or "zh"
    units = units.select_related("parent").order_by("-is_active", "pinyin", "pk")
    for unit in units[:limit]:
        yield Hit(
            unit.title.in_language("en" if language == "en" else "zh"),
            reverse("base:unit", args=[unit.pk]),
            kind=wording.label("unit_kind", unit.kind, language),
            where=unit.parent.name if unit.parent else "",
        )


def people_found(user: User, city: City, text: str, limit: int) -> Iterator[Hit]:
    """People (人员) with a post in the city, by name, pinyin or the name of the account."""
    language = get_language() or "zh"
    posts = Post.objects.visible_to(user).for_city(city).select_related("user", "unit")
    wanted = text.lower()
    found = posts.filter(
        Q(user__name__icontains=text)
        | Q(user__pinyin__contains=wanted)
        | Q(user__username__istartswith=text)
    )
    shown: dict[object, Hit] = {}
    for post in found.order_by("user__pinyin", "user__username", "pk")[: limit * 3]:
        if len(shown) < limit and post.user_id not in shown:
            shown[post.user_id] = Hit(
                post.user.name,
                reverse("base:person", args=[post.user_id]),
                kind=wording.label("post", post.kind, language),
                where=post.unit.name if post.unit else "",
            )
    yield from shown.values()
