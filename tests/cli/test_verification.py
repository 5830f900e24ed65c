"""`wenming verify`, for real: a database of its own, a frozen result, and sabotage behind it."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import EXAMPLES, ROOT, run
from wenming.config import postgres

FREEZE = """
from django.conf import settings
from wenming.config.postgres import ensure_running
ensure_running(settings.WENMING_HOME)
import django
django.setup()
from tests.cast import make_person
from wenming.core.permissions import PostKind
from wenming.scoring.models import Run
from wenming.scoring.services import freeze_run
run = Run.objects.select_related("round", "city").get()
print(freeze_run(run, by=make_person("o", name="O", city=run.city, kind=PostKind.OFFICE)))
"""
SABOTAGE = """
from django.conf import settings
from wenming.config.postgres import ensure_running
ensure_running(settings.WENMING_HOME)
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SET session_replication_role = replica")
    cursor.execute("UPDATE statistic_statistic SET value = 9.18 WHERE value = 13.18")
    assert cursor.rowcount == 1, cursor.rowcount
    cursor.execute("DELETE FROM base_auditentry WHERE action = 'run.freeze'")
    assert cursor.rowcount == 1
"""


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    """A home that the database's own user can enter, which pytest's folders are not."""
    home = Path(tempfile.mkdtemp(prefix="wenming-verify-"))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WENMING_")}
    kept.pop("DATABASE_URL", None)
    kept["DJANGO_SETTINGS_MODULE"] = "wenming.config.settings"
    yield kept | {"WENMING_HOME": str(home), "PYTHONPATH": str(ROOT)}
    postgres.stop(home)
    shutil.rmtree(home)


def do(script: str, environment: dict[str, str]) -> str:
    done = subprocess.run([sys.executable, "-c", script], env=environment, cwd=ROOT, check=False,
                          capture_output=True, text=True, timeout=120)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_was_changed_behind_a_frozen_result_is_named(environment: dict[str, str]) -> None:
    assert run("load", EXAMPLES / "dongying", **environment).returncode == 0
    do(FREEZE, environment)
    clean = run("verify", **environment)
    assert clean.returncode == 0, clean.stderr
    assert "核验无误" in clean.stdout

    do(SABOTAGE, environment)
    named = run("verify", **environment)
    assert named.returncode == 1
    assert "统计数据" in named.stdout
    assert "被改动" in named.stdout
    assert "缺少" in named.stdout or "缺失" in named.stdout or "不在" in named.stdout
    found = json.loads(run("verify", "--json", **environment).stdout)
    assert found["holds"] is False
    codes = [each["code"] for city in found["cities"] for each in city["found"]]
    assert "stored_row_changed" in codes
    assert "audit_missing" in codes

    unknown = run("verify", "--city", "无此市", **environment)
    assert unknown.returncode == 2
    assert len(unknown.stderr.splitlines()) == 1
