"""Every source keeps the rules of the house, and every rule sees a fault that is planted."""

from collections.abc import Callable, Iterator

import pytest

from tests.house import rules
from tests.house.tree import PURE, ROOT, Source, fail_with, source, sources, tracked

Rule = Callable[[Source], Iterator[str]]

EVERYWHERE = ("wenming/", "tests/", "tools/", "benchmarks/", "manage.py")
OURS = ("wenming/", "tools/", "benchmarks/", "manage.py")
NUMBERS = ("wenming/core/", "wenming/stats/", "wenming/engine/")
APPS = tuple(
    f"wenming/{name.name}/"
    for name in sorted((ROOT / "wenming").iterdir())
    if name.is_dir() and name.name not in {*PURE, "static", "templates", "locale", "config"}
)

KEPT: list[tuple[Rule, tuple[str, ...]]] = [
    (rules.too_long, EVERYWHERE),
    (rules.without_opening, EVERYWHERE),
    (rules.undocumented, NUMBERS),
    (rules.empty_names, OURS),
    (rules.caught_too_much, OURS),
    (rules.outside_standard_library, ("wenming/core/",)),
    (rules.floats, ("wenming/core/",)),
    (rules.state_writes, ("wenming/base/", *APPS)),
    (rules.hidden_reactions, ("wenming/",)),
]

LONG_FUNCTION = '"""Opens."""\n\n\ndef long() -> None:\n' + "    print()\n" * 40
MANY = ", ".join(f"p{number}" for number in range(7))

PLANTED: list[tuple[Rule, str]] = [
    (rules.too_long, '"""Opens."""\n' + "x = 1\n" * 300),
    (rules.too_long, LONG_FUNCTION),
    (rules.too_long, f"def many({MANY}): pass\n"),
    (rules.without_opening, "x = 1\n"),
    (rules.without_opening, '"""No sentence"""\n'),
    (rules.undocumented, "def public(): pass\n"),
    (rules.undocumented, 'def public():\n    """Do."""\n    raise ValueError(1)\n'),
    (rules.undocumented, "class Public:\n    def method(self): pass\n"),
    (rules.empty_names, "class CaseManager: pass\n"),
    (rules.empty_names, "def process_case(): pass\n"),
    (rules.caught_too_much, "try:\n    f()\nexcept Exception:\n    pass\n"),
    (rules.caught_too_much, "try:\n    f()\nexcept (ValueError, Exception):\n    pass\n"),
    (rules.caught_too_much, "try:\n    f()\nexcept:\n    pass\n"),
    (rules.outside_standard_library, "import numpy as np\n"),
    (rules.outside_standard_library, "def f():\n    from django.db import models\n"),
    (rules.outside_standard_library, "from wenming.stats import survey\n"),
    (rules.floats, "half = 0.5\n"),
    (rules.floats, "def f(x): return float(x)\n"),
    (rules.hidden_reactions, "from django.db.models.signals import post_save\n"),
    (rules.hidden_reactions, "from django.dispatch import receiver\n"),
    (rules.hidden_reactions, "class Case(Model):\n    def save(self): mail()\n"),
    (rules.state_writes, "case.state = 'closed'\n"),
    (rules.state_writes, "Case.objects.update(state='closed')\n"),
    (rules.state_writes, "setattr(case, 'state', 'closed')\n"),
]


@pytest.mark.parametrize(("rule", "folders"), KEPT, ids=lambda one: getattr(one, "__name__", ""))
def test_every_source_keeps_the_rule(rule: Rule, folders: tuple[str, ...]) -> None:
    fail_with(fault for one in sources(*folders) for fault in rule(one))


def test_services_and_queries_are_documented() -> None:
    doors = [one for one in sources(*APPS) if "/services" in one.place or "/queries" in one.place]
    fail_with(fault for one in doors for fault in rules.undocumented(one))


@pytest.mark.parametrize(("rule", "text"), PLANTED, ids=lambda one: getattr(one, "__name__", ""))
def test_the_rule_sees_a_planted_fault(rule: Rule, text: str) -> None:
    assert list(rule(source("wenming/core/planted.py", text)))


@pytest.mark.parametrize("word", ["utils", "form_helpers"])
def test_a_file_that_says_nothing_is_seen(word: str) -> None:
    assert list(rules.empty_names(source(f"wenming/core/{word}.py", "")))


def test_no_file_names_a_machine() -> None:
    faults = []
    for place in tracked():
        try:
            text = (ROOT / place).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture, a workbook, a text in GB18030
        faults += rules.machine_places(place, text)
    fail_with(faults)


@pytest.mark.parametrize(
    "line",
    [
        "see ../" + "shared/design",
        "open('/" + "tmp/x')",
        "cd /" + "work/main",
        "in /" + "work",
        "/" + "root/.venv",
        "/" + "home/lin/x",
        "index = https://pypi" + ".org/simple",
        "https://mirrors." + "example.com/x",
        "file:" + "///srv/packages",
    ],
)
def test_a_planted_machine_is_seen(line: str) -> None:
    assert list(rules.machine_places("planted.md", line))


@pytest.mark.parametrize(
    "line",
    [
        f"examples/{'work'}/x",
        "site work/rest",
        "/var/lib/wenming",
        "a/tmp/b",
        f"</{'work'}>",
        "8/10",
    ],
)
def test_a_harmless_line_is_let_through(line: str) -> None:
    assert list(rules.machine_places("planted.md", line)) == []
