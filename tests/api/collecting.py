"""Examples for the operations of a round in work: plan, register, documents, figures, panels."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.world import Side
from tests.api.example import NONE, Example, get, pk, said
from tests.inspection.building import picture
from wenming.core.permissions import Capability
from wenming.files.register_workbook import write_register

PHOTO = picture(40)


def round_plan(side: Side) -> Any:
    days = {"period_from": "2027-01-01", "period_to": "2027-01-31"}
    plan = {"key": "2027-1", "kind": "mock", "title": "新一轮", **days}
    return {**plan, "edition": pk(side, "edition")}


def cited(side: Side) -> Any:
    return {"file": str(side.rows["version"].attachment_id), "title": "实景"}  # type: ignore[attr-defined]


ROUND, TEAM = "/collections/{collection}", "/collections/{visited round}/people"
DOCUMENT = Capability.SUBMIT_DOCUMENT
SITE, ENTRY, PANEL = "/register/{registered}", "/entries/{entry figure}", "/panels/{panel}"
SITE_SAID = said(key="S-7", title="长安路", site_type="main_road", size="12")
CLASH: dict[str, Any] = {"may_clash": True}

COLLECTING: Mapping[str, Example] = {
    "list_collections": get("/collections?state=open&size=5"),
    "show_collection": get(ROUND, "collection"),
    "show_collection_progress": get(ROUND + "/progress", "collection"),
    "list_assignments": get(ROUND + "/people", "collection"),
    "plan_collection": Example("POST", "/collections", round_plan, named=("edition",)),
    "open_collection": Example("POST", ROUND + "/open", NONE, ("collection",), **CLASH),
    "close_collection": Example("POST", ROUND + "/close", NONE, ("collection",)),
    "reopen_collection": Example(
        "POST", ROUND + "/reopen", said(because="补测"), ("collection",), **CLASH
    ),
    "assign_person": Example(
        "PUT", TEAM + "/{inspector}", said(roles=["inspector"]), ("visited round",)
    ),
    "unassign_person": Example("DELETE", TEAM + "/{inspector}", NONE, ("visited round",)),
    "list_registered_sites": get("/register?use=now&size=5"),
    "show_registered_site": get(SITE, "registered"),
    "add_registered_site": Example("POST", "/register", SITE_SAID),
    "change_registered_site": Example("PUT", SITE, SITE_SAID, ("registered",)),
    "retire_registered_site": Example(
        "POST", SITE + "/retire", said(day="2026-12-31"), ("registered",)
    ),
    "restore_registered_site": Example("POST", SITE + "/restore", NONE, ("registered",)),
    "bring_register": Example(
        "POST",
        "/register-imports",
        lambda _side: SimpleUploadedFile("点位.xlsx", write_register([])),
        field="file",
    ),
    "show_register_import": get("/register-imports/{register import}", "register import"),
    "accept_register_import": Example(
        "POST", "/register-imports/{register import}/accept", NONE, ("register import",), **CLASH
    ),
    "list_requirements": get(ROUND + "/requirements?size=5", "requirement"),
    "show_coverage": get(ROUND + "/coverage", "requirement"),
    "show_requirement": get("/requirements/{requirement}", "requirement"),
    "list_submissions": get(ROUND + "/submissions", "requirement"),
    "show_submission": get("/submissions/{submission}", "submission"),
    "upload_document": Example(
        "POST",
        "/requirements/{requirement}/files",
        lambda _side: SimpleUploadedFile("实景.jpg", PHOTO),
        ("requirement",),
        by=DOCUMENT,
        field="file",
    ),
    "hand_in_document": Example(
        "POST", "/requirements/{requirement}/submissions", cited, ("requirement",), by=DOCUMENT
    ),
    "hand_in_again": Example(
        "POST", "/submissions/{submission}/versions", cited, ("submission",), by=DOCUMENT, **CLASH
    ),
    "review_submission": Example(
        "POST", "/submissions/{submission}/review", said(action="pass_on"), ("submission",), **CLASH
    ),
    "list_wanted_figures": get(ROUND + "/wanted-figures"),
    "list_entries": get(ROUND + "/entries?state=entered&size=5"),
    "show_entry": get(ENTRY, "entry figure"),
    "enter_statistic": Example(
        "POST",
        ROUND + "/entries",
        said(item="B9", period="2025", value="1.50", source="年鉴"),
        **CLASH,
    ),
    "change_statistic": Example("PUT", ENTRY, said(value="2", source="公报"), ("entry figure",)),
    "confirm_statistic": Example("POST", ENTRY + "/confirm", NONE, ("entry figure",), **CLASH),
    "return_statistic": Example(
        "POST", ENTRY + "/return", said(reason="口径不符"), ("entry figure",)
    ),
    "list_panels": get("/collections/{visited round}/panels", "visited round"),
    "show_panel": get(PANEL, "panel"),
    "show_own_marks": get(PANEL + "/own-marks", "panel seat"),
    "hand_in_marks": Example(
        "POST",
        PANEL + "/own-marks",
        said(marks=[{"item": "B1.1.1", "mark": "80"}]),
        ("panel seat",),
    ),
    "close_panel": Example("POST", PANEL + "/close", NONE, ("panel",), **CLASH),
    "reopen_panel": Example("POST", PANEL + "/reopen", said(because="漏评"), ("panel",), **CLASH),
}
