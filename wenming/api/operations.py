"""How an operation is declared: its method, address, capability, forms, and both languages."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from ninja import Router
from ninja.operation import Operation
from pydantic import BaseModel

from wenming.api.admission import Session, Token
from wenming.api.reading import CHINESE
from wenming.api.refusals import unknown_names
from wenming.api.repeats import HEAD, JSON, KEY, done_once
from wenming.api.shapes import Refusal
from wenming.core.permissions import Capability

F = TypeVar("F", bound=Callable[..., Any])
REFUSALS = (400, 401, 403, 404, 409, 413, 422, 429)
KEY_PARAMETER = {
    "name": HEAD,
    "in": "header",
    "required": False,
    "schema": {"type": "string", "pattern": KEY.pattern},
    "description": "Asked again under the same key within a day, it is not done twice. 幂等键",
}


@dataclass(frozen=True, slots=True)
class Deed:
    """What an operation is (接口操作).

    Attributes:
        needs: the capability that the caller needs; there is no operation without one.
        zh: what it does, in Chinese.
        shows: form of the answer; None for none, "file" for the bytes of a file.
        status: of the answer when it is done.
        takes: media type of a body that is no JSON; "" for all others.
    """

    method: str
    path: str
    needs: Capability
    zh: str
    shows: type[BaseModel] | str | None = None
    status: int = 200
    kinds: tuple[str, ...] = field(default=("application/octet-stream",))
    takes: str = ""


class Room(Router):
    """The operations of one part of the interface."""

    def deed(self, wanted: Deed) -> Callable[[F], F]:
        """Declare the decorated function as an operation; its docstring becomes the description."""

        def declare(function: F) -> F:
            guarded = _guarded(function, wanted)
            summary, _, rest = inspect.getdoc(function).partition("\n")  # type: ignore[union-attr]
            shows = None if isinstance(wanted.shows, str) else wanted.shows
            self.api_operation(
                [wanted.method],
                wanted.path,
                auth=[Token(wanted.needs), Session(wanted.needs)],
                response={wanted.status: shows, **dict.fromkeys(REFUSALS, Refusal)},
                operation_id=function.__name__,
                summary=summary.rstrip("."),
                description=_described(wanted, rest),
                openapi_extra=_extra(wanted),
            )(guarded)
            return function

        return declare


def _described(wanted: Deed, rest: str) -> str:
    needs = f"Needs the capability `{wanted.needs.value}`."
    return "\n\n".join(part for part in (rest.strip(), wanted.zh, needs) if part)


def _extra(wanted: Deed) -> dict[str, Any]:
    extra: dict[str, Any] = {"x-capability": wanted.needs.value, CHINESE: wanted.zh}
    if wanted.method == "POST":
        extra["parameters"] = [KEY_PARAMETER]
    if wanted.takes:
        body = {wanted.takes: {"schema": {"type": "string", "format": "binary"}}}
        extra["requestBody"] = {"required": True, "content": body}
    if isinstance(wanted.shows, str):
        content: dict[str, Any] = {kind: {"schema": {}} for kind in wanted.kinds}
        extra["responses"] = {wanted.status: {"content": content}}
    return extra


def _guarded(function: Callable[..., Any], wanted: Deed) -> Callable[..., HttpResponseBase]:
    """Refuses unknown filters, does what is asked once, and writes the answer."""
    known: set[str] = set()

    @wraps(function)
    def guarded(request: HttpRequest, **given: Any) -> HttpResponseBase:
        if strange := sorted(set(request.GET) - known):
            return unknown_names(strange)
        return done_once(request, lambda: _written(function(request, **given), wanted.status))

    def learn(operation: Operation) -> None:
        for model in operation.models:
            if model.__ninja_param_source__ == "query":
                known.update(getattr(model, "__ninja_flatten_map__", {}))

    guarded.capability = wanted.needs  # type: ignore[attr-defined]
    guarded._ninja_contribute_to_operation = [learn]  # type: ignore[attr-defined]  # noqa: SLF001
    return guarded


def _written(answer: Any, status: int) -> Any:
    """The answer as JSON; one that is a file already is left alone."""
    if isinstance(answer, HttpResponseBase):
        return answer
    if answer is None:
        return HttpResponse(status=204)
    return HttpResponse(answer.model_dump_json(), status=status, content_type=JSON)
