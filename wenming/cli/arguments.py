"""The words that the command understands, and its help in two languages."""

import argparse
import gettext
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import wenming
from wenming.base.language import CHINESE, LOCALES, short
from wenming.base.language import marked as _
from wenming.cli import commands
from wenming.cli.terminal import say

VERIFY = "draw verify"
_ARGPARSE = (
    _("usage: "),
    _("options"),
    _("positional arguments"),
    _("show this help message and exit"),
    _("the following arguments are required: %s"),
    _("unrecognized arguments: %s"),
    _("expected one argument"),
    _("expected at least one argument"),
    _("argument %(argument_name)s: %(message)s"),
    _("invalid choice: %(value)r (choose from %(choices)s)"),
    _("invalid %(type)s value: %(value)r"),
    _("not allowed with argument %s"),
    _("ambiguous option: %(option)s could match %(matches)s"),
    _("ignored explicit argument %r"),
)
"""What argparse says itself; it asks the catalogue for the Chinese."""

Run = Callable[[argparse.Namespace], int]


class Parser(argparse.ArgumentParser):
    """Says a mistake in one line; the help is one word away."""

    def error(self, message: str) -> NoReturn:
        """Refuse the command line."""
        language = short(str(self.get_default("lang")))
        line = say(_("{mistake} (see {prog} --help)"), language, mistake=message, prog=self.prog)
        sys.stderr.write(f"{self.prog}: {line}\n")
        sys.exit(2)


def sorted_out(words: Sequence[str]) -> list[str]:
    """Words with `draw verify` as the one command that it is."""
    given = list(words)
    for position in range(len(given) - 1):
        if given[position : position + 2] == ["draw", "verify"]:
            return [*given[:position], VERIFY, *given[position + 2 :]]
    return given


def parser_in(language: str) -> argparse.ArgumentParser:
    """The parser of the whole command, with its help in one language."""
    _let_argparse_speak(language)
    parser = Parser(
        prog="wenming",
        description=say(_("From an edition and evidence to an explained score."), language),
    )
    root = Branch(parser, language)
    version = f"wenming {wenming.__version__}"
    root.argument("--version", _("print the version"), action="version", version=version)
    for grow in (_assess, _editions, _estimate, _draws, _serving, _operating):
        grow(root)
    return parser


class Branch:
    """A parser with its commands and arguments, whose help is in one language."""

    def __init__(self, parser: argparse.ArgumentParser, language: str) -> None:
        self.parser = parser
        self.language = language
        parser.set_defaults(lang=language)
        self.argument("--lang", _("language of the answer"), choices=("zh", "en"), default=language)
        self._below: Any = None

    def command(self, name: str, meaning: str, run: Run | None = None) -> "Branch":
        """Add a command below this one."""
        if self._below is None:
            metavar = say(_("COMMAND"), self.language)
            self._below = self.parser.add_subparsers(metavar=metavar, required=True)
        text = say(meaning, self.language)
        parser = self._below.add_parser(name, help=text, description=text)
        if run is not None:
            parser.set_defaults(run=run)
        return Branch(parser, self.language)

    def argument(self, name: str, meaning: str, **kind: Any) -> None:
        """Add an argument or, with dashes, an option."""
        self.parser.add_argument(name, help=say(meaning, self.language), **kind)

    def path(self, name: str, metavar: str, meaning: str, **kind: Any) -> None:
        """Add an argument or an option that is a path."""
        self.argument(name, meaning, type=Path, metavar=metavar, **kind)

    def as_json(self) -> None:
        """Add the option `--json`."""
        self.argument("--json", _("print JSON"), action="store_true")


def _assess(root: Branch) -> None:
    made = root.command("assess", _("Assess the folder of a round"), commands.assess)
    made.path("folder", "DIR", _("folder with round.yaml"))
    made.as_json()
    made.path("--xlsx", "FILE", _("also write a workbook"))


def _editions(root: Branch) -> None:
    edition = root.command("edition", _("Check, show, compare and convert editions"))
    file = _("edition as .yaml or .xlsx")
    made = edition.command("check", _("Name every mistake of an edition"), commands.edition_check)
    made.path("file", "FILE", file)
    made = edition.command("show", _("Show an edition as a tree"), commands.edition_show)
    made.path("file", "FILE", file)
    made.argument("--item", _("only this item, with all its rules"), metavar="KEY")
    meaning = _("Say what is new, gone, moved, harder or easier")
    made = edition.command("compare", meaning, commands.edition_compare)
    made.path("before", "A", file)
    made.path("after", "B", file)
    made.as_json()
    made.path("--evidence", "DIR", _("folder of a round, scored under both editions"))
    meaning = _("Turn YAML into a workbook or back")
    made = edition.command("convert", meaning, commands.edition_convert)
    made.path("file", "IN", file)
    made.path("target", "OUT", file)


