"""The OpenRosa addresses: list, form, manifest, submission."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wenming.api.odk import answers
from wenming.api.odk.door import Caller, opened
from wenming.api.odk.forms import OdkForm, form_of, forms_of
from wenming.api.odk.keeping import receive
from wenming.api.odk.reading import LARGEST_XML
from wenming.api.odk.refusals import PostTooLarge, SheetNotSent
from wenming.base.services.attachments import clean_name
from wenming.files.kinds import XLSX
from wenming.inspection.services.uploads import LARGEST_PHOTO

SHEET = "xml_submission_file"


@opened("GET", "HEAD")
def form_list(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The forms that the caller may fill in now."""
    forms = forms_of(caller.user, caller.city)
    return answers.form_list([(each, _address(request, caller, each)) for each in forms])


@opened("GET", "HEAD")
def form(request: HttpRequest, caller: Caller, key: str) -> HttpResponse:
    """One form as an XForm."""
    del request
    found = form_of(caller.user, caller.city, key)
    return HttpResponse(found.xform(), content_type="text/xml; charset=utf-8")


@opened("GET", "HEAD")
def xlsform(request: HttpRequest, caller: Caller, key: str) -> HttpResponse:
    """One form as an XLSForm."""
    del request
    found = form_of(caller.user, caller.city, key)
    answer = HttpResponse(found.xlsform(), content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.key}.xlsx"'
    return answer


@opened("GET", "HEAD")
def manifest(request: HttpRequest, caller: Caller, key: str) -> HttpResponse:
    """The files beside a form."""
    del request
    form_of(caller.user, caller.city, key)
    return answers.manifest()


@opened("HEAD", "POST")
def submission(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Take a filled-in form in, in one post or several."""
    if request.method == "HEAD":
        answer = HttpResponse(status=204)
        answer.headers["Location"] = request.build_absolute_uri(_place(caller, "submission"))
        return answer
    _refuse_too_large(int(request.META.get("CONTENT_LENGTH") or 0), settings.ODK_LARGEST_POST)
    files = {name: each for name, each in request.FILES.items() if isinstance(each, UploadedFile)}
    sheet = files.pop(SHEET, None)
    if sheet is None:
        raise SheetNotSent
    xml = _content(sheet, LARGEST_XML)
    photos = {clean_name(each.name or ""): _content(each, LARGEST_PHOTO) for each in files.values()}
    missing = receive(xml, photos, city=caller.city, by=caller.user)
    if missing:
        told = _("Still to come: %(names)s.") % {"names": ", ".join(sorted(missing)[:5])}
        return answers.said(told, status=202)
    return answers.said(_("The form was taken in."), status=201)


def _content(file: "UploadedFile[Any]", most: int) -> bytes:
    _refuse_too_large(file.size or 0, most)
    content: bytes = file.read()
    return content


def _refuse_too_large(size: int, most: int) -> None:
    if size > most:
        raise PostTooLarge(bytes=size, most=most)


def _address(request: HttpRequest, caller: Caller, each: OdkForm) -> str:
    return request.build_absolute_uri(_place(caller, "form", key=each.key))


def _place(caller: Caller, name: str, **parts: str) -> str:
    """An address as the caller reaches it: with the token in it where it came so."""
    return reverse(
        f"api-odk:{name}", kwargs=parts | ({"token": caller.token} if caller.token else {})
    )
