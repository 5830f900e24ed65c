"""What the search finds among the items of the editions in use."""

from collections.abc import Iterator

from django.urls import reverse

from wenming.base.models import City, User
from wenming.base.seeking import Hit
from wenming.base.templatetags.figures import words
from wenming.core.lifecycle import EditionState
from wenming.framework.models import Item


def framework_items_found(user: User, city: City, text: str, limit: int) -> Iterator[Hit]:
    """Items (测评内容) of the editions in use by key, words or pinyin."""
    items = Item.objects.visible_to(user).for_city(city).filter(edition__state=EditionState.IN_USE)
    found = items.found_by(text).select_related("edition").defer("edition__content")
    for item in found.order_by("-edition__put_in_use_at", "position")[:limit]:
        yield Hit(
            words(item.title),
            reverse("framework:item", args=[item.edition_id, item.key]),
            kind=item.key,
            where=item.edition.name or words(item.edition.title),
        )
