"""For every operation an example that would be done: its address and body, and the rows it needs.

A new operation must be listed here: `test_walk` says so.
"""

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.access.world import Side
from tests.api.collecting import COLLECTING
from tests.api.example import DONE, NONE, Body, Example, get, pk, said
from tests.api.framework_examples import FRAMEWORK
from tests.api.organising import ORGANISING
from tests.api.rounding import ROUNDING
from tests.inspection.building import picture
from wenming.core.permissions import Capability
from wenming.scoring.services.figures import version_of

__all__ = ["DONE", "EXAMPLES", "Example"]

UNIT = "/units/{unit}"
PHOTO = picture(40)
WHOLE = f"/field/photos/{uuid4()}?digest={hashlib.sha256(PHOTO).hexdigest()}&visit={{visit}}"
C = Capability
VERDICT = {"verdict": "paper_wrong", "reason": "材料多计 2 项"}
GROUP = said(key="新组", title="新工作组")
VERSION: Body = lambda side: {"version": side.rows["draft"].version, "title": "新一版"}  # type: ignore[attr-defined]  # noqa: E731


def cells(side: Side) -> Any:
    item = side.rows["edition"].items.earliest("position").key  # type: ignore[attr-defined]
    cell = {"item": item, "unit": pk(side, "unit"), "role": "lead", "due": "2026-12-31"}
    return {"version": side.rows["draft"].version, "cells": [cell]}  # type: ignore[attr-defined]


def mended(side: Side) -> Any:
    return {"title": "点位", "value": "6", "version": version_of(side.rows["figure"])}  # type: ignore[arg-type]


def upload(_side: Side) -> SimpleUploadedFile:
    return SimpleUploadedFile("edition.yaml", b"edition: {}\n")


def sheet(_side: Side) -> SimpleUploadedFile:
    return SimpleUploadedFile("figures.csv", "名称,数值\n点位,42\n".encode())


def seen_at_site(side: Side) -> Any:
    moment = timezone.localtime().replace(microsecond=0).isoformat()
    record = {"line": "v1", "outcome": "conform", "seen_at": moment}
    sheet = {"instance": str(uuid4()), "version": 1, "site": side.rows["visit"].site.key}  # type: ignore[attr-defined]
    return {**sheet, "begun_at": moment, "finished_at": moment, "records": [record]}


def answered(_side: Side) -> Any:
    moment = timezone.localtime().replace(microsecond=0).isoformat()
    drawn = {"community": "花园（虚构）"}
    sent = {"instance": str(uuid4()), "source": "street", "started_at": moment, "ended_at": moment}
    return {**sent, "answers": {}, "drawn": drawn}


def photo(side: Side) -> Any:
    return {"id": str(uuid4()), "visit": pk(side, "visit"), "size": 9, "digest": "0" * 64}


