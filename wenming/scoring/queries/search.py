"""What the search finds among items and runs."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from wenming.base.models import City, User
from wenming.base.seeking import Hit
from wenming.base.templatetags.figures import words
from wenming.scoring.models import ItemResult, Run


def items_found(user: User, city: City, text: str, limit: int) -> Iterator[Hit]:
    """Items (测评内容) of the latest run by key, name or pinyin."""
    run = Run.objects.visible_to(user).for_city(city).order_by("-number").first()
    if run is None:
        return
    items = ItemResult.objects.visible_to(user).for_city(city).filter(run=run)
    for item in items.filter(search__contains=text.lower()).order_by("position")[:limit]:
        yield Hit(
            words(item.title),
            reverse("scoring:item", args=[run.pk, item.key]),
            kind=item.key,
            where=item.lead_name,
        )


def runs_found(user: User, city: City, text: str, limit: int) -> Iterator[Hit]:
    """Runs (计分) by the name of their round or by their number."""
    named = Q(round__title_zh__icontains=text) | Q(round__title_en__icontains=text)
    if text.isdecimal() and len(text) < 9:
        named |= Q(number=int(text))
    runs = Run.objects.visible_to(user).for_city(city).filter(named).select_related("round")
    for run in runs.order_by("-number")[:limit]:
        yield Hit(
            words(run.round.title),
            reverse("scoring:overview", args=[run.pk]),
            kind=_("Run %(number)s") % {"number": run.number},
        )
