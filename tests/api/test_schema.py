"""The interface keeps its own description: values within and beyond it, made up by Schemathesis."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.test import override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from schemathesis.config import SchemathesisConfig

from tests.api.calling import token_of
from tests.cast import fresh
from tests.inspection.building import small_errand, uploaded
from tests.scoring.small_round import write_small_round
from wenming.api.describing import PREFIX
from wenming.api.urls import api
from wenming.base.models import (
    AdministratorSession,
    Attachment,
    Group,
    Import,
    InboxEntry,
    Job,
    Unit,
)
from wenming.framework.models import Edition, Objection, Responsibility, ResponsibilityPlan
from wenming.framework.services.plans import begin_draft
from wenming.inspection.models import PanelSession, PhotoUpload, SiteVisit
from wenming.rounds.models import Collection, RegisteredSite, Round, SealedDraw
from wenming.scoring.models import Figure, ReportedDocument, Run, Settlement, Verification
from wenming.scoring.services import load_folder, run_scoring
from wenming.statistic.models import Entry, Statistic
from wenming.submission.models import Requirement, Submission

pytestmark = pytest.mark.django_db

ROWS: Mapping[str, Any] = {
    "units": Unit,
    "groups": Group,
    "editions": Edition,
    "plans": ResponsibilityPlan,
    "responsibilities": Responsibility,
    "objections": Objection,
    "rounds": Round,
    "runs": Run,
    "verifications": Verification,
    "papers": ReportedDocument,
    "figures": Figure,
    "findings": Settlement,
    "figure-imports": Import,
    "edition-imports": Import,
    "plan-imports": Import,
    "unit-imports": Import,
    "audit": AdministratorSession,
    "jobs": Job,
    "attachments": Attachment,
    "inbox": InboxEntry,
    "uploads": PhotoUpload,
    "visits": SiteVisit,
    "draws": SealedDraw,
    "collections": Collection,
    "register": RegisteredSite,
    "register-imports": Import,
    "requirements": Requirement,
    "submissions": Submission,
    "entries": Entry,
    "panels": PanelSession,
}
"""Part of the address → the rows that it names; a made-up identity would only find nothing."""

CONFIG = SchemathesisConfig.from_dict(
    {
        "seed": 20261125,
        "generation": {"deterministic": True, "max-examples": 4, "database": "none"},
        "phases": {"coverage": {"enabled": True}, "fuzzing": {"enabled": True}},
    }
)


schema = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix=PREFIX), config=CONFIG)
schema.app = get_wsgi_application()


@pytest.fixture(scope="module")
def secret(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Mapping[str, str]]:
    """Tokens of a city with a round that was scored: the office's and, under field, an inspector's.

    All is undone afterwards.
    """
    folder = tmp_path_factory.mktemp("round")
    changed = {"API_REQUESTS_A_MINUTE": 1_000_000, "FILES_ROOT": folder / "files"}
    with (
        django_db_blocker.unblock(),
        override_settings(ALLOWED_HOSTS=["*"], **changed),
        _connection_kept(),
        transaction.atomic(),
    ):
        errand = small_errand()
        cast = errand.field.cast
        run = load_folder(write_small_round(folder))
        Statistic.objects.filter(round=run.round).update(value=Decimal("9.180"))
        run_scoring(run.round)
        problem = {"code": "result_missing", "facts": {"order": 3}}
        Verification.objects.create(
            city=cast.city, started_at=timezone.now(), results=1, entries=1, problems=[problem]
        )
        begin_draft(run.round.edition, by=fresh(cast.lin))
        Job.objects.create(city=cast.city, kind="check_files", by=cast.lin)
        uploaded(errand.visit, errand.sun)
        yield {"": token_of(cast.lin, cast.city), "field": token_of(errand.sun, cast.city)}
        transaction.set_rollback(True)


@contextmanager
def _connection_kept() -> Iterator[None]:
    """A request ends without closing the connection, in whose transaction the test runs."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@schema.parametrize()
@hypothesis.settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(hypothesis.HealthCheck),
)
def test_every_operation_keeps_its_description(
    case: schemathesis.Case, secret: Mapping[str, str]
) -> None:
    _name_a_row(case)
    token = secret["field" if "/field/" in case.path else ""]
    with transaction.atomic():
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"})
        transaction.set_rollback(True)  # the next one meets the same rows


def _name_a_row(case: schemathesis.Case) -> None:
    """Put the identity of a row that there is into an address that was made up well."""
    place = case.operation.path.removeprefix("/api/v1/").partition("/")[0]
    given = case.path_parameters or {}
    if place in ROWS and _is_identity(given.get("pk")):
        rows = ROWS[place].objects.order_by("pk")
        plan = ResponsibilityPlan.objects.order_by("pk").first()
        for name, row in (("pk", rows.first()), ("other", rows.last()), ("plan", plan)):
            if row is not None and name in given:
                given[name] = str(row.pk)


def _is_identity(value: object) -> bool:
    return isinstance(value, str) and len(value) == 36
