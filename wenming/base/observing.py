"""What is noted of each request (请求观测): a line of the log, and the figures of /metrics."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from prometheus_client import Counter, Histogram

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
QUIET = frozenset({"base:healthz", "base:readyz", "base:metrics"})
UNKNOWN = "none"  # an address without a view, whatever it was

log = logging.getLogger("wenming.request")

requests = Counter("wenming_requests", "Answered requests", ["view", "method", "status"])
seconds = Histogram("wenming_request_seconds", "Time of an answer", ["view"], buckets=BUCKETS)


class Observed:
    """Notes view, status and duration of each request; never the address, which may tell a name."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        begun = time.perf_counter()
        response = self.respond(request)
        took = time.perf_counter() - begun
        match = request.resolver_match
        view = (match.view_name if match else "") or UNKNOWN
        method = request.method if request.method in {"GET", "HEAD", "POST"} else "other"
        requests.labels(view, method, response.status_code).inc()
        seconds.labels(view).observe(took)
        if view not in QUIET:
            told = {
                "request": getattr(request, "number", ""),
                "view": view,
                "method": method,
                "status": response.status_code,
                "duration_ms": round(took * 1000),
            }
            log.info("request", extra=told)
        return response
