"""The children that draw pictures are kept warm, replaced when they are gone, never shared."""

import contextlib
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.base.test_images import saved, scene
from wenming.base.images import BadPicture, Limits, clean_picture, rooms


@pytest.fixture(autouse=True)
def _cold() -> None:
    rooms.close_rooms()


def drawn(tmp_path: Path, number: int = 1) -> str:
    (into := tmp_path / f"out{number}").mkdir()
    return clean_picture(saved(scene(seed=number), tmp_path / f"{number}.jpg"), into=into).looks


def pids() -> list[int]:
    return [each._child.pid for each in rooms._idle]


def test_one_child_draws_picture_after_picture(tmp_path: Path) -> None:
    drawn(tmp_path, 1)
    first = pids()
    drawn(tmp_path, 2)
    assert pids() == first
    assert len(first) == 1


def test_a_child_that_ended_while_it_waited_is_replaced(tmp_path: Path) -> None:
    drawn(tmp_path, 1)
    (pid,) = pids()
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert drawn(tmp_path, 2)
    assert pids() != [pid]


def test_a_child_that_was_too_slow_is_not_used_again(tmp_path: Path) -> None:
    drawn(tmp_path, 1)
    (pid,) = pids()
    source = saved(scene(4000, 4000), tmp_path / "large.jpg")
    (into := tmp_path / "large").mkdir()
    with pytest.raises(BadPicture):
        clean_picture(source, into=into, limits=Limits(wall_s=0))
    assert pids() == []
    until = time.monotonic() + 20
    while (left := _alive(pid)) and time.monotonic() < until:
        time.sleep(0.05)
    assert left == []


def _alive(group: int) -> list[int]:
    """Those of a group that still run; ended ones wait for whoever asks after them."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _parent, of_group = stat.read_text().rpartition(")")[2].split()[:3]
            if int(of_group) == group and state not in "ZX":
                found.append(int(stat.parent.name))
    return found


def test_pictures_at_the_same_time_have_a_child_each_and_their_own_answer(tmp_path: Path) -> None:
    alone = {number: drawn(tmp_path, number) for number in range(1, 9)}
    (again := tmp_path / "again").mkdir()
    with ThreadPoolExecutor(6) as threads:
        together = dict(zip(alone, threads.map(lambda n: drawn(again, n), alone), strict=True))
    assert together == alone
    assert 1 <= len(pids()) <= 4


def test_a_process_split_off_from_ours_gets_a_child_of_its_own(tmp_path: Path) -> None:
    drawn(tmp_path, 1)
    (kept,) = rooms._idle
    kept.owner = os.getppid()  # as it is found in a worker that was split off
    with rooms.room() as other:
        assert other is not kept
        assert other.owner == os.getpid()
    assert os.waitpid(kept._child.pid, os.WNOHANG) is not None
