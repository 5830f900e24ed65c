"""What the desk keeps for a person: what is asked, what was begun, how lists are looked at."""

import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q

from wenming.base.models.cities import City, CityQuerySet, CityRow, ExactNumber
from wenming.base.models.people import User
from wenming.base.models.units import Group, Unit
from wenming.base.sight import NOTHING
from wenming.core.permissions import Capability, PostKind, Scope

if TYPE_CHECKING:
    pass


class InboxQuerySet(CityQuerySet["InboxEntry"]):
    """Entries of the inbox."""

    def visible_to(self, user: User, capability: Capability | None = None) -> Self:
        """What is asked of a person: by name, through unit or group, or through a capability."""
        del capability
        seen = NOTHING
        for post in user.posts_held:
            here = Q(city=post.city_id)
            if post.kind == PostKind.UNIT:
                units = user.grants(Capability.OBJECT, city=post.city)
                seen |= here & Q(unit__in=[pk for grant in units for pk in grant.units])
            if post.kind == PostKind.GROUP_LEAD:
                seen |= here & Q(group=post.group_id)
            reach = [
                each.value
                for each in user.capabilities(post.city)
                if any(g.scope == Scope.CITY for g in user.grants(each, city=post.city))
            ]
            seen |= here & Q(capability__in=reach)
        return self.filter(seen | Q(person=user, city__in=[city.pk for city in user.cities]))

    def open(self) -> Self:
        """What is not settled yet."""
        return self.filter(settled_at__isnull=True)


class InboxEntry(CityRow):
    """Something that is asked of somebody (待办); exactly one of person, unit, group, capability.

    Attributes:
        code: what is asked; a key of the wording table.
        facts: what the sentence needs, by name; plain values only.
        subject: kind and identity of the row that it is about.
        address: the page on which it is answered.
        due: when it must be answered; None for no deadline.
        worth: points that hang on it; None where they are not known.
        minutes: the time it usually takes; None where it is not known.
    """

    code = models.TextField()
    facts = models.JSONField(default=dict)
    subject = models.TextField(blank=True)
    address = models.TextField()
    person = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, null=True, on_delete=models.CASCADE, related_name="+")
    capability = models.CharField(max_length=40, blank=True)
    due = models.DateTimeField(null=True)
    worth = ExactNumber(null=True)
    minutes = models.PositiveIntegerField(null=True)
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    settled_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    settled_at = models.DateTimeField(null=True)

    objects: ClassVar = InboxQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "inbox entries"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["city", "code", "subject", "person", "unit", "group", "capability"],
                condition=Q(settled_at__isnull=True),
                nulls_distinct=False,
                name="asked_once_at_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["city", "due"], condition=Q(settled_at=None), name="inbox_open"),
            models.Index(fields=["subject"]),
        ]

    def __str__(self) -> str:
        return self.code


class Message(models.Model):
    """A message on its way out (消息发件箱); written with the act, sent afterwards.

    Attributes:
        channel: `email`, `sms` or `webhook`.
        facts: what the sentence needs; kept short-lived, because it may name a person.
        sent_at: None while it waits; `failure` says why it could not be sent last time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    city = models.ForeignKey(City, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    address = models.TextField()
    code = models.TextField()
    facts = models.JSONField(default=dict)
    language = models.CharField(max_length=10, default="zh")
    created_at = models.DateTimeField(auto_now_add=True)
    not_before = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["created_at"],
                condition=Q(sent_at=None, given_up_at=None),
                name="message_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.code


class SavedViewQuerySet(CityQuerySet["SavedView"]):
    """Kept ways of looking at lists."""

    def visible_to(self, user: User, capability: Capability | None = None) -> Self:
        """Those of the person, and those that others share in the person's cities."""
        del capability
        cities = [city.pk for city in user.cities]
        return self.filter(Q(user=user) | Q(is_shared=True), city__in=cities)


class SavedView(CityRow):
    """A way of looking at a list that a person keeps (常用视图).

    Attributes:
        table: key of the list.
        query: the address behind its question mark.
        is_shared: everybody in the city who may open the list is offered it.
        is_default: the list opens with it, for the person who kept it.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    table = models.TextField()
    name = models.TextField()
    query = models.TextField(blank=True)
    is_shared = models.BooleanField(default=False)
    is_default = models.BooleanField(default=False)

    objects: ClassVar = SavedViewQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "city", "table", "name"], name="view_name_once"
            ),
            models.UniqueConstraint(
                fields=["user", "city", "table"],
                condition=Q(is_default=True),
                name="view_default_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Draft(models.Model):
    """What a person typed into a form and has not sent yet (草稿).

    Attributes:
        key: names the form and what it is about.
        fields: lists of text by name of the field; never a password.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drafts")
    key = models.TextField()
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "key"], name="draft_once_a_form")
        ]

    def __str__(self) -> str:
        return self.key
