"""The cast: a small city with one person of each post, and a neighbour with its own office.

The city bears the name of `tests.scoring.small_round`, so a round loaded beside it finds its groups
and units: Zhao's unit leads B2.1.1 there, Qian's unit answers for nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.utils import timezone

from wenming.base.middleware import SESSION_KEY
from wenming.base.models import (
    AdministratorSession,
    City,
    Group,
    Post,
    Unit,
    UnitKind,
    UnitName,
    User,
    new_unit,
    pinyin_key,
)
from wenming.core.permissions import NEED_SECOND_FACTOR, PostKind

GROUPS = {"宣教": "宣传教育组", "城建": "城市建设组", "秩序": "社会秩序组"}


@dataclass(frozen=True)
class Units:
    """The organisation tree: the committee, its office, five units, a county with all below it."""

    committee: Unit
    office: Unit
    publicity: Unit  # 市委宣传部
    streets: Unit  # 市城管局, Zhao's
    brigade: Unit  # 城管执法大队, below it
    police: Unit  # 市公安局
    archive: Unit  # 市档案馆, Qian's
    county: Unit  # 中心区
    street: Unit  # 城东街道
    community: Unit  # 花园社区
    abroad: Unit  # 市城管局 of the other city


@dataclass(frozen=True)
class Cast:
    """Everybody, and where they work; `wu` is the office of the other city."""

    city: City
    other_city: City
    groups: dict[str, Group]
    units: Units
    lin: User  # office
    chen: User  # lead of the working group 城建
    zhao: User  # unit that answers for items
    qian: User  # unit that answers for none
    sun: User  # inspector
    li: User  # reviewer
    zhou: User  # interviewer
    zheng: User  # city leader
    wang: User  # provincial assessor
    feng: User  # system administrator
    chu: User  # security administrator
    wei: User  # audit administrator
    wu: User  # office of the other city

    @property
    def people(self) -> Sequence[User]:
        """Everybody, in the order above."""
        return [who for each in fields(self) if isinstance(who := getattr(self, each.name), User)]

    @property
    def at_home(self) -> Sequence[User]:
        """Everybody of the first city: one person for each kind of post, and two units."""
        return [who for who in self.people if who != self.wu]


def make_cast() -> Cast:
    """Put the cast into the database; no password is hashed, `log_in` needs none."""
    city, other_city = make_city("小城市", "Small City"), make_city("邻市", "Neighbour")
    groups = {
        key: Group.objects.create(city=city, key=key, title_zh=title, position=place)
        for place, (key, title) in enumerate(GROUPS.items())
    }
    units = _units(city, other_city, groups)
    kinds = PostKind
    posts: dict[str, dict[str, Any]] = {
        "lin": {"name": "林晓", "kind": kinds.OFFICE},
        "chen": {"name": "陈静", "kind": kinds.GROUP_LEAD, "group": groups["城建"]},
        "zhao": {"name": "赵明", "kind": kinds.UNIT, "unit": units.streets},
        "qian": {"name": "钱芳", "kind": kinds.UNIT, "unit": units.archive},
        "sun": {"name": "孙强", "kind": kinds.INSPECTOR},
        "li": {"name": "李娜", "kind": kinds.REVIEWER},
        "zhou": {"name": "周杰", "kind": kinds.INTERVIEWER},
        "zheng": {"name": "郑伟", "kind": kinds.LEADER},
        "wang": {"name": "王磊", "kind": kinds.ASSESSOR},
        "feng": {"name": "冯军", "kind": kinds.SYSTEM_ADMINISTRATOR},
        "chu": {"name": "褚燕", "kind": kinds.SECURITY_ADMINISTRATOR},
        "wei": {"name": "卫东", "kind": kinds.AUDIT_ADMINISTRATOR},
    }
    people = {key: make_person(key, city=city, **post) for key, post in posts.items()}
    wu = make_person("wu", name="吴敏", city=other_city, kind=kinds.OFFICE)
    return Cast(city, other_city, groups, units, **people, wu=wu)


def make_city(name: str, english: str = "") -> City:
    """A city."""
    return City.objects.create(name_zh=name, name_en=english, pinyin=pinyin_key(name))


def make_unit(
    city: City,
    name: str,
    *,
    kind: UnitKind = UnitKind.UNIT,
    parent: Unit | None = None,
    group: Group | None = None,
) -> Unit:
    """A unit of a city, in its place in the tree."""
    unit = new_unit(name, kind=kind, parent=parent)
    unit.city, unit.group = city, group
    unit.save()
    return unit


def make_person(
    username: str, *, name: str, city: City, kind: PostKind | None, **post: Any
) -> User:
    """A person with one post, or with none; whoever needs a second factor has one.

    Args:
        post: more of the post: `unit`, `group`, `title`, `valid_from`, `valid_until`.
    """
    user = User.objects.create_user(username, name=name)
    user.pinyin = pinyin_key(name)
    user.save(update_fields=["pinyin"])
    if kind is not None:
        Post.objects.create(city=city, user=user, kind=kind, **post)
    if kind in NEED_SECOND_FACTOR:
        kinds = Authenticator.Type
        Authenticator.objects.create(user=user, type=kinds.TOTP, data={"secret": "none"})
    return user


def fresh(user: User) -> User:
    """The person as the next request meets them: what was remembered of the posts is gone."""
    return User.objects.get(pk=user.pk)


def in_session(user: User) -> User:
    """The person as services meet them within an open administrator session."""
    again = fresh(user)
    again.is_in_session = True
    return again


def log_in(client: Client, user: User, *, language: str = "zh-hans") -> Client:
    """The browser of a person who has logged in."""
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


def open_session(client: Client, user: User, city: City) -> AdministratorSession:
    """Begin an administrator session in the browser of a person who has logged in."""
    now = timezone.now()
    begun = AdministratorSession.objects.create(
        user=user, city=city, reason="例行维护", begun_at=now, ends_at=now + timedelta(hours=1)
    )
    kept = client.session
    kept[SESSION_KEY] = str(begun.pk)
    kept.save()
    return begun


def _units(city: City, other_city: City, groups: dict[str, Group]) -> Units:
    committee = make_unit(city, "市创建全国文明城市工作委员会", kind=UnitKind.COMMITTEE)
    office = make_unit(city, "市创城办", kind=UnitKind.OFFICE, parent=committee)
    streets = make_unit(city, "市城管局", group=groups["城建"])
    UnitName.objects.create(
        city=city, unit=streets, name="市城市管理局", pinyin=pinyin_key("市城市管理局")
    )
    county = make_unit(city, "中心区", kind=UnitKind.COUNTY)
    street = make_unit(city, "城东街道", kind=UnitKind.STREET, parent=county)
    return Units(
        committee=committee,
        office=office,
        publicity=make_unit(city, "市委宣传部", group=groups["宣教"]),
        streets=streets,
        brigade=make_unit(city, "城管执法大队", parent=streets, group=groups["城建"]),
        police=make_unit(city, "市公安局", group=groups["秩序"]),
        archive=make_unit(city, "市档案馆", group=groups["宣教"]),
        county=county,
        street=street,
        community=make_unit(city, "花园社区", kind=UnitKind.COMMUNITY, parent=street),
        abroad=make_unit(other_city, "市城管局"),
    )
