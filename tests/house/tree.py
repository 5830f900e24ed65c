"""The repository as the house tests see it: its files, their lines and their syntax trees."""

import ast
import gc
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "wenming"
PURE = ("core", "stats", "files", "engine", "demo")

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Source(NamedTuple):
    """One Python file: its place in the repository, its text and its syntax tree."""

    place: str
    text: str
    tree: ast.Module


def source(place: str, text: str) -> Source:
    """A source from text; the tests plant their faults with it."""
    return Source(place, text, ast.parse(text))


@cache
def tracked() -> list[str]:
    """Every file that is or would be committed, as a path below the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return sorted(name for name in listed.split("\0") if name and (ROOT / name).is_file())


def sources(*folders: str) -> list[Source]:
    """The Python files below some folders, without Django's migrations."""
    return [one for one in _everything() if one.place.startswith(folders)]


@cache
def _everything() -> list[Source]:
    """Every Python file, read once; the collector would walk all their trees again and again."""
    places = [name for name in tracked() if name.endswith(".py") and "/migrations/" not in name]
    gc.disable()
    read = [source(place, (ROOT / place).read_text(encoding="utf-8")) for place in places]
    gc.freeze()
    gc.enable()
    return read


def fail_with(faults: Iterable[str]) -> None:
    """Fail with one line for each fault; pass when there is none."""
    if lines := list(faults):
        pytest.fail("\n".join(lines), pytrace=False)


@cache
def nodes(tree: ast.AST) -> list[ast.AST]:
    """Every node of a tree; walked once for all the rules."""
    return list(ast.walk(tree))


def functions(tree: ast.AST) -> Iterator[Function]:
    """Every function and method, however deep."""
    for node in nodes(tree):
        if isinstance(node, Function):
            yield node


def public_functions(tree: ast.Module) -> Iterator[Function]:
    """Functions of the module and methods of its public classes that others may call."""
    bodies = [tree.body, *(c.body for c in classes(tree))]
    for body in bodies:
        for node in body:
            if isinstance(node, Function) and not node.name.startswith("_"):
                yield node


def classes(tree: ast.Module) -> Iterator[ast.ClassDef]:
    """The public classes of a module."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node
