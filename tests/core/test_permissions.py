"""The table of posts: nobody has what is not given; the three administrators exclude each other."""

from itertools import permutations

import pytest

from wenming.core.permissions import (
    ADMINISTRATORS,
    GRANTS,
    NEED_SESSION,
    Capability,
    PostKind,
    Scope,
    excludes,
    scope_of,
)

CITY_WORK = set(PostKind) - ADMINISTRATORS
OF_ADMINISTRATORS = NEED_SESSION | {Capability.VIEW_AUDIT}


def test_every_post_stands_in_the_table() -> None:
    assert set(GRANTS) == set(PostKind)


@pytest.mark.parametrize("capability", Capability)
def test_every_capability_is_given_to_somebody(capability: Capability) -> None:
    assert any(capability in grants for grants in GRANTS.values())


@pytest.mark.parametrize(("held", "wanted"), [*permutations(sorted(ADMINISTRATORS), 2)])
def test_two_administrators_are_never_one_person(held: PostKind, wanted: PostKind) -> None:
    assert excludes(held, wanted)
    assert excludes(wanted, held)


@pytest.mark.parametrize("administrator", sorted(ADMINISTRATORS))
@pytest.mark.parametrize("other", sorted(CITY_WORK))
def test_an_administrator_does_not_take_part_in_the_work(
    administrator: PostKind, other: PostKind
) -> None:
    assert excludes(administrator, other)


def test_the_work_of_a_city_may_be_joined_in_one_person() -> None:
    assert not excludes(PostKind.INSPECTOR, PostKind.UNIT)
    assert not excludes(PostKind.OFFICE, PostKind.OFFICE)


def test_no_capability_of_an_administrator_is_given_to_two_of_them() -> None:
    for capability in OF_ADMINISTRATORS:
        holders = [kind for kind in PostKind if capability in GRANTS[kind]]
        assert len(holders) == 1, capability
        assert holders[0] in ADMINISTRATORS


@pytest.mark.parametrize("administrator", sorted(ADMINISTRATORS))
def test_an_administrator_sees_no_evidence_and_changes_no_number(administrator: PostKind) -> None:
    work = {
        Capability.VIEW_EVIDENCE,
        Capability.EDIT_FRAMEWORK,
        Capability.ASSIGN_RESPONSIBILITIES,
        Capability.RUN_SCORING,
        Capability.FREEZE_RUN,
        Capability.SETTLE_FINDING,
    }
    assert not work & GRANTS[administrator].keys()


def test_a_unit_never_reaches_over_the_whole_city_where_rows_have_an_owner() -> None:
    owned = (
        Capability.VIEW_RESPONSIBILITIES,
        Capability.VIEW_RESULTS,
        Capability.VIEW_EVIDENCE,
        Capability.OBJECT,
    )
    scopes = {scope_of(PostKind.UNIT, capability) for capability in owned}
    assert scopes == {Scope.UNIT, Scope.AREA}
    assert scope_of(PostKind.UNIT, Capability.VIEW_SCORE) is None


def test_who_is_arbitrated_does_not_arbitrate() -> None:
    assert not any(
        {Capability.OBJECT, Capability.ARBITRATE} <= GRANTS[kind].keys() for kind in PostKind
    )
