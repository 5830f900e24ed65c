"""A small city with a small edition: three items, three units, an office, and people for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from wenming.base.models import City, Group, Post, Unit, User, new_unit
from wenming.core.permissions import PostKind
from wenming.core.terms import Role
from wenming.framework.models import Edition, Item, ResponsibilityPlan
from wenming.framework.services.assigning import Assignment, assign
from wenming.framework.services.plans import begin_draft, issue_plan

CONTENT = {
    "dimensions": [{"key": "D1", "title_zh": "安全稳定的社会环境", "title_en": "A safe city"}],
    "indicators": [
        {"key": "D1.1", "title_zh": "交通秩序", "title_en": "Traffic"},
        {"key": "D1.2", "title_zh": "市场秩序", "title_en": "Markets"},
    ],
}


@dataclass
class Small:
    """The city with everything in it."""

    city: City
    edition: Edition
    police: Unit
    market: Unit
    parks: Unit
    office: User
    zhao: User
    qian: User


THREE = [
    ("A1", "D1.1", "内容A1", "2"),
    ("A2", "D1.2", "内容A2", "1.5"),
    ("A3", "D1.2", "内容A3", "1"),
]


def small_city(name: str = "小城市", items: Sequence[tuple[str, str, str, str]] = THREE) -> Small:
    """A city with an edition in use, three units and three people.

    Args:
        items: key, indicator, name and points of each.
    """
    city = City.objects.create(name_zh=name, pinyin=name)
    group = Group.objects.create(city=city, key="order", title_zh="社会秩序组")
    units = [_unit(city, each, group) for each in ("市公安局", "市市场监管局", "市园林局")]
    edition = Edition.objects.create(
        city=city, key="small", title_zh="小版本", hash="0" * 64, content=CONTENT
    )
    Item.objects.bulk_create(
        Item(
            city=city, edition=edition, key=key, part="basic", dimension="D1",
            indicator=indicator, title_zh=title, points=points, position=position,
        )
        for position, (key, indicator, title, points) in enumerate(items)
    )  # fmt: skip
    police, market, parks = units
    return Small(
        city=city,
        edition=edition,
        police=police,
        market=market,
        parks=parks,
        office=person(city, "lin", PostKind.OFFICE),
        zhao=person(city, "zhao", PostKind.UNIT, unit=police),
        qian=person(city, "qian", PostKind.UNIT, unit=market),
    )


def _unit(city: City, name: str, group: Group) -> Unit:
    unit = new_unit(name)
    unit.city, unit.group = city, group
    unit.save()
    return unit


def person(
    city: City,
    username: str,
    kind: PostKind,
    *,
    unit: Unit | None = None,
    group: Group | None = None,
) -> User:
    """Somebody with one post in a city."""
    user = User.objects.create(username=f"{username}@{city.pinyin}", name=username)
    Post.objects.create(city=city, user=user, kind=kind, unit=unit, group=group)
    return user


def large_draft(
    *, units: int, items: int, long: str, groups: tuple[str, ...]
) -> tuple[Small, ResponsibilityPlan]:
    """A city of the full size, with a draft in which each item has a lead and two that help.

    Args:
        long: a name of 40 characters; every tenth unit bears it, with a number.
    """
    named_items = [
        (f"K{n}", "D1.1" if n <= items // 2 else "D1.2", f"第{n}项测评内容的全称", "1")
        for n in range(1, items + 1)
    ]
    small = small_city("大城市", named_items)
    made = [
        Group.objects.create(city=small.city, key=f"g{n}", title_zh=title, position=n + 1)
        for n, title in enumerate(groups)
    ]
    named = [f"{long[:38]}{n:02}" if n % 10 == 0 else f"第{n}号责任单位" for n in range(units - 3)]
    columns = [small.police, small.market, small.parks]
    columns += [_unit(small.city, name, made[n % len(made)]) for n, name in enumerate(named)]
    draft = begin_draft(small.edition, by=small.office)
    roles = [Role.LEAD, Role.RESPONSIBLE, Role.SUPPORTING]
    cells = [
        Assignment(f"K{n}", columns[(7 * n + 3 * place) % units], role)
        for n in range(1, items + 1)
        for place, role in enumerate(roles)
    ]
    return small, assign(draft, cells, by=small.office, version=draft.version)


def draft_of(small: Small) -> ResponsibilityPlan:
    """A draft in which the police leads A1 and A2 and the market supports A1."""
    draft = begin_draft(small.edition, by=small.office)
    cells = [
        Assignment("A1", small.police, Role.LEAD),
        Assignment("A2", small.police, Role.LEAD),
        Assignment("A1", small.market, Role.SUPPORTING),
    ]
    return assign(draft, cells, by=small.office, version=draft.version)


def issued_of(small: Small) -> ResponsibilityPlan:
    """The same, issued."""
    draft = draft_of(small)
    return issue_plan(draft, by=small.office, title="责任分解表", version=draft.version)
