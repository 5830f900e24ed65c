"""From a plan as written in YAML or JSON to a checked `Plan`."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from wenming.core.errors import BadInput
from wenming.stats.sampling.fields import (
    DECIMAL,
    MAPPING,
    QUOTED_DECIMAL,
    TEXT,
    TEXTS,
    Fields,
    whole_from,
)
from wenming.stats.sampling.plan import Allocation, AllocationKind, DrawMethod, Plan, SecondStage

STRATIFIED = "stratified"
FIELDS = (
    "label", "key", "method", "within", "strata", "size", "order",
    "n", "allocation", "replacements", "second_stage",
)  # fmt: skip

Choice = TypeVar("Choice", bound=StrEnum)


def plan_from(mapping: object, *, file: str = "") -> Plan:
    """Read a plan (抽样方案), and name every mistake in it at once.

    `method: stratified` is another word for a method inside each stratum: `within` names it, for
    all strata or stratum by stratum, and is `simple` when absent.

    Args:
        mapping: what a YAML or JSON reader gave; a field that is None counts as absent.
        file: the name of the file, for the places of mistakes.

    Returns:
        The plan with every default written out; reading its own `to_json` gives it again.

    Raises:
        BadInput: one problem for each mistake, with a code of `PLAN_CODES`, the path of the
            field as its place's address, and what is expected there.

    Source:
        docs/methods/draws.md, section 3.
    """
    top = Fields(values={"plan": mapping}, file=file)
    fields = top.inner("plan")
    if fields is None:
        if mapping is None:
            top.missing("plan", MAPPING)
        raise BadInput(top.problems)
    fields.path = ""
    fields.known(*FIELDS)
    fields.missing("label", TEXT)
    fields.missing("key", TEXT)
    plan = _plan(fields)
    _check_together(fields, plan)
    if fields.problems:
        raise BadInput(fields.problems)
    return plan


def _plan(fields: Fields) -> Plan:
    return Plan(
        label=fields.text("label") or "",
        key=fields.text("key") or "",
        method=_method(fields),
        strata=fields.text("strata"),
        size=fields.text("size"),
        order=fields.texts("order"),
        n=_numbers(fields),
        allocation=_allocation(fields),
        replacements=fields.whole("replacements", least=0, default=0),
        second_stage=_second_stage(fields),
    )


def _method(fields: Fields) -> DrawMethod | Mapping[str, DrawMethod]:
    if fields.values.get("method") != STRATIFIED:
        fields.unused("within", f"method ≠ {STRATIFIED}")
        if fields.missing("method", _choices(DrawMethod, STRATIFIED)):
            return DrawMethod.SIMPLE
        return _methods(fields, "method")
    fields.missing("strata", f"{TEXT} (method: {STRATIFIED})")
    return _methods(fields, "within") if fields.has("within") else DrawMethod.SIMPLE


def _methods(fields: Fields, name: str) -> DrawMethod | Mapping[str, DrawMethod]:
    if not isinstance(fields.values[name], Mapping):
        return _choice(fields, name, DrawMethod)
    inner = fields.inner(name)
    if inner is None:
        return DrawMethod.SIMPLE
    return {stratum: _choice(inner, stratum, DrawMethod) for stratum in inner.values}


def _choice(fields: Fields, name: str, kind: type[Choice]) -> Choice:
    value = fields.values.get(name)
    if isinstance(value, str) and value in list(kind):
        return kind(value)
    extra = [STRATIFIED] if name == "method" else []
    fields.wrong(name, _choices(kind, *extra))
    return next(iter(kind))


def _choices(kind: type[StrEnum], *extra: str) -> str:
    return " | ".join([*map(str, kind), *extra])


def _numbers(fields: Fields) -> int | Mapping[str, int] | None:
    if fields.has("n") == fields.has("allocation"):
        found = ["n", "allocation"] if fields.has("n") else []
        fields.refuse("plan_needs_one_of", "n", fields=["n", "allocation"], found=found)
    if not fields.has("n"):
        return None
    if not isinstance(fields.values["n"], Mapping):
        return fields.whole("n", least=1, default=1)
    inner = fields.inner("n")
    if inner is None:
        return None
    for stratum in inner.values:
        inner.missing(stratum, whole_from(1))
    return {stratum: inner.whole(stratum, least=1, default=1) for stratum in inner.values}


def _allocation(fields: Fields) -> Allocation | None:
    inner = fields.inner("allocation")
    if inner is None:
        return None
    inner.known("kind", "total", "minimum", "spread")
    inner.missing("total", whole_from(1))
    absent = inner.missing("kind", _choices(AllocationKind))
    kind = AllocationKind.EQUAL if absent else _choice(inner, "kind", AllocationKind)
    if kind is AllocationKind.NEYMAN:
        inner.missing("spread", f'{TEXT} | {{"…": {QUOTED_DECIMAL}}}')
    else:
        inner.unused("spread", f"kind ≠ {AllocationKind.NEYMAN}")
    return Allocation(
        kind=kind,
        total=inner.whole("total", least=1, default=1),
        minimum=inner.whole("minimum", least=0, default=1),
        spread=_spread(inner),
    )


def _spread(fields: Fields) -> str | Mapping[str, str] | None:
    if not isinstance(fields.values.get("spread"), Mapping):
        return fields.text("spread")
    inner = fields.inner("spread")
    if inner is None:
        return None
    for stratum, value in inner.values.items():
        if not isinstance(value, str) or not DECIMAL.fullmatch(value):
            inner.wrong(stratum, QUOTED_DECIMAL)
    return {stratum: str(value) for stratum, value in inner.values.items()}


def _second_stage(fields: Fields) -> SecondStage | None:
    inner = fields.inner("second_stage")
    if inner is None:
        return None
    inner.known("cluster", "n", "replacements")
    inner.missing("cluster", TEXT)
    inner.missing("n", whole_from(1))
    return SecondStage(
        cluster=inner.text("cluster") or "",
        n=inner.whole("n", least=1, default=1),
        replacements=inner.whole("replacements", least=0, default=0),
    )


def _check_together(fields: Fields, plan: Plan) -> None:
    methods = set(plan.method.values()) if isinstance(plan.method, Mapping) else {plan.method}
    if DrawMethod.PPS not in methods:
        fields.unused("size", f"method ≠ {DrawMethod.PPS}")
    elif plan.second_stage is None:
        fields.missing("size", f"{TEXT} (method: {DrawMethod.PPS})")
    if DrawMethod.SYSTEMATIC in methods:
        fields.missing("order", f"{TEXTS} (method: {DrawMethod.SYSTEMATIC})")
    else:
        fields.unused("order", f"method ≠ {DrawMethod.SYSTEMATIC}")
    if plan.strata is None:
        for name in ("n", "method", "within"):
            if isinstance(fields.values.get(name), Mapping):
                fields.refuse("plan_field_unused", name, because="strata: null")
        fields.unused("allocation", "strata: null")
