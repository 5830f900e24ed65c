"""How many requests a caller may make within a minute, counted by all workers together."""

import time

from django.conf import settings
from django.db import connection

from wenming.api.models import ApiCount
from wenming.api.refusals import TooMany

MINUTE_S = 60
_COUNT = f"""
INSERT INTO {ApiCount._meta.db_table} AS kept (caller, minute, count) VALUES (%s, %s, 1)
ON CONFLICT (caller) DO UPDATE SET
    count = CASE WHEN kept.minute = excluded.minute THEN kept.count + 1 ELSE 1 END,
    minute = excluded.minute
RETURNING count
"""  # noqa: S608  # nosec B608 (the name of our own table)


def count_request(caller: str) -> None:
    """Count a request of a caller (接口限流).

    Raises:
        TooMany: with the seconds until the next minute.
    """
    now = int(time.time())
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [caller, now // MINUTE_S])
        (count,) = cursor.fetchone() or (1,)
    most = settings.API_REQUESTS_A_MINUTE
    if count > most:
        raise TooMany(most=most, seconds=MINUTE_S - now % MINUTE_S)
