"""Score a round from the database to the stored, explained result, phase by phase.

Run: `.venv/bin/python -m benchmarks.score_round`. It loads examples/demo (121 items, 286 visited
sites, 2,000 answer sheets) into a database of its own, scores it several times and prints the
fastest time of each phase. The floor beside it is reading the same rows as plain values. Figures
are printed, never asserted.
"""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

REPEATS = 5
DEMO = Path(__file__).resolve().parent.parent / "examples" / "demo"


def main() -> None:
    """Prepare the database, time each phase and print the table."""
    with tempfile.TemporaryDirectory(prefix="wenming-bench-") as home:
        os.environ["WENMING_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenming.config.settings")
        from wenming.config.postgres import running

        with running(Path(home)):
            django.setup()
            _measure()


def _measure() -> None:
    from django.core.management import call_command

    from wenming.files.rounds import read_round
    from wenming.scoring.services import load_round

    call_command("migrate", interactive=False, verbosity=0)
    round_ = load_round(read_round(DEMO))
    print(f"{'phase':<44}{'seconds':>9}")
    for name, phase in _phases(round_).items():
        print(f"{name:<44}{_fastest(phase):>9.3f}")


def _phases(round_: Any) -> dict[str, Callable[[], object]]:
    from wenming.engine import as_json, assess
    from wenming.framework.queries import checklists_of, edition_of
    from wenming.inspection.models import Observation
    from wenming.scoring.models import Run
    from wenming.scoring.queries import evidence_of
    from wenming.scoring.services import run_scoring
    from wenming.survey.models import AnswerSheet

    edition, checklists = edition_of(round_.edition), checklists_of(round_.checklist_set)
    evidence = evidence_of(round_)
    assessment = assess(edition, evidence, checklists)

    def floor() -> None:
        list(Observation.objects.filter(round=round_).values_list())
        list(AnswerSheet.objects.filter(round=round_).values_list())

    def whole() -> None:
        Run.objects.all().delete()
        run_scoring(round_)

    return {
        "floor: observations and sheets as plain rows": floor,
        "edition, checklists and evidence from rows": lambda: (
            edition_of(round_.edition),
            checklists_of(round_.checklist_set),
            evidence_of(round_),
        ),
        "assess": lambda: assess(edition, evidence, checklists),
        "publish as JSON with digest": lambda: as_json(assessment),
        "whole: database to stored result (target 1 s)": whole,
    }


def _fastest(phase: Callable[[], object]) -> float:
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        phase()
        times.append(time.perf_counter() - started)
    return min(times)


if __name__ == "__main__":
    main()
