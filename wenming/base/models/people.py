"""People (人员), the posts they hold, and how they come in."""

import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.timezone import localdate

from wenming.base.models.cities import City, CityRow, one_of
from wenming.base.models.units import Group, Unit
from wenming.base.sight import Grant, Sight
from wenming.core.permissions import (
    GRANTS,
    NEED_SECOND_FACTOR,
    Capability,
    PostKind,
    Scope,
    scope_of,
)

OVER_UNITS = frozenset({Scope.UNIT, Scope.AREA})


class UserAccounts(BaseUserManager["User"]):
    """Where accounts are made and found; nobody is found by a person, so nothing is filtered."""

    def create_user(self, username: str, *, name: str, password: str | None = None) -> "User":
        """A new account; without a password nobody can log in to it yet."""
        user = self.model(username=username, name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person with an account (用户).

    Attributes:
        username: what the person logs in with; never changed.
        home: the city whose administrator keeps the account; None for the very first ones.
        must_change_password: the password was given by somebody else.
        is_in_session: an administrator session is open for this request; never stored.
        limited_to: what the token allows by which a program came in; None for a person; never
            stored.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=150, unique=True)
    name = models.TextField()
    pinyin = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    phone = models.TextField(blank=True)
    home = models.ForeignKey(City, null=True, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    password_changed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    is_in_session: bool = False
    limited_to: frozenset[Capability] | None = None

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    objects = UserAccounts()

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name, as libraries ask for it."""
        return self.name

    def get_short_name(self) -> str:
        """The name, as libraries ask for it."""
        return self.name

    @cached_property
    def posts_held(self) -> list["Post"]:
        """The posts that the person holds today, asked for once."""
        if not self.is_active:
            return []
        held = self.posts.select_related("city", "group", "unit").order_by("city__pinyin", "kind")
        today = localdate()
        return [post for post in held if post.is_valid(today)]

    @property
    def needs_second_factor(self) -> bool:
        """Whether one of the posts asks for a second factor."""
        return any(post.kind in NEED_SECOND_FACTOR for post in self.posts_held)

    @cached_property
    def cities(self) -> list[City]:
        """The cities in which the person holds a post."""
        return list({post.city_id: post.city for post in self.posts_held}.values())

    def grants(self, capability: Capability, *, city: City | None = None) -> list[Grant]:
        """How far a capability of the person reaches, city by city; empty when it is not held."""
        found: list[Grant] = []
        if self.limited_to is not None and capability not in self.limited_to:
            return found
        for post in self.posts_held:
            scope = scope_of(PostKind(post.kind), capability)
            if scope is not None and (city is None or post.city_id == city.pk):
                found.append(self._grant(post, scope))
        return found

    def may(self, capability: Capability, *, city: City | None = None) -> bool:
        """Whether the person holds a capability at all, in a city or anywhere."""
        return bool(self.grants(capability, city=city))

    def capabilities(self, city: City | None) -> frozenset[Capability]:
        """Everything the person may do in a city; nothing without a city."""
        held = frozenset(
            capability
            for post in self.posts_held
            if city is not None and post.city_id == city.pk
            for capability in GRANTS[PostKind(post.kind)]
        )
        return held if self.limited_to is None else held & self.limited_to

    def _grant(self, post: "Post", scope: Scope) -> Grant:
        units: Iterable[uuid.UUID] = ()
        if scope in OVER_UNITS and post.unit is not None:
            units = self._subtree(post.unit.path)
        group = post.group.key if scope == Scope.GROUP and post.group else ""
        return Grant(post.city_id, scope, self.pk, units=tuple(units), group=group)

    def _subtree(self, path: str) -> tuple[uuid.UUID, ...]:
        known: dict[str, tuple[uuid.UUID, ...]] = self.__dict__.setdefault("_subtrees", {})
        if path not in known:
            below = Unit.objects.filter(path__startswith=path).values_list("pk", flat=True)
            known[path] = tuple(below)
        return known[path]


class Post(CityRow):
    """A post that a person holds in a city (岗位), for a time.

    Attributes:
        unit: of a unit's post: the unit, with all below it.
        group: of a group lead's post: the working group.
        valid_from, valid_until: the first and the last day; None for open.
    """

    sight = Sight(by=Capability.VIEW_PEOPLE, person="user")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=30)
    title = models.TextField(blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT)
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=one_of("kind", PostKind), name="post_kind_known"),
            models.CheckConstraint(
                condition=~models.Q(kind=PostKind.UNIT) | models.Q(unit__isnull=False),
                name="post_of_a_unit_names_it",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=PostKind.GROUP_LEAD) | models.Q(group__isnull=False),
                name="post_of_a_group_names_it",
            ),
        ]

    def __str__(self) -> str:
        return self.kind

    def is_valid(self, day: date) -> bool:
        """Whether the post is held on a day."""
        starts = self.valid_from is None or self.valid_from <= day
        return starts and (self.valid_until is None or day <= self.valid_until)


class Invitation(models.Model):
    """A link that lets a person set a password (邀请·重置密码); only its digest is kept.

    Attributes:
        is_reset: the person had a password before.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    is_reset = models.BooleanField(default=False)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)


class UsedPassword(models.Model):
    """A password that a person had before (历史密码), hashed, so that it is not taken again."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="used_passwords")
    password = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "-at"])]

    def __str__(self) -> str:
        return str(self.at)


class ApiToken(models.Model):
    """What a program shows instead of a person's password (接口令牌); only its digest is kept.

    Attributes:
        start: its first characters, by which the person knows it again.
        capabilities: what it may do, never more than the person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="+")
    name = models.TextField()
    start = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    capabilities = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def is_over(self) -> bool:
        """Whether its last day is past."""
        return self.expires_at <= timezone.now()

    @property
    def last_day(self) -> date:
        """The last day on which it works."""
        return localdate(self.expires_at - timedelta(seconds=1))
