"""Gives out files that people brought in, through the same permission as their rows."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.models import Attachment, StoredFile
from wenming.base.services.attachments import VARIANTS, path_of
from wenming.core.permissions import Capability
from wenming.files.kinds import KINDS, PICTURES, Kind


@requires(Capability.USE_DESK)
@require_safe
def file(request: HttpRequest, pk: UUID, variant: str = "") -> HttpResponseBase:
    """One attachment, or a smaller copy of its picture.

    Only clean pictures are shown in the browser; everything else is handed over as a download.
    """
    seen = Attachment.objects.visible_to(person(request)).for_city(city_of(request))
    attachment = get_object_or_404(seen.select_related("file"), pk=pk)
    stored = attachment.file
    if variant:
        stored = _variant(stored, variant)
    tag = quote_etag(stored.digest)
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    kind = Kind(stored.kind)
    response = FileResponse(
        path_of(stored).open("rb"),
        as_attachment=not (variant and kind in PICTURES),
        filename=attachment.name,
        content_type=KINDS[kind].media_type,
    )
    response.headers["ETag"] = tag
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    patch_cache_control(response, private=True, max_age=3600)
    return response


def _variant(stored: StoredFile, variant: str) -> StoredFile:
    if variant not in VARIANTS:
        raise Http404
    return get_object_or_404(StoredFile, source=stored, variant=variant)
