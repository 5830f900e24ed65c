"""Examples for papers, their files, and what is done with editions and their responsibilities."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.world import Side
from tests.api.example import NONE, Example, get, said
from wenming.core.permissions import Capability

C = Capability
DRAFT, IMPORT = "/editions/{edition_draft}", "/edition-imports/{edition import}"
MIGRATION = "/editions/{edition draft}/migration/{plan}"
OF_EDITION: dict[str, Any] = {"by": C.EDIT_FRAMEWORK}
MOVED = ("edition draft", "plan")


def text_file(_side: Side) -> SimpleUploadedFile:
    return SimpleUploadedFile("讲话.txt", "不达标 42 项".encode())


def continued(side: Side) -> Any:
    item = side.rows["edition draft"].items.earliest("position").key  # type: ignore[attr-defined]
    return {"continued": [{"item": item, "continues": ""}]}


FRAMEWORK: Mapping[str, Example] = {
    "list_paper_files": get("/papers/{paper}/files", "paper"),
    "attach_paper_file": Example(
        "POST", "/papers/{paper}/files", text_file, ("paper",), field="file"
    ),
    "detach_paper_file": Example("DELETE", "/papers/{paper}/files/{paper file}", NONE, ("paper",)),
    "download_figures_template": get("/figure-imports/template.csv"),
    "download_figures": get("/papers/{paper}/figures.xlsx", "paper"),
    "download_annotated_figures": get(
        "/figure-imports/{figures_import}/annotated", "figures_import"
    ),
    "rename_edition": Example(
        "PUT", DRAFT + "/name", said(name="测试稿"), ("edition_draft",), also=C.EDIT_FRAMEWORK
    ),
    "supersede_edition": Example(
        "POST", "/editions/{edition}/supersede", said(), ("edition",), may_clash=True
    ),
    "download_checklists": get("/editions/{edition}/checklists.yaml", "edition"),
    "download_edition_template": get("/edition-templates/checklists.xlsx"),
    "list_edition_imports": get("/edition-imports?size=5"),
    "correct_edition_import": Example(
        "POST",
        IMPORT + "/correction",
        lambda _side: SimpleUploadedFile("edition.yaml", b"edition: {}\n"),
        ("edition import",),
        **OF_EDITION,
    ),
    "download_annotated_edition": get(
        IMPORT + "/annotated/edition", "edition import", **OF_EDITION
    ),
    "compare_edition_import": get(
        IMPORT + "/comparison/{edition}", "edition import", "edition", may_clash=True, **OF_EDITION
    ),
    "show_migration": get(MIGRATION, *MOVED, also=C.EDIT_FRAMEWORK),
    "migrate_responsibilities": Example("POST", MIGRATION, continued, MOVED, also=C.EDIT_FRAMEWORK),
}
