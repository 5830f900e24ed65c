"""What a person keeps at the desk: ways of looking at lists, and drafts of forms."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenming.base import wording
from wenming.base.access import city_of, person, requires
from wenming.base.models import SavedView
from wenming.base.services.desk import (
    DraftTooLarge,
    ViewNotKept,
    ViewWish,
    drop_draft,
    drop_view,
    keep_draft,
    keep_view,
)
from wenming.base.views.appearance import page_before
from wenming.core.permissions import Capability

DISCARD = "discard"


@requires(Capability.USE_DESK)
@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the way in which the person looks at a list."""
    wish = ViewWish(
        table=request.POST.get("table", ""),
        name=request.POST.get("name", ""),
        query=request.POST.get("query", ""),
        is_shared="is_shared" in request.POST,
        is_default="is_default" in request.POST,
    )
    try:
        view = keep_view(wish, city=city_of(request), by=person(request))
    except ViewNotKept as refused:
        messages.error(request, wording.refusal(refused, get_language() or "zh"))
    else:
        messages.success(request, _("The view “%(name)s” was kept.") % {"name": view.name})
    return redirect(page_before(request))


@requires(Capability.USE_DESK)
@require_POST
def forget_view(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Forget a kept way of looking at a list; one that somebody else shares stays."""
    seen = SavedView.objects.visible_to(person(request)).for_city(city_of(request))
    view = get_object_or_404(seen, pk=pk)
    drop_view(view, by=person(request))
    messages.success(request, _("The view “%(name)s” was deleted.") % {"name": view.name})
    return redirect(page_before(request))


@requires(Capability.USE_DESK)
@require_POST
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """Keep what is typed into a form; with `discard`, forget it and go back to the form."""
    user = person(request)
    if DISCARD in request.POST:
        drop_draft(key, by=user)
        back = request.POST.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
        return redirect(back) if is_ours else HttpResponse(status=204)
    fields = {name: request.POST.getlist(name) for name in request.POST}
    try:
        keep_draft(key, fields, by=user)
    except DraftTooLarge as refused:
        said = wording.refusal(refused, get_language() or "zh")
        return HttpResponse(said, status=413, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)
