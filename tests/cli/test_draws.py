"""`wenming draw`: sealed, kept apart, drawn again, and told apart when anything was changed."""

import json
import stat
from pathlib import Path

import pytest

from tests.cli.running import EXAMPLES, run
from wenming.cli import main

FRAME = EXAMPLES / "draws" / "sites.csv"
PLAN = EXAMPLES / "draws" / "sites.plan.yaml"
SEED = "00" * 31 + "2a"


@pytest.fixture
def drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    out = tmp_path / "draw.json"
    assert main(["draw", str(FRAME), "--plan", str(PLAN), "--out", str(out)]) == 0
    capsys.readouterr()
    return out


def verified(published: Path, *words: object, frame: Path = FRAME, plan: Path = PLAN) -> int:
    given = ["draw", "verify", published, "--frame", frame, "--plan", plan, "--lang", "zh", *words]
    return main([str(word) for word in given])


def test_the_seed_is_kept_apart_for_its_owner_only(drawn: Path) -> None:
    seed = drawn.with_suffix(".seed")
    assert stat.S_IMODE(seed.stat().st_mode) == 0o600
    assert len(seed.read_text().strip()) == 64
    assert seed.read_text().strip() not in drawn.read_text(encoding="utf-8")


def test_the_commitment_is_printed(tmp_path: Path) -> None:
    out = tmp_path / "draw.json"
    shown = run("draw", FRAME, "--plan", PLAN, "--out", out)
    published = json.loads(out.read_text(encoding="utf-8"))
    assert shown.returncode == 0
    assert f"承诺值（请即公布）：{published['commitment']}" in shown.stdout
    assert "抽中 11 个，备选 8 个" in shown.stdout


def test_a_draw_can_be_drawn_again(drawn: Path) -> None:
    shown = run("draw", "verify", drawn, "--frame", FRAME, "--plan", PLAN)
    assert (shown.returncode, shown.stdout[:4]) == (0, "OK：与")
    assert verified(drawn, "--seed", drawn.with_suffix(".seed").read_text().strip()) == 0


def test_two_draws_differ_and_one_seed_gives_one_draw(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def draw(*words: str) -> str:
        assert main(["draw", str(FRAME), "--plan", str(PLAN), "--json", *words]) == 0
        return capsys.readouterr().out

    assert draw("--seed", SEED) == draw("--seed", SEED)
    one, other = (draw("--seed-file", str(tmp_path / name)) for name in ("one", "other"))
    assert one != other
    assert draw("--seed-file", str(tmp_path / "one")) == one


def test_order_of_the_frame_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head, *rows = FRAME.read_text(encoding="utf-8").splitlines()
    turned = tmp_path / "turned.csv"
    turned.write_text("\n".join([head, *reversed(rows)]) + "\n", encoding="utf-8")
    for frame in (FRAME, turned):
        words = ["draw", str(frame), "--plan", str(PLAN), "--json", "--seed", SEED]
        assert main(words) == 0
    first, second = capsys.readouterr().out.split("}\n{")
    assert json.loads(first + "}") == json.loads("{" + second)


def test_a_changed_frame_is_named(
    drawn: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = tmp_path / "changed.csv"
    changed.write_text(FRAME.read_text(encoding="utf-8").replace("东关市场", "东关菜场"), "utf-8")
    assert verified(drawn, frame=changed) == 1
    assert "抽样框与公告不符" in capsys.readouterr().out


def test_a_changed_plan_is_named(
    drawn: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = tmp_path / "plan.yaml"
    text = PLAN.read_text(encoding="utf-8")
    changed.write_text(text.replace("replacements: 2", "replacements: 1"), encoding="utf-8")
    assert verified(drawn, plan=changed) == 1
    assert "方案与公告不符" in capsys.readouterr().out


def test_another_seed_is_named(drawn: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verified(drawn, "--seed", SEED) == 1
    assert "不一致" in capsys.readouterr().out


def test_a_swapped_row_is_named_in_json(drawn: Path, capsys: pytest.CaptureFixture[str]) -> None:
    published = json.loads(drawn.read_text(encoding="utf-8"))
    published["list"][0]["key"] = "P999"
    drawn.write_text(json.dumps(published), encoding="utf-8")
    assert verified(drawn, "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert found["same"] is False
    assert {"row_added", "row_missing"} <= {each["code"] for each in found["differences"]}


def test_a_seed_file_is_never_overwritten(drawn: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = drawn.with_suffix(".seed").read_text()
    words = ["draw", str(FRAME), "--plan", str(PLAN), "--out", str(drawn), "--lang", "zh"]
    assert main(words) == 2
    assert "种子只用一次" in capsys.readouterr().err
    assert drawn.with_suffix(".seed").read_text() == before


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"commitment": 1, "list": []}', "{", "\x00"])
def test_a_file_that_is_no_draw_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    file = tmp_path / "draw.json"
    file.write_text(content, encoding="utf-8")
    assert verified(file, "--seed", SEED) == 2
    assert capsys.readouterr().err.startswith(str(file))


@pytest.mark.parametrize("seed", ["", "12", "g" * 64, SEED + "00"])
def test_a_seed_that_is_none_is_refused(
    drawn: Path, capsys: pytest.CaptureFixture[str], seed: str
) -> None:
    assert verified(drawn, f"--seed={seed}") == 2
    assert "64 位十六进制数" in capsys.readouterr().err


def test_a_cell_of_the_frame_is_named_by_line_and_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frame = tmp_path / "frame.csv"
    folder = EXAMPLES / "draws"
    text = (folder / "communities.csv").read_text(encoding="utf-8")
    frame.write_text(text.replace("940", "many", 1), encoding="utf-8")
    plan = folder / "communities.plan.yaml"
    assert main(["draw", str(frame), "--plan", str(plan), "--json", "--seed", SEED]) == 2
    assert capsys.readouterr().err.startswith(f"{frame}:3:households: ")


def test_every_mistake_of_a_plan_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text("label: x\nmethod: guess\nn: many\nlabl: y\n", encoding="utf-8")
    assert main(["draw", str(FRAME), "--plan", str(plan), "--json", "--lang", "zh"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert {line.partition("[")[2].partition("]")[0] for line in lines} == {
        "key", "method", "n", "labl",
    }  # fmt: skip


@pytest.mark.parametrize("line", ["label: a\tb\t: c", "label: 2026-13-45", "label: *a", "- a"])
def test_a_plan_that_is_no_yaml_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    plan = tmp_path / "plan.yaml"
    text = PLAN.read_text(encoding="utf-8").replace("label: 演示市 2026-1 点位", line)
    plan.write_text(text, encoding="utf-8")
    assert main(["draw", str(FRAME), "--plan", str(plan), "--json", "--seed", SEED]) == 2
    assert capsys.readouterr().err.startswith(str(plan))
