"""The page under a link: a questionnaire is answered without an account, once."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wenming.base import wording
from wenming.base.access import public
from wenming.base.accounts.addresses import client_address
from wenming.core.errors import BadInput, DomainError
from wenming.rounds.services.collections import CollectionNotOpen
from wenming.survey.asking import AnswerForm
from wenming.survey.models import AnswerLink
from wenming.survey.queries.instruments import instrument_of
from wenming.survey.queries.links import link_of
from wenming.survey.services.links import (
    LinkAnswered,
    LinkOver,
    WebAnswers,
    answer_by_link,
    is_answered,
)

DEVICE = "device"
TRAP = "website"
SALT = "wenming.survey.answering"
QUICKEST = timedelta(seconds=4)
DEVICE_LASTS_S = 400 * 24 * 3600


@dataclass
class Visitor:
    """Somebody who opened a link (答题人): nobody is named, only the device where it must be.

    Attributes:
        begun: when the form was first shown, signed.
        errors: sentences that stand above the form.
        status: of the page.
    """

    request: HttpRequest
    link: AnswerLink
    device: str
    begun_at: datetime
    errors: list[str] = field(default_factory=list)
    status: int = 200

    @property
    def begun(self) -> str:
        """When it began, as the form sends it back."""
        return signing.dumps([str(self.link.pk), self.begun_at.isoformat()], salt=SALT)

    def refuse(self, sentence: str, *, status: int = 422) -> None:
        """Say above the form why nothing was taken in; what was typed stays (退回填写)."""
        self.errors.append(sentence)
        self.status = status


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The questionnaire of a link, until it is answered."""
    link = link_of(token)
    if link is None:
        said = [_("Check that the whole address was copied, or ask whoever gave it to you.")]
        return _told(request, None, _("There is no questionnaire here"), said, status=404)
    with _in_its_language(link):
        visitor = _visitor(request, link)
        work = link.batch.fieldwork
        is_over = link.closed_at is not None or link.batch.is_over(timezone.now())
        if request.method != "POST" and is_answered(link, visitor.device):
            return _already(request, link)
        if is_over or not work.collection.is_open:
            return _over(request, link)
        form = AnswerForm(
            instrument_of(work.instrument),
            request.POST if request.method == "POST" else None,
            today=timezone.localdate(),
        )
        response = _taken(visitor, form, token) if request.method == "POST" else None
        return response or _shown(visitor, form)


@public
@never_cache
@require_safe
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """What stands there once the answers came in."""
    link = link_of(token)
    if link is None:
        return redirect("survey:answer", token)
    with _in_its_language(link):
        said = [_("Your answers have arrived. You can close this page.")]
        return _told(request, link, _("Thank you"), said)


def _taken(visitor: Visitor, form: AnswerForm, token: str) -> HttpResponse | None:
    """Take the answers in; None where the form is to be shown again, with what is wrong."""
    if form.problems:
        visitor.status = 422
    _refuse_spam(visitor)
    if visitor.errors or not form.is_complete:
        return None
    given = WebAnswers(form.answers, visitor.begun_at, visitor.device)
    try:
        answer_by_link(visitor.link, given)
    except LinkAnswered:
        return _already(visitor.request, visitor.link)
    except (LinkOver, CollectionNotOpen):
        return _over(visitor.request, visitor.link)
    except BadInput as refused:
        form.refuse(refused.problems)
        visitor.refuse(_("Some answers were not taken; please look at them again."))
        return None
    except DomainError as refused:
        visitor.refuse(wording.refusal(refused, get_language() or "zh"))
        return None
    return redirect("survey:answer_thanks", token)


def _refuse_spam(visitor: Visitor) -> None:
    """Keep programs out, with a sentence that helps the person who was taken for one."""
    request = visitor.request
    if not ratelimit.consume(request, action="answer", key=whence(request)):
        visitor.refuse(
            _("Very many answers came from your connection just now; send again in ten minutes."),
            status=429,
        )
    elif request.POST.get(TRAP):
        visitor.refuse(_("Something filled in a field that nobody sees; please send once more."))
    elif timezone.now() - visitor.begun_at < QUICKEST:
        visitor.refuse(_("That was very quick; please look your answers over and send again."))
    elif visitor.link.batch.is_shared and not _device(request):
        visitor.refuse(
            _("This questionnaire needs a cookie, so that each device answers once; allow it and "
              "send again.")
        )  # fmt: skip


def whence(request: HttpRequest) -> str:
    """A name for where somebody comes from, from which the address cannot be read."""
    return salted_hmac(SALT, client_address(request), algorithm="sha256").hexdigest()


def _visitor(request: HttpRequest, link: AnswerLink) -> Visitor:
    device = ""
    if link.batch.is_shared:
        device = _device(request) or get_random_string(32)
    return Visitor(request, link, device, _begun(request, link))


def _device(request: HttpRequest) -> str:
    return str(request.get_signed_cookie(DEVICE, default="", salt=SALT) or "")


def _begun(request: HttpRequest, link: AnswerLink) -> datetime:
    """When the form was first shown; now, where that is not said or was tampered with."""
    try:
        named, begun = signing.loads(request.POST.get("begun", ""), salt=SALT)
    except signing.BadSignature:
        return timezone.now()
    return datetime.fromisoformat(begun) if named == str(link.pk) else timezone.now()


def _shown(visitor: Visitor, form: AnswerForm) -> HttpResponse:
    context = {
        "form": form,
        "begun": visitor.begun,
        "errors": visitor.errors,
        "is_shared": visitor.link.batch.is_shared,
        "is_synthetic": visitor.link.city.is_synthetic,
        "ends_at": visitor.link.batch.ends_at,
        **_frame(visitor.link),
    }
    template = "survey/answering/form.html"
    response = render(visitor.request, template, context, status=visitor.status)
    if visitor.link.batch.is_shared:
        response.set_signed_cookie(
            DEVICE, visitor.device, salt=SALT, max_age=DEVICE_LASTS_S, path=visitor.request.path,
            httponly=True, samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE),
        )  # fmt: skip
    return _unlisted(response)


def _already(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    said = (
        _("This device has answered already; once is enough.")
        if link.batch.is_shared
        else _("This link was used already; each is for one answer.")
    )
    return _told(request, link, _("It was answered already, thank you"), [said])


def _over(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    said = [_("No more answers are taken here. Thank you for your interest.")]
    return _told(request, link, _("This questionnaire has ended"), said, status=410)


def _told(
    request: HttpRequest, link: AnswerLink | None, heading: str, said: list[str], *,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {**_frame(link), "heading": heading, "said": said}
    return _unlisted(render(request, "survey/answering/told.html", context, status=status))


def _unlisted(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Content-Language"] = get_language() or settings.LANGUAGE_CODE
    return response


def _frame(link: AnswerLink | None) -> Mapping[str, Any]:
    if link is None:
        return {"has_english": True}
    language = "en" if get_language() == "en" else "zh"
    title = link.batch.fieldwork.instrument.title
    return {
        "heading": title.in_language(language),
        "city": link.city.name.in_language(language),
        "has_english": _has_english(link),
    }


def _has_english(link: AnswerLink) -> bool:
    return "en" in instrument_of(link.batch.fieldwork.instrument).languages


@contextmanager
def _in_its_language(link: AnswerLink) -> Iterator[None]:
    """Chinese, unless the questionnaire has English and the reader chose it."""
    is_english = get_language() == "en" and _has_english(link)
    with translation.override("en" if is_english else "zh-hans"):
        yield
