"""The plan of a draw: what is drawn, how many and by which method, as canonical JSON."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

#: The stratum of a draw that has no strata.
WHOLE: Final = "all"


class DrawMethod(StrEnum):
    """How units are drawn inside a stratum (抽样方法)."""

    SIMPLE = "simple"  # 简单随机抽样
    SYSTEMATIC = "systematic"  # 等距抽样
    PPS = "pps"  # 按规模成比例抽样


class AllocationKind(StrEnum):
    """How a total is shared among strata (样本分配)."""

    EQUAL = "equal"  # 平均分配
    PROPORTIONAL = "proportional"  # 比例分配
    NEYMAN = "neyman"  # 奈曼分配


@dataclass(frozen=True, slots=True)
class Allocation:
    """A total to be shared among the strata (样本分配).

    Attributes:
        kind: the rule.
        total: units in the whole draw.
        minimum: units that each stratum gets at least; a smaller stratum is taken whole.
        spread: for `NEYMAN`: a column whose standard deviation inside the stratum is its spread,
            or the spread of each stratum as decimal text; None for the others.
    """

    kind: AllocationKind
    total: int
    minimum: int
    spread: str | Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class SecondStage:
    """A simple draw inside each unit of the first stage (第二阶段).

    Attributes:
        cluster: the column that names the first-stage unit (群) of a row.
        n: rows drawn in each cluster; a smaller cluster is taken whole.
        replacements: rows kept in reserve in each cluster.
    """

    cluster: str
    n: int
    replacements: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What a draw (抽样) shall be. Made by `plan_from`, which has checked it.

    Attributes:
        label: names the draw; two draws under one seed need two labels.
        key: the column that names a row of the frame.
        method: of every stratum, or stratum by stratum.
        strata: the column that names the stratum (层) of a row; None: no strata.
        size: the column of sizes for PPS; None: not PPS, or the number of rows of a cluster.
        order: the columns by which systematic draws sort.
        n: units from each stratum, or stratum by stratum; None: see `allocation`.
        allocation: a total to be shared; None: see `n`.
        replacements: units kept in reserve in each stratum.
        second_stage: None: the rows themselves are drawn.
    """

    label: str
    key: str
    method: DrawMethod | Mapping[str, DrawMethod]
    strata: str | None
    size: str | None
    order: tuple[str, ...]
    n: int | Mapping[str, int] | None
    allocation: Allocation | None
    replacements: int
    second_stage: SecondStage | None

    def columns(self) -> list[str]:
        """The columns of the frame that the plan names, each once, in order of use.

        Source:
            docs/methods/draws.md, section 3.
        """
        spread = self.allocation.spread if self.allocation else None
        cluster = self.second_stage.cluster if self.second_stage else None
        named = [
            self.key,
            self.strata,
            self.size,
            *self.order,
            spread if isinstance(spread, str) else None,
            cluster,
        ]
        return list(dict.fromkeys(name for name in named if name is not None))

    def to_json(self) -> dict[str, object]:
        """The plan as plain values, every field named, null where it says nothing.

        Source:
            docs/methods/draws.md, section 1, "Plan".
        """
        return {
            "label": self.label,
            "key": self.key,
            "method": _plain(self.method),
            "strata": self.strata,
            "size": self.size,
            "order": list(self.order),
            "n": _plain(self.n),
            "allocation": self.allocation and _plain_allocation(self.allocation),
            "replacements": self.replacements,
            "second_stage": self.second_stage and _plain_stage(self.second_stage),
        }

    def canonical_bytes(self) -> bytes:
        """The plan as the JSON file whose hash is published.

        Returns:
            UTF-8, one line without its end, keys by code point, no space, no `\\u` where a
            character can stand for itself.

        Source:
            docs/methods/draws.md, section 1, "Plan".
        """
        text = json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return text.encode()

    def digest(self) -> bytes:
        """SHA-256 of the canonical bytes; 32 bytes.

        Source:
            docs/methods/draws.md, section 1, "Plan".
        """
        return hashlib.sha256(self.canonical_bytes()).digest()


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    return str(value) if isinstance(value, str) else value


def _plain_allocation(allocation: Allocation) -> dict[str, object]:
    return {
        "kind": str(allocation.kind),
        "total": allocation.total,
        "minimum": allocation.minimum,
        "spread": _plain(allocation.spread),
    }


def _plain_stage(stage: SecondStage) -> dict[str, object]:
    return {"cluster": stage.cluster, "n": stage.n, "replacements": stage.replacements}
