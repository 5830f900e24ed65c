"""The description of the interface: OpenAPI as JSON, and a page to read and try it."""

import json
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from wenming.api.reading import forms_of, subjects_of
from wenming.api.repeats import JSON
from wenming.base.access import requires
from wenming.core.permissions import Capability

PREFIX = "api/v1"
DESCRIPTION = """
What the pages of Wenming do, for programs; by the same services, rights and records.

**Who calls.** A token in the head `Authorization: Bearer wm_…`, made under “Me” for one city, for
some capabilities and until some day; or the session of a browser, which sends the CSRF token with
changes. A row that the caller may not see answers 404, a right that is not held 403.

**Answers** are JSON. Numbers are numbers, as in the published result: exact to 15 digits. Days are
`2026-12-31`, moments carry their time zone. Refusals have one form: `code` for programs, `message`
for people in the language of `Accept-Language` (`zh` or `en`), `facts`, and `problems` with the
place of each mistake. 422 means that the request is not as described here; 409 that a rule of the
field, or somebody who was quicker, stands against it.

**Lists** come page by page: give `next` as `after`. A name that an operation does not know is
refused, so that a mistyped filter never widens a list. **ETag** and `If-None-Match` save what has
not changed. **Idempotency-Key** at a POST makes it safe to ask again.

中文说明：接口与页面使用同一套服务、权限和审计记录。令牌按城市、权限和有效期发放；
看不到的数据返回 404，没有权限返回 403，请求不符合说明返回 422，违反业务规则或被他人抢先返回 409。
"""

View = Callable[..., HttpResponse]


def describe(api: NinjaAPI) -> View:
    """The view that gives the description; made once, for it changes only with the program."""
    written: list[str] = []

    def openapi(request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        if not written:
            described = api.get_openapi_schema(path_prefix=PREFIX)
            written.append(json.dumps(described, ensure_ascii=False))
        return HttpResponse(written[0], content_type=JSON)

    return openapi


def explain(api: NinjaAPI) -> View:
    """The page that people read: every operation and form, drawn here and without any script."""
    read: dict[str, object] = {}

    @requires(Capability.USE_API)
    @require_safe
    def docs(request: HttpRequest) -> HttpResponse:
        if not read:
            described = api.get_openapi_schema(path_prefix=PREFIX)
            read.update(subjects=subjects_of(described), forms=forms_of(described))
        address = request.build_absolute_uri("/").rstrip("/")
        told = {"limit": settings.API_REQUESTS_A_MINUTE, "address": address}
        return render(request, "api/docs.html", {**read, **told})

    return docs
