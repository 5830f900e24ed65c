"""Examples for the plan of a round: dates, facts, requirements, panels, visits, weights."""

from collections.abc import Mapping
from typing import Any

from tests.access.world import Side
from tests.api.example import NONE, Example, get, pk, said
from wenming.core.permissions import Capability

C = Capability
ROUND, VISITED = "/collections/{collection}", "/collections/{visited round}"
VISIT, DONE_VISIT = "/visits/{visit}", "/visits/{visit handed in}"
CLASH: dict[str, Any] = {"may_clash": True}
LED: dict[str, Any] = {"also": C.MANAGE_ROUNDS}
DAYS = {"period_from": "2026-11-01", "period_to": "2026-12-20"}


def plan(side: Side) -> Any:
    said_of = {"key": "2026-4", "kind": "self_test", "title": "第四轮（改）", **DAYS}
    return {**said_of, "edition": str(side.rows["collection"].edition_id)}  # type: ignore[attr-defined]


def asked_for(side: Side) -> Any:
    item = side.rows["edition"].items.earliest("position").key  # type: ignore[attr-defined]
    years = {"year_from": 2025, "year_to": 2026}
    return {"item": item, "title": "年度报告", "kind": "report", **years}


def panel(side: Side) -> Any:
    people = [pk(side, "inspector")]
    when = {"held_on": "2026-11-20", "method": "overall"}
    return {"title": "新城", "items": ["A1"], "people": people, **when}


def visits(side: Side) -> Any:
    pair = [pk(side, "inspector"), pk(side, "inspector")]
    return {"sites": [pk(side, "registered")], "pair": pair, "day": "2026-11-20"}


MARGIN = said(source="普查", groups=[{"group": "yes", "total": "1"}])
ROUNDING: Mapping[str, Example] = {
    "change_collection": Example("PUT", ROUND, plan, ("collection",)),
    "show_collection_calendar": get(ROUND + "/calendar", "collection"),
    "set_collection_calendar": Example("PUT", ROUND + "/calendar", said(rows=[]), ("collection",)),
    "set_site_numbers": Example("PUT", ROUND + "/site-numbers", said(rows=[]), ("collection",)),
    "show_collection_facts": get(ROUND + "/facts", "collection"),
    "set_collection_facts": Example("PUT", ROUND + "/facts", said(), ("collection",)),
    "score_collection": Example("POST", ROUND + "/runs", NONE, ("collection",)),
    "download_round": get("/rounds/{round}/folder.zip", "round"),
    "build_requirements": Example("POST", ROUND + "/requirements/build", NONE, ("requirement",)),
    "remind_units_of_documents": Example(
        "POST", ROUND + "/requirements/remind", NONE, ("requirement",)
    ),
    "add_requirement": Example("POST", ROUND + "/requirements", asked_for, ("requirement",)),
    "change_requirement": Example(
        "PUT", "/requirements/{requirement}", asked_for, ("requirement",)
    ),
    "drop_requirement": Example(
        "DELETE", "/requirements/{requirement}", NONE, ("requirement",), **CLASH
    ),
    "list_free_items": get(VISITED + "/panel-items", "visited round"),
    "make_panel": Example("POST", VISITED + "/panels", panel, ("visited round",), **CLASH),
    "drop_panel": Example("DELETE", "/panels/{panel}", NONE, ("panel",)),
    "list_visits": get(VISITED + "/visits?state=planned&size=5", "visited round"),
    "show_visit": get(DONE_VISIT, "visit handed in"),
    "download_visit_records": get(VISITED + "/visits/records.csv", "visited round"),
    "make_visits": Example(
        "POST", VISITED + "/visits", visits, ("visited round",), named=("registered",), **CLASH
    ),
    "accept_visit": Example("POST", DONE_VISIT + "/accept", NONE, ("visit handed in",)),
    "accept_visits": Example(
        "POST",
        "/visits/accept",
        lambda side: {"visits": [pk(side, "visit handed in")]},
        named=("visit handed in",),
    ),
    "return_visit": Example(
        "POST", DONE_VISIT + "/return", said(because="照片不清"), ("visit handed in",)
    ),
    "drop_planned_visit": Example("DELETE", VISIT, NONE, ("visit",)),
    "preview_drawn_visits": Example(
        "POST", "/draws/{draw}/visits/preview", said(pairs=[]), ("draw",), **LED
    ),
    "plan_drawn_visits": Example(
        "POST",
        "/draws/{draw}/visits",
        said(pairs=[], confirmed="0" * 64),
        ("draw",),
        **LED,
        **CLASH,
    ),
    "list_margins": get(ROUND + "/margins", "collection"),
    "set_margin": Example("PUT", ROUND + "/margins/local", MARGIN, ("collection",), **CLASH),
    "clear_margin": Example("DELETE", ROUND + "/margins/local", NONE, ("collection",), **CLASH),
    "set_trim": Example("PUT", ROUND + "/trim", said(lower="0.3"), ("collection",)),
    "put_quotas": Example("PUT", ROUND + "/quotas", said(rows=[]), ("collection",)),
}
