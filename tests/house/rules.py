"""The rules of the house as functions: a source goes in, sentences of complaint come out."""

import ast
import re
import sys
from collections.abc import Iterator

from tests.house.tree import Function, Source, classes, functions, nodes, public_functions

LINES, TEST_LINES, FUNCTION_LINES, PARAMETERS = 300, 400, 40, 6
EMPTY_NAMES = {"data", "handle", "helper", "helpers", "info", "manager", "misc", "process", "util"}
EMPTY_NAMES |= {"utils"}
DJANGO_HOOKS = {"process_exception", "process_template_response", "process_view"}
DOOR = "wenming/base/transitions.py"
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals")

MACHINE = re.compile(
    r"""\.\./shared                                  # a folder beside the repository
    | (?<![\w.~*{}/<>-])/(?:work|tmp|root|opt|mnt)(?:/|\b(?![\w.-]))   # a folder of one machine
    | (?<![\w./])/home/\w+
    | file:/{3}
    | \b(?:pypi|pythonhosted|npmjs|npmmirror|debian|ubuntu)\.(?:org|com|net)
    | \b(?:mirrors?|registry|artifactory|nexus)\.[\w-]+\.\w+
    """,
    re.VERBOSE,
)


def too_long(source: Source) -> Iterator[str]:
    """Files, functions and parameter lists above their ceilings."""
    most = TEST_LINES if source.place.startswith("tests/") else LINES
    lines = source.text.count("\n")
    if lines > most:
        yield f"{source.place}: {lines} lines; at most {most}"
    for function in functions(source.tree):
        where = f"{source.place}:{function.lineno}: {function.name}"
        length = (function.end_lineno or 0) - function.lineno + 1
        if length > FUNCTION_LINES:
            yield f"{where} has {length} lines; at most {FUNCTION_LINES}"
        count = 0 if function.name.startswith("test_") else _parameters(function)  # fixtures
        if count > PARAMETERS:
            yield f"{where} has {count} parameters; at most {PARAMETERS}"


def _parameters(function: Function) -> int:
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return sum(1 for one in named if one.arg not in {"self", "cls"})


def without_opening(source: Source) -> Iterator[str]:
    """Modules whose first line does not say what they are for."""
    if not source.text:
        return  # an empty __init__.py of the tests says nothing, and need not
    first = (ast.get_docstring(source.tree) or "").partition("\n")[0]
    if not first.endswith((".", ":", "?", "。")):
        yield f"{source.place}: the module must open with a one-line docstring that is a sentence"


def undocumented(source: Source) -> Iterator[str]:
    """Public functions without a docstring, or silent about what they raise."""
    for function in public_functions(source.tree):
        where = f"{source.place}:{function.lineno}: {function.name}"
        written = ast.get_docstring(function)
        if written is None:
            yield f"{where} has no docstring"
        elif _raises(function) and "Raises:" not in written and "Raises " not in written:
            yield f"{where} raises, but its docstring has no Raises:"


def _raises(function: Function) -> bool:
    return any(isinstance(node, ast.Raise) and node.exc for node in ast.walk(function))


def empty_names(source: Source) -> Iterator[str]:
    """Names that say nothing: data, info, util, helper, manager, process…"""
    module = source.place.rpartition("/")[2].removesuffix(".py")
    if set(module.split("_")) & EMPTY_NAMES:
        yield f"{source.place}: the file's name says nothing"
    for node in nodes(source.tree):
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            if node.name in DJANGO_HOOKS:
                continue
            words = re.findall(r"[A-Z]?[a-z]+", node.name)
            if {word.lower() for word in words} & EMPTY_NAMES:
                yield f"{source.place}:{node.lineno}: the name {node.name} says nothing"


def caught_too_much(source: Source) -> Iterator[str]:
    """`except:` and `except Exception:`: catch only what you can mend."""
    for node in nodes(source.tree):
        if isinstance(node, ast.ExceptHandler):
            caught = [node.type] if not isinstance(node.type, ast.Tuple) else node.type.elts
            names = {one.id if isinstance(one, ast.Name) else one for one in caught}
            if names & {None, "Exception", "BaseException"}:
                yield f"{source.place}:{node.lineno}: catches everything"


def outside_standard_library(source: Source) -> Iterator[str]:
    """Imports of core that are neither the standard library nor core itself."""
    for node in nodes(source.tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""] if node.level == 0 else []
        else:
            continue
        for name in names:
            if name.split(".")[0] not in sys.stdlib_module_names and not (
                f"{name}.".startswith("wenming.core.")
            ):
                yield f"{source.place}:{node.lineno}: core imports {name}"


def floats(source: Source) -> Iterator[str]:
    """Float literals and calls of `float`: points are exact."""
    for node in nodes(source.tree):
        literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
        call = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "float"
        if literal or call:
            yield f"{source.place}:{getattr(node, 'lineno', 0)}: a float in core"


def state_writes(source: Source) -> Iterator[str]:
    """Writes of a `state` column anywhere but at the one door."""
    if source.place == DOOR:
        return
    for node in nodes(source.tree):
        if _writes_state(node):
            yield f"{source.place}:{getattr(node, 'lineno', 0)}: only {DOOR} writes a state"


def _writes_state(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "state" and isinstance(node.ctx, ast.Store)
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name == "setattr":
        return any(isinstance(one, ast.Constant) and one.value == "state" for one in node.args)
    return name == "update" and any(keyword.arg == "state" for keyword in node.keywords)


def hidden_reactions(source: Source) -> Iterator[str]:
    """Signals, and work done in `save()` or `delete()`: nobody would look for it there."""
    for node in nodes(source.tree):
        where = f"{source.place}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(SIGNALS):
            yield f"{where}: signals hide what follows; list it in config/reactions.py"
        if isinstance(node, ast.ClassDef):
            for method in node.body:
                if isinstance(method, Function) and method.name in {"save", "delete"}:
                    yield f"{where}: {node.name}.{method.name}() does something; use a service"


def missing_words(source: Source, known: set[str]) -> Iterator[str]:
    """Public classes that the glossary does not know."""
    for node in classes(source.tree):
        if node.name not in known and not _is_machinery(node):
            yield f"{source.place}:{node.lineno}: {node.name} is not in docs/glossary.md"


def _is_machinery(node: ast.ClassDef) -> bool:
    """Refusals, query sets, fields and abstract bases: no user ever meets their names."""
    bases = [ast.unparse(base).partition("[")[0] for base in node.bases]
    machinery = ("Error", "Exception", "QuerySet", "Field")
    return "abstract = True" in ast.unparse(node) or any(b.endswith(machinery) for b in bases)


def machine_places(place: str, text: str) -> Iterator[str]:
    """Paths and hosts that hold on one machine only."""
    for number, line in enumerate(text.splitlines(), start=1):
        if found := MACHINE.search(line):
            yield f"{place}:{number}: {found.group()!r} holds on one machine only"
