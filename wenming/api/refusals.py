"""What the interface refuses, in one form: code, sentence, facts and, for mistakes, their place."""

import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.core import exceptions
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from ninja.errors import AuthenticationError, HttpError, ValidationError

from wenming.base import wording
from wenming.base.access import PermissionDenied
from wenming.core.errors import BadInput, DomainError, Problem

logger = logging.getLogger("wenming.api")
Plain = dict[str, Any]

_CODES: Mapping[str, str] = {
    "missing": "api_missing",
    "extra_forbidden": "api_unknown_name",
    "enum": "api_not_offered",
    "literal_error": "api_not_offered",
    "greater_than_equal": "api_out_of_bounds",
    "less_than_equal": "api_out_of_bounds",
    "greater_than": "api_out_of_bounds",
    "less_than": "api_out_of_bounds",
    "string_too_short": "api_wrong_length",
    "string_too_long": "api_wrong_length",
    "too_short": "api_wrong_length",
    "too_long": "api_wrong_length",
    "string_pattern_mismatch": "api_blank_text",
    "otherwise": "api_wrong_type",
}
"""The code of our own for a kind of mistake that the library names."""

_BOUNDS = ("ge", "le", "gt", "lt", "min_length", "max_length")


class ApiRefusal(DomainError):
    """A request was refused before any rule of the field was asked."""

    status: ClassVar[int] = 400


class Unauthenticated(ApiRefusal):
    """Neither a token that holds nor a person who is logged in."""

    code = "api_unauthenticated"
    status = 401


class NotReady(ApiRefusal):
    """The account still lacks a password of its own or a second factor."""

    code = "api_not_ready"
    status = 403


class Forged(ApiRefusal):
    """A browser wanted to change something without the token of its page."""

    code = "api_forged"
    status = 403


class NotFound(ApiRefusal):
    """There is nothing at the address, or nothing that the caller may see."""

    code = "api_not_found"
    status = 404


class PageGone(ApiRefusal):
    """The row after which the next page was to begin is no more."""

    code = "api_page_gone"
    status = 404


class WrongMethod(ApiRefusal):
    """The address knows other methods."""

    code = "api_wrong_method"
    status = 405


class KeyReused(ApiRefusal):
    """Another request was made under the same key before."""

    code = "api_key_reused"
    status = 409


class KeyUnfit(ApiRefusal):
    """The key under which something is to be done once cannot be kept."""

    code = "api_key_unfit"
    status = 422


class TooMany(ApiRefusal):
    """More requests within a minute than a caller may make."""

    code = "api_too_many"
    status = 429


class Unreadable(ApiRefusal):
    """The body is not JSON, or not what its head says."""

    code = "api_unreadable"


class TooLarge(ApiRefusal):
    """The body is larger than is read."""

    code = "api_too_large"
    status = 413


class InputWrong(ApiRefusal):
    """Names or values of the request are not what the description says."""

    code = "api_input_wrong"
    status = 422


class Broken(ApiRefusal):
    """Something broke; the number leads to the line in the log."""

    code = "api_broken"
    status = 500


def refused(error: DomainError, *, problems: Sequence[Plain] = ()) -> HttpResponse:
    """The answer that says what was refused and why, in the language of the request."""
    language = get_language() or "zh"
    said: Plain = {
        "code": error.code,
        "message": wording.refusal(error, language),
        "facts": plain(error.facts),
    }
    if problems:
        said["problems"] = list(problems)
    status = status_of(error)
    response = JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})
    if status == Unauthenticated.status:
        response.headers["WWW-Authenticate"] = "Bearer"
    if status == TooMany.status:
        response.headers["Retry-After"] = str(error.facts["seconds"])
    return response


def plain(facts: Mapping[str, object]) -> Plain:
    """Facts as JSON holds them; what it has no form for is kept as text."""
    found: Plain = json.loads(json.dumps(dict(facts), default=str))
    return found


def said_of(problem: Problem) -> Plain:
    """A mistake in a file, with its place and its sentence."""
    language = get_language() or "zh"
    return {
        "where": wording.place_name(problem.place, language),
        "code": problem.code,
        "message": wording.sentence(problem.code, problem.facts, language),
    }


def status_of(error: DomainError) -> int:
    """404 and the like for the interface's own, 403 for rights, 422 for files, 409 for rules."""
    if isinstance(error, ApiRefusal):
        return error.status
    if isinstance(error, PermissionDenied):
        return 403
    return 422 if isinstance(error, BadInput) else 409


def _of_rules(request: HttpRequest, error: DomainError) -> HttpResponse:
    del request
    found = error.problems if isinstance(error, BadInput) else ()
    return refused(error, problems=[said_of(each) for each in found])


def _of_input(request: HttpRequest, error: ValidationError) -> HttpResponse:
    del request
    problems = [_mistake(each) for each in error.errors]
    return refused(InputWrong(count=len(problems)), problems=problems)


def unknown_names(names: Iterable[str]) -> HttpResponse:
    """The answer to filters that the operation does not know; a mistyped one never widens."""
    language = get_language() or "zh"
    message = wording.sentence("api_unknown_name", {}, language)
    problems = [
        {"where": f"query.{name}", "code": "api_unknown_name", "message": message} for name in names
    ]
    return refused(InputWrong(count=len(problems)), problems=problems)


def _mistake(error: Mapping[str, Any]) -> Plain:
    source, *path = (str(each) for each in error["loc"])
    where = ".".join([source, *(path[1:] if source == "body" else path[-1:])])
    code = _CODES.get(error["type"], _CODES["otherwise"])
    context = error.get("ctx") or {}
    bound = next((context[name] for name in _BOUNDS if name in context), "")
    facts = {"expected": str(context.get("expected", "")), "bound": str(bound)}
    message = wording.sentence(code, facts, get_language() or "zh")
    return {"where": where, "code": code, "message": message}


def _of_library(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error, AuthenticationError):
        return refused(Unauthenticated())
    if error.status_code == Forged.status:
        return refused(Forged())
    return _unread(request, error.__cause__ or error.__context__)


def _of_absence(request: HttpRequest, error: Http404) -> HttpResponse:
    del request, error
    return refused(NotFound())


def _of_rights(request: HttpRequest, error: exceptions.PermissionDenied) -> HttpResponse:
    del request, error
    return refused(PermissionDenied())


def _of_request(request: HttpRequest, error: exceptions.BadRequest) -> HttpResponse:
    return _unread(request, error)


def _unread(request: HttpRequest, error: BaseException | None) -> HttpResponse:
    """What is said of a body that was not read: it is too large, or it is not what it says."""
    if isinstance(error, exceptions.RequestDataTooBig):
        told = int(request.META.get("CONTENT_LENGTH") or 0)
        return refused(TooLarge(bytes=told, most=settings.DATA_UPLOAD_MAX_MEMORY_SIZE))
    return refused(Unreadable())


def _of_program(request: HttpRequest, error: Exception) -> HttpResponse:
    number = getattr(request, "number", "")
    logger.error("request %s broke", number, exc_info=error)
    return refused(Broken(number=number))


HANDLERS: Mapping[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    Exception: _of_program,
    DomainError: _of_rules,
    ValidationError: _of_input,
    HttpError: _of_library,
    Http404: _of_absence,
    exceptions.PermissionDenied: _of_rights,
    exceptions.BadRequest: _of_request,
    exceptions.SuspiciousOperation: _of_request,
}
"""Who answers what went wrong in an operation."""
