"""What those who watch are told, and who is told nothing."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

from tests.cast import Cast, make_cast
from wenming.base.models import Message
from wenming.base.services.jobs import run_job, start_job

pytestmark = pytest.mark.django_db
TOKEN = "only-for-those-who-watch"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def worker_seen(*, seconds_ago: int) -> None:
    at = timezone.now() - timedelta(seconds=seconds_ago)
    with connections["default"].cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [at])


def test_it_is_ready_when_a_worker_was_heard_of_lately(client: Client) -> None:
    assert not ProcrastinateWorker.objects.exists()
    worker_seen(seconds_ago=60)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {
        "status": "not ready", "database": "ok", "tables": "ok", "worker": "none",
    }  # fmt: skip
    worker_seen(seconds_ago=1)
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["worker"] == "ok"


def test_metrics_are_told_to_this_machine_only(client: Client, settings: Any) -> None:
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="10.1.2.3").status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "10.1.2.3"}).status_code == 404
    settings.TRUST_PROXY = True  # whoever asks through the proxy asks from this machine
    assert client.get("/metrics").status_code == 404


def test_a_token_opens_them_and_nothing_else_does(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics").status_code == 404
    wrong = {"Authorization": f"Bearer {TOKEN}x"}
    assert client.get("/metrics", headers=wrong).status_code == 404
    right = {"Authorization": f"Bearer {TOKEN}"}
    assert client.get("/metrics", headers=right, REMOTE_ADDR="10.1.2.3").status_code == 200


def test_they_tell_of_requests_jobs_messages_and_audit_without_names(
    cast: Cast, client: Client
) -> None:
    run_job(start_job("check_files", city=cast.city, by=cast.lin).pk)
    start_job("check_files", city=cast.city, by=cast.lin)
    Message.objects.create(channel="email", address="lin@city.example", code="x")
    client.get("/healthz")
    told = client.get("/metrics").content.decode()
    assert 'wenming_requests_total{method="GET",status="200",view="base:healthz"}' in told
    assert 'wenming_request_seconds_bucket{le="0.1",view="base:healthz"}' in told
    assert 'wenming_jobs{state="succeeded"} 1.0' in told
    assert 'wenming_jobs{state="waiting"} 1.0' in told
    assert 'wenming_messages{state="waiting"} 1.0' in told
    assert f'wenming_audit_number{{city="{cast.city.pk}"}} 3.0' in told
    for person in ("lin", "林晓", cast.city.name_zh):
        assert not re.search(rf"\b{person}\b", told)


def test_an_address_without_a_view_makes_no_new_series(client: Client) -> None:
    for number in range(3):
        client.get(f"/nothing/{number}/")
    told = client.get("/metrics").content.decode()
    assert "/nothing/" not in told
    assert 'view="none"' in told
