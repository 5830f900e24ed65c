"""Whether the program is well, for those who watch it."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from wenming.base.access import public


@public
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether the program runs and reaches its database."""
    del request
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database unreachable"}, status=503)
    return JsonResponse({"status": "ok"})
