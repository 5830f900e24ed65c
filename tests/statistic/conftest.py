"""An open round in which the police answer for one figure."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cast import Cast
    from wenming.base.models import User
    from wenming.rounds.models import Collection


@pytest.fixture
def cast() -> "Cast":
    # Imported late, here and below: Django is set up after this file is read.
    from tests.cast import make_cast

    return make_cast()


@pytest.fixture
def round_(cast: "Cast", tmp_path: Path) -> "Collection":
    """An open round by the edition of the small round, whose plan gives B2.1.2 to the police."""
    return _opened(cast, tmp_path)


@pytest.fixture
def yearly_round(cast: "Cast", tmp_path: Path) -> "Collection":
    """The same, by an edition that judges by the mean of the two years before."""
    return _opened(cast, tmp_path, years=2)


def _opened(cast: "Cast", folder: Path, *, years: int = 0) -> "Collection":
    from tests.cast import fresh
    from tests.rounds.building import plan_of
    from tests.scoring.small_round import change, write_small_round
    from wenming.framework.models import ResponsibilityPlan
    from wenming.rounds.services.collections import Standard, open_collection, plan_collection
    from wenming.scoring.services import load_folder

    write_small_round(folder)
    if years:
        change(folder, "edition.yaml", "fallback: C", f"fallback: C\nstatistic_years: {years}")
    run = load_folder(folder)
    edition = run.round.edition
    standard = Standard(edition, None, ResponsibilityPlan.objects.get(edition=edition))
    made = plan_collection(run.city, plan_of(), standard=standard, by=fresh(cast.lin))
    return open_collection(made, by=fresh(cast.lin))


@pytest.fixture
def officer(cast: "Cast") -> "User":
    from tests.cast import make_person
    from wenming.core.permissions import PostKind

    return make_person(
        "officer", name="秦勇", city=cast.city, kind=PostKind.UNIT, unit=cast.units.police
    )
