"""The answers of the OpenRosa doors: XML of its forms, with the heads that it asks for."""

import hashlib
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring  # nosec B405  # written, not read

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language

from wenming.api.odk.forms import OdkForm
from wenming.api.refusals import TooMany, Unauthenticated, status_of
from wenming.base import wording
from wenming.core.errors import BadInput, DomainError

_LIST = "http://openrosa.org/xforms/xformsList"
_MANIFEST = "http://openrosa.org/xforms/xformsManifest"
_SAID = "http://openrosa.org/http/response"
TOLD_MOST = 20


def form_list(forms: Iterable[tuple[OdkForm, str]]) -> HttpResponse:
    """The list of forms with the address of each (表单目录)."""
    root = Element("xforms", xmlns=_LIST)
    for form, address in forms:
        xform = form.xform()
        told = {
            "formID": form.key,
            "name": form.instrument.text(form.instrument.title, get_language() or "zh"),
            "version": form.instrument.version,
            "hash": "md5:" + hashlib.md5(xform, usedforsecurity=False).hexdigest(),
            "descriptionText": form.about,
            "downloadUrl": address,
            "manifestUrl": f"{address}/manifest",
        }
        entry = SubElement(root, "xform")
        for name, text in told.items():
            SubElement(entry, name).text = text
    return _xml(root)


def manifest() -> HttpResponse:
    """The files beside a form: none, because its lists of choices stand within."""
    return _xml(Element("manifest", xmlns=_MANIFEST))


def said(message: str, *, status: int) -> HttpResponse:
    """A sentence for the person who sent something."""
    root = Element("OpenRosaResponse", xmlns=_SAID)
    nature = "submit_success" if status < 300 else "submit_error"
    SubElement(root, "message", nature=nature).text = message
    return _xml(root, status=status)


def refused(refusal: DomainError) -> HttpResponse:
    """What was refused and why, with every mistake of a sheet."""
    language = get_language() or "zh"
    lines = [wording.refusal(refusal, language)]
    if isinstance(refusal, BadInput):
        lines += [wording.problem_line(each, language) for each in refusal.problems[:TOLD_MOST]]
    answer = said("\n".join(lines), status=status_of(refusal))
    if isinstance(refusal, Unauthenticated):
        answer.headers["WWW-Authenticate"] = 'Basic realm="wenming", charset="UTF-8"'
    if isinstance(refusal, TooMany):
        answer.headers["Retry-After"] = str(refusal.facts["seconds"])
    return answer


def headed(answer: HttpResponse) -> HttpResponse:
    """The answer with the heads of OpenRosa; nobody keeps it on the way."""
    answer.headers["X-OpenRosa-Version"] = "1.0"
    answer.headers["X-OpenRosa-Accept-Content-Length"] = str(settings.ODK_LARGEST_POST)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _xml(root: Element, *, status: int = 200) -> HttpResponse:
    body = tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, content_type="text/xml; charset=utf-8", status=status)
