"""What a caller has done once is not done twice (幂等): the head `Idempotency-Key`."""

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from wenming.api.admission import caller_of
from wenming.api.models import ApiDeed
from wenming.api.refusals import KeyReused, KeyUnfit

HEAD = "Idempotency-Key"
KEY = re.compile(r"^[A-Za-z0-9_-]{0,200}$")
KEPT = timedelta(days=1)
JSON = "application/json; charset=utf-8"


def done_once(request: HttpRequest, do: Callable[[], HttpResponse]) -> HttpResponse:
    """Do what is asked (幂等执行), or give the answer again that was given to the same request.

    Deed and answer are stored together; what was refused is not remembered. Of two requests at
    the same time the second waits for the first.

    Raises:
        KeyUnfit: the key is longer than 200 characters, or holds others than letters and digits.
        KeyReused: another request was made under the key within a day.
    """
    key = request.headers.get(HEAD, "")
    if not KEY.fullmatch(key):
        raise KeyUnfit(key=key)
    if request.method != "POST" or not key:
        return do()
    caller, asked = caller_of(request), _digest(request)
    ApiDeed.objects.filter(caller=caller, at__lt=timezone.now() - KEPT).delete()
    with transaction.atomic():
        deed = _begun(caller, key, asked)
        if deed is None:
            return _given_again(caller, key, asked)
        response = do()
        deed.status, deed.answer = response.status_code, response.content.decode()
        deed.save(update_fields=["status", "answer"])
    return response


def _begun(caller: str, key: str, asked: str) -> ApiDeed | None:
    try:
        with transaction.atomic():
            return ApiDeed.objects.create(caller=caller, key=key, asked=asked)
    except IntegrityError:
        return None


def _given_again(caller: str, key: str, asked: str) -> HttpResponse:
    deed = ApiDeed.objects.get(caller=caller, key=key)
    if deed.asked != asked:
        raise KeyReused(key=key)
    response = HttpResponse(deed.answer, status=deed.status, content_type=JSON)
    response.headers["Idempotency-Replayed"] = "true"
    return response


def _digest(request: HttpRequest) -> str:
    """What was asked; of an uploaded file its length alone, for its bytes are read elsewhere."""
    is_upload = (request.content_type or "").startswith("multipart/")
    body = request.headers.get("Content-Length", "").encode() if is_upload else request.body
    said = f"{request.method} {request.get_full_path()}\n".encode() + body
    return hashlib.sha256(said).hexdigest()
