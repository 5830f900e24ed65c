"""What is public of a draw, checked by the command on another machine: yes, or what differs."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.rounds.building import Field
from tests.rounds.drawing import big_field, drawn_from_register, plan_for
from wenming.rounds.models import SealedDraw
from wenming.rounds.services.draws import DrawWish, make_sealed_draw, reveal_draw

pytestmark = pytest.mark.django_db
FILES = ("frame.csv", "plan.json", "draw.json")
STAGES = {
    "method": "pps", "strata": "county", "n": 1,
    "second_stage": {"cluster": "street", "n": 2, "replacements": 1},
}  # fmt: skip


@pytest.fixture
def field() -> Field:
    return big_field()


def public(field: Field, **plan: object) -> SealedDraw:
    draw = drawn_from_register(field, **plan)
    return reveal_draw(draw, named=draw.title, by=field.cast.lin)


def download(draw: SealedDraw, folder: Path) -> None:
    for name in FILES:
        answer = Client().get(reverse("rounds:public_draw_file", args=[draw.commitment, name]))
        assert answer.status_code == 200
        (folder / name).write_bytes(answer.content)


def verified(folder: Path) -> tuple[int, str]:
    """The command as the public page gives it, in a process that knows nothing of this one."""
    home = folder / "another-machine"
    home.mkdir(exist_ok=True)
    plain = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    env: Mapping[str, str] = plain | {
        "HOME": str(home), "WENMING_HOME": str(home), "LANG": "C.UTF-8",
    }  # fmt: skip
    command = [
        "draw",
        "verify",
        "draw.json",
        "--frame",
        "frame.csv",
        "--plan",
        "plan.json",
        "--json",
    ]
    done = subprocess.run(
        [Path(sys.executable).with_name("wenming"), *command, "--json"],
        cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    return done.returncode, done.stdout


def codes(folder: Path) -> set[str]:
    status, said = verified(folder)
    assert status == 1
    return {each["code"] for each in json.loads(said)["differences"]}


@pytest.mark.parametrize("plan", [{}, STAGES], ids=["by county", "in two stages"])
def test_a_public_draw_is_drawn_again_on_another_machine(
    field: Field, tmp_path: Path, plan: Mapping[str, object]
) -> None:
    download(public(field, **plan), tmp_path)
    status, said = verified(tmp_path)
    assert (status, json.loads(said)) == (0, {"same": True, "differences": []})


def test_a_changed_row_of_the_frame_is_named(field: Field, tmp_path: Path) -> None:
    download(public(field), tmp_path)
    frame = tmp_path / "frame.csv"
    text = frame.read_text(encoding="utf-8")
    frame.write_text(text.replace("和平路7段", "和平路八段"), encoding="utf-8")
    assert codes(tmp_path) == {"frame_differs"}


def test_a_changed_digit_of_the_seed_is_named(field: Field, tmp_path: Path) -> None:
    download(public(field), tmp_path)
    file = tmp_path / "draw.json"
    published = json.loads(file.read_text(encoding="utf-8"))
    digit = "1" if published["seed"][0] == "0" else "0"
    published["seed"] = digit + published["seed"][1:]
    file.write_text(json.dumps(published), encoding="utf-8")
    assert "seed_differs" in codes(tmp_path)


def test_a_changed_row_of_the_list_is_named(field: Field, tmp_path: Path) -> None:
    download(public(field), tmp_path)
    file = tmp_path / "draw.json"
    published = json.loads(file.read_text(encoding="utf-8"))
    listed = {row["key"] for row in published["list"]}
    published["list"][0]["key"] = next(f"P{n:02}" for n in range(12) if f"P{n:02}" not in listed)
    file.write_text(json.dumps(published), encoding="utf-8")
    assert codes(tmp_path) == {"row_missing", "row_added"}


def test_a_changed_plan_is_named(field: Field, tmp_path: Path) -> None:
    download(public(field), tmp_path)
    file = tmp_path / "plan.json"
    plan = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(plan | {"replacements": 3}), encoding="utf-8")
    assert "plan_differs" in codes(tmp_path)


def test_awkward_cells_survive_the_way(tmp_path: Path, field: Field) -> None:
    odd = ['引"号"', "逗,号", "换\n行", "é", "\uff11", "=1+1", "  "]
    rows = [{"号": f"h{n}", "名;称": text} for n, text in enumerate(odd)]
    wish = DrawWish("怪字", rows, plan_for(key="号", strata=None, n=3))
    draw = make_sealed_draw(field.cast.city, wish, by=field.cast.lin)
    download(reveal_draw(draw, named="怪字", by=field.cast.lin), tmp_path)
    assert verified(tmp_path)[0] == 0


def test_before_that_there_are_no_files_and_the_page_says_what_was_announced(
    field: Field,
) -> None:
    draw = drawn_from_register(field)
    for name in (*FILES, "seed.txt"):
        address = reverse("rounds:public_draw_file", args=[draw.commitment, name])
        assert Client().get(address).status_code == 404
    page = Client().get(reverse("rounds:public_draw", args=[draw.commitment])).content.decode()
    assert draw.commitment in page
    assert draw.frame_hash in page
    assert draw.plan_hash in page
    assert draw.seed not in page
    assert draw.title in Client().get(reverse("rounds:public_draws")).content.decode()
    unknown = reverse("rounds:public_draw", args=["0" * 64])
    assert Client().get(unknown).status_code == 404
