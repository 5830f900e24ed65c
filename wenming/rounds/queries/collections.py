"""Rounds while evidence is collected: who works in them, and what they are looked at with."""

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet

from wenming.base.models import City, User
from wenming.core.lifecycle import EditionState
from wenming.core.terms import AssignmentRole, Words
from wenming.framework.models import ChecklistSet
from wenming.framework.queries import edition_of
from wenming.rounds.models import Collection


def assigned(collection: Collection, role: AssignmentRole) -> QuerySet[User]:
    """The people who have a role in a round (任务分工), by name."""
    return User.objects.filter(
        assignments__collection=collection, assignments__roles__contains=[role.value]
    ).order_by("pinyin", "pk")


def is_assigned(collection: Collection, person: User, role: AssignmentRole) -> bool:
    """Whether a person has a role in a round (是否参与)."""
    return assigned(collection, role).filter(pk=person.pk).exists()


def titles_in(checklists: ChecklistSet | None) -> Mapping[str, Words]:
    """Names of the site types (点位类型) by key, as some checklists give them."""
    rows = checklists.content.get("site_types", []) if checklists else []
    return {row["key"]: Words(row["title_zh"], row.get("title_en", "")) for row in rows}


def checklists_in_force(city: City) -> ChecklistSet | None:
    """The checklists by which the register names its types (现行检查表).

    Those of the edition put in use last; without one, none.
    """
    sets = ChecklistSet.objects.for_city(city).filter(editions__state=EditionState.IN_USE)
    return sets.order_by("-editions__put_in_use_at").first()


def facts_shown(collection: Collection) -> Mapping[str, Sequence[tuple[object, ...]]]:
    """What is known of a round beside its evidence (门槛情况与不适用项目), to be shown.

    Returns:
        `gates`: each gate of the edition with title, whether it holds (None for not known) and
        reason; `not_applicable`: key, title and reason of each item that is left out.
    """
    edition = edition_of(collection.edition)
    known = {each["gate"]: each for each in collection.gates}
    titles = {item.key: item.title for _dimension, _indicator, item in edition.items()}
    said = [(gate.title, known.get(gate.key, {})) for gate in edition.gates]
    return {
        "gates": [(title, each.get("holds"), each.get("reason", "")) for title, each in said],
        "not_applicable": [
            (each["item"], titles.get(each["item"]), each["reason"])
            for each in collection.not_applicable
        ],
    }
