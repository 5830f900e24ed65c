"""What the results say beside the pages of the framework: rounds of editions, state of items."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.urls import reverse

from wenming.base.models import City, User
from wenming.core.terms import Words
from wenming.framework.queries.beside import Standing, Use
from wenming.rounds.models import Round
from wenming.scoring.models import ItemResult, Run

TEMPLATE = "scoring/parts/standing.html"


def rounds_of(user: User, city: City, editions: Iterable[UUID]) -> Mapping[UUID, Sequence[Use]]:
    """The rounds (轮次) of each edition, by its identity, each leading to its latest run."""
    rounds = Round.objects.visible_to(user).for_city(city).filter(edition__in=list(editions))
    runs = Run.objects.visible_to(user).for_city(city).filter(round__in=rounds)
    latest = dict(runs.order_by("number").values_list("round_id", "pk"))
    found: dict[UUID, list[Use]] = {}
    wanted = rounds.order_by("-loaded_at").values_list("pk", "edition_id", "title_zh", "title_en")
    for pk, edition, zh, en in wanted:
        address = reverse("scoring:items", args=[latest[pk]]) if pk in latest else ""
        found.setdefault(edition, []).append(Use(Words(zh, en), address))
    return found


def standings_of(user: User, city: City, edition: UUID) -> Mapping[str, Standing]:
    """How the items of an edition stood in its latest run (指标现状), by key."""
    runs = Run.objects.visible_to(user).for_city(city).filter(round__edition=edition)
    run = runs.order_by("-number").only("pk").first()
    if run is None:
        return {}
    seen = ItemResult.objects.visible_to(user).for_city(city).filter(run=run.pk)
    return {
        row.key: Standing(TEMPLATE, row, reverse("scoring:item", args=[run.pk, row.key]))
        for row in seen
    }
