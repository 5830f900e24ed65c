"""Says which documents a round asks for: built from the edition, then changed by the office."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from wenming.base.access import check
from wenming.base.models import Unit, User
from wenming.base.services.audit import record
from wenming.core.errors import DomainError
from wenming.core.framework import Dimension, Indicator, Item
from wenming.core.permissions import Capability
from wenming.core.rules import Shape
from wenming.core.terms import EvidenceKind, Method, Role, Words
from wenming.framework.queries.editions import edition_of
from wenming.framework.queries.plans import plan_in_force
from wenming.rounds.models import Collection
from wenming.rounds.services.facts import FactUnknown
from wenming.submission.models import Requirement

MANAGE = Capability.MANAGE_ROUNDS
REVIEWED = (Method.DOCUMENTS, Method.BRIEFING, Method.NETWORK)
HINTS: Mapping[EvidenceKind, tuple[str, ...]] = {
    EvidenceKind.PHOTO: ("图片", "照片", "实景", "设施", "标识", "公益广告"),
    EvidenceKind.TABLE: ("统计", "数据", "率", "比例", "台账", "名单"),
    EvidenceKind.REPORT: ("报告", "总结", "说明", "开展", "活动", "情况"),
}
"""Words of a title that suggest a kind, the first that fits; without any, a normative document."""


class RequirementTaken(DomainError):
    """The item asks for the same already."""

    code = "requirement_taken"


class RequirementYears(DomainError):
    """The last year of what is asked for lies before the first."""

    code = "requirement_years_reversed"


class RequirementInUse(DomainError):
    """Something was handed in for it, so it stays."""

    code = "requirement_in_use"


@dataclass(frozen=True, slots=True)
class RequirementEntry:
    """What is asked for (申报要求), as the office writes it."""

    item: str
    title: str
    kind: EvidenceKind
    years: tuple[int, int]
    method: Method = Method.DOCUMENTS
    condition: int = 0
    unit: Unit | None = None
    wanted: int = 1
    due: date | None = None
    note: str = ""


@transaction.atomic
def build_requirements(collection: Collection, *, by: User) -> int:
    """Ask for what the edition judges by documents (生成申报要求); what is there stays as it is.

    The unit in the lead hands in; the last day is that of the method in the calendar of the
    round, else that of the responsibility.

    Returns:
        How many were added.

    Raises:
        PermissionDenied: `by` may not lead rounds of the city.

    Source:
        docs/methods/documents.md.
    """
    check(by, MANAGE, collection)
    Collection.objects.select_for_update(no_key=True).get(pk=collection.pk)
    there = set(collection.requirements.values_list("item", "condition", "method", "title"))
    last = collection.requirements.aggregate(last=Max("position"))["last"] or 0
    answering = _Answering(collection)
    added = [
        _new(collection, wanted, answering, by)
        for wanted in _wanted(collection)
        if (wanted[2].key, wanted[3], wanted[4].value, wanted[5].zh) not in there
    ]
    for position, each in enumerate(added, start=last + 1):
        each.position = position
    Requirement.objects.bulk_create(added)
    detail = {"count": len(added)}
    record("requirements.build", by=by, city=collection.city, subject=collection, detail=detail)
    return len(added)


@transaction.atomic
def add_requirement(collection: Collection, entry: RequirementEntry, *, by: User) -> Requirement:
    """Ask for one more document (新增申报要求).

    Raises:
        FactUnknown: nobody reviews by the method.
        RequirementYears: the last year lies before the first.
        RequirementTaken: the item asks for the same already.
        PermissionDenied: `by` may not lead rounds of the city.
    """
    check(by, MANAGE, collection)
    Collection.objects.select_for_update(no_key=True).get(pk=collection.pk)
    last = collection.requirements.aggregate(last=Max("position"))["last"] or 0
    made = Requirement(
        city_id=collection.city_id, collection=collection, position=last + 1, changed_by=by
    )
    _write(made, entry)
    _refuse_taken(made)
    made.save(force_insert=True)
    detail = {"title": made.title, "item": made.item}
    record("requirement.add", by=by, city=collection.city, subject=made, detail=detail)
    return made


@transaction.atomic
def change_requirement(
    requirement: Requirement, entry: RequirementEntry, *, by: User
) -> Requirement:
    """Change what is asked for (修改申报要求); what was handed in stays with it.

    Raises:
        FactUnknown: nobody reviews by the method.
        RequirementYears: the last year lies before the first.
        RequirementTaken: the item asks for the same already.
        PermissionDenied: `by` may not lead rounds of the city.
    """
    check(by, MANAGE, requirement)
    fresh = Requirement.objects.select_for_update(of=("self",)).get(pk=requirement.pk)
    _write(fresh, entry)
    fresh.changed_by = by
    _refuse_taken(fresh)
    fresh.save()
    detail = {"title": fresh.title, "item": fresh.item}
    record("requirement.change", by=by, city=fresh.city, subject=fresh, detail=detail)
    return fresh


@transaction.atomic
def drop_requirement(requirement: Requirement, *, by: User) -> None:
    """Ask for it no more (删除申报要求).

    Raises:
        RequirementInUse: something was handed in for it.
        PermissionDenied: `by` may not lead rounds of the city.
    """
    check(by, MANAGE, requirement)
    fresh = Requirement.objects.select_for_update(of=("self",)).get(pk=requirement.pk)
    if fresh.submissions.exists():
        raise RequirementInUse(title=fresh.title)
    detail = {"title": fresh.title, "item": fresh.item}
    record("requirement.drop", by=by, city=fresh.city, subject=fresh, detail=detail)
    fresh.delete()


def kind_of(title: str) -> EvidenceKind:
    """The kind that a title suggests (佐证材料种类); the office may choose another."""
    for kind, hints in HINTS.items():
        if any(hint in title for hint in hints):
            return kind
    return EvidenceKind.NORMATIVE


_Wanted = tuple[Dimension, Indicator, Item, int, Method, Words]


def _wanted(collection: Collection) -> Iterator[_Wanted]:
    """What the edition judges by documents, in its order; each condition and method once."""
    aside = {row["item"] for row in collection.not_applicable}
    for dimension, indicator, item in edition_of(collection.edition).items():
        if item.key in aside:
            continue
        seen: set[tuple[int, Method, str]] = set()
        for n, method, title in _of_item(item):
            if collection.uses(method) and (n, method, title.zh) not in seen:
                seen.add((n, method, title.zh))
                yield dimension, indicator, item, n, method, title


def _of_item(item: Item) -> Iterator[tuple[int, Method, Words]]:
    for criterion in item.criteria:
        for condition in criterion.conditions:
            if condition.method in REVIEWED:
                yield condition.n, condition.method, condition.text
        if criterion.shape is Shape.DOCUMENTS:
            many = criterion.required > 1
            for n in range(1, criterion.required + 1):
                zh = f"{item.title.zh}的证明材料" + (f"（{n}）" if many else "")
                en = f"{item.title.en}: document" + (f" {n}" if many else "")
                yield 0, criterion.method, Words(zh, en if item.title.en else "")


class _Answering:
    """Who answers for an item and until when, by the plan of the round."""

    def __init__(self, collection: Collection) -> None:
        plan = collection.responsibility_plan or plan_in_force(collection.edition)
        rows = plan.responsibilities.filter(role=Role.LEAD) if plan else None
        self.leads: dict[tuple[str, int], tuple[UUID, date | None]] = {
            (item, condition): (unit, due)
            for item, condition, unit, due in (
                rows.order_by("-position").values_list("item", "condition", "unit", "due")
                if rows is not None
                else ()
            )
        }
        self.ends = dict(collection.parts.values_list("method", "ends_on"))

    def unit(self, item: str, condition: int) -> UUID | None:
        return self._lead(item, condition)[0]

    def due(self, item: str, condition: int, method: Method) -> date | None:
        return self.ends.get(method.value) or self._lead(item, condition)[1]

    def _lead(self, item: str, condition: int) -> tuple[UUID | None, date | None]:
        whole = self.leads.get((item, 0), (None, None))
        return self.leads.get((item, condition), whole)


def _new(collection: Collection, wanted: _Wanted, answering: _Answering, by: User) -> Requirement:
    dimension, indicator, item, n, method, title = wanted
    year = (collection.assessed_on or collection.period_to).year
    return Requirement(
        city_id=collection.city_id,
        collection=collection,
        item=item.key,
        item_zh=item.title.zh,
        item_en=item.title.en,
        dimension=dimension.key,
        indicator=indicator.key,
        condition=n,
        method=method,
        title=title.zh,
        title_en=title.en,
        kind=kind_of(title.zh),
        year_from=year - 1,
        year_to=year,
        unit_id=answering.unit(item.key, n),
        due=answering.due(item.key, n, method),
        changed_by=by,
    )


def _write(row: Requirement, entry: RequirementEntry) -> None:
    found = row.collection.edition.items.filter(key=entry.item).first()
    if entry.method not in REVIEWED:
        raise FactUnknown(key=entry.method.value)
    if entry.years[1] < entry.years[0]:
        raise RequirementYears
    row.item = entry.item
    if found is not None:
        row.item_zh, row.item_en = found.title_zh, found.title_en
        row.dimension, row.indicator = found.dimension, found.indicator
    if entry.title != row.title:
        row.title, row.title_en = entry.title, ""
    row.condition, row.method, row.kind = entry.condition, entry.method, entry.kind
    row.year_from, row.year_to = entry.years
    row.unit, row.wanted, row.due, row.note = entry.unit, entry.wanted, entry.due, entry.note


def _refuse_taken(row: Requirement) -> None:
    same = row.collection.requirements.exclude(pk=row.pk).filter(
        item=row.item, condition=row.condition, method=row.method, title=row.title
    )
    if same.exists():
        raise RequirementTaken(title=row.title, item=row.item)
