"""Two people load and score the same round at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection

from wenming.inspection.models import Observation
from wenming.rounds.models import Round
from wenming.scoring.models import Run
from wenming.scoring.services import load_folder


@pytest.mark.django_db(transaction=True)
def test_a_round_loaded_twice_at_once_is_kept_once(folder: Path) -> None:
    together = Barrier(2)

    def load(_: int) -> UUID:
        together.wait(timeout=10)
        try:
            return load_folder(folder).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(load, range(2))
    assert first == second
    assert [model.objects.count() for model in (Round, Run)] == [1, 1]
    assert Observation.objects.count() == 6
