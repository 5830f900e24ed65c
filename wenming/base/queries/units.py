"""Units by the names that they bear and bore, and what a list says of each."""

from datetime import date

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from wenming.base.models import (
    City,
    CityQuerySet,
    LiaisonPerson,
    Post,
    Provision,
    ProvisionKind,
    Unit,
    UnitName,
)
from wenming.base.search import GramQuery, question

Units = CityQuerySet[Unit]


def units_by_name(city: City) -> dict[str, Unit]:
    """The units (责任单位) of a city by every name; a name in use goes before another name."""
    units = {unit.pk: unit for unit in Unit.objects.for_city(city).select_related("group")}
    others = UnitName.objects.for_city(city).values_list("name", "unit_id")
    found = {name: units[pk] for name, pk in others}
    found.update({unit.name: unit for unit in units.values()})
    return found


def units_named(units: QuerySet[Unit], text: str) -> QuerySet[Unit]:
    """Those units (责任单位) whose name, former or other name, or pinyin holds a text.

    Args:
        text: two characters are enough; pinyin initials such as `sgaj` work, too.
    """
    if not question(text):
        return units.none()
    named = UnitName.objects.filter(unit=OuterRef("pk"), words=GramQuery(text))
    return units.filter(Q(words=GramQuery(text)) | Exists(named))


def held_on(day: date) -> Q:
    """What holds on a day by its first and last day (有效); an open end holds for ever."""
    starts = Q(valid_from=None) | Q(valid_from__lte=day)
    return starts & (Q(valid_until=None) | Q(valid_until__gte=day))


def listed_units(units: Units, *, day: date) -> Units:
    """Units with what a list says of them (单位一览): `liaison`, `post_count`, what is in place.

    Args:
        day: on which liaison persons speak and posts are held.

    Returns:
        With `liaison` (names, or None), `post_count`, `below_count`, and `bodies`, `people` and
        `funds` (True, False, or None as long as nobody has said).
    """
    liaison = LiaisonPerson.objects.filter(held_on(day), unit=OuterRef("pk"))
    names = liaison.order_by().values("unit").annotate(names=StringAgg("name", "、"))
    posts = Post.objects.filter(held_on(day), unit=OuterRef("pk"))
    below = Unit.objects.filter(parent=OuterRef("pk"), is_active=True)
    return units.annotate(
        liaison=Subquery(names.values("names")),
        post_count=_counted(posts, "unit"),
        below_count=_counted(below, "parent"),
        bodies=_in_place(ProvisionKind.BODIES),
        people=_in_place(ProvisionKind.PEOPLE),
        funds=_in_place(ProvisionKind.FUNDS),
    )


def _counted(rows: QuerySet[Post] | QuerySet[Unit], by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), Value(0), output_field=IntegerField())


def _in_place(kind: ProvisionKind) -> Subquery:
    said = Provision.objects.filter(unit=OuterRef("pk"), kind=kind)
    return Subquery(said.values("in_place")[:1])
