"""The log (日志): one line for each request and event; JSON unless somebody looks on.

Nothing in it names a person: no user name, no address of a computer, no search text, no value of
a form. The number of the request leads to the audit, which knows who it was.
"""

import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

KEPT = frozenset({
    "action", "city", "code", "duration_ms", "job", "kind", "method", "outgoing", "request",
    "status", "task", "view", "why", "wait_s",
})  # fmt: skip
"""What may stand in a line beside time, level, logger and event; all else is left out."""

LEVELS: Mapping[str, Any] = {
    "wenming": {"level": "INFO"},
    "django": {"level": "WARNING", "propagate": True},
    # A page that does not exist, or a HEAD request, is no fault of the server.
    "django.request": {"level": "ERROR", "propagate": True},
    "gunicorn.http.wsgi": {"level": "ERROR"},
    "procrastinate": {"level": "ERROR"},
    "axes": {"level": "ERROR"},  # wrong passwords stand in the audit
}

Event = MutableMapping[str, Any]


def settings_for(*, is_terminal: bool) -> Mapping[str, Any]:
    """What `logging.config.dictConfig` is told.

    Args:
        is_terminal: whether a person reads the lines as they come.
    """
    shared = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(allow=KEPT),
        structlog.processors.TimeStamper(fmt="iso", utc=not is_terminal),
        structlog.processors.format_exc_info,
        without_values,
    ]
    render: Any = (
        structlog.dev.ConsoleRenderer(colors=False)
        if is_terminal
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    render,
                ],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": LEVELS,
    }


def without_values(_logger: Any, _name: str, event: Event) -> Event:
    """Take out what a person may have typed: addresses, and the messages of exceptions."""
    if str(event.get("logger", "")).startswith("django"):
        event["event"] = str(event["event"]).partition(": ")[0]
    if not isinstance(event.get("request", ""), str):  # Django's own: it tells the address
        del event["request"]
    trace = event.get("exception")
    if isinstance(trace, str):
        kept = [line for line in trace.splitlines() if line.startswith((" ", "Traceback"))]
        last = trace.rstrip().splitlines()[-1].partition(":")[0] if trace.strip() else ""
        event["exception"] = "\n".join([*kept, last])
    return event


def is_watched() -> bool:
    """Whether a person reads the log as it comes."""
    return sys.stderr.isatty()
