"""Every code that the program can say, found in the syntax of its sources."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import wenming
from wenming.core.responsibility import PlanFault
from wenming.files.problems import PROBLEMS
from wenming.stats.sampling import DIFFERENCE_CODES, DRAW_CODES, PLAN_CODES

PACKAGE = Path(wenming.__file__).parent
SAYING = {
    "refuse", "note", "_note", "_refusal", "Problem", "CellError", "DrawError",
    "Reason", "Finding", "_finding", "_sum", "line_out", "_refuse", "_parsed", "_fault", "_warning",
    "Asking", "_tell", "Tampering", "step", "told", "Discrepancy", "Difference", "Sign", "Doubt",
}  # fmt: skip
POSITION = {"CellError": 2, "_refuse": 1, "_parsed": -1, "_tell": 1, "step": 1}
OTHERWISE = {("Difference", "framework/queries/comparison.py")}  # between editions: a kind
PLAIN = {"refuse", "note", "_note", "_refuse", "DrawError"}
TABLES = {"_CODES", "_CONDITION_CODES"}


@dataclass(frozen=True)
class Said:
    """A code, the facts that come with it (None where they are not plain), and where."""

    code: str
    facts: frozenset[str] | None
    place: str


def said() -> list[Said]:
    """Every code with its facts: from calls, error classes and the tables of codes."""
    found = [one for file in sorted(PACKAGE.rglob("*.py")) for one in _in_file(file)]
    for table in (PROBLEMS, DRAW_CODES, PLAN_CODES, DIFFERENCE_CODES):
        found += [Said(code, frozenset(facts), "table") for code, facts in table.items()]
    return found + [Said(fault.value, None, "PlanFault") for fault in PlanFault]


def _in_file(file: Path) -> Iterator[Said]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    constants = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    place = file.relative_to(PACKAGE).as_posix()
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield from _of_class(node, place)
        elif isinstance(node, ast.Call):
            yield from _of_call(node, constants, place)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            yield from _of_table(node, place)
        elif isinstance(node, ast.For):
            yield from _of_list(node, constants, place)


def _of_class(node: ast.ClassDef, place: str) -> Iterator[Said]:
    for line in node.body:
        target = line.targets[0] if isinstance(line, ast.Assign) else getattr(line, "target", None)
        value = getattr(line, "value", None)
        if isinstance(target, ast.Name) and target.id == "code":
            yield from (Said(code, None, place) for code in _texts(value))


def _of_call(node: ast.Call, constants: dict[str, ast.expr], place: str) -> Iterator[Said]:
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name == "BadPopulation":  # of a cell, it becomes the code of a CellError
        named = {keyword.arg: keyword.value for keyword in node.keywords}
        for code in _texts(named.get("problem")) if "row" in named else ():
            yield Said(code, None, f"{place}:{node.lineno}")
    if name not in SAYING or not node.args or (name, place) in OTHERWISE:
        return
    position = POSITION.get(name, 0)
    if not -1 <= position < len(node.args):
        return
    first = node.args[position]
    if isinstance(first, ast.Name):
        first = constants.get(first.id, first)
    for code in _texts(first):
        yield Said(code, _facts(node, name), f"{place}:{node.lineno}")


def _facts(node: ast.Call, name: str) -> frozenset[str] | None:
    """The names of the facts of a call; None where they are not written out."""
    if name not in PLAIN or any(keyword.arg is None for keyword in node.keywords):
        return None
    written = frozenset(keyword.arg or "" for keyword in node.keywords)
    return written | {"column", "value"} if name == "_refuse" else written


def _of_table(node: ast.Assign | ast.AnnAssign, place: str) -> Iterator[Said]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    if isinstance(node.value, ast.Dict) and any(
        isinstance(target, ast.Name) and target.id in TABLES for target in targets
    ):
        for value in node.value.values:
            yield from (Said(code, None, place) for code in _texts(value))
    if any(isinstance(target, ast.Name) and target.id == "code" for target in targets):
        yield from (Said(code, None, place) for code in _texts(node.value))


def _of_list(node: ast.For, constants: dict[str, ast.expr], place: str) -> Iterator[Said]:
    """Codes that a loop takes from a list of tuples, as `for code, keys, facts in lists`."""
    listed = constants.get(node.iter.id) if isinstance(node.iter, ast.Name) else node.iter
    names = [n.id for n in ast.walk(node.target) if isinstance(n, ast.Name)]
    if names[:1] == ["code"] and isinstance(listed, ast.Tuple | ast.List):
        for row in listed.elts:
            if isinstance(row, ast.Tuple):
                yield from (Said(code, None, place) for code in _texts(row.elts[0]))


def _texts(node: ast.expr | None) -> list[str]:
    """The texts that an expression may be: itself, or either side of a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        return [node.value]
    if isinstance(node, ast.IfExp):
        return _texts(node.body) + _texts(node.orelse)
    return []
