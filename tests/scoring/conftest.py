"""Rounds that the tests of scoring stand on."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.scoring.small_round import write_small_round

if TYPE_CHECKING:
    from tests.cast import Cast
    from wenming.scoring.models import ReportedDocument, Run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a small real round."""
    return write_small_round(tmp_path)


@pytest.fixture
def run(db: None, folder: Path) -> "Run":
    """The small round, loaded and scored, as a page gets it."""
    # Imported late: Django is set up after this file is read.
    from wenming.scoring.queries import latest_run
    from wenming.scoring.services import load_folder

    found = latest_run(load_folder(folder).city)
    assert found is not None
    return found


@pytest.fixture
def paper(run: "Run", cast: "Cast") -> "ReportedDocument":
    """A paper of the round without figures yet; `cast` is the city's people of a module."""
    from wenming.scoring.services.papers import PaperEntry, add_paper

    return add_paper(run.round, PaperEntry("第一次调度会讲话"), by=cast.lin)