def _estimate(root: Branch) -> None:
    meaning = _("Estimate from a survey table by its design")
    made = root.command("estimate", meaning, commands.estimate)
    made.path("file", "FILE", _("CSV with one row an answer sheet"))
    for name, meaning in {
        "--mean": _("variables whose mean, or share of each answer, is asked for"),
        "--total": _("variables whose total is asked for"),
        "--ratio": _("ratios, written numerator/denominator"),
        "--by": _("columns whose combinations are the domains"),
        "--strata": _("columns of strata, by stage"),
        "--cluster": _("columns of clusters, by stage"),
        "--fpc": _("columns of population sizes or sampling fractions, by stage"),
    }.items():
        made.argument(name, meaning, metavar="A,B", action="append", default=[])
    meaning = _("column of weights; taken from the fpc where none is given")
    made.argument("--weights", meaning, metavar="COLUMN")
    meaning = _("what to do with a stratum of one unit; stops there unless told otherwise")
    made.argument("--lonely", meaning, choices=commands.LONELY, default="fail")
    meaning = _("kind of interval of shares")
    made.argument("--ci", meaning, choices=commands.INTERVALS, default="auto")
    meaning = _("confidence of the interval")
    made.argument("--level", meaning, type=_level, default=0.95, metavar="0.95")
    made.as_json()


def _draws(root: Branch) -> None:
    frame, plan = _("CSV of the list to draw from"), _("YAML of what shall be drawn")
    meaning = _("Draw a sealed sample that anyone can draw again")
    made = root.command("draw", meaning, commands.draw)
    made.path("frame", "FRAME", frame)
    made.path("--plan", "PLAN", plan, required=True)
    made.path("--out", "FILE", _("write the draw as JSON"))
    _seed(made)
    meaning = _("Draw again and compare with what was published")
    made = root.command(VERIFY, meaning, commands.draw_verify)
    made.path("published", "DRAW.json", _("the published draw"))
    made.path("--frame", "FRAME", frame, required=True)
    made.path("--plan", "PLAN", plan, required=True)
    _seed(made)


def _seed(made: Branch) -> None:
    made.argument("--seed", _("64 hexadecimal digits"), metavar="HEX")
    made.path("--seed-file", "FILE", _("file of the seed"))
    made.as_json()


def _serving(root: Branch) -> None:
    meaning = _("Load the folder of a round into the database and score it")
    made = root.command("load", meaning, commands.load)
    made.path("folder", "DIR", _("folder with round.yaml"))
    meaning = _("Load the invented city and serve it")
    for made in (
        root.command("serve", _("Serve the pages"), commands.serve),
        root.command("demo", meaning, commands.demo),
    ):
        made.argument("--host", _("address to listen at"), default="127.0.0.1")
        port = _("port; the next free one where it is taken")
        made.argument("--port", port, type=_port, default=8000)
        made.argument("--workers", _("processes"), type=_workers, default=2)
        meaning = _("processes for long work, beside those for pages")
        made.argument("--jobs", meaning, type=_workers, default=1)
        meaning = _("no process for long work; wenming worker does it elsewhere")
        made.argument("--no-worker", meaning, action="store_const", dest="jobs", const=0)
    made.argument("--no-serve", _("only load"), action="store_true")
    meaning = _("without the two rounds that are worked through; ready sooner")
    made.argument("--plain", meaning, action="store_true")
    meaning = _("Compute frozen results again and follow the chains of results and audit")
    made = root.command("verify", meaning, commands.verify)
    made.argument("--city", _("only this city"), default="", metavar=_("NAME"))
    made.argument("--json", _("print what was found as JSON"), action="store_true")


def _operating(root: Branch) -> None:
    meaning = _("Do long work, send messages and keep the schedule, without serving pages")
    root.command("worker", meaning, commands.worker)
    meaning = _("Bring the tables of the database up to date")
    root.command("migrate", meaning, commands.migrate)
    meaning = _("Open the account of a first administrator: one of each of the three")
    made = root.command("createadmin", meaning, commands.createadmin)
    made.argument("--post", _("which of the three"), choices=("system", "security", "audit"))
    made.argument("--username", _("name for logging in"), metavar="NAME")
    made.argument("--name", _("name of the person"), metavar="NAME")
    made.argument("--city", _("city; made when there is none of this name"), metavar="NAME")
    made.argument("--email", _("address for a forgotten password"), default="", metavar="MAIL")
    meaning = _("read the password from the standard input; without it a link is printed")
    made.argument("--password-stdin", meaning, action="store_true")
    meaning = _("address of the pages, for the link")
    made.argument("--address", meaning, default="http://127.0.0.1:8000", metavar="URL")
    meaning = _("Write database and files into one archive")
    made = root.command("backup", meaning, commands.backup)
    made.path("file", "FILE", _("archive to write; it must not exist yet"))
    made.argument("--with-key", _("also the secret key; keep the archive like a key then"),
                  action="store_true")  # fmt: skip
    meaning = _("Bring an archive back into an empty database")
    made = root.command("restore", meaning, commands.restore)
    made.path("file", "FILE", _("archive that wenming backup wrote"))
    made.argument("--check", _("only check the archive; bring nothing back"), action="store_true")
    meaning = _("Say what is wrong with this installation, and what to do")
    made = root.command("doctor", meaning, commands.doctor)
    made.as_json()


def _port(text: str) -> int:
    return _whole(text, most=65_535)


def _workers(text: str) -> int:
    return _whole(text, most=64)


def _whole(text: str, *, most: int) -> int:
    number = int(text)
    if not 1 <= number <= most:
        raise ValueError(text)
    return number


def _level(text: str) -> float:
    level = float(text)
    if not 0 < level < 1:
        raise ValueError(text)
    return level


_port.__name__ = _workers.__name__ = "int"
_level.__name__ = "float"


def _let_argparse_speak(language: str) -> None:
    """Argparse asks the catalogue of the process, which is named by the environment."""
    gettext.bindtextdomain("django", LOCALES)
    gettext.textdomain("django")
    os.environ["LANGUAGE"] = "zh_Hans" if language == CHINESE else "en"
