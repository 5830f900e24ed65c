"""Rows of responsibilities as the person who asks may see them, or 404."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from wenming.base.access import city_of, person
from wenming.core.lifecycle import PlanState
from wenming.core.permissions import Capability, Scope
from wenming.framework.models import Responsibility, ResponsibilityPlan, ResponsibilityQuerySet


def sees_whole_plan(request: HttpRequest) -> bool:
    """Whether the person sees every responsibility of the city, not only their own."""
    grants = person(request).grants(Capability.VIEW_RESPONSIBILITIES, city=city_of(request))
    return any(grant.scope == Scope.CITY for grant in grants)


def found_plan(request: HttpRequest, pk: UUID) -> ResponsibilityPlan:
    """A plan of the city; a draft only for whoever may assign."""
    user, city = person(request), city_of(request)
    plans = ResponsibilityPlan.objects.visible_to(user).for_city(city)
    if not user.may(Capability.ASSIGN_RESPONSIBILITIES, city=city):
        plans = plans.exclude(state=PlanState.DRAFT)
    return get_object_or_404(plans.select_related("city", "edition", "based_on"), pk=pk)


def other_plan(plans: QuerySet[ResponsibilityPlan], wished: str) -> ResponsibilityPlan | None:
    """The plan of an identity as an address gives it; None for none of these."""
    return next((plan for plan in plans if str(plan.pk) == wished), None)


def seen_rows(request: HttpRequest, plan: ResponsibilityPlan) -> ResponsibilityQuerySet:
    """The responsibilities of a plan that the person may see."""
    rows = Responsibility.objects.visible_to(person(request)).for_city(city_of(request))
    return rows.filter(plan=plan)
