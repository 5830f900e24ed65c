"""The people of a city as those see them who look after accounts and posts."""

from datetime import date

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.utils import timezone

from wenming.base.models import City, Post, User
from wenming.base.queries.units import held_on
from wenming.core.permissions import Capability


def people_of(user: User, city: City) -> QuerySet[User]:
    """The people (人员) of a city: whose account it keeps, and who hold or held a post in it.

    Returns:
        Nobody for whoever may not see people there.
    """
    if not user.may(Capability.VIEW_PEOPLE, city=city):
        return User.objects.none()
    held = Post.objects.for_city(city).filter(user=OuterRef("pk"))
    return User.objects.filter(Q(home=city) | Exists(held))


def listed_people(people: QuerySet[User], *, city: City, day: date) -> QuerySet[User]:
    """People with what a list says of them (人员一览): `posts_here`, `has_factor`, `is_locked_out`.

    Args:
        day: on which posts are held.
    """
    posts = Post.objects.for_city(city).filter(held_on(day)).select_related("unit", "group")
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    tries = AccessAttempt.objects.filter(username=OuterRef("username"), attempt_time__gt=since)
    wrong = tries.order_by().values("username").annotate(n=Sum("failures_since_start")).values("n")
    return people.annotate(
        has_factor=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)),
        wrong_passwords=Subquery(wrong),
        is_locked_out=Case(
            When(wrong_passwords__gte=settings.AXES_FAILURE_LIMIT, then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        ),
    ).prefetch_related(Prefetch("posts", queryset=posts.order_by("kind"), to_attr="posts_here"))


FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
