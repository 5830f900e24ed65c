"""What the framework says of a unit: its responsibilities in force."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wenming.base.models import Unit, User
from wenming.base.relating import Related
from wenming.core.lifecycle import PlanState
from wenming.framework.models import Responsibility


def duties_of_unit(user: User, unit: Unit) -> Iterator[Related]:
    """How many responsibilities (责任) of a unit are in force, as far as the person sees them."""
    seen = Responsibility.objects.visible_to(user).for_city(unit.city)
    n = seen.filter(unit=unit, plan__state=PlanState.ISSUED, condition=0).count()
    if n:
        yield Related(_("Responsibilities"), n, reverse("framework:unit_duties", args=[unit.pk]))
