"""kill -9 of worker, pages and database in the midst of an import and of a scoring run, for real.

What was answered must be there afterwards, once; what was begun must come to its end, once.
"""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from tests.operations.installation import PATIENCE_S, ROOT, Installation, Visitor, installed

EDITION = (ROOT / "examples" / "editions" / "edition_2005_a.yaml").read_text(encoding="utf-8")
BEGIN_RUN = """
from wenming.base.models import City, User
from wenming.base.services.audit import subject_of
from wenming.base.services.jobs import start_job
from wenming.rounds.models import Round
round_ = Round.objects.get()
job = start_job("score_round", city=round_.city, by=User.objects.get(username="office"),
                parameters={"round": str(round_.pk)}, subject=subject_of(round_))
print(job.pk)
"""
CHAINS = """
from wenming.base.models import AuditHead
from wenming.base.services.audit import verify_chain
print(sum(len(verify_chain(head)) for head in AuditHead.objects.all()))
"""
"""How many places of the audit do not hold."""

MOMENTS_S = (0.1, 0.7)  # after the run has begun


@dataclass
class Ledger:
    """What was acknowledged to a person: names of files, identities of jobs."""

    files: list[str] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    jobs: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def city() -> Iterator[Installation]:
    """The demonstration city, served by one process for pages and one for long work."""
    with installed(DJANGO_SETTINGS_MODULE="tests.operations.settings") as installation:
        done = installation.run("demo", "--no-serve", "--plain")
        assert done.returncode == 0, done.stderr
        installation.start("--workers", "1", "--jobs", "1")
        yield installation


def worker(city: Installation) -> int:
    """The process that does long work."""
    return city.workers()[0]


def pages(city: Installation) -> int:
    """The process that answers pages."""
    return city.pages()[0]


def database(city: Installation) -> int:
    """The server of the database."""
    return city.database()


def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(city: Installation) -> None:
    ledger = Ledger()
    lin = Visitor(city.port)
    lin.log_in("office")
    for number, victim in enumerate((worker, pages, database)):
        change_evidence(city, number)
        work_while_killed(city, lin, ledger, victim)
        for job in ledger.jobs:
            assert outcome(city, job) == "succeeded"
    assert len(ledger.files) >= len(MOMENTS_S)  # the test has tested something
    assert len(ledger.jobs) >= 3  # one open run of a round at a time
    everything_holds(city, ledger)
    assert city.stop() == 0


def work_while_killed(
    city: Installation, lin: Visitor, ledger: Ledger, victim: Callable[[Installation], int]
) -> None:
    """Begin a scoring run, bring in files, and kill at several moments of both."""
    for moment in MOMENTS_S:
        begin_run(city, ledger)
        page = lin.get("/editions/import/")
        bringing = threading.Thread(target=bring, args=(lin, page, ledger, victim, moment))
        bringing.start()
        time.sleep(moment)
        os.kill(victim(city), signal.SIGKILL)
        bringing.join()
        lin.get("/healthz")
        wait_for_worker(city)


def begin_run(city: Installation, ledger: Ledger) -> None:
    """Have the round scored, as its page does; noted once the worker has it in its hands."""
    job = city.script(BEGIN_RUN).strip().splitlines()[-1]
    if job not in ledger.jobs:
        ledger.jobs.append(job)
    begun = "SELECT started_at IS NOT NULL FROM base_job WHERE id = %s"
    deadline = time.monotonic() + PATIENCE_S
    while not city.ask(begun, job)[0][0]:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def bring(
    lin: Visitor, page: str, ledger: Ledger, victim: Callable[[Installation], int], moment: float
) -> None:
    """Bring in an edition that no other one is like; it counts when it was answered."""
    name = f"{victim.__name__}-{moment}.yaml"
    ledger.tried.append(name)
    file = (name, EDITION + f"\n# {name}\n")
    if lin.post(page, "/editions/import/", {}, file=file):
        ledger.files.append(name)


def change_evidence(city: Installation, number: int) -> None:
    """Something is corrected, so that the next run comes to another result."""
    city.ask(
        "UPDATE statistic_statistic SET value = value + %s WHERE position ="
        " (SELECT min(position) FROM statistic_statistic) RETURNING id", number,
    )  # fmt: skip


def outcome(city: Installation, job: str) -> str:
    """How a job ended, once it has."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        ((ended, code),) = city.ask("SELECT outcome, failure_code FROM base_job WHERE id = %s", job)
        if ended:
            return f"{ended} {code}".strip()
        time.sleep(0.2)
    return "still open"


def wait_for_worker(city: Installation) -> None:
    """Until the place of a killed worker is taken."""
    deadline = time.monotonic() + PATIENCE_S
    while not city.workers():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def everything_holds(city: Installation, ledger: Ledger) -> None:
    """What was acknowledged is there, once; and nothing is there twice."""
    brought = city.ask("SELECT name, count(*) FROM base_attachment a JOIN base_import i"
                       " ON i.attachment_id = a.id GROUP BY name")  # fmt: skip
    counts = {str(name): count for name, count in brought}
    assert {name: counts.get(name) for name in ledger.files} == dict.fromkeys(ledger.files, 1)
    assert set(counts) <= set(ledger.tried)
    assert set(counts.values()) == {1}
    jobs = city.ask("SELECT id::text, outcome, attempt FROM base_job ORDER BY created_at")
    assert [job for job, *_ in jobs] == ledger.jobs
    assert any(attempt > 1 for *_, attempt in jobs)  # some were killed in the midst
    runs = city.ask("SELECT number, digest FROM scoring_run ORDER BY number")
    assert [number for number, _ in runs] == list(range(1, len(runs) + 1))
    notices = city.ask("SELECT subject, count(*) FROM base_inboxentry GROUP BY subject")
    assert all(count == 1 for _, count in notices)
    ended = city.ask("SELECT subject, count(*) FROM base_auditentry WHERE action = 'job.end'"
                     " GROUP BY subject")  # fmt: skip
    assert dict(ended) == {f"base.job:{job}": 1 for job in ledger.jobs}
    assert city.script(CHAINS).strip().splitlines()[-1] == "0"
