"""ODK Validate accepts every form that the doors give and every checklist of the examples."""

import subprocess
import sys
from pathlib import Path

import pytest
from pyxform.validators import odk_validate

from tests.api.odk_filling import Afield
from tests.house.tree import ROOT
from tests.odk.parts import needs_java
from wenming.files.editions import read_checklists
from wenming.files.xlsform_out import xform_of_checklist

pytestmark = [pytest.mark.django_db(transaction=True), needs_java]
KINDS = ("survey-", "visit-")


def fetched(out: Afield, kind: str, then: str = "") -> bytes:
    odk = out.odk(out.he if kind == "survey-" else out.errand.sun)
    return odk.get(f"forms/{odk.form(kind)['formID']}{then}").content


def validated(*forms: Path) -> subprocess.CompletedProcess[str]:
    """What ODK Validate says of all forms at once: Java takes seconds to start."""
    command = ["java", "-Xmx512m", "-jar", odk_validate.ODK_VALIDATE_PATH, *map(str, forms)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)


def test_every_form_is_valid(out: Afield, tmp_path: Path) -> None:
    forms = {kind: fetched(out, kind) for kind in KINDS}
    lists = read_checklists(ROOT / "examples" / "editions" / "checklists.yaml")
    forms |= {key: xform_of_checklist(each, version="1") for key, each in lists.by_type.items()}
    assert len(forms) == 38
    for name, content in forms.items():
        (tmp_path / f"{name}.xml").write_bytes(content)
    told = validated(*sorted(tmp_path.glob("*.xml")))
    assert told.returncode == 0, told.stderr[-3000:]
    assert told.stdout.count("Xform is valid!") == len(forms), told.stdout[-3000:]


def test_a_broken_form_is_seen(out: Afield, tmp_path: Path) -> None:
    broken = (
        fetched(out, "survey-").replace(b"../age", b"../nobody").replace(b"/age", b"/nobody", 1)
    )
    (tmp_path / "broken.xml").write_bytes(broken)
    assert validated(tmp_path / "broken.xml").returncode != 0


@pytest.mark.parametrize("kind", KINDS)
def test_the_xlsform_is_accepted_by_xls2xform(out: Afield, tmp_path: Path, kind: str) -> None:
    source = tmp_path / "form.xlsx"
    source.write_bytes(fetched(out, kind, "/xlsform"))
    command = [sys.executable, "-m", "pyxform.xls2xform", "--odk_validate", str(source)]
    told = subprocess.run(
        [*command, str(tmp_path / "form.xml")],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr[-3000:]
    assert (tmp_path / "form.xml").stat().st_size > 1000
