"""The people who work in the rounds of the invented city beside those who can log in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from wenming.base.models import City, LiaisonPerson, Post, Unit, User
from wenming.base.models.cities import pinyin_key
from wenming.core.permissions import PostKind
from wenming.core.terms import AssignmentRole
from wenming.rounds.models import Collection
from wenming.rounds.services.collections import assign_person

_INSPECTORS = ("何建国", "吕丽华", "施晓明", "张志强", "孔秀英")
_INTERVIEWERS = ("曹海涛", "严文静", "华俊杰")


@dataclass(frozen=True)
class Staff:
    """Who does what in the rounds of the invented city (演示人员).

    Attributes:
        inspectors: an even number of them; neighbours make a pair.
        speakers: who speaks for a unit, by its identity.
    """

    office: User
    assessor: User
    reviewer: User
    inspectors: tuple[User, ...]
    interviewers: tuple[User, ...]
    speakers: Mapping[UUID, User]


def hire(city: City) -> Staff:
    """Find or make the people; those who are made have no password and cannot log in."""
    known = {user.username: user for user in User.objects.filter(home=city)}
    inspectors = _people(city, "inspector", _INSPECTORS, PostKind.INSPECTOR)
    interviewers = _people(city, "interviewer", _INTERVIEWERS, PostKind.INTERVIEWER)
    return Staff(
        office=known["office"],
        assessor=known["assessor"],
        reviewer=known["reviewer"],
        inspectors=(known["inspector"], *inspectors),
        interviewers=(known["interviewer"], *interviewers),
        speakers=_speakers(city),
    )


def put_to_work(staff: Staff, collection: Collection) -> None:
    """Say what each of them does in a round."""
    for people, roles in (
        (staff.inspectors, [AssignmentRole.INSPECTOR, AssignmentRole.ASSESSOR]),
        (staff.interviewers, [AssignmentRole.INTERVIEWER]),
        ((staff.reviewer,), [AssignmentRole.REVIEWER, AssignmentRole.ASSESSOR]),
    ):
        for person in people:
            assign_person(collection, person, roles, by=staff.office)


def _speakers(city: City) -> dict[UUID, User]:
    """One person for each unit: whoever can log in for it, else its liaison person."""
    held = Post.objects.filter(city=city, kind=PostKind.UNIT).select_related("user")
    found = {post.unit_id: post.user for post in held if post.unit_id is not None}
    liaisons = LiaisonPerson.objects.filter(city=city).exclude(unit__in=list(found))
    first = {each.unit_id: each for each in liaisons.order_by("-unit__pinyin", "-pk")}
    made = {unit: _user(city, f"unit-{n:03}", first[unit].name) for n, unit in enumerate(first, 1)}
    User.objects.bulk_create(made.values())
    Post.objects.bulk_create(
        Post(city=city, user=user, kind=PostKind.UNIT, unit=Unit(pk=unit))
        for unit, user in made.items()
    )
    return found | made


def _people(city: City, stem: str, names: Iterable[str], kind: PostKind) -> list[User]:
    made = [_user(city, f"{stem}{n}", name) for n, name in enumerate(names, start=2)]
    User.objects.bulk_create(made)
    Post.objects.bulk_create(Post(city=city, user=user, kind=kind) for user in made)
    return made


def _user(city: City, username: str, name: str) -> User:
    made = User(username=username, home=city, name=name, pinyin=pinyin_key(name))
    made.set_unusable_password()
    return made
