"""Rounds while evidence is collected: who works in them, and what they are looked at with."""

from collections.abc import Mapping

from django.db.models import QuerySet

from wenming.base.models import City, User
from wenming.core.lifecycle import EditionState
from wenming.core.terms import AssignmentRole, Words
from wenming.framework.models import ChecklistSet
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
