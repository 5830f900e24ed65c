"""Examples for responsibilities beyond the matrix, and for the organisation and its audit."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.world import Side
from tests.api.example import NONE, Body, Example, get, pk, said
from wenming.core.permissions import Capability
from wenming.files.responsibility_workbook import write_responsibilities
from wenming.files.units_workbook import write_organisation

C = Capability
DRAFT, KEPT = "/plans/{draft}", "/plan-imports/{import}"
UNIT, SPEAKS = "/units/{unit}/liaison-persons", "/units/{unit}/liaison-persons/{liaison}"
ASSIGNED: dict[str, Any] = {"also": C.ASSIGN_RESPONSIBILITIES}
CLASH: dict[str, Any] = {"may_clash": True}
DUTY = ("unit", "duty")


def versioned(**more: Any) -> Body:
    return lambda side: {"version": side.rows["draft"].version, **more}  # type: ignore[attr-defined]


def terms(side: Side) -> Any:
    item = side.rows["edition"].items.earliest("position").key  # type: ignore[attr-defined]
    return {"version": side.rows["draft"].version, "items": [item], "target": "A"}  # type: ignore[attr-defined]


def workbook(written: bytes) -> Body:
    return lambda _side: SimpleUploadedFile("表.xlsx", written)


ORGANISING: Mapping[str, Example] = {
    "set_plan_terms": Example("POST", DRAFT + "/terms", terms, ("draft",), **ASSIGNED),
    "undo_plan_step": Example(
        "POST", DRAFT + "/undo", versioned(), ("draft",), **ASSIGNED, **CLASH
    ),
    "list_plan_changes": get(DRAFT + "/changes", "draft", **ASSIGNED),
    "download_plan": get("/plans/{plan}/file.xlsx", "plan"),
    "bring_plan": Example(
        "POST",
        DRAFT + "/imports",
        workbook(write_responsibilities([], [])),
        ("draft",),
        field="file",
        **ASSIGNED,
    ),
    "show_plan_import": get(KEPT, "import"),
    "accept_plan_import": Example("POST", KEPT + "/accept", versioned(), ("import",), **CLASH),
    "accept_plan_name": Example(
        "POST",
        KEPT + "/names",
        lambda side: {"name": "又一名", "unit": pk(side, "unit")},
        ("import",),
        named=("unit",),
    ),
    "list_duties": get("/units/{unit}/duties", *DUTY),
    "download_duties": get("/units/{unit}/duties.docx", *DUTY),
    "note_inbox_entry": Example("POST", "/inbox/{told}/note", NONE, ("told",)),
    "add_liaison_person": Example("POST", UNIT, said(name="新联络人"), ("unit",)),
    "change_liaison_person": Example("PUT", SPEAKS, said(name="改名"), ("unit", "liaison")),
    "remove_liaison_person": Example("DELETE", SPEAKS, NONE, ("unit", "liaison")),
    "order_groups": Example(
        "POST", "/groups/order", lambda side: {"order": [pk(side, "group")]}, named=("group",)
    ),
    "group_units": Example(
        "POST",
        "/units/group",
        lambda side: {"units": [pk(side, "unit")], "group": pk(side, "group")},
        named=("unit", "group"),
    ),
    "bring_units": Example("POST", "/unit-imports", workbook(write_organisation({})), field="file"),
    "show_units_import": get("/unit-imports/{units import}", "units import"),
    "accept_units_import": Example(
        "POST", "/unit-imports/{units import}/accept", NONE, ("units import",), **CLASH
    ),
    "download_units_template": get("/unit-imports/template.xlsx"),
    "download_units": get("/units/workbook.xlsx"),
    "show_hours": get("/calendar/hours"),
    "set_hours": Example(
        "PUT", "/calendar/hours", said(spans=[{"first": "09:00", "last": "17:00"}])
    ),
    "list_sittings": get("/audit/sessions"),
    "list_sitting_requests": get("/audit/sessions/{session}/requests", "session"),
}
