"""The examples of docs/reference/api.md do what they say: curl runs each against a live server."""

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from tests.api.calling import Caller, token_of
from tests.cast import Cast, fresh, make_cast
from tests.rounds.building import TYPES, plan_of
from tests.scoring.small_round import change, write_small_round
from tests.survey.answering import DESIGN, FORM
from wenming.api.urls import api
from wenming.core.lifecycle import EditionState
from wenming.files.register_workbook import write_register
from wenming.framework.models import ChecklistSet, Edition
from wenming.framework.services.plans import begin_draft
from wenming.rounds.models import Collection
from wenming.rounds.services.collections import Standard, open_collection, plan_collection
from wenming.scoring.models import ReportedDocument, Settlement
from wenming.scoring.services import load_folder, run_scoring
from wenming.statistic.models import Statistic
from wenming.survey.services.instruments import (
    bring_instrument,
    put_instrument_in_use,
    set_fieldwork,
)

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "api.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```sh\n(curl .*?)\n```", TEXT, re.DOTALL)
REFUSED = re.findall(r"```json\n(\{\"code\".*?)\n```", TEXT, re.DOTALL)
Answer = tuple[int, str]

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")


@pytest.fixture
def shell(
    transactional_db: None, live_server: LiveServer, settings: object, tmp_path: Path
) -> Mapping[str, str]:
    """What the variables of the examples stand for, as whoever copies a line has set them."""
    settings.FILES_ROOT = tmp_path / "files"
    cast = make_cast()
    run = load_folder(write_small_round(tmp_path))
    edition = run.round.edition
    Statistic.objects.filter(round=run.round).update(value=Decimal("9.180"))
    later = run_scoring(run.round)
    change(tmp_path, "round.yaml", "key: 2026-1", "key: 2026-2")
    round_ = load_folder(tmp_path).round
    draft = begin_draft(edition, by=fresh(cast.lin))
    token = token_of(cast.lin, cast.city)
    (tmp_path / "edition.yaml").write_text("key: small\n", encoding="utf-8")
    (tmp_path / "speech.txt").write_text("不达标 42 项", encoding="utf-8")
    (tmp_path / "figures.csv").write_text("名称,数值\n点位,42\n", encoding="utf-8")
    inspected = _round_in_work(cast, edition)
    (tmp_path / "sites.xlsx").write_bytes(write_register([]))
    first = Caller(token).ask("GET", "/units?kind=unit&size=2").json()
    return {
        "TOKEN": token,
        "WENMING": live_server.url,
        "EDITION": str(edition.pk),
        "ROUND": str(round_.pk),
        "PAPER": str(ReportedDocument.objects.get(round=round_).pk),
        "FINDING": str(Settlement.objects.filter(round=round_).earliest("position").pk),
        "RUN": str(run.pk),
        "LATER": str(later.pk),
        "PLAN": str(draft.pk),
        "UNIT": str(cast.units.streets.pk),
        "COLLECTION": str(inspected.pk),
        "PERSON": str(cast.sun.pk),
        "ITEM": edition.items.earliest("position").key,
        "NEXT": first["next"],
        "PATH": "/usr/bin:/bin",
        "HOME": str(tmp_path),
    }


def _round_in_work(cast: Cast, edition: Edition) -> Collection:
    """A round of the edition that takes in evidence, with checklists and a questionnaire."""
    lists = ChecklistSet.objects.create(
        city=cast.city, hash="9" * 64, content={"site_types": TYPES, "lines": []}
    )
    used = {"state": EditionState.IN_USE, "checklists": lists, "put_in_use_at": timezone.now()}
    Edition.objects.filter(pk=edition.pk).update(**used)
    standard = Standard(Edition.objects.get(pk=edition.pk), lists)
    planned = plan_collection(cast.city, plan_of(), standard=standard, by=fresh(cast.lin))
    opened = open_collection(planned, by=fresh(cast.lin))
    form = put_instrument_in_use(bring_instrument(FORM, city=cast.city, by=cast.lin), by=cast.lin)
    set_fieldwork(opened, form, design=DESIGN, by=fresh(cast.lin))
    return opened


def called(example: str, shell: Mapping[str, str]) -> Answer:
    """Run a line as it stands; status and text of the answer."""
    line = example.replace("curl ", 'curl --silent --show-error --write-out "\\n%{http_code}" ', 1)
    done = subprocess.run(
        ["sh", "-euc", line], env=dict(shell), cwd=shell["HOME"], capture_output=True, check=True
    )
    body, _, status = done.stdout.decode().rpartition("\n")
    return int(status), body


def test_each_example_is_answered_as_the_page_says(shell: Mapping[str, str]) -> None:
    answers = {example: called(example, shell) for example in EXAMPLES}
    for example, (status, body) in answers.items():
        expected = {422} if "Accept-Language" in example else {200, 201, 202}
        assert status in expected, (example, status, body[:300])
    refused = [body for status, body in answers.values() if status == 422]
    assert [json.loads(each) for each in refused] == [json.loads(each) for each in REFUSED]
    sheet = Path(shell["HOME"]) / "edition.xlsx"
    assert sheet.read_bytes().startswith(b"PK")
    pages = [json.loads(body) for line, (_, body) in answers.items() if "/units?" in line]
    seen = [row["id"] for page in pages for row in page["rows"]]
    assert len(seen) == len(set(seen)) == 4, "the second page goes on where the first ended"


def test_the_page_speaks_of_each_status_and_of_no_other() -> None:
    told = {int(each) for each in re.findall(r"^\| (\d{3}) \|", TEXT, re.MULTILINE)}
    described = {
        int(status)
        for path in api.get_openapi_schema(path_prefix="api/v1")["paths"].values()
        for operation in path.values()
        for status in operation["responses"]
    }
    assert told - {405, 500} == {status for status in described if status >= 400}
