"""Two editions: new, gone, moved, harder, easier."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.engine.building import edition, sites_item, survey_item
from wenming.core.compare import compare_editions
from wenming.core.terms import Part
from wenming.files.editions import read_edition

EDITIONS = Path(__file__).parents[2] / "examples" / "editions"


def limited(op: str, value: str) -> dict[str, Any]:
    return survey_item(limits=[{"grade": "A", "op": op, "value": value}])


def kinds(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    changed = compare_editions(edition(before), edition(after)).changed
    return changed[0].kinds if changed else ()


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ((">=", "80"), (">=", "85"), "harder"),
        ((">=", "80"), (">=", "75"), "easier"),
        (("<=", "12"), ("<=", "10"), "harder"),
        ((">=", "80"), (">", "80"), "harder"),
        (("<", "80"), ("<=", "80"), "easier"),
        ((">=", "80"), ("<=", "80"), "changed"),
    ],
)
def test_a_limit_that_moves(before: tuple[str, str], after: tuple[str, str], kind: str) -> None:
    assert kinds(limited(*before), limited(*after)) == (kind,)


def test_points_names_and_criteria() -> None:
    before = survey_item()
    assert kinds(before, {**before, "points": 11}) == ("points",)
    assert kinds(before, {**before, "title_zh": "别名"}) == ("renamed",)
    more = {**before, "criteria": [*before["criteria"], *sites_item()["criteria"]]}
    assert kinds(before, more) == ("harder",)
    assert kinds(before, before) == ()


def test_new_and_gone_items() -> None:
    found = compare_editions(edition(survey_item()), edition(sites_item()))
    assert [each.item.key for each in found.added] == ["P"]
    assert [each.item.key for each in found.gone] == ["S"]


def test_worked_example_of_the_two_draft_editions() -> None:
    """docs/methods/comparison.md: 5 basic and 4 distinctive items are new, nothing is gone."""
    before, after = (read_edition(EDITIONS / f"edition_2005_{which}.yaml") for which in "ab")
    found = compare_editions(before, after)
    assert len(found.added_in(Part.BASIC)) == 5
    assert len(found.added_in(Part.DISTINCTIVE)) == 4
    assert (found.gone, found.same) == ((), 112)
