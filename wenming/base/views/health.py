"""Whether the program is well, for those who watch it."""

import hmac
import ipaddress
import json
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Gauge,
    generate_latest,
    multiprocess,
)
from prometheus_client import REGISTRY as OWN

from wenming.base.access import public
from wenming.base.queries.wellbeing import (
    audit_numbers,
    missing_migrations,
    outbox_state,
    work_state,
    workers_alive,
)


@public
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether the program runs and reaches its database."""
    del request
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database unreachable"}, status=503)
    return JsonResponse({"status": "ok"})


@public
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether people can work: database reached, tables up to date, a worker alive."""
    del request
    try:
        parts = {
            "database": "ok",
            "tables": "outdated" if missing_migrations() else "ok",
            "worker": "ok" if workers_alive(now=timezone.now()) else "none",
        }
    except DatabaseError:
        parts = {"database": "unreachable"}
    is_ready = all(each == "ok" for each in parts.values())
    status = "ok" if is_ready else "not ready"
    return JsonResponse({"status": status, **parts}, status=200 if is_ready else 503)


@public
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus; for whoever shows the token, or asks from this machine itself.

    Everybody else is told that there is no such page.
    """
    if not _may_read(request):
        return HttpResponse(status=404)
    registry = CollectorRegistry()
    _tell_state(registry)
    shown = generate_latest(registry) + generate_latest(_counted())
    return HttpResponse(shown, content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    if token:
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(shown.encode(), token.encode())
    # What comes through a proxy on this machine comes from anywhere.
    if settings.TRUST_PROXY or settings.HTTPS or "X-Forwarded-For" in request.headers:
        return False
    return ipaddress.ip_address(request.META.get("REMOTE_ADDR") or "0.0.0.0").is_loopback  # noqa: S104


def _counted() -> CollectorRegistry:
    """What all processes of the server counted, or this one where it is the only one."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return OWN
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


def _tell_state(registry: CollectorRegistry) -> None:
    """What the database knows, the same whichever process is asked."""
    work, outbox = work_state(), outbox_state()
    jobs = Gauge("wenming_jobs", "Long work by how it stands", ["state"], registry=registry)
    jobs.labels("waiting").set(work.waiting)
    jobs.labels("running").set(work.running)
    for outcome, count in work.ended.items():
        jobs.labels(outcome).set(count)
    messages = Gauge("wenming_messages", "Messages of the outbox", ["state"], registry=registry)
    messages.labels("waiting").set(outbox.waiting)
    messages.labels("sent").set(outbox.sent)
    messages.labels("given_up").set(outbox.given_up)
    audit = Gauge("wenming_audit_number", "Last entry of the audit", ["city"], registry=registry)
    for city, number in audit_numbers():
        audit.labels(city).set(number)
    now = timezone.now()
    single = {
        "wenming_workers": ("Workers alive", workers_alive(now=now)),
        "wenming_oldest_job_seconds": ("Age of the oldest waiting job", _age(work.oldest, now)),
        "wenming_oldest_message_seconds": ("Age of the oldest message", _age(outbox.oldest, now)),
        "wenming_last_backup_timestamp_seconds": ("When the last backup was made", _backup_at()),
    }
    for name, (meaning, value) in single.items():
        Gauge(name, meaning, registry=registry).set(value)


def _age(since: datetime | None, now: datetime) -> float:
    return (now - since).total_seconds() if since else 0


def _backup_at() -> float:
    kept = Path(settings.LAST_BACKUP)
    if not kept.exists():
        return 0
    return datetime.fromisoformat(json.loads(kept.read_text())["made_at"]).timestamp()