EXAMPLES: Mapping[str, Example] = {
    **COLLECTING,
    "show_me": get("/me"),
    "list_cities": get("/cities"),
    "list_draws": get("/draws"),
    "list_quotas": get("/collections/{collection}/quotas", "collection", also=C.VIEW_COLLECTION),
    "show_draw": get("/draws/{draw}", "draw"),
    "list_released_picks": get("/draws/{draw}/released", "draw"),
    "list_announced_draws": get("/announced-draws"),
    "show_announced_draw": get("/announced-draws/{commitment}"),
    "list_units": get("/units?text=市&size=10"),
    "show_unit": get(UNIT, "unit"),
    "make_unit": Example(
        "POST", "/units", lambda s: {"name": "新单位", "parent": pk(s, "unit")}, named=("unit",)
    ),
    "change_unit": Example("PUT", UNIT, said(name="改名后的单位"), ("unit",)),
    "move_unit": Example("POST", UNIT + "/move", said(parent=None), ("unit",)),
    "dissolve_unit": Example(
        "POST", UNIT + "/dissolve", said(reason="撤并"), ("unit",), may_clash=True
    ),
    "reactivate_unit": Example("POST", UNIT + "/reactivate", NONE, ("unit",)),
    "merge_unit": Example(
        "POST",
        UNIT + "/merge",
        lambda s: {"into": pk(s, "other_unit"), "day": "2026-05-01"},
        ("unit",),
        named=("other_unit",),
        may_clash=True,
    ),
    "add_unit_name": Example("POST", UNIT + "/names", said(name="又名"), ("unit",)),
    "remove_unit_name": Example("DELETE", UNIT + "/names/{alias}", NONE, ("unit",)),
    "set_unit_provision": Example(
        "PUT", UNIT + "/provisions/funds", said(in_place=True), ("unit",)
    ),
    "list_groups": get("/groups"),
    "make_group": Example("POST", "/groups", GROUP),
    "change_group": Example("PUT", "/groups/{group}", said(title="改名"), ("group",)),
    "remove_group": Example("DELETE", "/groups/{group}", NONE, ("group",), may_clash=True),
    "list_people": get("/people"),
    "list_audit_entries": get("/audit/entries?size=5"),
    "verify_audit": get("/audit/verification"),
    "show_day": get("/calendar/days/2026-10-01"),
    "reckon_term": get("/calendar/term?start=2026-05-06T09:00:00%2B08:00&minutes=480"),
    "set_day": Example("PUT", "/calendar/days/2026-06-01", said(kind="holiday", name="校庆")),
    "remove_day": Example("DELETE", "/calendar/days/2026-07-01", NONE),
    "list_editions": get("/editions"),
    "show_edition": get("/editions/{edition}", "edition"),
    "show_edition_content": get("/editions/{edition}/content", "edition"),
    "download_edition": get("/editions/{edition}/file.yaml", "edition"),
    "download_checklist_form": get("/editions/{edition}/checklists/main_road/xlsform", "edition"),
    "list_edition_items": get("/editions/{edition}/items?size=5", "edition"),
    "show_edition_item": get("/editions/{edition}/items/{item_key}", "edition"),
    "compare_editions": get("/editions/{edition}/comparison/{edition}", "edition"),
    "put_edition_in_use": Example(
        "POST",
        "/editions/{edition_draft}/use",
        said(instead_of=None),
        ("edition_draft",),
        also=C.EDIT_FRAMEWORK,
    ),
    "delete_draft_edition": Example(
        "DELETE", "/editions/{edition_draft}", NONE, ("edition_draft",), also=C.EDIT_FRAMEWORK
    ),
    "bring_edition": Example("POST", "/edition-imports", upload),
    "show_edition_import": get(
        "/edition-imports/{edition_import}", "edition_import", by=C.EDIT_FRAMEWORK
    ),
    "accept_edition_import": Example(
        "POST",
        "/edition-imports/{edition_import}/accept",
        said(),
        ("edition_import",),
        by=C.EDIT_FRAMEWORK,
        may_clash=True,
    ),
    "discard_edition_import": Example(
        "DELETE",
        "/edition-imports/{edition_import}",
        NONE,
        ("edition_import",),
        by=C.EDIT_FRAMEWORK,
    ),
    **FRAMEWORK,
    **ORGANISING,
    **ROUNDING,
    "list_plans": get("/plans"),
    "show_plan": get("/plans/{plan}", "plan"),
    "list_responsibilities": get("/plans/{plan}/responsibilities?role=lead&size=5", "plan"),
    "list_plan_findings": get("/plans/{plan}/findings", "plan"),
    "begin_plan": Example(
        "POST", "/editions/{edition}/plans", said(), ("edition",), may_clash=True
    ),
    "assign_cells": Example(
        "POST",
        "/plans/{draft}/cells",
        cells,
        ("draft",),
        named=("unit",),
        also=C.ASSIGN_RESPONSIBILITIES,
    ),
    "issue_plan": Example(
        "POST",
        "/plans/{draft}/issue",
        VERSION,
        ("draft",),
        also=C.ASSIGN_RESPONSIBILITIES,
        may_clash=True,
    ),
    "discard_plan": Example(
        "DELETE", "/plans/{draft}", NONE, ("draft",), also=C.ASSIGN_RESPONSIBILITIES
    ),
    "list_objections": get("/objections?state=raised"),
    "show_objection": get("/objections/{objection}", "objection"),
    "raise_objection": Example(
        "POST",
        "/responsibilities/{duty}/objections",
        said(reason="不在职责内"),
        ("duty",),
        by=C.OBJECT,
        may_clash=True,
    ),
    "rule_on_objection": Example(
        "POST",
        "/objections/{objection}/ruling",
        said(verdict="dismiss", ruling="职责明确"),
        ("objection",),
    ),
    "withdraw_objection": Example(
        "POST", "/objections/{objection}/withdraw", NONE, ("objection",), by=C.OBJECT
    ),
    "list_rounds": get("/rounds"),
    "show_round": get("/rounds/{round}", "round"),
    "list_sites": get("/rounds/{round}/sites?size=5", "round"),
    "list_figures": get("/rounds/{round}/figures?size=5", "round"),
    "list_runs": get("/runs"),
    "show_run": get("/runs/{run}", "run"),
    "start_run": Example("POST", "/rounds/{round}/runs", NONE, ("round",)),
    "freeze_run": Example("POST", "/runs/{run}/freeze", said(), ("run",)),
    "begin_correction": Example(
        "POST", "/runs/{run}/correction", said(reason="站点录重"), ("run",), may_clash=True
    ),
    "compare_runs": get("/runs/{run}/comparison/{other_run}", "run", "other_run"),
    "list_changes": get(
        "/runs/{run}/comparison/{other_run}/items?change=same&size=5", "run", "other_run"
    ),
    "show_result": get("/runs/{run}/result", "run"),
    "list_results": get("/runs/{run}/items?size=5", "run"),
    "show_item_result": get("/runs/{run}/items/{item_key}", "run", "result"),
    "show_item_history": get("/runs/{run}/items/{item_key}/history", "run", "result"),
    "list_verifications": get("/verifications"),
    "start_verification": Example("POST", "/verifications"),
    "show_verification": get("/verifications/{verification}", "verification"),
    "list_gaps": get("/runs/{run}/gaps/dimension", "run", also=C.VIEW_SCORE),
    "list_papers": get("/rounds/{round}/papers", "round"),
    "add_paper": Example("POST", "/rounds/{round}/papers", said(title="通报"), ("round",)),
    "change_paper": Example("PUT", "/papers/{paper}", said(title="更名的通报"), ("paper",)),
    "remove_paper": Example("DELETE", "/papers/{paper}", NONE, ("paper",)),
    "enter_figure": Example(
        "POST", "/papers/{paper}/figures", said(title="点位", value="42"), ("paper",)
    ),
    "show_figure": get("/figures/{figure}", "figure"),
    "change_figure": Example("PUT", "/figures/{figure}", mended, ("figure",)),
    "remove_figure": Example("DELETE", "/figures/{figure}", NONE, ("figure",)),
    "bring_figures": Example(
        "POST", "/papers/{paper}/figure-imports", sheet, ("paper",), field="figures"
    ),
    "show_figures_import": get("/figure-imports/{figures_import}", "figures_import"),
    "accept_figures_import": Example(
        "POST", "/figure-imports/{figures_import}/accept", NONE, ("figures_import",), may_clash=True
    ),
    "show_reconciliation": get("/rounds/{round}/reconciliation", "round"),
    "check_figures": Example("POST", "/rounds/{round}/check", NONE, ("round",)),
    "list_settlements": get("/rounds/{round}/findings?state=open&size=5", "round"),
    "show_settlement": get("/findings/{settlement}", "settlement"),
    "settle_finding": Example(
        "POST", "/findings/{settlement}/settle", said(**VERDICT), ("settlement",)
    ),
    "settle_findings": Example(
        "POST",
        "/findings/settle",
        lambda s: {"findings": [pk(s, "settlement")], **VERDICT},
        named=("settlement",),
    ),
    "reopen_finding": Example(
        "POST",
        "/findings/{settlement}/reopen",
        said(reason="结论有误"),
        ("settlement",),
        may_clash=True,
    ),
    "list_findings": get("/runs/{run}/findings", "run"),
    "list_inbox": get("/inbox"),
    "list_jobs": get("/jobs"),
    "show_job": get("/jobs/{job}", "job"),
    "cancel_job": Example("POST", "/jobs/{job}/cancel", NONE, ("job",)),
    "show_errands": get("/field/day"),
    "begin_photo": Example("POST", "/field/uploads", photo, named=("visit",), by=C.INSPECT),
    "put_photo": Example("PUT", WHOLE, lambda _side: PHOTO, ("visit",), by=C.INSPECT),
    "show_photo": get("/field/uploads/{upload}", "upload"),
    "append_photo": Example(
        "PUT", "/field/uploads/{upload_begun}/0", lambda _side: b"photo", ("upload_begun",)
    ),
    "finish_photo": Example("POST", "/field/uploads/{upload}/finish", said(), ("upload",)),
    "send_sheet": Example(
        "POST", "/field/visits/{visit}/sheets", seen_at_site, ("visit",), by=C.INSPECT
    ),
    "show_surveys": get("/field/surveys"),
    "send_answers": Example(
        "POST", "/field/surveys/{fieldwork}/sheets", answered, ("fieldwork",), by=C.INTERVIEW
    ),
    "download_attachment": get("/attachments/{attachment}", "attachment"),
}
