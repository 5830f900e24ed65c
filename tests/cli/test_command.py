"""The command as a whole: help in two languages, quick start, quiet pipes, one line a mistake."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import EXAMPLES, ROOT, run
from wenming import __version__
from wenming.cli import main
from wenming.cli.terminal import cut, pad, table, width, wrapped

COMMANDS = [
    [], ["assess"], ["edition"], ["edition", "check"], ["edition", "show"], ["edition", "compare"],
    ["edition", "convert"], ["estimate"], ["draw"], ["draw", "verify"], ["serve"], ["demo"],
]  # fmt: skip
LATIN_SENTENCE = re.compile(r"[a-z]{3,} [a-z]{2,} [a-z]{3,}")


def test_the_version_is_told() -> None:
    assert run("--version").stdout == f"wenming {__version__}\n"


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_speaks_one_language(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    shown = {}
    for language in ("zh", "en"):
        with pytest.raises(SystemExit) as left:
            main([*words, "--lang", language, "--help"])
        assert left.value.code == 0
        shown[language] = capsys.readouterr().out
    assert not re.search(r"[\u4e00-\u9fff]", shown["en"])
    assert re.search(r"[\u4e00-\u9fff]", shown["zh"])
    below = shown["zh"].partition("\n\n")[2].replace("draw verify", "")
    assert not LATIN_SENTENCE.search(below), below


@pytest.mark.parametrize(
    "words",
    [
        [], ["asses"], ["assess"], ["assess", "a", "--nothing"], ["edition"], ["edition", "look"],
        ["estimate", "x.csv", "--lonely", "guess"], ["estimate", "x.csv", "--level", "2"],
        ["serve", "--port", "0"], ["serve", "--port", "many"], ["draw", "verify"],
        ["draw", "frame.csv"], ["--lang", "fr", "assess", "x"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_wrong_command_line_is_one_line(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    said = capsys.readouterr()
    assert left.value.code == 2
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert "--help" in said.err


def test_the_language_comes_from_the_environment_and_gives_way_to_the_option() -> None:
    words = ("edition", "check", EXAMPLES / "editions" / "edition_2005_b.yaml")
    english = run(*words, WENMING_LANG="en").stdout
    assert "7+1 dimensions, 121 items" in english
    assert run("--lang", "en", *words).stdout == english
    assert run(*words, "--lang", "en").stdout == english
    assert "7+1 个测评项目，121 项测评内容" in run(*words).stdout


def test_help_enters_no_heavy_room() -> None:
    code = (
        "import sys; from wenming.cli import main\n"
        "try: main(['assess', '--help'])\n"
        "except SystemExit: print(sorted({'django', 'numpy', 'yaml'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
                           check=True)  # fmt: skip
    assert shown.stdout.splitlines()[-1] == "[]"


def test_assessing_needs_no_django() -> None:
    code = (
        "import sys; from wenming.cli import main\n"
        f"main(['assess', {str(EXAMPLES / 'shaoxing')!r}, '--json'])\n"
        "sys.stderr.write(str('django' in sys.modules))"
    )
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
                           check=True)  # fmt: skip
    assert shown.stderr == "False"


def test_a_closed_pipe_is_quiet() -> None:
    words = [sys.executable, "-m", "wenming.cli", "edition", "show",
             str(EXAMPLES / "editions" / "edition_2005_b.yaml")]  # fmt: skip
    shown = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert shown.stdout is not None
    assert shown.stderr is not None
    shown.stdout.close()
    assert shown.stderr.read() == b""
    assert shown.wait(timeout=60) == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        words = [sys.executable, "-m", "wenming.cli", "--lang", "zh", "assess",
                 str(EXAMPLES / "shaoxing")]  # fmt: skip
        shown = subprocess.run(words, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True,
                               check=False)  # fmt: skip
    assert shown.returncode == 2
    assert shown.stderr == "wenming: 文件写不了：磁盘已满。\n"


def test_a_terminal_without_chinese_still_gets_an_answer() -> None:
    shown = run("assess", EXAMPLES / "shaoxing", "--json", PYTHONIOENCODING="ascii")
    assert shown.returncode == 0
    assert shown.stdout.isascii()


def test_chinese_takes_two_columns() -> None:
    assert (width("ab"), width("文明"), width("a\u0301")) == (2, 4, 1)
    assert pad("文", 4) == "文  "
    assert pad("9", 4, right=True) == "   9"
    assert cut("文明城市", 6) == "文明…"


def test_a_table_gives_way_where_the_page_is_narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "72")
    lines = table(["名称", "分值"], [["很长" * 40, "1.00"], ["短", "12.00"]], left=[0])
    assert {width(line) for line in lines} == {72}
    assert "…" in lines[1]


def test_a_long_paragraph_is_broken_before_the_edge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "72")
    lines = wrapped("市民满意度，" * 30, first="1. ", rest="   ")
    assert all(width(line) <= 74 for line in lines)
    assert not any(line.strip().startswith("，") for line in lines)
    assert "".join(line[3:] for line in lines) == "市民满意度，" * 30
