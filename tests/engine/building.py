"""Small rounds in memory, as the rows that files would give."""

from collections.abc import Mapping, Sequence
from typing import Any

from wenming.core.errors import Place
from wenming.core.evidence import Evidence, build_evidence
from wenming.core.framework import Checklists, Edition, build_checklists, build_edition
from wenming.core.rows import Row
from wenming.engine import Assessment, as_json, assess

Cells = Mapping[str, object]

HEAD = {
    "key": "test",
    "title_zh": "测试版",
    "met": "A",
    "fallback": "C",
    "basic": 100,
    "site_share": "0.8",
    "condition_share": "0.8",
    "official_respondents": 1000,
    "official_deff": "1.5",
}
GRADES = (
    {"key": "A", "coefficient": 1},
    {"key": "B", "coefficient": "0.6"},
    {"key": "C", "coefficient": 0},
)
ROUND = {"key": "r1", "city_zh": "演示市", "seed": "test"}
PERCENT_LIMITS = (
    {"grade": "A", "op": ">=", "value": 80},
    {"grade": "B", "op": ">=", "value": 70},
)


def rows(file: str, cells: Sequence[Cells]) -> list[Row]:
    """Rows of a table; the first data row stands on line 2."""
    return [
        Row({key: str(value) for key, value in each.items()}, Place(file, line=line))
        for line, each in enumerate(cells, start=2)
    ]


def edition(
    *items: Mapping[str, Any], tiers: Sequence[str] = (), head: Cells | None = None
) -> Edition:
    """An edition of one indicator.

    Args:
        items: each with key, points, `criteria` (a list with `conditions` and `limits` inside).
    """
    tables: dict[str, list[Cells]] = {
        "edition": [{**HEAD, **(head or {})}],
        "grades": list(GRADES),
        "tiers": [{"key": tier, "title_zh": tier} for tier in tiers],
        "dimensions": [{"key": "D", "part": "basic", "title_zh": "一"}],
        "indicators": [{"key": "I", "dimension": "D", "title_zh": "二"}],
        "items": [],
        "criteria": [],
        "conditions": [],
        "limits": [],
    }
    for item in items:
        plain = {key: value for key, value in item.items() if key != "criteria"}
        tables["items"].append({"indicator": "I", "title_zh": item["key"], "points": 10, **plain})
        for n, criterion in enumerate(item["criteria"], start=1):
            at = {"item": item["key"], "criterion": n}
            for table in ("conditions", "limits"):
                tables[table] += [{**at, **each} for each in criterion.get(table, ())]
            own = {k: v for k, v in criterion.items() if k not in ("conditions", "limits")}
            tables["criteria"].append({"item": item["key"], "n": n, **own})
    return build_edition({name: rows(f"{name}.csv", cells) for name, cells in tables.items()})


def checklists(*lines: Cells) -> Checklists:
    """Checklists of the site type `road`, unless a line names another."""
    full = [{"site_type": "road", "title_zh": line["key"], **line} for line in lines]
    types = [{"key": name, "title_zh": name} for name in sorted({e["site_type"] for e in full})]
    return build_checklists({"site_types": rows("t.csv", types), "lines": rows("l.csv", full)})


def evidence(of: Edition, lists: Checklists | None = None, **tables: Sequence[Cells]) -> Evidence:
    """The evidence of a round; each keyword is a table."""
    plain = {"round": [ROUND], **tables}
    return build_evidence(
        {name: rows(f"{name}.csv", cells) for name, cells in plain.items()},
        of,
        lists or Checklists({}),
    )


def assessed(
    of: Edition, lists: Checklists | None = None, **tables: Sequence[Cells]
) -> tuple[Assessment, dict[str, Any]]:
    """An assessment and its published form."""
    found = assess(of, evidence(of, lists, **tables), lists or Checklists({}))
    return found, as_json(found)


def only_item(result: Mapping[str, Any]) -> dict[str, Any]:
    """The single item of a result."""
    (item,) = result["items"]
    assert isinstance(item, dict)
    return item


def survey_item(**more: object) -> dict[str, Any]:
    """An item judged by a share of the answer sheets."""
    criterion = {"shape": "number", "method": "survey", "unit": "%", "limits": PERCENT_LIMITS}
    return {"key": "S", "criteria": [{**criterion, **more}]}


def sites_item(**more: object) -> dict[str, Any]:
    """An item judged by the share of passing sites of the type `road`."""
    limits = ({"grade": "A", "op": ">=", "value": 100}, {"grade": "B", "op": ">=", "value": 80})
    criterion = {"shape": "sites", "method": "inspection", "site_types": "road", "limits": limits}
    return {"key": "P", "criteria": [{**criterion, **more}]}


def answers(yes: int, no: int, *, missing: int = 0) -> list[dict[str, object]]:
    """Answer sheets of a simple sample, two clusters a stratum."""
    words = ["是"] * yes + ["否"] * no + [""] * missing
    return [
        {"sheet": f"{n:05d}", "layer": n % 2, "village": n % 20, "w": 1, "q1": word}
        for n, word in enumerate(words)
    ]


def survey_tables(sheets: Sequence[Cells], **design: object) -> dict[str, Sequence[Cells]]:
    """The tables of a survey whose question q1 feeds the item S."""
    plan = {"strata": "layer", "clusters": "village", "weights": "w", "lonely": "fail", **design}
    questions = [{"column": "q1", "item": "S", "yes": "是", "text_zh": "知道吗"}]
    return {"design": [plan], "questions": questions, "answers": sheets}
