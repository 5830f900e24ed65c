"""The line of an error: where it broke, and nothing of what was typed."""

import logging
from typing import Any

from tests.operations.test_logs import SECRETS, events, lines

__all__ = ["lines"]


def test_an_error_is_told_with_its_place_and_without_what_was_typed(
    lines: Any,
) -> None:
    try:
        int(SECRETS[2])
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: /people/lin/")
    (told,) = events(lines)
    assert "test_log_of_errors.py" in told["exception"]
    assert told["exception"].endswith("ValueError")
    assert SECRETS[2] not in lines.getvalue()
    assert "/people/" not in lines.getvalue()
